"""What an owner sets of an organisation that is there already: `name=value`, one word each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kasstroom.compliance.allocation import Order
from kasstroom.compliance.early_signal import Sector
from kasstroom.errors import Refused
from kasstroom.organisations.brand import logo_url, reply_address
from kasstroom.organisations.model import Attach, Organisation
from kasstroom.payments.methods import METHODS
from kasstroom.payments.model import PROVIDERS
from kasstroom.text import one_line
from kasstroom_pages.colours import brand_palettes

MOST_DIFFERENCE_MINOR = 500
"""Five euros: what is more is not a small difference."""
LONGEST_LINE = 100


def _order(value: str) -> Order:
    return Order(_one_of(value, tuple(Order)))


def _difference(value: str) -> int:
    if not value.isdecimal() or int(value) > MOST_DIFFERENCE_MINOR:
        raise SystemExit(f"small_difference_minor is 0 to {MOST_DIFFERENCE_MINOR}, in cents.")
    return int(value)


def _methods(value: str) -> tuple[str, ...]:
    return tuple(_one_of(name, METHODS) for name in value.split(","))


def _sector(value: str) -> Sector:
    return Sector(_one_of(value, tuple(Sector)))


def _checked(check: Callable[[str], str]) -> Callable[[str], str]:
    """Empty takes it away."""

    def value_of(value: str) -> str:
        try:
            return check(value) if value else ""
        except Refused as error:
            raise SystemExit(error.detail) from None

    return value_of


def _colour(value: str) -> str:
    if value and brand_palettes(value) is None:
        raise SystemExit(f"{value!r} is no colour such as #0b6e5f on which letters are readable.")
    return value


def _line(value: str) -> str:
    """What stands on a letter: one line of at most a hundred characters, or nothing."""
    text = one_line(value)
    if len(text) > LONGEST_LINE:
        raise SystemExit(f"{text[:20]!r}... is longer than {LONGEST_LINE} characters.")
    return text


def _attach(value: str) -> tuple[Attach, ...]:
    """Empty: nothing goes along."""
    names = [name for name in value.split(",") if name]
    return tuple(Attach(_one_of(name, tuple(Attach))) for name in dict.fromkeys(names))


def _yes_or_no(value: str) -> bool:
    return _one_of(value, ("yes", "no")) == "yes"


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise SystemExit(f"{value!r} is not one of {', '.join(known)}.")
    return value


FIELDS: Mapping[str, Callable[[str], Any]] = {
    "allocation_order": _order,
    "small_difference_minor": _difference,
    "payment_methods": _methods,
    "street": _line,
    "postcode": _line,
    "vat_number": _line,
    "sector": _sector,
    "reply_to": _checked(reply_address),
    "logo_url": _checked(logo_url),
    "brand_colour": _colour,
    "thank_you": _yes_or_no,
    "attach": _attach,
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
