"""The columns of an open-item list under the Dutch and English names that accounts give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from kasstroom.errors import Refused
from kasstroom_documents.text import shown

INVOICE_NUMBER = "invoice_number"
ISSUE_DATE = "issue_date"
DUE_DATE = "due_date"
AMOUNT = "amount"
OPEN_AMOUNT = "open_amount"
CURRENCY = "currency"
KIND = "kind"
REFERENCE = "reference"
PURCHASE_ORDER = "purchase_order"
CREDITS_INVOICE = "credits_invoice"
DEBTOR_NUMBER = "debtor_number"
NAME = "name"
DEBTOR_KIND = "debtor_kind"
EMAIL = "email"
PHONE = "phone"
MOBILE = "mobile"
STREET = "street"
HOUSE_NUMBER = "house_number"
POSTCODE = "postcode"
CITY = "city"
COUNTRY = "country"
KVK = "kvk"
VAT = "vat"
LANGUAGE = "language"
CHANNEL = "channel"

NAMES: dict[str, tuple[str, ...]] = {
    INVOICE_NUMBER: ("factuurnummer", "factuurnr", "factuur", "invoice_number", "invoice", "nummer",
                     "invoice_no", "documentnummer", "document_number", "boekstuknummer"),
    ISSUE_DATE: ("factuurdatum", "issue_date", "invoice_date", "datum", "date", "boekdatum",
                 "documentdatum"),
    DUE_DATE: ("betaaldatum", "vervaldatum", "due_date", "vervaldag", "uiterste_betaaldatum"),
    AMOUNT: ("bedrag", "amount", "factuurbedrag", "invoice_amount", "totaal", "total",
             "totaalbedrag", "bedrag_incl_btw"),
    OPEN_AMOUNT: ("openstaand", "open_amount", "openstaand_bedrag", "saldo", "open", "balance",
                  "openstaand_saldo", "amount_due", "restant"),
    CURRENCY: ("valuta", "currency", "munt", "valutacode", "currency_code"),
    KIND: ("soort", "type", "kind", "documentsoort", "document_type", "boekingssoort"),
    REFERENCE: ("betalingskenmerk", "reference", "payment_reference", "kenmerk", "referentie"),
    PURCHASE_ORDER: ("inkooporder", "purchase_order", "ordernummer", "po", "po_number",
                     "bestelnummer", "order_number"),
    CREDITS_INVOICE: ("creditering_van", "credits_invoice", "oorspronkelijke_factuur",
                      "crediteert_factuur"),
    DEBTOR_NUMBER: ("debiteurnummer", "debtor_number", "klantnummer", "debiteurnr", "debiteur",
                    "klantnr", "customer_number", "relatienummer", "debtor", "customer_no",
                    "relatiecode"),
    NAME: ("naam", "name", "debiteurnaam", "klantnaam", "bedrijfsnaam", "customer_name",
           "debtor_name", "company", "bedrijf", "klant", "customer"),
    DEBTOR_KIND: ("debiteursoort", "debtor_kind", "klantsoort", "customer_type", "rechtsvorm"),
    EMAIL: ("email", "emailadres", "mail", "email_address", "mailadres"),
    PHONE: ("telefoon", "phone", "telefoonnummer", "tel", "phone_number", "telephone"),
    MOBILE: ("mobiel", "mobile", "gsm", "mobielnummer", "mobiele_telefoon", "mobile_phone"),
    STREET: ("adres", "straat", "street", "address", "straatnaam", "adresregel_1"),
    HOUSE_NUMBER: ("huisnummer", "house_number", "huisnr"),
    POSTCODE: ("postcode", "zip", "postal_code", "zip_code"),
    CITY: ("plaats", "city", "woonplaats", "stad", "town", "vestigingsplaats"),
    COUNTRY: ("land", "country", "landcode", "country_code"),
    KVK: ("kvk", "kvk_nummer", "kvknr", "coc", "coc_number", "chamber_of_commerce"),
    VAT: ("btw", "vat", "btw_nummer", "vat_number", "btwnr", "btw_id"),
    LANGUAGE: ("taal", "language", "taalcode"),
    CHANNEL: ("voorkeurskanaal", "channel", "kanaal", "preferred_channel"),
}  # fmt: skip


def plain(name: str) -> str:
    """Without case, accents, blanks, punctuation and what stands in brackets: `Bedrag (EUR)`."""
    split = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)", "", name).casefold())
    return "".join(c for c in split if c.isalnum())


_FIELDS = {plain(name): field for field, names in NAMES.items() for name in names}
# One of each is needed: what to ask for, on which day it began, and of whom.
_REQUIRED = (
    (INVOICE_NUMBER,),
    (ISSUE_DATE,),
    (AMOUNT, OPEN_AMOUNT),
    (NAME,),
    (DEBTOR_NUMBER, KVK, VAT),
)


def recognised(header: Iterable[str]) -> set[str]:
    """The fields this header names."""
    return {field for name in header if (field := _FIELDS.get(plain(name)))}


def columns(header: tuple[str, ...]) -> Mapping[str, int]:
    """Which cell holds which field; `Refused` when one is missing or stands there twice."""
    _check_doubles(header)
    found = {
        field: i for i, name in enumerate(header) if (field := _FIELDS.get(plain(name))) is not None
    }
    missing = [fields for fields in _REQUIRED if not any(field in found for field in fields)]
    if missing:
        raise Refused(
            "missing_columns",
            f"Missing: {'; '.join(map(_accepted, missing))}. Columns found: {_shown(header)}.",
        )
    return found


def _check_doubles(header: tuple[str, ...]) -> None:
    seen: dict[str, str] = {}
    for name in filter(plain, header):
        key = _FIELDS.get(plain(name), plain(name))
        if key in seen:
            raise Refused(
                "duplicate_columns",
                f"Columns {shown(seen[key])} and {shown(name)} mean the same; keep one of them.",
            )
        seen[key] = name


def _accepted(fields: tuple[str, ...]) -> str:
    names = [name for field in fields for name in NAMES[field][:4]]
    return f"{' or '.join(fields)} (accepted names: {', '.join(names)})"


def _shown(header: tuple[str, ...]) -> str:
    names = [shown(name) for name in header if name.strip()]
    return ", ".join(names[:30]) + (" and more" if len(names) > 30 else "")
