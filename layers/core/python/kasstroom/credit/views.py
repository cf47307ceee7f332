"""What the API shows of a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.credit.model import Alternative, Decision, Outcome, Reason
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class ReservationView:
    id: str
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionView:
    """`available` is what was left of the limit before this decision. Reasons whose `audience` is
    `merchant` must not be shown to the buyer."""

    id: str
    debtor: str
    outcome: Outcome
    amount: Money
    order_reference: str
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    reservation: ReservationView | None
    limit: Money | None
    open: Money
    overdue: Money
    reserved: Money
    available: Money
    policy: str
    decided_at: datetime


def decision_view(d: Decision) -> DecisionView:
    reservation = None
    if d.reservation_id and d.reservation_expires_at:
        reservation = ReservationView(d.reservation_id, d.requested, d.reservation_expires_at)
    return DecisionView(
        d.id, d.debtor, d.outcome, d.requested, d.order_reference, d.reasons, d.alternatives,
        reservation, d.limit, d.open, d.overdue, d.reserved, d.available, d.policy, d.decided_at,
    )  # fmt: skip
