"""What happens at the checkout: decisions and the holds on a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


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
