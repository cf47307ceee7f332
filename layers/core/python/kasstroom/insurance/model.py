"""Credit insurance as it is kept: the policy, the cover of a debtor, and what is asked for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.insurance.codes import AnswerReason, RequestKind, Response
from kasstroom.insurance.terms import PolicyTerms
from kasstroom.money import EUR, Money
from kasstroom.time import Day


@dataclass(frozen=True, slots=True)
class InsurancePolicy(Versioned):
    """One insurance year with one insurer. `aggregate_used_minor` and `paid_minor` are what the
    claims of that year took of the aggregate first loss and of the maximum indemnity. `insurer` is
    the name of a connected insurer, or any other name when answers are booked by hand."""

    org: str
    id: str
    number: str
    insurer: str
    terms: PolicyTerms
    valid_from: date
    created_at: datetime
    valid_to: date | None = None
    currency: str = EUR
    aggregate_used_minor: int = 0
    paid_minor: int = 0

    def runs_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class CoverKind(StrEnum):
    """`named`: the insurer decided; `discretionary`: we did, within the policy's room."""

    NAMED = "named"
    DISCRETIONARY = "discretionary"


class CoverState(StrEnum):
    REQUESTED = "requested"
    INVESTIGATING = "investigating"
    APPROVED = "approved"
    PARTLY_APPROVED = "partly_approved"
    CONDITIONAL = "conditional"
    REFUSED = "refused"
    REDUCED = "reduced"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


IN_FORCE = frozenset(
    {CoverState.APPROVED, CoverState.PARTLY_APPROVED, CoverState.CONDITIONAL, CoverState.REDUCED}
)


@dataclass(frozen=True, slots=True)
class CoverPeriod:
    """What was insured for deliveries from `from_on` to `to_on`, both days counted. A period that
    ended still covers what was delivered in it (run-off)."""

    limit: Money
    percentage: int
    from_on: date
    to_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class CoverAnswer:
    """What an insurer says. `decision_id` is the insurer's own; `percentage` None: the policy's;
    `valid_to` None: until further notice."""

    decision_id: str
    response: Response
    granted: Money | None = None
    percentage: int | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    conditions: tuple[str, ...] = ()
    reason: AnswerReason | None = None
    grade: str = ""
    review_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Cover(Versioned):
    """The cover of one debtor; there is at most one. Looked at every morning while it lives.

    `alerts` are the warnings given already, so that each is given once; `claims` names the claims
    on it, so that two cannot be filed at the same moment. `idle_since` is the first morning without
    exposure.
    """

    org: str
    debtor: str
    id: str
    policy: str
    kind: CoverKind
    state: CoverState
    insurer: str
    percentage: int
    extension_days: int
    notification_days: int
    requested: Money | None = None
    granted: Money | None = None
    conditions: tuple[str, ...] = ()
    reason: AnswerReason | None = None
    grade: str = ""
    company_id: str = ""
    valid_to: date | None = None
    review_on: date | None = None
    decided_at: datetime | None = None
    decisions: tuple[str, ...] = ()
    periods: tuple[CoverPeriod, ...] = ()
    alerts: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    idle_since: date | None = None
    watch_at: datetime | None = None

    @property
    def in_force(self) -> bool:
        return self.state in IN_FORCE

    @property
    def due(self) -> Due | None:
        return Due(Work.COVER, self.watch_at) if self.watch_at else None


@dataclass(frozen=True, slots=True)
class ListedCover:
    """A debtor in the organisation's list of covers."""

    org: str
    debtor: str


class RequestState(StrEnum):
    """`waiting`: not sent yet; `sent`: the insurer has it; `failed`: a person has to look."""

    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Buyer:
    """The debtor as an insurer looks it up. `numbers` maps kvk, vat or duns to the number."""

    name: str
    country: str
    numbers: dict[str, str] = field(default_factory=dict)
    city: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class CoverRequest(Versioned):
    """What was asked of the insurer and what came of it. `terms_days` is the payment term we give;
    `answer` is kept also when it came too late to count."""

    org: str
    debtor: str
    id: str
    policy: str
    insurer: str
    kind: RequestKind
    amount: Money
    buyer: Buyer
    asked_at: datetime
    asked_by: str
    terms_days: int = 30
    urgent: bool = False
    client_reference: str = ""
    company_id: str = ""
    state: RequestState = RequestState.WAITING
    job_id: str = ""
    polls: int = 0
    poll_at: datetime | None = None
    problem: str = ""
    answer: CoverAnswer | None = None
    answered_at: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.state in (RequestState.WAITING, RequestState.SENT)

    @property
    def due(self) -> Due | None:
        return Due(Work.INSURER_JOB, self.poll_at) if self.waits and self.poll_at else None
