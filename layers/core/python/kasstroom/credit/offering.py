"""How much is granted, and what the shop can offer instead."""

from __future__ import annotations

from datetime import datetime

from kasstroom.compliance.consumer_credit import longest_exempt_days
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.decision import Alternative, Outcome
from kasstroom.credit.facts import Ask, Room
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import Verdict
from kasstroom.credit.restricted import POSSIBLE
from kasstroom.credit.room import Ground, most_now
from kasstroom.money import Money
from kasstroom.time import day_of

PATHS = {"settle_overdue": "/v1/payment-links", "apply_for_limit": "/v1/credit-applications"}


def amount_granted(
    account: CreditAccount,
    request: CreditCheck,
    ask: Ask,
    room: Room,
    verdict: Verdict,
    ground: Ground,
) -> tuple[Outcome, Money]:
    """The outcome with the amount that may be paid later, in the order's currency."""
    later, nothing = request.to_pay_later, Money.zero(request.amount.currency)
    if verdict.outcome is not Outcome.APPROVED_PARTIAL:
        return verdict.outcome, later if verdict.outcome.holds else nothing
    part = Money(most_now(room, account), account.currency)
    same = later.currency == account.currency
    enough = same and part.minor >= max(1, ground.policy.terms.smallest_partial.minor)
    if request.accept_partial and enough and part.minor < ask.minor:
        return Outcome.APPROVED_PARTIAL, part
    refused = Outcome.REFER if account.natural_person else Outcome.DECLINED
    return refused, nothing


def alternatives(
    outcome: Outcome,
    verdict: Verdict,
    ask: Ask,
    room: Room,
    account: CreditAccount,
    ground: Ground,
    now: datetime,
) -> tuple[Alternative, ...]:
    """What the rules offer, as far as it is possible. Prepaying always is, except for who may be on
    a sanctions list: nothing may be sold to them, however it is paid."""
    if outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS):
        return ()
    if account.profile.sanctions == POSSIBLE:
        return ()
    most, currency = most_now(room, account), account.currency
    kinds = dict.fromkeys(["prepay", *verdict.alternatives])
    if outcome is Outcome.APPROVED_PARTIAL:
        kinds.pop("lower_amount", None)  # That is what was approved.
    only_room = {r.code for r in verdict.reasons} <= {"limit_exceeded", "order_above_max"}
    offered = []
    for kind in kinds:
        if kind in ("lower_amount", "part_prepayment"):
            if most > 0 and only_room and most < ask.minor:
                amount = most if kind == "lower_amount" else ask.minor - most
                offered.append(Alternative(kind, Money(amount, currency)))
        elif kind == "settle_overdue":
            overdue = Money(account.overdue_minor(day_of(now)), currency)
            offered.append(Alternative(kind, overdue, path=PATHS[kind]))
        elif kind != "shorter_term":
            offered.append(Alternative(kind, path=PATHS.get(kind, "")))
    if ask.regulated != "exempt" and (days := longest_exempt_days(ground.seller)) is not None:
        offered.append(Alternative("shorter_term", days=days))
    return tuple(offered)
