"""A buyer the shop has no number for, met at the checkout."""

from __future__ import annotations

import re
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.asking import Buyer
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Contact, DebtorKind, Identifier, IdentifierScheme
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.errors import Refused
from kasstroom.ids import derived_id
from kasstroom.ports import Books

_KVK = re.compile(r"[0-9]{8}\Z")


def newcomer(books: Books, org: str, now: datetime, buyer: Buyer) -> tuple[Changes, CreditAccount]:
    """Registers the buyer as a debtor with an empty account; Refused when it is not clear who
    it is. The number follows from what identifies them, so that a repeat finds the same debtor."""
    if not buyer.name:
        detail = "Give the company's name, or the buyer's own name."
        raise Refused("not_identified", detail, "/body/buyer/company_name")
    if buyer.kvk and not _KVK.match(buyer.kvk):
        detail = "A KvK number has eight digits, such as 12345678."
        raise Refused("invalid_kvk", detail, "/body/buyer/kvk")
    if buyer.kind is not DebtorKind.CONSUMER and not (buyer.kvk or buyer.vat):
        detail = "Give the company's KvK or VAT number."
        raise Refused("not_identified", detail, "/body/buyer/kvk")
    if buyer.kind is DebtorKind.CONSUMER and not buyer.email:
        detail = "Give the buyer's e-mail address."
        raise Refused("not_identified", detail, "/body/buyer/email")
    number = buyer.customer_number or number_of(org, buyer)
    identifiers = tuple(
        Identifier(scheme, value)
        for scheme, value in (
            (IdentifierScheme.KVK, buyer.kvk),
            (IdentifierScheme.VAT, buyer.vat),
        )
        if value
    )
    contact = Contact(buyer.email, buyer.phone)
    data = DebtorData(buyer.name, buyer.kind, contact=contact, identifiers=identifiers)
    changes, _ = register(books, org, number, data, now)
    account = next(e for e in changes.create if isinstance(e, CreditAccount))
    return changes, account


def number_of(org: str, buyer: Buyer) -> str:
    """`W-` and ten characters that follow from the KvK or VAT number, else e-mail and name."""
    facts = (
        (buyer.kvk or buyer.vat,) if buyer.kvk or buyer.vat else (buyer.email.lower(), buyer.name)
    )
    return f"W-{derived_id('w', org, *facts)[2:12]}"
