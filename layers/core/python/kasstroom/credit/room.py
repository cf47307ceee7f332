"""What a decision stands on, and what the limits leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.compliance.consumer_credit import SellerTerms
from kasstroom.credit.basis import effective
from kasstroom.credit.facts import Room
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy
from kasstroom.money import Money
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision stands on: the policy that is live, the seller, and what is left of the
    group's limit (minor units; None without a group)."""

    policy: CreditPolicy
    seller: SellerTerms = SellerTerms()
    terms_days: int = 30
    group_available: int | None = None


def room_of(account: CreditAccount, ground: Ground, now: datetime) -> Room:
    """Limit less open invoices less live reservations; never below zero."""
    policy = ground.policy
    limit = effective(account, policy.terms.basis, day_of(now))
    elsewhere = other_currencies(account, policy)
    used = max(0, account.open_minor + elsewhere) + account.reserved_minor(now)
    available = max(0, limit.minor - used) if limit else 0
    return Room(limit.minor if limit else None, available, ground.group_available, elsewhere)


def other_currencies(account: CreditAccount, policy: CreditPolicy) -> int:
    """Open amounts in other currencies, by the policy's rates; one without a rate counts one to
    one, which is never the smaller mistake for the currencies of our trade."""
    total = 0
    for currency, minor in account.other_open.items():
        rate = policy.terms.exchange_rates.get(currency)
        foreign = Money(minor, currency)
        amount = foreign.decimal * rate if rate is not None else foreign.decimal
        total += Money.of(amount, account.currency).minor
    return total


def most_now(room: Room, account: CreditAccount) -> int:
    """The largest amount every limit still lets through, in minor units of the account."""
    ceilings = [room.available]
    if room.group_available is not None:
        ceilings.append(room.group_available)
    if account.per_order_cap:
        ceilings.append(account.per_order_cap.minor)
    return max(0, min(ceilings))
