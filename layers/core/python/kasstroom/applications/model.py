"""The credit application: what a buyer tells about themselves, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kasstroom.applications.facts import FactsRequest
from kasstroom.changes import Due, Versioned, Work
from kasstroom.credit.model import Profile
from kasstroom.debtors.model import NATURAL_PERSONS, OWNED_BY_PEOPLE, Address, DebtorKind
from kasstroom.money import Money
from kasstroom.organisations.model import Language

BUYER = "buyer"
"""Who did it, when it was done on the public page."""
RULES = "rules"
"""Who did it, when the organisation's rules decided."""
KEPT_REFUSED_DAYS = 120
"""Data of applicants who got no credit are kept a few months at most (art. 5(1)(e) GDPR)."""
SHOWN_DAYS = 90
"""How long the page tells the outcome after the last step."""


class ApplicationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


WAITING = frozenset({ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW})
WITHOUT_CREDIT = frozenset({ApplicationState.REJECTED, ApplicationState.WITHDRAWN})

LEGAL_FORMS: dict[DebtorKind, tuple[str, ...]] = {
    DebtorKind.COMPANY: ("bv", "nv", "foundation", "association", "cooperative", "other"),
    DebtorKind.SOLE_TRADER: (),
    DebtorKind.PARTNERSHIP: ("vof", "maatschap", "cv"),
    DebtorKind.CONSUMER: (),
}
"""What can be chosen; a kind without choices is not asked."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the buyer tells. `name` is the company's, for a consumer their own; `requested` is the
    limit asked for, `terms_days` the payment term; `consent` says that the privacy notice was read
    and the check agreed to."""

    name: str = ""
    kvk: str = ""
    vat: str = ""
    legal_form: str = ""
    address: Address = field(default_factory=Address)
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    iban: str = ""
    requested: Money | None = None
    terms_days: int | None = None
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the application's history; never changed."""

    state: ApplicationState
    at: datetime
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody this applicant may be already: `kind` is debtor or application, `same` is kvk, vat
    or email_and_name."""

    kind: str
    id: str
    same: str


@dataclass(frozen=True, slots=True)
class ApplicationVerdict:
    """What a person, or a rule, found. `limit` and `terms_days` are what is granted."""

    approved: bool
    by: str
    at: datetime
    note: str
    limit: Money | None = None
    terms_days: int | None = None


@dataclass(frozen=True, slots=True)
class CreditApplication(Versioned):
    """`debtor` is the number it is for, registered or not yet. `duplicates` are for the reviewer
    only. `facts` is what was known from outside when it was decided, `screened_at` how old that
    was. `first_approval` waits for the second pair of eyes."""

    org: str
    debtor: str
    id: str
    kind: DebtorKind
    language: Language
    token_hash: str
    created_at: datetime
    expires_at: datetime
    return_url: str = ""
    state: ApplicationState = ApplicationState.DRAFT
    data: Applicant = field(default_factory=Applicant)
    history: tuple[Transition, ...] = ()
    submitted_by: str = ""
    consented_at: datetime | None = None
    review_id: str = ""
    duplicates: tuple[Lookalike, ...] = ()
    facts: Profile | None = None
    screened_at: datetime | None = None
    facts_request: FactsRequest | None = None
    first_approval: ApplicationVerdict | None = None
    verdict: ApplicationVerdict | None = None

    @property
    def reference(self) -> str:
        """What a buyer can mention on the phone: `7K3M-91QX`."""
        return f"{self.id[-8:-4]}-{self.id[-4:]}"

    @property
    def is_natural_person(self) -> bool:
        """Also when the applicant calls it a company and the trade register does not."""
        known = self.facts.legal_form if self.facts else ""
        return self.kind in NATURAL_PERSONS or known in OWNED_BY_PEOPLE

    @property
    def last_step_at(self) -> datetime:
        return self.history[-1].at if self.history else self.created_at

    @property
    def due(self) -> Due | None:
        """Only a draft runs out; what was sent waits for an answer, however long that takes."""
        draft = self.state is ApplicationState.DRAFT
        return Due(Work.APPLICATION, self.expires_at) if draft else None

    @property
    def gone_at(self) -> datetime | None:
        return gone_after(self.state, self.last_step_at)


@dataclass(frozen=True, slots=True)
class ListedApplication(Versioned):
    """The application in the organisation's list; also the way from its id to its debtor."""

    org: str
    id: str
    debtor: str
    kind: DebtorKind
    state: ApplicationState
    name: str
    requested: Money | None
    created_at: datetime
    changed_at: datetime

    @property
    def gone_at(self) -> datetime | None:
        return gone_after(self.state, self.changed_at)


@dataclass(frozen=True, slots=True)
class Trace(Versioned):
    """Which applications bore one number or name: `key` is the scheme and a digest."""

    org: str
    key: str
    seen: tuple[tuple[str, str], ...] = ()


def gone_after(state: ApplicationState, at: datetime) -> datetime | None:
    return at + timedelta(days=KEPT_REFUSED_DAYS) if state in WITHOUT_CREDIT else None


def state_at(application: CreditApplication, now: datetime) -> ApplicationState:
    """A draft whose time is over is expired, also before the schedule has seen it."""
    late = application.state is ApplicationState.DRAFT and application.expires_at <= now
    return ApplicationState.EXPIRED if late else application.state
