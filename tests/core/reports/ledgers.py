"""Books with any bookings Hypothesis can think of, in memory."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor, DebtorKind, Listed
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Allocation, Entry, EntryKind, Part
from tests.memory_books import MemoryBooks

ORG = "vandijk"
TODAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
days_ago = st.integers(0, 400)
minors = st.integers(1, 10_000_00)


def moment(days: int) -> datetime:
    return NOW - timedelta(days=days)


@st.composite
def ledgers(draw: st.DrawFn) -> MemoryBooks:
    """A few debtors with invoices, credit notes, payments and charges in two currencies; balances
    as the suite keeps them."""
    books = MemoryBooks()
    for n in range(draw(st.integers(0, 3))):
        number = f"D{n}"
        made = [
            *(_document(draw, number, at) for at in range(draw(st.integers(0, 4)))),
        ]
        entries = [entry for _, entry in made]
        for at in range(draw(st.integers(0, 6))):
            entries.append(_money(draw, number, at, [invoice for invoice, _ in made]))
        invoices = [_balanced(invoice, entries) for invoice, _ in made]
        books.commit(
            Changes(
                create=(
                    Debtor(ORG, number, f"Klant {number}", DebtorKind.COMPANY, NOW),
                    Listed(ORG, number, NOW), *invoices, *entries,
                )
            )
        )  # fmt: skip
    return books


def _document(draw: st.DrawFn, debtor: str, at: int) -> tuple[Invoice, Entry]:
    kind = draw(st.sampled_from(DocumentKind))
    minor = draw(minors) * (1 if kind is DocumentKind.INVOICE else -1)
    amount = Money(minor, draw(st.sampled_from(("EUR", "USD"))))
    issued, booked = draw(days_ago), draw(days_ago)
    number = f"{debtor}-F{at}"
    issued_on = TODAY - timedelta(days=issued)
    due_on = issued_on + timedelta(days=draw(st.integers(0, 90)))
    invoice = Invoice(ORG, debtor, number, kind, issued_on, due_on, amount, amount, moment(booked))
    entry = Entry(
        ORG, debtor, f"ent_{number}", EntryKind(kind), amount, (Allocation(number, amount),),
        moment(booked), moment(booked).date(), "api", number,
    )  # fmt: skip
    return invoice, entry


def _money(draw: st.DrawFn, debtor: str, at: int, invoices: list[Invoice]) -> Entry:
    kind = draw(st.sampled_from((EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.COSTS)))
    invoice = draw(st.sampled_from(invoices)) if invoices else None
    currency = invoice.amount.currency if invoice else "EUR"
    amount = Money(-draw(minors) if kind is EntryKind.PAYMENT else draw(minors), currency)
    allocations: tuple[Allocation, ...] = ()
    if invoice and kind is EntryKind.COSTS:
        allocations = (Allocation(invoice.number, amount, Part.COSTS),)
    elif invoice and draw(st.booleans()):
        part = Money(draw(st.integers(min(amount.minor, 0), max(amount.minor, 0))), currency)
        allocations = (Allocation(invoice.number, part),) if part else ()
    if kind is EntryKind.COSTS and not invoice:
        kind = EntryKind.REFUND
    booked = draw(days_ago)
    booked_on = moment(booked + draw(st.integers(0, 5))).date()
    return Entry(
        ORG, debtor, f"ent_{debtor}-M{at}", kind, amount, allocations, moment(booked), booked_on,
        "bank", f"M{at}",
    )  # fmt: skip


def _balanced(invoice: Invoice, entries: list[Entry]) -> Invoice:
    from dataclasses import replace

    sums = dict.fromkeys(Part, 0)
    for entry in entries:
        for allocation in entry.allocations:
            if allocation.invoice == invoice.number:
                sums[allocation.part] += allocation.amount.minor
    open_ = Money(sums[Part.PRINCIPAL], invoice.amount.currency)
    return replace(invoice, open=open_, costs_minor=sums[Part.COSTS])
