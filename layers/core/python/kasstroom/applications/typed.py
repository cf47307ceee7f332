"""A form as people fill it in, read into an applicant, and an applicant written back into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kasstroom.applications.model import Applicant
from kasstroom.debtors.addresses import tidy
from kasstroom.debtors.model import Address
from kasstroom.debtors.phone_numbers import in_e164
from kasstroom.errors import Refused
from kasstroom.money import EUR, Money

FIELDS = (
    "name", "kvk", "vat", "legal_form", "street", "house_number", "postcode", "city", "country",
    "contact_name", "email", "phone", "iban", "requested", "terms_days", "consent",
)  # fmt: skip
"""The names of the fields in the form, in the order they are asked."""
_ADDRESS = ("street", "house_number", "postcode", "city", "country")
_TEXT = ("name", "kvk", "vat", "legal_form", "contact_name", "email", "phone", "iban")
_EURO = re.compile(r"(?:EUR|€)?\s*([0-9., ]+?)\s*(?:EURO?|€|,-|,--)?\Z", re.IGNORECASE)
_DIGITS = re.compile(
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?P<group>[., ])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?:(?P<mark>[.,])(?P<cents>[0-9]{1,2}))?\Z"
)
_MARKS = re.compile(r"[\s.\-]")


def amount_of(written: str) -> Money | None:
    """`5000`, `5.000`, `5.000,00`, `€ 5,000.00` and `5.000,-` as euros; None when it is no amount.
    A point or comma before exactly three digits groups thousands."""
    euro = _EURO.match(" ".join(written.split()))
    found = _DIGITS.match(euro[1]) if euro else None
    if found is None or (found["mark"] and found["mark"] == found["group"]):
        return None
    whole = re.sub(r"[^0-9]", "", found["whole"])
    cents = (found["cents"] or "").ljust(2, "0")
    try:
        return Money.parse(f"{whole}.{cents}", EUR)
    except Refused:
        return None


def read(typed: Mapping[str, str]) -> tuple[Applicant, tuple[str, ...]]:
    """The applicant, and the fields that cannot be read: an amount or a number that is none."""
    given = {name: typed.get(name, "").strip() for name in FIELDS}
    requested, days = amount_of(given["requested"]), _days(given["terms_days"])
    address = {name: given[name] for name in _ADDRESS}
    address["country"] = given["country"].upper() or "NL"
    applicant = Applicant(
        **{name: given[name] for name in _TEXT},
        address=Address(**address),
        requested=requested,
        terms_days=days,
        consent=given["consent"] == "yes",
    )
    unread = {"requested": requested, "terms_days": days}
    return tidied(applicant), tuple(n for n, v in unread.items() if given[n] and v is None)


def _days(written: str) -> int | None:
    return int(written) if re.fullmatch(r"[0-9]{1,3}", written) else None


def typed_of(applicant: Applicant, requested: str) -> dict[str, str]:
    """The form's fields; `requested` is the amount as the reader's language writes it."""
    typed: dict[str, Any] = {name: getattr(applicant, name) for name in _TEXT}
    typed |= {name: getattr(applicant.address, name) for name in _ADDRESS}
    typed["requested"] = requested
    typed["terms_days"] = str(applicant.terms_days or "")
    typed["consent"] = "yes" if applicant.consent else ""
    return typed


def tidied(applicant: Applicant) -> Applicant:
    """The same applicant, written the way the books keep it."""
    return replace(
        applicant,
        name=" ".join(applicant.name.split()),
        contact_name=" ".join(applicant.contact_name.split()),
        kvk=_bare(applicant.kvk),
        vat=_bare(applicant.vat).upper(),
        iban=_bare(applicant.iban).upper(),
        email=applicant.email.strip(),
        phone=phone_of(applicant.phone, applicant.address.country),
        address=tidy(applicant.address),
    )


def _bare(number: str) -> str:
    return _MARKS.sub("", number)


def phone_of(written: str, country: str) -> str:
    """`06 12 34 56 78` as `+31612345678`; what cannot be dialled stays as it is."""
    return in_e164(written, country)
