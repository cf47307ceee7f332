"""What happens to an application that was opened: decided, withdrawn, expired."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor
from kasstroom.applications.deciding import ApplicationAnswer, DecisionRequest, Grounds, decided
from kasstroom.applications.finding import by_id, relisted
from kasstroom.applications.model import (
    WAITING,
    Applicant,
    ApplicationState,
    CreditApplication,
    Transition,
    state_at,
)
from kasstroom.changes import Changes, Command, Work
from kasstroom.credit.reviews import KEPT_CLOSED_DAYS, QueuedReview, Review, ReviewState
from kasstroom.errors import Refused
from kasstroom.events import Event
from kasstroom.events.applications import ApplicationExpired, ApplicationWithdrawn
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.settle import settle

_ANSWERS = {
    ReviewState.APPROVED: ApplicationAnswer.APPROVED,
    ReviewState.DECLINED: ApplicationAnswer.REJECTED,
}


@dataclass(frozen=True, slots=True)
class WithdrawRequest(Command):
    reason: str = ""


def decide(
    books: Books,
    org: str,
    id: str,
    request: DecisionRequest,
    actor: Actor,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, CreditApplication]:
    """The decision of a person, by the application's id."""
    application = by_id(books, org, id)
    changes, _, after = decided(books, application, request, actor, now, grounds)
    return changes, after


def decide_review(
    books: Books,
    org: str,
    debtor: str,
    review_id: str,
    verdict: ReviewState,
    actor: Actor,
    note: str,
    now: datetime,
    grounds: Grounds,
    *,
    amount: Money | None = None,
    terms_days: int | None = None,
) -> tuple[Changes, Review]:
    """The same decision by its review: what was asked for is granted, or less of it (`amount`), or
    nothing. The review is still open when a second person has to agree. Refused for more than was
    asked: that is for `decide`, by whoever means it."""
    review = books.get(Review, org, debtor, review_id)
    application = books.get(CreditApplication, org, debtor, review.subject)
    if verdict not in _ANSWERS:
        raise Refused("invalid_verdict", "Approve or decline.", "/body/verdict")
    if application.review_id != review_id:
        raise Refused("review_closed", "This review is not the one that is waiting.")
    first = application.first_approval
    most = first.limit if first else application.data.requested
    if amount is not None and most is not None and not _at_most(amount, most):
        detail = f"Give an amount above zero and at most {most}."
        raise Refused("invalid_amount", detail, "/body/amount")
    request = DecisionRequest(_ANSWERS[verdict], note, amount, terms_days)
    changes, review, _ = decided(books, application, request, actor, now, grounds)
    return changes, review


def _at_most(amount: Money, most: Money) -> bool:
    return amount.currency == most.currency and 0 < amount.minor <= most.minor


def withdraw(
    books: Books, application: CreditApplication, by: str, reason: str, now: datetime
) -> tuple[Changes, CreditApplication]:
    """Nobody has to look at it any more; withdrawing twice changes nothing. Refused when there is
    an answer already. What was typed in a draft is erased."""
    state = state_at(application, now)
    if state is ApplicationState.WITHDRAWN:
        return Changes(), application
    if state is not ApplicationState.DRAFT and state not in WAITING:
        detail = f"This application is {state} and cannot be withdrawn any more."
        raise Refused("application_not_open", detail)
    event = ApplicationWithdrawn(
        org=application.org, debtor=application.debtor, subject=application.id, at=now, by=by
    )
    changes, after = _ended(
        books, application, Transition(ApplicationState.WITHDRAWN, now, by, reason), event
    )
    return changes + _review_given_up(books, application, by, now), after


def _ended(
    books: Books, application: CreditApplication, step: Transition, event: Event
) -> tuple[Changes, CreditApplication]:
    draft = application.state is ApplicationState.DRAFT
    data = Applicant() if draft else application.data
    history = (*application.history, step)
    after = replace(application, state=step.state, data=data, history=history)
    return Changes(update=(after, relisted(books, after)), events=(event,)), after


def _review_given_up(
    books: Books, application: CreditApplication, by: str, now: datetime
) -> Changes:
    """Out of the queue: nobody decided, so there is no decision to tell."""
    if application.state is not ApplicationState.IN_REVIEW:
        return Changes()
    review = books.get(Review, application.org, application.debtor, application.review_id)
    queued = books.get(QueuedReview, application.org, id=application.review_id)
    closed = replace(
        review, state=ReviewState.DECLINED, decided_by=by, decided_at=now, note="withdrawn"
    )
    gone_at = now + timedelta(days=KEPT_CLOSED_DAYS)
    return Changes(update=(closed, replace(queued, open=False, gone_at=gone_at)))


def expire(
    books: Books, org: str, debtor: str, id: str, now: datetime
) -> tuple[Changes, CreditApplication]:
    """A draft whose time is over; anything else stays as it is."""
    application = books.get(CreditApplication, org, debtor, id)
    if application.state is not ApplicationState.DRAFT or application.expires_at > now:
        return Changes(), application
    event = ApplicationExpired(org=org, debtor=debtor, subject=id, at=now)
    step = Transition(ApplicationState.EXPIRED, now, "schedule")
    return _ended(books, application, step, event)


def expire_due(books: Books, now: datetime) -> int:
    """Expires every draft whose time is over; returns how many."""
    found = list(books.due(Work.APPLICATION, now))
    done = [
        settle(books, lambda due=due: expire(books, due.org, due.debtor, due.id, now))
        for due in found
    ]
    return sum(application.state is ApplicationState.EXPIRED for application in done)
