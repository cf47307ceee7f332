"""Why a direct debit was refused or came back, as the bank's code says it, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NextStep(StrEnum):
    """`new_mandate`: this one cannot be used any more. `try_again`: collect once more, after a new
    announcement. `contact`: speak with the debtor first. `correct`: the mistake is ours or the
    bank's; put it right, then collect again."""

    NEW_MANDATE = "new_mandate"
    TRY_AGAIN = "try_again"
    CONTACT = "contact"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Reason:
    """`suspends`: nothing more is collected under the mandate."""

    code: str
    next: NextStep
    suspends: bool
    nl: str
    en: str


HOLDER_DIED = "MD07"
_NEW, _AGAIN = NextStep.NEW_MANDATE, NextStep.TRY_AGAIN
_CONTACT, _CORRECT = NextStep.CONTACT, NextStep.CORRECT
_TABLE = (
    Reason("AC01", _NEW, True, "Het rekeningnummer klopt niet", "The account number is wrong"),
    Reason("AC04", _NEW, True, "De rekening is opgeheven", "The account is closed"),
    Reason("AC06", _CONTACT, False, "De rekening is geblokkeerd", "The account is blocked"),
    Reason(
        "AC13", _NEW, True, "Dit is de rekening van een consument; een zakelijke machtiging kan"
        " daar niet", "This is a consumer's account; a B2B mandate cannot be used there",
    ),
    Reason(
        "AG01", _NEW, True, "Van deze rekening kan niet worden geïncasseerd",
        "This account cannot be debited",
    ),
    Reason("AG02", _CORRECT, False, "De bank kent deze opdracht niet", "Invalid bank operation"),
    Reason("AM04", _AGAIN, False, "Er staat te weinig geld op de rekening", "Too little money"),
    Reason("AM05", _CORRECT, False, "Deze incasso is dubbel", "This collection is a duplicate"),
    Reason("BE05", _CORRECT, False, "Het incassant-ID klopt niet", "The creditor id is wrong"),
    Reason("CNOR", _CORRECT, False, "Onze bank is niet aangesloten", "Our bank cannot be reached"),
    Reason("DNOR", _NEW, False, "De bank is niet aangesloten", "Their bank cannot be reached"),
    Reason("FF01", _CORRECT, False, "Het bestand klopt niet", "The file is wrong"),
    Reason("MD01", _NEW, True, "Er is geen geldige machtiging", "There is no valid mandate"),
    Reason(
        "MD02", _CORRECT, False, "Gegevens van de machtiging ontbreken",
        "Facts of the mandate are missing or wrong",
    ),
    Reason(
        "MD06", _CONTACT, False, "De klant heeft het geld teruggevraagd",
        "The debtor asked for the money back",
    ),
    Reason("MD07", _CONTACT, True, "De rekeninghouder is overleden", "The holder has died"),
    Reason("MS02", _CONTACT, False, "De klant weigert de incasso", "The debtor refuses"),
    Reason("MS03", _CONTACT, False, "De bank noemt geen reden", "The bank gives no reason"),
    Reason("RC01", _CORRECT, False, "De BIC klopt niet", "The BIC is wrong"),
    Reason(
        "RR01", _CORRECT, False, "Het rekeningnummer of kenmerk van de klant ontbreekt",
        "The debtor's account or identification is missing",
    ),
    Reason(
        "RR02", _CORRECT, False, "De naam of het adres van de klant ontbreekt",
        "The debtor's name or address is missing",
    ),
    Reason(
        "RR03", _CORRECT, False, "Onze naam of ons adres ontbreekt",
        "Our name or address is missing",
    ),
    Reason("RR04", _CONTACT, False, "Een wettelijke regel staat het niet toe", "A rule forbids it"),
    Reason(
        "SL01", _CONTACT, False, "De klant heeft incasso bij de bank beperkt",
        "The debtor has limited direct debits at the bank",
    ),
    Reason("TM01", _AGAIN, False, "Het bestand kwam te laat", "The file came too late"),
)  # fmt: skip
REASONS = {reason.code: reason for reason in _TABLE}
"""ISO 20022 return and reject reasons that banks use for SEPA direct debit."""


def reason_of(code: str) -> Reason:
    """A code we do not know is a reason to speak with the debtor."""
    known = REASONS.get(code.upper())
    if known:
        return known
    return Reason(
        code.upper(), _CONTACT, False, "De bank noemt een reden die wij niet kennen",
        "The bank gives a reason that we do not know",
    )  # fmt: skip
