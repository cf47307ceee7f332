"""What waits for a person: opened by a rule or a date, closed by somebody with a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Versioned
from kasstroom.credit.restricted import public_codes
from kasstroom.errors import Forbidden, Refused
from kasstroom.events.credit import (
    CreditReviewDecided,
    CreditReviewDue,
)
from kasstroom.ids import derived_id
from kasstroom.money import Money
from kasstroom.time import day_of

DECISION_REVIEW_DAYS = 1
"""A buyer at the checkout waits for this one."""
KEPT_CLOSED_DAYS = 30


class ReviewKind(StrEnum):
    DECISION = "decision"
    APPLICATION = "application"
    LIMIT = "limit"
    PERIODIC = "periodic"
    GROUP = "group"


class ReviewState(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Review(Versioned):
    """`subject` is the id of the decision, application, proposal or debtor it is about.
    `asked_by` may not decide it (four eyes); empty when nobody asked."""

    org: str
    debtor: str
    id: str
    kind: ReviewKind
    subject: str
    opened_at: datetime
    due_on: date
    state: ReviewState = ReviewState.OPEN
    amount: Money | None = None
    reasons: tuple[str, ...] = ()
    natural_person: bool = False
    asked_by: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class QueuedReview(Versioned):
    """The review in the organisation's queue; goes some weeks after it was closed (`gone_at`)."""

    org: str
    id: str
    debtor: str
    kind: ReviewKind
    subject: str
    opened_at: datetime
    due_on: date
    open: bool = True
    amount: Money | None = None
    natural_person: bool = False
    gone_at: datetime | None = None


def review_opened(
    org: str,
    debtor: str,
    kind: ReviewKind,
    subject: str,
    now: datetime,
    *,
    days: int,
    amount: Money | None = None,
    reasons: tuple[str, ...] = (),
    natural_person: bool = False,
    asked_by: str = "",
) -> Changes:
    """One review per `kind`, `subject` and instant, with its place in the queue. The event goes to
    systems, so it keeps back what only people may know."""
    id = derived_id("rev", org, kind, subject, now)
    due_on = day_of(now + timedelta(days=days))
    review = Review(
        org, debtor, id, kind, subject, now, due_on, amount=amount, reasons=reasons,
        natural_person=natural_person, asked_by=asked_by,
    )  # fmt: skip
    queued = QueuedReview(
        org, id, debtor, kind, subject, now, due_on, amount=amount, natural_person=natural_person
    )
    event = CreditReviewDue(
        org=org,
        debtor=debtor,
        subject=id,
        at=now,
        kind=kind,
        reason=", ".join(public_codes(reasons)),
    )
    return Changes(create=(review, queued), events=(event,))


def review_closed(
    review: Review, queued: QueuedReview, verdict: ReviewState, actor: Actor, note: str,
    now: datetime,
) -> tuple[Changes, Review]:  # fmt: skip
    """Who and why is kept. Refused for a machine, for the one who asked, and the second time."""
    actor.must_be(Role.CREDIT_MANAGER)
    if review.state is not ReviewState.OPEN:
        detail = f"This was decided already: {review.state} by {review.decided_by}."
        raise Refused("review_closed", detail)
    if review.asked_by and review.asked_by == actor.name:
        detail = "Somebody else has to decide on what you asked for (four eyes)."
        raise Forbidden("four_eyes", detail)
    if not note.strip():
        raise Refused("note_missing", "Write down why, for whoever asks later.", "/body/note")
    after = replace(review, state=verdict, decided_by=actor.name, decided_at=now, note=note.strip())
    gone_at = now + timedelta(days=KEPT_CLOSED_DAYS)
    event = CreditReviewDecided(
        org=review.org, debtor=review.debtor, subject=review.id, at=now, kind=review.kind,
        verdict=verdict, by=actor.name,
    )  # fmt: skip
    closed = replace(queued, open=False, gone_at=gone_at)
    return Changes(update=(after, closed), events=(event,)), after
