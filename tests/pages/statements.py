"""A debtor with everything a statement of account can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kasstroom.debtors.statements import Account, account
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import Allocation, Entry, EntryKind
from tests.pages.letters import AT, CREDITOR, DEBTOR
from tests.pages.samples import TODAY


def invoice(
    number: str, minor: int, due_on: date, *, still_open: int | None = None, **more
) -> Invoice:
    kind = DocumentKind.INVOICE if minor > 0 else DocumentKind.CREDIT_NOTE
    currency = more.pop("currency", "EUR")
    amount = Money(minor, currency)
    left = amount if still_open is None else Money(still_open, currency)
    return Invoice(
        "vandijk", DEBTOR.number, number, kind, due_on - timedelta(days=30), due_on, amount, left,
        AT, **more,
    )  # fmt: skip


def entry(
    id: str, minor: int, day: date, *numbers: str, kind=EntryKind.PAYMENT, currency="EUR"
) -> Entry:
    """Negative: money came in. It lies on these invoices in equal parts, on none: unallocated."""
    parts = tuple(Allocation(number, Money(minor // len(numbers), currency)) for number in numbers)
    return Entry(
        "vandijk", DEBTOR.number, id, kind, Money(minor, currency), parts, AT, day, "mollie", id
    )


INVOICES = (
    invoice("2026-0031", 118685, date(2026, 8, 12), still_open=68685, costs_minor=17803,
            interest_minor=1522),
    invoice("2026-0042", 31230, date(2026, 10, 12), disputed_minor=10000),
    invoice("2026-0057", 10000, date(2026, 10, 30)),
    invoice("2026-0063", 250000, date(2026, 12, 5)),
    invoice("2026-0064-C", -4500, date(2026, 12, 5)),
    invoice("2026-0011", 9900, date(2026, 5, 5), still_open=0),
)  # fmt: skip
ENTRIES = (
    entry("ent_0", -5000, date(2025, 11, 21), "2025-0900"),
    entry("ent_1", -9900, date(2026, 5, 3), "2026-0011"),
    entry("ent_2", -50000, date(2026, 9, 2), "2026-0031"),
    entry("ent_3", -20000, date(2026, 9, 20), "2026-0042"),
    entry("ent_4", 20000, date(2026, 9, 28), "2026-0042", kind=EntryKind.CHARGEBACK),
    entry("ent_5", -2500, date(2026, 11, 2)),
)


def an_account(
    invoices=INVOICES,
    entries=ENTRIES,
    *,
    language=Language.NL,
    organisation=CREDITOR,
    debtor=DEBTOR,
) -> Account:
    return account(organisation, replace(debtor, language=language), invoices, entries, TODAY)
