"""What a decision stands on, and what the limits leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

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
    # A limit of nothing is a limit: only None says that none was granted.
    return Room(
        None if limit is None else limit.minor, available, ground.group_available, elsewhere
    )


def other_currencies(account: CreditAccount, policy: CreditPolicy) -> int:
    """Open amounts in other currencies, by the policy's rates; one without a rate counts one to
    one, which is never the smaller mistake for the currencies of our trade. A credit balance
    without a rate counts for nothing: 90,000 yen would make room for as many euros."""
    total = 0
    for currency, minor in account.other_open.items():
        foreign = Money(minor, currency)
        worth = _worth(foreign, account.currency, policy)
        if worth is None and minor > 0:
            worth = foreign.decimal
        total += Money.of(worth or Decimal(0), account.currency).minor
    return total


def _worth(amount: Money, currency: str, policy: CreditPolicy) -> Decimal | None:
    """In `currency`, over the policy's own; None when a rate that is needed is not there."""
    rates = {**policy.terms.exchange_rates, policy.terms.currency: Decimal(1)}
    into, out_of = rates.get(amount.currency), rates.get(currency)
    return None if into is None or out_of is None else amount.decimal * into / out_of


def most_now(room: Room, account: CreditAccount) -> int:
    """The largest amount every limit still lets through, in minor units of the account."""
    ceilings = [room.available]
    if room.group_available is not None:
        ceilings.append(room.group_available)
    if account.per_order_cap is not None:
        ceilings.append(account.per_order_cap.minor)
    return max(0, min(ceilings))
