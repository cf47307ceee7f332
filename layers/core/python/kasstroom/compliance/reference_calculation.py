"""POST /v1/calculations/payment-reference: a reference that a bank carries unchanged, made from a
number or checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kasstroom.changes import Command
from kasstroom.errors import Refused
from kasstroom.payments.references import (
    betalingskenmerk,
    compact,
    is_betalingskenmerk,
    is_rf,
    rf_reference,
)


class ReferenceKind(StrEnum):
    RF = "rf"
    BETALINGSKENMERK = "betalingskenmerk"


@dataclass(frozen=True, slots=True)
class ReferenceAsked(Command):
    """One of the two: a `number` to make a reference of, or a `reference` to check."""

    kind: ReferenceKind
    number: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class ReferenceCalculation:
    """`reference` as a bank takes it and `printed` in groups of four, as people read it. `valid`
    false: a digit is wrong."""

    kind: ReferenceKind
    reference: str
    printed: str
    valid: bool
    detail: str
    source: str


_SOURCE = {
    ReferenceKind.RF: "ISO 11649",
    ReferenceKind.BETALINGSKENMERK: "Betaalvereniging Nederland: specification of the"
    " betalingskenmerk",
}
_HOW = {
    ReferenceKind.RF: "RF, two check digits (ISO 7064, modulo 97), the number.",
    ReferenceKind.BETALINGSKENMERK: "A check digit (modulo 11), for 7 to 12 digits a digit for the"
    " length, the number.",
}


def reference_calculation(asked: ReferenceAsked) -> ReferenceCalculation:
    """Refused, with a pointer, unless exactly one of the two is given and a reference can be made
    of the number."""
    if (asked.number is None) is (asked.reference is None):
        detail = "Give a number to make a reference of, or a reference to check: one of the two."
        raise Refused("number_or_reference", detail, "/body/number")
    reference = compact(asked.reference) if asked.number is None else _made(asked)
    valid = (is_rf if asked.kind is ReferenceKind.RF else is_betalingskenmerk)(reference)
    detail = _HOW[asked.kind] if valid else "The check digits are wrong: a digit was mistyped."
    source = _SOURCE[asked.kind]
    return ReferenceCalculation(asked.kind, reference, _printed(reference), valid, detail, source)


def _made(asked: ReferenceAsked) -> str:
    make = rf_reference if asked.kind is ReferenceKind.RF else betalingskenmerk
    try:
        return make(asked.number)
    except Refused as error:
        raise Refused(error.code, error.detail, "/body/number") from None


def _printed(reference: str) -> str:
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))
