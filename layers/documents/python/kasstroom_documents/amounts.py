"""From the text of an amount to money, without rounding."""

from __future__ import annotations

from decimal import Decimal

from kasstroom.errors import Refused
from kasstroom.money import Money, minor_digits

_LARGEST = Decimal(10) ** 13


def exact_money(amount: Decimal, currency: str) -> Money:
    """Money of exactly this amount; trailing zeros are no decimals, anything smaller is refused."""
    digits = minor_digits(currency)
    if abs(amount) >= _LARGEST:
        raise Refused("invalid_amount", f"{amount} is larger than an invoice can be.")
    scaled = amount.scaleb(digits)
    if scaled != scaled.to_integral_value():
        raise Refused(
            "too_many_decimals",
            f"{amount} has more decimals than {currency} has ({digits}); round it at the source.",
        )
    return Money(int(scaled), currency)
