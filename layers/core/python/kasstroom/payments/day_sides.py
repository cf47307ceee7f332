"""The sides of a day: what the ledger booked, what the providers say, what the bank shows, and what
is between them. Sums only, each in one currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.bank.model import BankLine
from kasstroom.money import Money
from kasstroom.payments.day_findings import DayStatus
from kasstroom.payments.model import BookedPayment
from kasstroom.payments.payouts import Settlement
from kasstroom.payments.provider_days import ProviderDay
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Side:
    """One line of a report: how many, and how much (signed: what came in is positive)."""

    what: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ProviderSide:
    """`agreed` of `items` are in the ledger with the same amount; `difference` is provider less
    ledger. `amount` is `received` less `went_back` (refunds, chargebacks), `booked` is
    `booked_received` less `booked_back`. The fee is taken off when the provider pays out."""

    provider: str
    items: int
    agreed: int
    amount: Money
    booked: Money
    difference: Money
    compared_at: datetime
    received: Money
    went_back: Money
    booked_received: Money
    booked_back: Money
    status: DayStatus
    explanation: str


@dataclass(frozen=True, slots=True)
class PayoutSide:
    """A payout of the day: gross less fee is the amount; `on_statement` when its bank line is.
    `unknown_lines` are payments in it that the ledger does not know, of another shop of yours on
    the same account. `bank_line` is the id of its line."""

    provider: str
    reference: str
    gross: Money
    fee: Money
    amount: Money
    unknown_lines: int
    on_statement: bool
    paid_on: date
    bank_line: str
    status: DayStatus
    explanation: str


@dataclass(frozen=True, slots=True)
class InTransit:
    """What the providers sent and the bank did not show by the end of the day, whatever day it was
    sent; `payouts` the oldest first."""

    count: int
    amount: Money
    payouts: tuple[PayoutSide, ...]


def provider_side(day: ProviderDay, currency: str) -> ProviderSide:
    seen = day.seen.of(currency)
    net = seen.in_minor - seen.out_minor
    booked = seen.booked_in_minor - seen.booked_out_minor

    def money(minor: int) -> Money:
        return Money(minor, currency)

    status, explanation = _said(day, currency)
    return ProviderSide(
        day.provider, seen.items, seen.agreed, money(net), money(booked), money(net - booked),
        day.compared_at, money(seen.in_minor), money(seen.out_minor), money(seen.booked_in_minor),
        money(seen.booked_out_minor), status, explanation,
    )  # fmt: skip


def compared_whole(day: ProviderDay) -> bool:
    """A comparison before midnight has not seen all of it."""
    return day_of(day.compared_at) > day.day


def _said(day: ProviderDay, currency: str) -> tuple[DayStatus, str]:
    seen = day.seen.of(currency)
    if seen.agreed < seen.items:
        wrong = seen.items - seen.agreed
        return DayStatus.DIFFERS, f"{wrong} of {seen.items} are not in the ledger as they are here."
    if not compared_whole(day):
        return DayStatus.WAITS, "Compared before the day was over; that is done again by itself."
    if not seen.items:
        return DayStatus.RIGHT, f"Nothing happened here in {currency}."
    return DayStatus.RIGHT, f"All {seen.items} are in the ledger with the same amounts."


def payout_side(s: Settlement, status: DayStatus, explanation: str) -> PayoutSide:
    return PayoutSide(
        s.provider, s.reference, s.gross, s.fee, s.amount, s.unknown, bool(s.line_id), s.paid_on,
        s.line_id, status, explanation,
    )  # fmt: skip


def ledger_sides(booked: Iterable[BookedPayment], currency: str) -> tuple[Side, ...]:
    """By where the money came from; what was taken out again by hand is taken off."""
    sums: dict[str, Side] = {}
    for one in booked:
        if one.amount.currency == currency:
            _add(sums, one.provider, one.amount)
    return _sorted(sums)


def bank_sides(lines: Iterable[BankLine], currency: str) -> tuple[Side, ...]:
    """By kind and state of the line."""
    sums: dict[str, Side] = {}
    for line in lines:
        if line.amount.currency == currency:
            _add(sums, f"{line.kind}.{line.state}", line.amount)
    return _sorted(sums)


def _add(sums: dict[str, Side], what: str, amount: Money) -> None:
    was = sums.get(what, Side(what, 0, Money.zero(amount.currency)))
    sums[what] = Side(what, was.count + 1, was.amount + amount)


def _sorted(sums: dict[str, Side]) -> tuple[Side, ...]:
    return tuple(sums[what] for what in sorted(sums))
