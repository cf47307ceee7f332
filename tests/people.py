"""A creditor and its debtors, in the books."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from kasstroom.changes import Changes
from kasstroom.debtors.credit_terms import CreditTerms, set_credit
from kasstroom.debtors.model import Channel, Contact, Debtor, DebtorKind
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from kasstroom.organisations.model import Language, Organisation
from kasstroom.payments.loading import load
from kasstroom.payments.model import MoneyIn
from kasstroom.payments.posting import Posted, changes_of
from kasstroom.payments.receiving import Incoming, listing, receive
from kasstroom.payments.unmatched import listed
from kasstroom.settle import settle
from kasstroom.time import day_of

ORG = "vandijk"
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
"""Tuesday 1 September 2026, 10:00 in Amsterdam."""


def eur(value: str) -> Money:
    return Money.parse(value)


def organisation(books: Any) -> Organisation:
    creditor = Organisation(
        ORG, "Van Dijk Bouwmaterialen B.V.", "12345678", "Utrecht", "NL91ABNA0417164300",
        "facturen@vandijk.example", "+31301234567", sms_sender="VanDijk",
        whatsapp_sender="phone-number-id-1",
    )  # fmt: skip
    books.commit(Changes(create=(creditor,)))
    return creditor


def debtor(
    books: Any,
    number: str = "D1",
    *,
    kind: DebtorKind = DebtorKind.COMPANY,
    limit: str | None = None,
    preferred: Channel = Channel.EMAIL,
    language: Language = Language.NL,
) -> Debtor:
    contact = Contact(f"{number.lower()}@klant.example", "+31612345678", NOW, preferred)
    data = DebtorData(f"Klant {number}", kind, language, contact=contact)
    made = settle(books, lambda: register(books, ORG, number, data, NOW))
    if limit is not None:
        terms = CreditTerms(eur(limit))
        settle(books, lambda: set_credit(books, ORG, number, terms, NOW))
    return made


def invoice(
    books: Any,
    number: str,
    amount: str,
    *,
    debtor: str = "D1",
    due_on: date = date(2026, 8, 20),
    kind: DocumentKind = DocumentKind.INVOICE,
    credits: str = "",
    now: datetime = NOW,
    contract: str = "",
) -> Invoice:
    issued_on = due_on - timedelta(days=30)
    new = NewInvoice(
        number, debtor, issued_on, eur(amount), kind, due_on, credits_invoice=credits,
        contract=contract,
    )  # fmt: skip
    return settle(books, lambda: book(books, ORG, new, terms_days=30, now=now))


def received(
    books: Any,
    value: str,
    *numbers: str,
    id: str = "tr_1",
    debtor: str = "D1",
    source: str = "mollie",
    now: datetime = NOW,
) -> MoneyIn:
    """Money booked on these invoices of a debtor, as a provider or the bank reported it."""
    incoming = Incoming(ORG, debtor, eur(value), source, id, "ideal", day_of(now), numbers)

    def plan() -> Any:
        before = load(books, ORG, debtor, numbers)
        posted, money = receive(Posted(before), incoming, now)
        entry = next(e for e in posted.entries if e.id == money.id)
        changes = changes_of(before, posted, now) + Changes(create=(listing(entry),))
        return changes + listed(money, None, now), money

    return settle(books, plan)
