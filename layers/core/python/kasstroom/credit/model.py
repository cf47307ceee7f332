"""The credit account of a debtor and what was decided on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.money import EUR, Money


class Outcome(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"
    REFER = "refer"


class ReservationState(StrEnum):
    HELD = "held"
    COMMITTED = "committed"
    CONSUMED = "consumed"
    RELEASED = "released"
    EXPIRED = "expired"


OPEN_RESERVATIONS = frozenset({ReservationState.HELD, ReservationState.COMMITTED})


@dataclass(frozen=True, slots=True)
class Reason:
    """`audience` is `merchant` or `buyer`; only buyer reasons may be shown to the buyer."""

    code: str
    audience: str
    fixable_by: str
    detail: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the shop can offer instead: `prepay`, `lower_amount`, `pay_now`, `settle_overdue`."""

    kind: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class HeldAmount:
    """One reservation as the account sees it; not counted after `expires_at`."""

    reservation_id: str
    minor: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RecentCheck:
    """Enough of a decision to answer the same request again from the account alone."""

    request_id: str
    fingerprint: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Hold:
    """A stop on new credit, placed by a person or a rule."""

    reason: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class CreditAccount(Versioned):
    """Everything a checkout decision reads, in one item, kept by every transaction that changes it.

    `limit` None: no limit was ever granted. `open_by_due` maps a due date to the open amount
    (minor units of `currency`) of all invoices due that day; credit balances are negative.
    `other_open` holds open amounts in other currencies by currency code; `unallocated` is money
    received that no invoice took yet, by currency code.
    """

    org: str
    debtor: str
    currency: str = EUR
    limit: Money | None = None
    hold: Hold | None = None
    natural_person: bool = False
    held: tuple[HeldAmount, ...] = ()
    open_by_due: dict[date, int] = field(default_factory=dict)
    other_open: dict[str, int] = field(default_factory=dict)
    unallocated: dict[str, int] = field(default_factory=dict)
    recent: tuple[RecentCheck, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Decision:
    """Immutable: what was asked, the facts it was decided on and the reasons."""

    org: str
    debtor: str
    id: str
    request_id: str
    fingerprint: str
    order_reference: str
    requested: Money
    outcome: Outcome
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    policy: str
    limit: Money | None
    open: Money
    reserved: Money
    overdue: Money
    available: Money
    decided_at: datetime
    reservation_id: str | None = None
    reservation_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reservation(Versioned):
    """A hold on the limit: held -> committed (ordered) -> consumed (invoiced) | released."""

    org: str
    debtor: str
    id: str
    decision_id: str
    order_reference: str
    amount: Money
    state: ReservationState
    created_at: datetime
    expires_at: datetime

    @property
    def due(self) -> Due | None:
        if self.state in OPEN_RESERVATIONS:
            return Due(Work.RESERVATION_EXPIRY, self.expires_at)
        return None
