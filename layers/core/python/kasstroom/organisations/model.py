"""The tenant: a creditor company with its identity towards debtors and its own policies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.compliance.consumer_credit import SellerTerms


class Language(StrEnum):
    """The languages a debtor can be written to in."""

    NL = "nl"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Organisation(Versioned):
    """What a debtor sees of the creditor, and where money goes."""

    org: str
    name: str
    kvk: str
    city: str
    iban: str
    email_from: str
    phone: str = ""
    website: str = ""
    sms_sender: str = ""
    whatsapp_sender: str = ""
    brand_colour: str = ""
    language: Language = Language.NL
    terms_days: int = 30
    strategy: str = "default"
    mode: str = "test"
    seller: SellerTerms = SellerTerms()
