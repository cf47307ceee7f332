"""Whether a buyer may pay later: a pure function of the account, the amount and the instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.credit.model import Alternative, CreditAccount, Outcome, Reason
from kasstroom.money import Money
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class CreditPolicy:
    """Overdue counts only above `ignored_overdue_minor`, so that cents block nobody; it weighs by
    age: referred after `refer_after_days`, declined after `decline_after_days`.
    """

    id: str = "default.v1"
    ignored_overdue_minor: int = 2500
    refer_after_days: int = 7
    decline_after_days: int = 28
    hold_days: int = 21
    committed_days: int = 90


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    available: Money


LIMIT_EXCEEDED = Reason(
    "limit_exceeded", "merchant", "merchant", "The amount is above what is left of the limit."
)
IN_ARREARS = Reason(
    "in_arrears", "buyer", "buyer", "There are invoices past their due date. Pay these first."
)
BLOCKED = Reason("blocked", "merchant", "merchant", "New credit for this debtor is on hold.")
NO_LIMIT = Reason(
    "insufficient_data", "merchant", "merchant", "No credit limit was set for this debtor yet."
)
PREPAY = Alternative("prepay")


def judge(policy: CreditPolicy, account: CreditAccount, amount: Money, now: datetime) -> Verdict:
    """The outcome with its reasons. A natural person is never refused by a machine alone: what
    would be a refusal is referred to a person (art. 22 GDPR).
    """
    available = available_of(account, now)
    found = _objections(policy, account, amount, available, now)
    outcome = _worst(found)
    if outcome is Outcome.DECLINED and account.natural_person:
        outcome = Outcome.REFER
    reasons = tuple(reason for reason, _ in found)
    alternatives = () if outcome is Outcome.APPROVED else _alternatives(reasons, account, available)
    return Verdict(outcome, reasons, alternatives, available)


def available_of(account: CreditAccount, now: datetime) -> Money:
    """Limit less open invoices less live reservations; never below zero."""
    limit = account.limit.minor if account.limit else 0
    used = max(0, account.open_minor) + account.reserved_minor(now)
    return Money(max(0, limit - used), account.currency)


def _objections(
    policy: CreditPolicy, account: CreditAccount, amount: Money, available: Money, now: datetime
) -> list[tuple[Reason, Outcome]]:
    found = []
    if account.hold:
        found.append((BLOCKED, Outcome.DECLINED))
    overdue_days = account.oldest_overdue_days(day_of(now))
    if account.overdue_minor(day_of(now)) > policy.ignored_overdue_minor:
        if overdue_days > policy.decline_after_days:
            found.append((IN_ARREARS, Outcome.DECLINED))
        elif overdue_days > policy.refer_after_days:
            found.append((IN_ARREARS, Outcome.REFER))
    if account.limit is None:
        found.append((NO_LIMIT, Outcome.REFER))
    elif amount > available:
        found.append((LIMIT_EXCEEDED, Outcome.DECLINED))
    return found


def _worst(found: list[tuple[Reason, Outcome]]) -> Outcome:
    outcomes = {outcome for _, outcome in found}
    for outcome in (Outcome.DECLINED, Outcome.REFER):
        if outcome in outcomes:
            return outcome
    return Outcome.APPROVED


def _alternatives(
    reasons: tuple[Reason, ...], account: CreditAccount, available: Money
) -> tuple[Alternative, ...]:
    """What the shop can offer instead; an order paid in advance is always possible."""
    offered = [PREPAY]
    if reasons == (LIMIT_EXCEEDED,) and available.minor > 0:
        offered.append(Alternative("lower_amount", available))
    if IN_ARREARS in reasons:
        offered.append(Alternative("settle_overdue"))
    return tuple(offered)
