"""What an owner sets of an organisation that is there already: `name=value`, one word each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kasstroom.compliance.allocation import Order
from kasstroom.organisations.model import Organisation
from kasstroom.payments.methods import METHODS
from kasstroom.payments.model import PROVIDERS

MOST_DIFFERENCE_MINOR = 500
"""Five euros: what is more is not a small difference."""


def _order(value: str) -> Order:
    return Order(_one_of(value, tuple(Order)))


def _difference(value: str) -> int:
    if not value.isdecimal() or int(value) > MOST_DIFFERENCE_MINOR:
        raise SystemExit(f"small_difference_minor is 0 to {MOST_DIFFERENCE_MINOR}, in cents.")
    return int(value)


def _methods(value: str) -> tuple[str, ...]:
    return tuple(_one_of(name, METHODS) for name in value.split(","))


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise SystemExit(f"{value!r} is not one of {', '.join(known)}.")
    return value


FIELDS: Mapping[str, Callable[[str], Any]] = {
    "allocation_order": _order,
    "small_difference_minor": _difference,
    "payment_methods": _methods,
}
PROVIDER_ORDER = "providers"
"""Not the organisation's own: it stands with the credentials."""


def given(words: list[str]) -> dict[str, str]:
    """`["a=1"]` as a mapping; SystemExit with what there is for anything else."""
    known = (*FIELDS, PROVIDER_ORDER)
    found = dict(word.partition("=")[::2] for word in words)
    for name in found:
        _one_of(name, known)
    if not found:
        raise SystemExit(f"Give --set name=value: {', '.join(known)}.")
    return found


def changed(organisation: Organisation, asked: Mapping[str, str]) -> Organisation:
    values = {name: FIELDS[name](value) for name, value in asked.items() if name in FIELDS}
    return replace(organisation, **values)


def order_of(asked: Mapping[str, str]) -> list[str] | None:
    """The providers in the order they are tried; None when it was not asked for."""
    if PROVIDER_ORDER not in asked:
        return None
    return [_one_of(name, PROVIDERS) for name in asked[PROVIDER_ORDER].split(",")]
