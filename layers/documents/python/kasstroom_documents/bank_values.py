"""What bank files have in common: their lines, days, amounts, texts and references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation

from kasstroom.bank.accounts import account_key, is_iban
from kasstroom.bank.model import ReferenceKind
from kasstroom.bank.quarantine import Quarantined
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.payments.references import compact, is_rf
from kasstroom_documents.amounts import exact_money
from kasstroom_documents.text import clean, shown

MAX_TEXT = 2_000
MAX_NAME = 140
MAX_REFERENCE = 140
_FILLERS = frozenset(
    {"NOTPROVIDED", "NONREF", "NOREF", "EREF", "MARF", "PREF", "NOT PROVIDED", "-"}
)
"""What stands in a reference's place when there is none."""
_ANNOUNCED = re.compile(
    r"BETALINGSKENM(?:ERK)?[.:]*\s*(?:NR\.?\s*)?([0-9][0-9 .]{5,40}[0-9])", re.IGNORECASE
)
_RF_START = re.compile(r"\bRF[0-9]{2}", re.IGNORECASE)
_LONGEST_KENMERK = 16
_MOST_RF_PARTS = 8


def line(number: int) -> str:
    """How every message and result names a line of a file."""
    return f"line {number}"


@contextmanager
def at(position: str) -> Iterator[None]:
    """What cannot be read here is told with its line, and the whole file with it."""
    try:
        yield
    except Quarantined:
        raise
    except Refused as error:
        raise Quarantined(error.code, error.detail, position) from None


def decimal_money(text: str, currency: str) -> Money:
    """`18.150` of a camt message; Refused for anything but digits and one point."""
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{0,5})?", text):
        raise Refused("invalid_amount", f"{shown(text)} is not an amount such as 412.30.")
    try:
        return exact_money(Decimal(text), clean(currency).upper())
    except InvalidOperation:
        raise Refused("invalid_amount", f"{shown(text)} is not an amount.") from None


def words(text: str | None, longest: int = MAX_TEXT) -> str:
    """One line, cut at a length no bank reaches: a text never makes a payment unreadable."""
    return clean(text)[:longest]


def name(text: str | None) -> str:
    return words(text, MAX_NAME)


def reference(text: str | None) -> str:
    """Without the words that say that there is none."""
    found = words(text, MAX_REFERENCE)
    return "" if found.upper() in _FILLERS else found


def iban(text: str | None) -> str:
    """An IBAN without blanks; another kind of account number as it is written."""
    key = account_key(clean(text))
    return key if is_iban(key) else words(text, 34)


def announced(text: str) -> tuple[str, ReferenceKind]:
    """A reference a payer typed into the text: an RF reference whose check digits are right, or
    digits announced as a betalingskenmerk, right or wrong. Longer runs are cut at 16 digits."""
    if rf := _rf_in(text):
        return rf, ReferenceKind.RF
    if found := _ANNOUNCED.search(text):
        return compact(found[1])[:_LONGEST_KENMERK], ReferenceKind.BETALINGSKENMERK
    return "", ReferenceKind.NONE


def _rf_in(text: str) -> str:
    """Blanks inside it are allowed: the longest run of parts whose check digits agree."""
    for start in _RF_START.finditer(text):
        parts = text[start.start() :].split()[:_MOST_RF_PARTS]
        for count in range(len(parts), 0, -1):
            candidate = compact("".join(parts[:count]))
            if is_rf(candidate):
                return candidate
    return ""


def structured(issuer: str, given: str) -> tuple[str, ReferenceKind]:
    """A reference in its own field: issuer CUR is a betalingskenmerk, ISO an RF reference
    (Betaalvereniging, camt.053 guidelines); without an issuer its form tells."""
    value = compact(given)
    if issuer == "ISO" or (issuer != "CUR" and is_rf(value)):
        return value, ReferenceKind.RF
    if issuer == "CUR" or (value.isdigit() and len(value) == _LONGEST_KENMERK):
        return value, ReferenceKind.BETALINGSKENMERK
    return words(given, MAX_REFERENCE), ReferenceKind.NONE
