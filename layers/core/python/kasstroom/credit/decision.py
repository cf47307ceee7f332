"""What was decided at the checkout, and the hold on the limit that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.money import Money

Fact = str | int | bool | tuple[str, ...] | None
"""A value a rule can look at. Amounts are whole minor units of the account's currency."""


class Outcome(StrEnum):
    APPROVED = "approved"
    APPROVED_PARTIAL = "approved_partial"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    REFER = "refer"
    DECLINED = "declined"

    @property
    def holds(self) -> bool:
        """Whether a reservation follows from it."""
        return self in (
            Outcome.APPROVED,
            Outcome.APPROVED_PARTIAL,
            Outcome.APPROVED_WITH_CONDITIONS,
        )


class ReservationState(StrEnum):
    HELD = "held"
    COMMITTED = "committed"
    CONSUMED = "consumed"
    RELEASED = "released"
    EXPIRED = "expired"


OPEN_RESERVATIONS = frozenset({ReservationState.HELD, ReservationState.COMMITTED})


class Audience(StrEnum):
    """Who may read a reason. What only the merchant may know is never shown to the buyer; what is
    for `people` is shown to no system either (`kasstroom.credit.restricted`)."""

    MERCHANT = "merchant"
    BUYER = "buyer"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Reason:
    """`fixable_by` is `buyer`, `merchant` or `nobody`; `rule` names the rule that fired."""

    code: str
    audience: str
    fixable_by: str
    detail: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the shop can offer instead: `prepay`, `part_prepayment` (`amount` in advance),
    `lower_amount`, `shorter_term` (`days`), `settle_overdue` (`path` makes the payment link),
    `apply_for_limit` (`path` makes the application). `path` is a POST on this API."""

    kind: str
    amount: Money | None = None
    days: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to be true before the order is confirmed: `kind` is a stable code such as
    `part_prepayment` (then `amount` is what to ask in advance)."""

    kind: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Immutable: what was asked, the facts it was decided on and the reasons.

    `policy` is `<name>.<number>`; `facts` and `fired` (rule ids in their order) are what replays
    it. `approved` is the amount that may be paid later; zero when refused or referred.
    `takes_part`: the shop would have accepted a part.
    """

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
    approved: Money = Money(0)
    conditions: tuple[Condition, ...] = ()
    term_days: int | None = None
    committed: bool = True
    takes_part: bool = False
    reservation_id: str | None = None
    reservation_expires_at: datetime | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    fired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reservation(Versioned):
    """A hold on the limit: held -> committed (ordered) -> consumed (invoiced) | released.

    `amount` is what is held in all, `consumed` how much of it was invoiced already, both in the
    order's currency; `held_minor` is what is still held, in the account's currency.
    """

    org: str
    debtor: str
    id: str
    decision_id: str
    order_reference: str
    amount: Money
    state: ReservationState
    created_at: datetime
    expires_at: datetime
    held_minor: int = 0
    consumed: Money = Money(0)
    conditions: tuple[Condition, ...] = ()
    met: tuple[str, ...] = ()

    @property
    def due(self) -> Due | None:
        if self.state in OPEN_RESERVATIONS:
            return Due(Work.RESERVATION_EXPIRY, self.expires_at)
        return None

    @property
    def rest(self) -> Money:
        """What is not invoiced yet."""
        return self.amount - Money(self.consumed.minor, self.amount.currency)
