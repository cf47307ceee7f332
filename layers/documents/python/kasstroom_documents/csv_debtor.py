"""The debtor of a row: known by the creditor's own number, a KvK number or a VAT number."""

from __future__ import annotations

import re

from kasstroom.debtors.model import Channel, Contact, DebtorKind, Identifier, IdentifierScheme
from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedDebtor
from kasstroom_documents import csv_columns as col
from kasstroom_documents import csv_words as words
from kasstroom_documents.addresses import address, country_code
from kasstroom_documents.contacts import email, phone
from kasstroom_documents.csv_cells import Cells
from kasstroom_documents.identifiers import by_trust, formed, normalised
from kasstroom_documents.text import MAX_NAME, MAX_NUMBER, bounded, shown

_FORMS = {
    IdentifierScheme.KVK: (
        col.KVK,
        "a KvK number has 8 figures; a spreadsheet drops leading zeros",
    ),
    IdentifierScheme.VAT: (col.VAT, "a VAT number begins with its country, as NL123456789B01"),
}


_MONEY = re.compile(r"(?:€ ?)?-?[0-9][0-9.]*(?:,[0-9]{2})?-?\Z|-?[0-9]+\.[0-9]{2}\Z")
_DUTCH_VAT = re.compile(r"[0-9]{9}B[0-9]{2}\Z")


def debtor(cells: Cells) -> ParsedDebtor:
    """A company unless the row says otherwise; `Refused` when nothing tells which debtor it is."""
    cells.required(col.NAME)
    number = cells.read(col.DEBTOR_NUMBER, lambda t: bounded(t, MAX_NUMBER, "The debtor number"))
    identifiers = by_trust(_identifier(cells, scheme) for scheme in _FORMS)
    if not number and not identifiers:
        raise Refused(
            "missing_debtor", "Fill in the debtor number, or the KvK or VAT number of the debtor."
        )
    country = cells.read(col.COUNTRY, _country)
    language = cells.text(col.LANGUAGE)
    return ParsedDebtor(
        name=cells.read(col.NAME, lambda t: bounded(t, MAX_NAME, "The name")),
        number=number,
        kind=_kind(cells),
        address=address(
            street=cells.text(col.STREET),
            house_number=cells.text(col.HOUSE_NUMBER),
            postcode=cells.text(col.POSTCODE),
            city=cells.text(col.CITY),
            country=country,
        ),
        contact=_contact(cells, country),
        identifiers=identifiers,
        language=cells.read(col.LANGUAGE, words.language) if language else None,
    )


def _kind(cells: Cells) -> DebtorKind:
    """From its own column, or from a `soort` column that names debtors instead of documents."""
    own = cells.text(col.DEBTOR_KIND)
    found = words.debtor_kind(own or cells.text(col.KIND))
    if own and found is None:
        detail = f"{shown(own)} is not known here; use company, sole_trader or consumer."
        raise cells.refused(col.DEBTOR_KIND, "unknown_debtor_kind", detail)
    return found or DebtorKind.COMPANY


def _identifier(cells: Cells, scheme: IdentifierScheme) -> Identifier | None:
    field, form = _FORMS[scheme]
    text = cells.text(field)
    if not text:
        return None
    if found := formed(scheme, text) or formed(scheme, _with_country(text)):
        return found
    if field == col.VAT and _MONEY.match(text):
        return None  # this column holds the VAT of the invoice, not the number of the debtor
    raise cells.refused(field, f"invalid_{scheme}", f"{shown(text)}: {form}.")


def _with_country(text: str) -> str:
    bare = normalised(text)
    return f"NL{bare}" if _DUTCH_VAT.match(bare) else bare


def _country(text: str) -> str:
    if found := country_code(text or "NL"):
        return found
    raise Refused("unknown_country", f"{shown(text)} is not a country code such as NL.")


def _contact(cells: Cells, country: str) -> Contact:
    mail = cells.text(col.EMAIL)
    if mail and not email(mail):
        detail = f"{shown(mail)} is not an e-mail address; correct it or leave it empty."
        raise cells.refused(col.EMAIL, "invalid_email", detail)
    mobile, landline = cells.text(col.MOBILE), cells.text(col.PHONE)
    preferred = cells.text(col.CHANNEL)
    return Contact(
        email=email(mail),
        phone=phone(mobile, country) or phone(landline, country),
        preferred=cells.read(col.CHANNEL, words.channel) if preferred else Channel.EMAIL,
    )
