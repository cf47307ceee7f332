"""The tenant: a creditor company with its identity towards debtors and its own policies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.compliance.allocation import Order
from kasstroom.compliance.consumer_credit import SellerTerms
from kasstroom.mandates.terms import DirectDebitTerms


class Language(StrEnum):
    """The languages a debtor can be written to in."""

    NL = "nl"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Organisation(Versioned):
    """What a debtor sees of the creditor, and where money goes.

    `allocation_order`: whether a payment pays costs first (art. 6:44 BW) or principals only;
    `small_difference_minor`: what one payment may be short or over and still be closed by itself.
    `payment_methods`: the ways a payer may pay online (`kasstroom.payments.methods`).
    """

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
    allocation_order: Order = Order.LEGAL
    small_difference_minor: int = 0
    payment_methods: tuple[str, ...] = ("ideal",)
    direct_debit: DirectDebitTerms = DirectDebitTerms()
