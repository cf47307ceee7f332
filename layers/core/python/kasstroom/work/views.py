"""What the API shows of a review, and how a decision is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor
from kasstroom.applications.facts import FactsState
from kasstroom.applications.model import (
    Applicant,
    ApplicationState,
    ApplicationVerdict,
    CreditApplication,
    Transition,
)
from kasstroom.changes import Command
from kasstroom.credit.decision import Fact
from kasstroom.credit.group_proposals import GroupProposal
from kasstroom.credit.human import HumanDecision
from kasstroom.credit.model import Profile
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.restricted import sees_lists
from kasstroom.credit.reviews import Review, ReviewState
from kasstroom.credit.views import DecisionView, decision_view
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.money import Money
from kasstroom.work.cases import Alike, Case, case_for
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
    was asked, `terms_days` the payment term of an application when that is another one."""

    verdict: Choice
    note: str
    amount: Money | None = None
    terms_days: int | None = None


@dataclass(frozen=True, slots=True)
class FactsView:
    """How far asking the registers is: `asked`, `complete`, or `incomplete` while the sources in
    `missing` did not answer."""

    application: str
    state: FactsState
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    missing: tuple[str, ...]


def facts_view(a: CreditApplication) -> FactsView | None:
    """None: the first answer is still awaited."""
    asked = a.facts_request
    if asked is None:
        return None
    return FactsView(
        a.id, asked.state, asked.asked_at, asked.asked_by, asked.answered_at, asked.missing
    )


@dataclass(frozen=True, slots=True)
class ApplicationCase:
    """The application as the reviewer sees it; `facts` is what was known from outside,
    `facts_request` the last time that was asked, `verdict` what was granted."""

    id: str
    kind: DebtorKind
    state: ApplicationState
    data: Applicant
    alike: tuple[Alike, ...]
    facts: Profile | None
    screened_at: datetime | None
    history: tuple[Transition, ...]
    facts_request: FactsView | None
    verdict: ApplicationVerdict | None


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
    group_proposal: GroupProposal | None


def case_view(case: Case, actor: Actor) -> CaseView:
    """As `actor` may see it (`cases.case_for`)."""
    decision = decision_view(case.decision, sees_lists=sees_lists(actor)) if case.decision else None
    case = case_for(case, actor)
    made = case.decision
    return CaseView(
        case.review, case.debtor, case.figures, decision, case.said,
        dict(made.facts) if made else {}, made.fired if made else (),
        _application(case), case.proposal, case.earlier, case.group_proposal,
    )  # fmt: skip


def _application(case: Case) -> ApplicationCase | None:
    """Without the token of the applicant's page."""
    a = case.application
    if a is None:
        return None
    return ApplicationCase(
        a.id,
        a.kind,
        a.state,
        a.data,
        case.alike,
        a.facts,
        a.screened_at,
        a.history,
        facts_view(a),
        a.verdict,
    )
