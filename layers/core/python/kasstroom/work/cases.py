"""Everything a reviewer needs for one review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from kasstroom.access.model import Actor
from kasstroom.applications.model import CreditApplication, Lookalike
from kasstroom.applications.views import facts_for
from kasstroom.credit.decision import Decision
from kasstroom.credit.group_proposals import GroupProposal
from kasstroom.credit.human import HumanDecision
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.restricted import (
    UNCONFIRMED,
    is_hidden,
    public_codes,
    public_fired,
    public_reasons,
    sees_lists,
    without_lists,
)
from kasstroom.credit.reviews import QueuedReview, Review, ReviewKind
from kasstroom.credit.room import Ground
from kasstroom.debtors.model import Debtor
from kasstroom.errors import NotFound
from kasstroom.ports import Books
from kasstroom.work.figures import Figures, figures_of

T = TypeVar("T")
Grounds = Callable[[CreditAccount], Ground]


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody the applicant may be already: `same` says by what; `name` only of a debtor."""

    kind: str
    id: str
    same: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A review with what is known. By its kind it has a `decision` (and what a person `said` about
    it), an `application` with whom that looks like, or a `proposal` (`group_proposal` for a group);
    `earlier` are closed reviews, the last one first."""

    review: Review
    debtor: Debtor | None
    figures: Figures | None
    decision: Decision | None
    said: HumanDecision | None
    application: CreditApplication | None
    alike: tuple[Alike, ...]
    proposal: LimitProposal | None
    earlier: tuple[Review, ...]
    group_proposal: GroupProposal | None = None

    @property
    def name(self) -> str:
        """The debtor's name, or the applicant's; empty when neither is known."""
        if self.debtor:
            return self.debtor.name
        return self.application.data.name if self.application else ""


def review_of(books: Books, org: str, id: str) -> Review:
    """NotFound when there is no such review here, or it was closed more than a month ago."""
    queued = books.find(QueuedReview, org, id=id)
    if queued is None:
        raise NotFound("review_not_found", "There is no review here.")
    return books.get(Review, org, queued.debtor, id)


def case(books: Books, org: str, id: str, now: datetime, grounds: Grounds) -> Case:
    review = review_of(books, org, id)

    def about(cls: type[T], kind: ReviewKind) -> T | None:
        mine = review.kind is kind
        return books.find(cls, org, review.debtor, review.subject) if mine else None

    account = books.find(CreditAccount, org, review.debtor)
    application = about(CreditApplication, ReviewKind.APPLICATION)
    return Case(
        review,
        books.find(Debtor, org, review.debtor),
        figures_of(account, grounds(account), now) if account else None,
        about(Decision, ReviewKind.DECISION),
        about(HumanDecision, ReviewKind.DECISION),
        application,
        tuple(_alike(books, org, one) for one in application.duplicates) if application else (),
        about(LimitProposal, ReviewKind.LIMIT),
        _earlier(books, review),
        about(GroupProposal, ReviewKind.GROUP),
    )


def _alike(books: Books, org: str, one: Lookalike) -> Alike:
    debtor = books.find(Debtor, org, one.id) if one.kind == "debtor" else None
    return Alike(one.kind, one.id, one.same, debtor.name if debtor else "")


def _earlier(books: Books, review: Review) -> tuple[Review, ...]:
    others = books.all_of(Review, review.org, review.debtor)
    closed = [(r.decided_at, r) for r in others if r.decided_at and r.id != review.id]
    return tuple(r for _, r in sorted(closed, key=lambda pair: pair[0], reverse=True))


def case_for(case: Case, actor: Actor) -> Case:
    """As this reader may see it: what lists of sanctioned parties say, and what colleagues wrote
    about that, is only for who may see it in a screening."""
    if sees_lists(actor):
        return case
    made, application = case.decision, case.application
    secret = made is not None and any(is_hidden(said) for said in made.reasons)
    return replace(
        case,
        review=public_review(case.review),
        decision=_public(made) if made else None,
        said=replace(case.said, note="") if case.said and secret else case.said,
        application=replace(application, facts=facts_for(application.facts, actor))
        if application
        else None,
        earlier=tuple(public_review(review) for review in case.earlier),
    )


def public_review(review: Review) -> Review:
    codes = public_codes(review.reasons)
    if UNCONFIRMED.isdisjoint(review.reasons):
        return review
    return replace(review, reasons=codes, note="")


def _public(made: Decision) -> Decision:
    return replace(
        made,
        reasons=public_reasons(made.reasons),
        fired=public_fired(made.fired, made.reasons),
        facts=without_lists(made.facts),
    )
