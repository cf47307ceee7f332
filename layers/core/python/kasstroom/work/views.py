"""What the API shows of a review, and how a decision is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor
from kasstroom.applications.model import Applicant, ApplicationState, Transition
from kasstroom.applications.views import facts_for
from kasstroom.changes import Command
from kasstroom.credit.decision import Fact
from kasstroom.credit.human import HumanDecision
from kasstroom.credit.model import Profile
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.reviews import Review, ReviewState
from kasstroom.credit.views import DecisionView, decision_view
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.money import Money
from kasstroom.screening.views import FOR_PEOPLE
from kasstroom.work.cases import Alike, Case
from kasstroom.work.figures import Figures


class Choice(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"

    @property
    def state(self) -> ReviewState:
        return ReviewState(self.value)


@dataclass(frozen=True, slots=True)
class ReviewDecision(Command):
    """`note` says why, for whoever asks later; `amount` is what is approved when that is less than
    was asked."""

    verdict: Choice
    note: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class ApplicationCase:
    """The application as the reviewer sees it; `facts` is what was known from outside."""

    id: str
    kind: DebtorKind
    state: ApplicationState
    data: Applicant
    alike: tuple[Alike, ...]
    facts: Profile | None
    screened_at: datetime | None
    history: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """`facts` are what the rules looked at, amounts in minor units; `fired` the rules that spoke,
    in their order; `said` is what a person made of the decision."""

    review: Review
    debtor: Debtor | None
    figures: Figures | None
    decision: DecisionView | None
    said: HumanDecision | None
    facts: dict[str, Fact]
    fired: tuple[str, ...]
    application: ApplicationCase | None
    proposal: LimitProposal | None
    earlier: tuple[Review, ...]


def case_view(case: Case, actor: Actor) -> CaseView:
    """What lists of sanctioned parties say is only for who may see it in a screening: a shop's own
    systems warn nobody."""
    sees_all = any(role in actor.roles for role in FOR_PEOPLE)
    made = case.decision
    facts = dict(made.facts) if made else {}
    review = case.review
    if not sees_all:
        facts.pop("sanctions", None)
        kept = tuple(code for code in review.reasons if not code.startswith("sanctions"))
        review = replace(review, reasons=kept)
    return CaseView(
        review, case.debtor, case.figures,
        decision_view(made) if made else None, case.said, facts,
        made.fired if made else (),
        _application(case, actor), case.proposal, case.earlier,
    )  # fmt: skip


def _application(case: Case, actor: Actor) -> ApplicationCase | None:
    """Without the token of the applicant's page."""
    a = case.application
    if a is None:
        return None
    facts = facts_for(a.facts, actor)
    return ApplicationCase(
        a.id, a.kind, a.state, a.data, case.alike, facts, a.screened_at, a.history
    )
