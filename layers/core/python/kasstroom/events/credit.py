"""What happens in credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimitChanged(Event):
    TYPE: ClassVar[str] = "credit.limit.changed"
    limit: Money
    previous: Money
    source: str = "own"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimitApproaching(Event):
    """Most of the limit is used: the policy's `warn_percent`."""

    TYPE: ClassVar[str] = "credit.limit.approaching"
    limit: Money
    used: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimitExceeded(Event):
    """Invoices and reservations together are above the limit."""

    TYPE: ClassVar[str] = "credit.limit.exceeded"
    limit: Money
    used: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditHoldPlaced(Event):
    TYPE: ClassVar[str] = "credit.hold.placed"
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditHoldReleased(Event):
    TYPE: ClassVar[str] = "credit.hold.released"
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditReviewDue(Event):
    """A person has to look: `kind` is decision, application, limit or periodic."""

    TYPE: ClassVar[str] = "credit.review.due"
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditReviewDecided(Event):
    TYPE: ClassVar[str] = "credit.review.decided"
    kind: str
    verdict: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditDecisionMade(Event):
    TYPE: ClassVar[str] = "credit.decision.made"
    outcome: str
    amount: Money
    reasons: tuple[str, ...]
    order_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationHeld(Event):
    TYPE: ClassVar[str] = "credit.reservation.held"
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationCommitted(Event):
    TYPE: ClassVar[str] = "credit.reservation.committed"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationReleased(Event):
    TYPE: ClassVar[str] = "credit.reservation.released"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationConsumed(Event):
    TYPE: ClassVar[str] = "credit.reservation.consumed"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRenewed(Event):
    TYPE: ClassVar[str] = "credit.reservation.renewed"
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationExpired(Event):
    TYPE: ClassVar[str] = "credit.reservation.expired"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationAmended(Event):
    """The order became larger or smaller."""

    TYPE: ClassVar[str] = "credit.reservation.amended"
    amount: Money
    previous: Money
