"""The rules asked again, when an order grows or its hold comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.credit.decision import Condition, Outcome, Reservation, ReservationState
from kasstroom.credit.facts import Ask, facts_of
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import judge
from kasstroom.credit.restricted import public_reasons
from kasstroom.credit.room import Ground, room_of
from kasstroom.errors import Refused


def asked_again(
    others: CreditAccount, ground: Ground, now: datetime, minor: int, *, extra: int
) -> tuple[Condition, ...]:
    """The conditions that the rules set for the order as it will be. `others` is the account
    without this order, of which only `extra` comes on top of what is held. Refused when the rules
    do not allow it."""
    days = others.terms_days if others.terms_days is not None else ground.terms_days
    facts = facts_of(others, Ask(minor, days), room_of(others, ground, now), now)
    if not extra:
        facts = facts | {"shortfall": 0, "group_shortfall": None, "above_order_cap": False}
    verdict = judge(ground.policy, facts, others.currency)
    if verdict.outcome not in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS):
        why = ", ".join(reason.code for reason in public_reasons(verdict.reasons))
        detail = f"The rules do not allow this now ({why}); the reservation stays as it is."
        raise Refused("credit_not_available", detail)
    return verdict.conditions


def conditioned(reservation: Reservation, asked: tuple[Condition, ...]) -> Reservation:
    """With the conditions the rules set for what it becomes; one that changed has to be met anew.
    Refused for an order that is confirmed already and met none of that kind."""
    missing = [one.kind for one in asked if one.kind not in reservation.met]
    if missing and reservation.state is ReservationState.COMMITTED:
        detail = f"This asks for {', '.join(missing)}, and the order is confirmed without it."
        raise Refused("credit_not_available", detail)
    kinds = {one.kind for one in asked}
    kept = tuple(one for one in reservation.conditions if one.kind not in kinds)
    new = {one.kind for one in asked if one not in reservation.conditions}
    met = reservation.met
    if reservation.state is not ReservationState.COMMITTED:
        met = tuple(kind for kind in met if kind not in new)
    return replace(reservation, conditions=(*kept, *asked), met=met)
