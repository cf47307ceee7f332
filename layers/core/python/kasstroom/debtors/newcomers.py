"""A buyer the shop has no number for, met at the checkout."""

from __future__ import annotations

from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.asking import Buyer, CreditCheck
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.addresses import tidy
from kasstroom.debtors.model import Address, Contact, DebtorKind, Identifier, IdentifierScheme
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.errors import Refused
from kasstroom.ids import derived_id
from kasstroom.organisations.model import Language
from kasstroom.ports import Books


def newcomer(
    books: Books, org: str, now: datetime, request: CreditCheck
) -> tuple[Changes, CreditAccount]:
    """Registers the buyer as a debtor with an empty account, which is not among the changes;
    Refused when it is not clear who it is. The number follows from what identifies them: who was
    met before keeps their account, with nothing to change.
    """
    buyer = request.buyer
    assert buyer is not None
    _identified(buyer)
    number = request.debtor or buyer.customer_number or number_of(org, buyer)
    if met := books.find(CreditAccount, org, number):
        return Changes(), met
    given = ((IdentifierScheme.KVK, buyer.kvk), (IdentifierScheme.VAT, buyer.vat))
    identifiers = tuple(Identifier(scheme, value) for scheme, value in given if value)
    contact = Contact(buyer.email, buyer.phone)
    language = request.language or Language.NL
    address = tidy(request.billing_address) if request.billing_address else Address()
    data = DebtorData(buyer.name, buyer.kind, language, address, contact, identifiers)
    changes, _ = register(books, org, number, data, now)
    account = next(e for e in changes.create if isinstance(e, CreditAccount))
    # As updates, also though they are new: of two first checks at the same moment, the one that is
    # second reads again and finds the debtor.
    rest = tuple(e for e in changes.create if e is not account)
    return Changes(update=rest, events=changes.events), account


def _identified(buyer: Buyer) -> None:
    """Refused when there is not enough to know this buyer by."""
    if not buyer.name:
        consumer = buyer.kind is DebtorKind.CONSUMER
        detail = "Give the company's name, or the buyer's own name."
        field = "last_name" if consumer else "company_name"
        raise Refused("not_identified", detail, f"/body/buyer/{field}")
    if buyer.kind is not DebtorKind.CONSUMER and not (buyer.kvk or buyer.vat):
        detail = "Give the company's KvK or VAT number."
        raise Refused("not_identified", detail, "/body/buyer/kvk")
    if buyer.kind is DebtorKind.CONSUMER and not buyer.email:
        detail = "Give the buyer's e-mail address."
        raise Refused("not_identified", detail, "/body/buyer/email")


def number_of(org: str, buyer: Buyer) -> str:
    """`W-` and ten characters that follow from the KvK or VAT number, else from e-mail and name;
    capitals and spaces make no other person."""
    name = " ".join(buyer.name.casefold().split())
    known_by = buyer.kvk or buyer.vat
    facts = (known_by,) if known_by else (buyer.email.casefold(), name)
    return f"W-{derived_id('w', org, *facts)[2:12]}"
