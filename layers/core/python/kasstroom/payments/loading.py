"""What a booking reads of a debtor: the account, the case, and what it touches."""

from __future__ import annotations

from collections.abc import Iterable

from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import NotFound
from kasstroom.ids import derived_id
from kasstroom.invoices.model import Invoice
from kasstroom.payments.model import EntryKind, MoneyIn
from kasstroom.payments.posting import Position, key_of
from kasstroom.ports import Books


def entry_id(org: str, source: str, external_id: str) -> str:
    """The id of the entry, and of the money, that a payment becomes."""
    return derived_id("ent", org, key_of(source, external_id, EntryKind.PAYMENT))


def load(
    books: Books,
    org: str,
    debtor: str,
    numbers: Iterable[str],
    money: Iterable[MoneyIn] = (),
) -> Position:
    """NotFound without the debtor or one of the invoices (with its place in a request)."""
    account = books.find(CreditAccount, org, debtor)
    case = books.find(DunningCase, org, debtor)
    if account is None or case is None:
        raise NotFound("debtor_not_found", f"There is no debtor {debtor}.", "/body/debtor")
    invoices = {}
    for number in dict.fromkeys(numbers):
        invoice = books.find(Invoice, org, debtor, number)
        if invoice is None:
            detail = f"Debtor {debtor} has no invoice {number}."
            raise NotFound("invoice_not_found", detail, "/body/allocations")
        invoices[number] = invoice
    return Position(account, case, invoices, {m.id: m for m in money})


def money_of(books: Books, org: str, id: str) -> MoneyIn:
    """The payment with this id; NotFound when there is none."""
    name = books.lookup(org, "money", id)
    if name is None:
        raise NotFound("payment_not_found", f"There is no payment {id}.")
    return books.get(MoneyIn, org, name.debtor, id)
