"""Who decides on an application: one person, two above the policy's amount, or the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.applications.granting import account_for, approved, settled
from kasstroom.applications.model import (
    BUYER,
    ApplicationState,
    ApplicationVerdict,
    CreditApplication,
    Transition,
)
from kasstroom.applications.terms import takes_two
from kasstroom.applications.validation import LONGEST_TERM_DAYS, MOST
from kasstroom.changes import Changes, Command
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reviews import QueuedReview, Review, ReviewState, review_closed
from kasstroom.credit.room import Ground
from kasstroom.errors import Forbidden, Refused
from kasstroom.money import Money
from kasstroom.ports import Books

Grounds = Callable[[CreditAccount], Ground]
"""The policy and terms that are live for an account."""


class ApplicationAnswer(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DecisionRequest(Command):
    """`limit` and `terms_days` left out: what was asked for. `note` says why, for whoever asks."""

    verdict: ApplicationAnswer
    note: str
    limit: Money | None = None
    terms_days: int | None = None


def decided(
    books: Books,
    application: CreditApplication,
    request: DecisionRequest,
    actor: Actor,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, Review, CreditApplication]:
    """The review as it is afterwards: still open when the second person has yet to agree. Refused
    for a machine, for the one who sent the application, and when it is not waiting."""
    if application.state is not ApplicationState.IN_REVIEW:
        detail = f"This application is {application.state}; there is nothing to decide."
        raise Refused("application_not_waiting", detail)
    review = books.get(Review, application.org, application.debtor, application.review_id)
    if request.verdict is ApplicationAnswer.REJECTED:
        return _rejected(books, application, review, request.note, actor, now)
    account = account_for(books, application)
    ground = grounds(account)
    verdict = _verdict(application, account, ground, request, actor, now)
    if _needs_two(application, account, ground, verdict) and application.first_approval is None:
        return _approved_once(application, review, verdict, actor)
    closing, review = _closed(books, application, review, ReviewState.APPROVED, request, actor, now)
    approving, application = approved(books, application, account, verdict, ground, now)
    return closing + approving, review, application


def _verdict(
    application: CreditApplication,
    account: CreditAccount,
    ground: Ground,
    request: DecisionRequest,
    actor: Actor,
    now: datetime,
) -> ApplicationVerdict:
    """What is granted: what was said, else what the first person said, else what was asked for."""
    first, data = application.first_approval, application.data
    limit = request.limit
    if limit is None:
        limit = first.limit if first else data.requested
    days = request.terms_days
    if days is None:
        standing = account.terms_days if account.terms_days is not None else ground.terms_days
        days = (first.terms_days if first else data.terms_days) or standing
    assert limit is not None
    _check(limit, days)
    if first and first.limit and first.limit < limit:
        detail = f"{first.by} agreed to {first.limit}; the second person cannot make it more."
        raise Forbidden("four_eyes", detail, "/body/limit")
    return ApplicationVerdict(True, actor.name, now, request.note.strip(), limit, days)


def _check(limit: Money, days: int) -> None:
    if limit.minor <= 0 or limit.minor > MOST.minor:
        detail = "Give a limit above zero and of at most ten million."
        raise Refused("invalid_limit", detail, "/body/limit/value")
    if not 1 <= days <= LONGEST_TERM_DAYS:
        raise Refused("invalid_term", "A payment term has 1 to 365 days.", "/body/terms_days")


def _needs_two(
    application: CreditApplication,
    account: CreditAccount,
    ground: Ground,
    verdict: ApplicationVerdict,
) -> bool:
    asked = application.data.requested
    amounts = (amount for amount in (asked, verdict.limit) if amount is not None)
    return any(takes_two(account, ground, amount, verdict.at) for amount in amounts)


def _approved_once(
    application: CreditApplication, review: Review, verdict: ApplicationVerdict, actor: Actor
) -> tuple[Changes, Review, CreditApplication]:
    """The first of two: the review stays in the queue, and is for somebody else now."""
    actor.must_be(Role.CREDIT_MANAGER)
    _somebody_else(application, actor)
    if not verdict.note:
        raise Refused("note_missing", "Write down why, for whoever asks later.", "/body/note")
    step = Transition(
        ApplicationState.IN_REVIEW, verdict.at, actor.name, f"first approval: {verdict.note}"
    )
    after = replace(application, first_approval=verdict, history=(*application.history, step))
    waiting = replace(review, asked_by=actor.name)
    return Changes(update=(after, waiting)), waiting, after


def _somebody_else(application: CreditApplication, actor: Actor) -> None:
    if actor.name == application.submitted_by:
        detail = "Somebody else has to decide on what you sent in (four eyes)."
        raise Forbidden("four_eyes", detail)


def _closed(
    books: Books,
    application: CreditApplication,
    review: Review,
    verdict: ReviewState,
    request: DecisionRequest,
    actor: Actor,
    now: datetime,
) -> tuple[Changes, Review]:
    _somebody_else(application, actor)
    queued = books.get(QueuedReview, application.org, id=review.id)
    return review_closed(review, queued, verdict, actor, request.note, now)


def _rejected(
    books: Books,
    application: CreditApplication,
    review: Review,
    note: str,
    actor: Actor,
    now: datetime,
) -> tuple[Changes, Review, CreditApplication]:
    """A no takes one person, also the one who said yes first."""
    if application.first_approval:
        review = replace(review, asked_by=asked_by(application))
    request = DecisionRequest(ApplicationAnswer.REJECTED, note)
    closing, review = _closed(books, application, review, ReviewState.DECLINED, request, actor, now)
    verdict = ApplicationVerdict(False, actor.name, now, note.strip())
    account = account_for(books, application)
    changes, application = settled(books, application, account, verdict)
    return closing + changes, review, application


def asked_by(application: CreditApplication) -> str:
    """Who may not decide; empty when the buyer sent it."""
    return "" if application.submitted_by == BUYER else application.submitted_by
