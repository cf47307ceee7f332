"""The credit account of a debtor: everything a checkout decision reads, in one item."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.credit.decision import Decision
from kasstroom.money import EUR, Money
from kasstroom.risk.model import PaymentBehaviour
from kasstroom.sealed import Sealed
from kasstroom.time import AMSTERDAM, Day


class LimitSource(StrEnum):
    """Where a limit comes from; several stand side by side."""

    OWN = "own"
    INSURED = "insured"
    DISCRETIONARY = "discretionary"
    BUREAU = "bureau"
    AUTOMATIC = "automatic"
    TEMPORARY = "temporary"


@dataclass(frozen=True, slots=True)
class CreditLimit:
    """What one source grants. `valid_to` is the last day it counts; `reference` names what it
    rests on (a cover, an application, a report)."""

    source: LimitSource
    amount: Money
    granted_by: str
    granted_at: datetime
    valid_from: date | None = None
    valid_to: date | None = None
    reference: str = ""

    @property
    def over_on(self) -> date | None:
        """The first day after its last; none for the last day there is, which means no end."""
        ends = self.valid_to is not None and self.valid_to < date.max
        return self.valid_to + timedelta(days=1) if ends and self.valid_to else None

    def counts_on(self, today: date) -> bool:
        began = self.valid_from is None or self.valid_from <= today
        return began and (self.valid_to is None or today <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Hold:
    """A stop on new credit, placed by a person or a rule."""

    reason: str
    placed_at: datetime
    placed_by: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of the debtor for a decision, kept by whoever learns it.

    `score` is 0 (worst) to 100; `rating` A (best) to E; `address_key` is `1234AB-25A`;
    `sanctions` is `clear` or `possible`; None or empty means: not known.
    """

    country: str = ""
    legal_form: str = ""
    founded_on: date | None = None
    address_key: str = ""
    email_domain: str = ""
    kvk: str = ""
    score: int | None = None
    rating: str = ""
    registered: bool | None = None
    vat_valid: bool | None = None
    insolvent: bool = False
    sanctions: str = ""
    screened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoverTerms:
    """The credit insurance of this debtor as a decision needs it: `extension_days` is the maximum
    extension period, `valid_to` the last day new deliveries are covered."""

    cover_id: str
    insured: Money
    percentage: int
    extension_days: int
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class HeldAmount:
    """One reservation as the account sees it; not counted after `expires_at`."""

    reservation_id: str
    minor: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RecentCheck:
    """Enough of a decision to answer the same request again from the account alone; its facts
    stand in the decision itself. `asked_minor` is in the account's currency. Of the older ones only
    the when and how much are kept, for the fact how often somebody asks."""

    request_id: str
    fingerprint: str
    at: datetime
    asked_minor: int
    decision: Sealed[Decision] | None


class Warned(StrEnum):
    """The last warning given about the use of the limit, so that it is given once."""

    NOTHING = ""
    APPROACHING = "approaching"
    EXCEEDED = "exceeded"


@dataclass(frozen=True, slots=True)
class CreditAccount(Versioned):
    """Kept by every transaction that changes what it says.

    No limit of any source: none was ever granted. `open_by_due` maps a due date to the open amount
    (minor units of `currency`) of all invoices due that day; credit balances are negative.
    `other_open` holds open amounts in other currencies by currency code; `unallocated` is money
    received that no invoice took yet, by currency code. `kind` is the debtor's kind; `segment`
    chooses the policy; `group` names the credit group; `orders` counts the approvals so far.
    `review_on` is the next planned review; while it is open `review_id` names it, and on `lapse_on`
    limits end that nobody looked at.
    """

    org: str
    debtor: str
    currency: str = EUR
    kind: str = "company"
    segment: str = ""
    group: str = ""
    limits: tuple[CreditLimit, ...] = ()
    per_order_cap: Money | None = None
    terms_days: int | None = None
    review_on: Day | None = None
    review_id: str = ""
    lapse_on: Day | None = None
    warned: Warned = Warned.NOTHING
    hold: Hold | None = None
    natural_person: bool = False
    profile: Profile = Profile()
    behaviour: PaymentBehaviour = PaymentBehaviour()
    cover: CoverTerms | None = None
    orders: int = 0
    held: tuple[HeldAmount, ...] = ()
    open_by_due: dict[date, int] = field(default_factory=dict)
    other_open: dict[str, int] = field(default_factory=dict)
    unallocated: dict[str, int] = field(default_factory=dict)
    recent: tuple[RecentCheck, ...] = ()

    def limit_of(self, source: LimitSource) -> CreditLimit | None:
        return next((limit for limit in self.limits if limit.source is source), None)

    def reserved_minor(self, now: datetime) -> int:
        return sum(held.minor for held in self.held if held.expires_at > now)

    @property
    def open_minor(self) -> int:
        return sum(self.open_by_due.values())

    def overdue_minor(self, today: date) -> int:
        """Open amount whose due date has passed; credit balances net it, never below zero."""
        overdue = sum(minor for due_on, minor in self.open_by_due.items() if due_on < today)
        return max(0, overdue)

    def oldest_overdue_days(self, today: date) -> int:
        late = [d for d, minor in self.open_by_due.items() if d < today and minor > 0]
        return (today - min(late)).days if late else 0

    @property
    def due(self) -> Due | None:
        """The planned review (while it is open: when limits lapse), or the morning after a limit's
        last day, whichever is first."""
        ends = [over for li in self.limits if (over := li.over_on)]
        review = self.lapse_on if self.review_id else self.review_on
        days = [*ends, *([review] if review else [])]
        if not days:
            return None
        first = min(days)
        at = datetime(first.year, first.month, first.day, 6, tzinfo=AMSTERDAM)
        return Due(Work.CREDIT_REVIEW, at)
