"""What the calculations have in common: checks that point at the field, and notes that say what a
figure rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kasstroom.errors import Refused
from kasstroom.money import EUR, Money, minor_digits

MOST_ROWS = 100
LARGEST = Decimal(10) ** 11
FIRST_DAY, LAST_DAY = date(1992, 1, 1), date(2150, 1, 1)
"""The Civil Code is of 1992."""


@dataclass(frozen=True, slots=True)
class Note:
    """What to know before the figure is used, with the article it comes from."""

    code: str
    detail: str
    source: str


def minor_of(amount: Money | None, pointer: str, currency: str) -> int:
    """Zero when left out. Refused below zero, above LARGEST, or in another currency."""
    if amount is None:
        return 0
    if amount.currency != currency:
        detail = f"All amounts of one request are in one currency: {currency} here."
        raise Refused("currency_mismatch", detail, f"{pointer}/currency")
    if amount.minor < 0:
        raise Refused("negative_amount", "This amount cannot be below zero.", f"{pointer}/value")
    if amount.decimal > LARGEST:
        detail = f"Amounts go up to {LARGEST:f}."
        raise Refused("amount_too_large", detail, f"{pointer}/value")
    return amount.minor


def euros(amount: Money | None, pointer: str) -> int:
    """For what the law states in euros."""
    if amount is not None and amount.currency != EUR:
        detail = "The law counts these costs in euros; convert the claim first."
        raise Refused("currency_not_euro", detail, f"{pointer}/currency")
    return minor_of(amount, pointer, EUR)


def within_reach(day: date, pointer: str) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        detail = f"Give a day from {FIRST_DAY} up to {LAST_DAY}."
        raise Refused("day_out_of_reach", detail, pointer)


def counted(rows: Sequence[Any], pointer: str) -> None:
    if not 1 <= len(rows) <= MOST_ROWS:
        raise Refused("row_count", f"Give 1 to {MOST_ROWS} of them.", pointer)


def exact(minor: Decimal, currency: str = EUR) -> str:
    """`"61.845"`: an amount before it is rounded to the currency's smallest unit, to at most four
    decimals more than it can hold."""
    digits = minor_digits(currency)
    amount = minor.scaleb(-digits)
    shown = amount.quantize(Decimal(1).scaleb(-digits - 4), ROUND_HALF_UP)
    whole, _, part = f"{shown:f}".partition(".")
    return f"{whole}.{part.rstrip('0').ljust(digits, '0')}".rstrip(".")


def percent(rate: Decimal) -> str:
    """`"4"`, `"10.15"`."""
    return f"{rate.normalize():f}"
