"""Words in cells that stand for a choice: what kind of document or debtor, which language."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from kasstroom.debtors.model import Channel, DebtorKind
from kasstroom.errors import Refused
from kasstroom.invoices.model import DocumentKind
from kasstroom.organisations.model import Language
from kasstroom_documents.csv_columns import plain
from kasstroom_documents.text import shown

Choice = TypeVar("Choice", bound=StrEnum)

_DOCUMENTS = {
    DocumentKind.INVOICE: "factuur invoice verkoopfactuur f inv 380",
    DocumentKind.CREDIT_NOTE: "creditnota creditfactuur credit creditnote creditmemo c cn 381",
}
_DEBTORS = {
    DebtorKind.COMPANY: "company bedrijf zakelijk b2b bv nv stichting vereniging business",
    DebtorKind.SOLE_TRADER: "soletrader eenmanszaak zzp",
    DebtorKind.PARTNERSHIP: "partnership vof maatschap cv",
    DebtorKind.CONSUMER: "consumer consument particulier b2c privé",
}
_LANGUAGES = {
    Language.NL: "nl nld dut nederlands dutch nlnl",
    Language.EN: "en eng engels english engb enus",
    Language.DE: "de deu ger duits german deutsch dede",
    Language.FY: "fy fry fries frysk frisian fynl",
}
_CHANNELS = {
    Channel.EMAIL: "email mail",
    Channel.SMS: "sms",
    Channel.WHATSAPP: "whatsapp wa",
    Channel.LETTER: "letter brief post",
    Channel.PHONE: "phone telefoon bellen call",
}


def document_kind(text: str) -> DocumentKind | None:
    return _found(_DOCUMENTS, text)


def debtor_kind(text: str) -> DebtorKind | None:
    return _found(_DEBTORS, text)


def language(text: str) -> Language:
    return _chosen(_LANGUAGES, text, "unknown_language", "nl, en, de or fy")


def channel(text: str) -> Channel:
    return _chosen(_CHANNELS, text, "unknown_channel", "email, sms, whatsapp, letter or phone")


def _found(words: dict[Choice, str], text: str) -> Choice | None:
    wanted = plain(text)
    return next((c for c, names in words.items() if wanted in map(plain, names.split())), None)


def _chosen(words: dict[Choice, str], text: str, code: str, accepted: str) -> Choice:
    if found := _found(words, text):
        return found
    raise Refused(code, f"{shown(text)} is not known here; use {accepted}.")
