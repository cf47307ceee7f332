"""The fields of one object of a policy's document, each with the place of its mistake."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from kasstroom.credit.rules import Reader, step
from kasstroom.errors import KasstroomError, Refused
from kasstroom.money import Money, minor_digits

T = TypeVar("T")


class Fields:
    """Reads the fields of one object of the document."""

    def __init__(self, given: Any, at: str, reader: Reader, currency: str) -> None:
        self._at, self._reader, self._currency = at, reader, currency
        if given is not None and not isinstance(given, dict):
            reader.wrong(at, "invalid_value", "This is an object.")
        self._given = given if isinstance(given, dict) else {}

    def _read(self, name: str, default: T, accept: Callable[[Any], T]) -> T:
        if name not in self._given:
            return default
        try:
            return accept(self._given[name])
        except KasstroomError as error:
            # The place inside what was given, when only one of several values is wrong.
            place = f"{self._at}/{name}{error.pointer}"
            self._reader.wrong(place, error.code, error.detail)
        return default

    def only(self, names: frozenset[str]) -> None:
        for name in (name for name in self._given if name not in names):
            known = ", ".join(sorted(names))
            self._reader.wrong(f"{self._at}{step(name)}", "unknown_field", f"Known here: {known}.")

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        def accept(value: Any) -> int:
            if type(value) is not int or not low <= value <= high:
                raise Refused("invalid_value", f"Give a whole number from {low} to {high}.")
            return value

        return self._read(name, default, accept)

    def maybe_whole(self, name: str, low: int, high: int) -> int | None:
        return self.whole(name, low, low, high) if self._given.get(name) is not None else None

    def flag(self, name: str, default: bool) -> bool:
        def accept(value: Any) -> bool:
            if type(value) is not bool:
                raise Refused("invalid_value", "Give true or false.")
            return value

        return self._read(name, default, accept)

    def amount(self, name: str, default: Money) -> Money:
        def accept(value: Any) -> Money:
            if not isinstance(value, str):
                raise Refused("invalid_amount", "Write an amount as text, such as '250.00'.")
            found = Money.parse(value, self._currency)
            if found.minor < 0:
                raise Refused("negative_amount", "The amount must not be negative.")
            return found

        return self._read(name, Money(default.minor, self._currency), accept)

    def one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        return self._read(name, default, lambda value: chosen(value, choices))

    def some_of(
        self, name: str, default: tuple[str, ...], choices: tuple[str, ...]
    ) -> tuple[str, ...]:
        def accept(value: Any) -> tuple[str, ...]:
            if not isinstance(value, list):
                raise Refused("invalid_value", "Give a list.")
            return tuple(chosen(one, choices, f"/{n}") for n, one in enumerate(value))

        return self._read(name, default, accept)

    def rates(self, name: str) -> dict[str, Decimal]:
        return self._read(name, {}, rates_of)


def chosen(value: Any, choices: tuple[str, ...], place: str = "") -> str:
    if value not in choices:
        raise Refused("invalid_value", f"Give one of {', '.join(choices)}.", place)
    return str(value)


def rates_of(given: Any) -> dict[str, Decimal]:
    if not isinstance(given, dict):
        raise Refused("invalid_value", 'Give rates as an object, such as {"USD": "0.92"}.')
    found = {}
    for currency, text in given.items():
        try:
            minor_digits(currency)
        except Refused as error:
            raise Refused(error.code, error.detail, step(currency)) from None
        try:
            rate = Decimal(text) if isinstance(text, str) else Decimal(0)
        except InvalidOperation:
            rate = Decimal(0)
        if not (rate.is_finite() and Decimal("0.000001") <= rate <= 1_000_000):
            detail = f"The rate of {currency} is a text above zero, such as '0.92'."
            raise Refused("invalid_rate", detail, step(currency))
        found[currency] = rate
    return found
