"""The tenant: a creditor company with its identity towards debtors and its own policies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.compliance.allocation import Order
from kasstroom.compliance.consumer_credit import SellerTerms
from kasstroom.compliance.early_signal import Sector
from kasstroom.mandates.terms import DirectDebitTerms


class Language(StrEnum):
    """The languages a debtor can be written to in."""

    NL = "nl"
    EN = "en"
    DE = "de"
    FY = "fy"


class Attach(StrEnum):
    """What goes with a reminder by e-mail: each invoice's document, the statement of account."""

    INVOICE = "invoice"
    STATEMENT = "statement"


READ_AS = {Language.DE: Language.EN, Language.FY: Language.NL}
"""What a reader of these is shown where we have no words in the language itself: the application
form, the desk, and what a shop tells its buyer. Reminders and the payer's pages are in all four."""


@dataclass(frozen=True, slots=True)
class Organisation(Versioned):
    """What a debtor sees of the creditor, and where money goes.

    `allocation_order`: whether a payment pays costs first (art. 6:44 BW) or principals only;
    `small_difference_minor`: what one payment may be short or over and still be closed by itself.
    `payment_methods`: the ways a payer may pay online (`kasstroom.payments.methods`).
    `reply_to`: where answers to a mail go, empty for `email_from`; `logo_url`: a picture of the
    creditor's own, over https only (`kasstroom.organisations.brand`). `street` (with its number)
    and `postcode` are where a letter that cannot be delivered goes back to; `vat_number` stands on
    letters.
    `sector`: what it supplies, for early signalling to municipalities. `thank_you`: who pays after
    a reminder is thanked once. `attach`: what goes with its reminders by e-mail.
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
    reply_to: str = ""
    logo_url: str = ""
    street: str = ""
    postcode: str = ""
    vat_number: str = ""
    sector: Sector = Sector.NONE
    thank_you: bool = True
    attach: tuple[Attach, ...] = ()
