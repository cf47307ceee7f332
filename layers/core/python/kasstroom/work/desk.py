"""The review desk: the queue, and the decision of whoever sits there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any

from kasstroom.access.model import Actor
from kasstroom.applications.model import CreditApplication
from kasstroom.changes import Changes
from kasstroom.credit.reviews import QueuedReview, Review, ReviewKind, ReviewState
from kasstroom.debtors.model import Debtor
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import day_of
from kasstroom.whole_list import whole_list
from kasstroom.work.cases import Grounds, public_review, review_of

PAGE = 25


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue. `late`: it should have been decided before today."""

    id: str
    kind: ReviewKind
    debtor: str
    name: str
    amount: Money | None
    reasons: tuple[str, ...]
    natural_person: bool
    opened_at: datetime
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """`waiting` counts what is open by kind and `late` what is over its day, on all pages
    together; `next_cursor` null: this was the last page."""

    items: tuple[Waiting, ...]
    waiting: dict[str, int]
    late: int
    next_cursor: str | None


def queue(
    books: Books, org: str, now: datetime, *, kind: ReviewKind | None = None, after: str = "",
    limit: int = PAGE, sees_lists: bool = False,
) -> Queue:  # fmt: skip
    """Open reviews, the one due first on top. A cursor is the due date and id of the last line.

    The whole queue is read and put in order here: what people still have to do stays small.
    """
    waiting = sorted(_open(books, org), key=_place)
    today = day_of(now)
    counted = Counter(queued.kind.value for queued in waiting)
    chosen = [q for q in waiting if kind in (None, q.kind) and _place(q) > after]
    shown = chosen[:limit]
    return Queue(
        tuple(_line(books, queued, today, sees_lists) for queued in shown),
        dict(counted),
        sum(queued.due_on < today for queued in waiting),
        _place(shown[-1]) if len(chosen) > limit else None,
    )


def _open(books: Books, org: str) -> Iterator[QueuedReview]:
    return (queued for queued in whole_list(books, QueuedReview, org) if queued.open)


def _place(queued: QueuedReview) -> str:
    return f"{queued.due_on.isoformat()}.{queued.id}"


def _line(books: Books, queued: QueuedReview, today: date, sees_lists: bool) -> Waiting:
    review = books.get(Review, queued.org, queued.debtor, queued.id)
    review = review if sees_lists else public_review(review)
    return Waiting(
        queued.id, queued.kind, queued.debtor, _name(books, queued), queued.amount, review.reasons,
        queued.natural_person, queued.opened_at, queued.due_on, queued.due_on < today,
    )  # fmt: skip


def _name(books: Books, queued: QueuedReview) -> str:
    debtor = books.find(Debtor, queued.org, queued.debtor)
    if debtor:
        return debtor.name
    application = None
    if queued.kind is ReviewKind.APPLICATION:
        application = books.find(CreditApplication, queued.org, queued.debtor, queued.subject)
    return application.data.name if application else ""


TAKES_AMOUNT = frozenset({ReviewKind.DECISION, ReviewKind.APPLICATION})
"""Kinds that a person can approve for less than was asked."""
TAKES_TERM = frozenset({ReviewKind.APPLICATION})
"""Kinds of which the payment term can be another one."""
CLOSES: dict[ReviewKind, str] = {
    ReviewKind.DECISION: "kasstroom.credit.human",
    ReviewKind.APPLICATION: "kasstroom.applications.usecases",
    ReviewKind.LIMIT: "kasstroom.credit.proposals",
    ReviewKind.PERIODIC: "kasstroom.credit.periodic",
    ReviewKind.GROUP: "kasstroom.credit.group_proposals",
}
"""Whose `decide_review` closes a kind of review; named, because a decision needs one of them."""


def decide(
    books: Books, org: str, id: str, verdict: ReviewState, actor: Actor, note: str, now: datetime,
    grounds: Grounds, amount: Money | None = None, terms_days: int | None = None,
) -> tuple[Changes, Review]:  # fmt: skip
    """`amount`: what is approved, when that is less than was asked; `terms_days` the payment term
    that goes with a limit. Who may decide and why is checked where the review is closed
    (`kasstroom.credit.reviews`)."""
    review = review_of(books, org, id)
    if amount is not None and review.kind not in TAKES_AMOUNT:
        detail = "This is approved as it was asked, or declined; leave the amount out."
        raise Refused("amount_not_taken", detail, "/body/amount")
    if terms_days is not None and review.kind not in TAKES_TERM:
        detail = "A payment term goes with an application only; leave it out."
        raise Refused("term_not_taken", detail, "/body/terms_days")
    if (amount is not None or terms_days is not None) and verdict is ReviewState.DECLINED:
        raise Refused("amount_not_taken", "Nothing is given when you decline.", "/body/amount")
    decide_review: Any = import_module(CLOSES[review.kind]).decide_review
    terms = {"amount": amount, "terms_days": terms_days}
    given = {name: value for name, value in terms.items() if value is not None}
    return decide_review(books, org, review.debtor, id, verdict, actor, note, now, grounds, **given)


def ask_again(
    books: Books, org: str, id: str, actor: Actor, now: datetime
) -> tuple[Changes, CreditApplication]:
    """Has the registers asked again for the application that this review is about."""
    from kasstroom.applications.gathering import ask_again as asked

    return asked(books, review_of(books, org, id), actor, now)
