"""What a bank line may say of who pays what. Values only; `reading` finds them."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Strength(IntEnum):
    """How well a name of an invoice proves that it is meant."""

    WEAK = 1
    EXACT = 2
    PROTECTED = 3


class Spelled(NamedTuple):
    """An invoice number as it would stand in the books, and the code of how it was written."""

    number: str
    strength: Strength
    code: str


class Clues(NamedTuple):
    """`references` have right check digits, `spoilt` ones do not; `numbers` look like invoices of
    ours; `tails` are loose digits that may be the end of one; `debtors` were called so."""

    references: tuple[str, ...]
    spoilt: tuple[str, ...]
    numbers: tuple[Spelled, ...]
    debtors: tuple[str, ...]
    tails: tuple[str, ...]
    iban: str
    names: tuple[str, ...]
