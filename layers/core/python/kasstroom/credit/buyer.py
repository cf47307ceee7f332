"""Who wants to pay later, as the shop sends it, and whether that can be somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kasstroom.changes import Command
from kasstroom.debtors.model import DebtorKind
from kasstroom.errors import Refused

DEBTOR_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
LONGEST_NAME = 200
_KVK = re.compile(r"[0-9]{8}\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+\.[^@\s]+\Z")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_PUNCTUATION = re.compile(r"[\s.-]")
_VAT = {
    "AT": "U[0-9]{8}", "BE": "[01][0-9]{9}", "BG": "[0-9]{9,10}", "CY": "[0-9]{8}[A-Z]",
    "CZ": "[0-9]{8,10}", "DE": "[0-9]{9}", "DK": "[0-9]{8}", "EE": "[0-9]{9}", "EL": "[0-9]{9}",
    "ES": "[0-9A-Z][0-9]{7}[0-9A-Z]", "FI": "[0-9]{8}", "FR": "[0-9A-Z]{2}[0-9]{9}",
    "HR": "[0-9]{11}", "HU": "[0-9]{8}", "IE": r"[0-9][0-9A-Z+*][0-9]{5}[A-Z]{1,2}",
    "IT": "[0-9]{11}", "LT": "[0-9]{9}([0-9]{3})?", "LU": "[0-9]{8}", "LV": "[0-9]{11}",
    "MT": "[0-9]{8}", "NL": "[0-9]{9}B[0-9]{2}", "PL": "[0-9]{10}", "PT": "[0-9]{9}",
    "RO": "[0-9]{2,10}", "SE": "[0-9]{12}", "SI": "[0-9]{8}", "SK": "[0-9]{10}",
    "XI": "[0-9]{9}([0-9]{3})?|(GD|HA)[0-9]{3}",
    "CH": "E[0-9]{9}(MWST|TVA|IVA)?", "GB": "[0-9]{9}([0-9]{3})?|(GD|HA)[0-9]{3}",
    "NO": "[0-9]{9}(MVA)?",
}  # fmt: skip
"""The form of a VAT number after its country code, as VIES takes it in the EU, and of three
neighbours. Greece writes EL, Northern Ireland XI. The form only: check digits are not looked at."""


@dataclass(frozen=True, slots=True)
class Buyer(Command):
    """Who wants to pay later, when the shop does not know a debtor number. A company gives
    `company_name` and `kvk` (or `vat`, with its country code); a consumer their own name and
    `email`. Spaces, dots and dashes in the two numbers do not matter."""

    kind: DebtorKind = DebtorKind.COMPANY
    company_name: str = ""
    kvk: str = ""
    vat: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    customer_number: str = ""

    def __post_init__(self) -> None:
        # One spelling of each number, so that the same buyer is found again.
        object.__setattr__(self, "kvk", bare(self.kvk))
        object.__setattr__(self, "vat", bare(self.vat).upper())

    @property
    def name(self) -> str:
        return self.company_name.strip() or f"{self.first_name} {self.last_name}".strip()


def bare(number: str) -> str:
    """Without spaces, dots and dashes."""
    return _PUNCTUATION.sub("", number)


def vat_ok(vat: str) -> bool:
    """Whether it has the form of a VAT number: a country code and what that country allows."""
    form = _VAT.get(vat[:2])
    return form is not None and re.fullmatch(form, vat[2:]) is not None


def check_buyer(buyer: Buyer) -> None:
    """Refused with the field to put right. What is left out is not looked at here."""
    if buyer.kvk and not _KVK.match(buyer.kvk):
        detail = "A KvK number has eight digits, such as 12345678."
        raise Refused("invalid_kvk", detail, "/body/buyer/kvk")
    if buyer.vat and not vat_ok(buyer.vat):
        detail = "This is no VAT number; give it with its country code, such as NL123456789B01."
        raise Refused("invalid_vat", detail, "/body/buyer/vat")
    if buyer.email and not _EMAIL.match(buyer.email):
        detail = "This is not an e-mail address such as name@company.nl."
        raise Refused("invalid_email", detail, "/body/buyer/email")
    if buyer.phone and not _E164.match(buyer.phone):
        detail = "Give the phone number with country code, such as +31612345678."
        raise Refused("invalid_phone", detail, "/body/buyer/phone")
    if buyer.customer_number and not DEBTOR_NUMBER.match(buyer.customer_number):
        detail = "A customer number has 1 to 64 letters, digits, dots, dashes or underscores."
        raise Refused("invalid_number", detail, "/body/buyer/customer_number")
    if len(buyer.name) > LONGEST_NAME:
        field = "company_name" if buyer.company_name.strip() else "last_name"
        detail = f"A name has at most {LONGEST_NAME} characters."
        raise Refused("invalid_name", detail, f"/body/buyer/{field}")
