"""Books of any size, made while they are read: debtors with five invoices each, of which some are
paid, some partly and some not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zlib import crc32

from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import Allocation, Entry, EntryKind
from kasstroom.reports.lake.names import LakeKey

NOW = datetime(2026, 11, 21, 1, 15, tzinfo=UTC)
TODAY = date(2026, 11, 21)
ORG = "bench"
PER_DEBTOR = 5
KINDS = (DebtorKind.COMPANY, DebtorKind.COMPANY, DebtorKind.CONSUMER)


class Portfolio:
    """`Books` as far as the export reads them; every fifth invoice is open, every fifth half so."""

    def __init__(self, invoices: int) -> None:
        self.debtors = invoices // PER_DEBTOR

    def every(self, *kinds: type, segment: int = 0, of: int = 1) -> Iterator[Any]:
        if segment == 0:
            yield Organisation(ORG, "Bench bv", "12345678", "Utrecht", "NL", "a@bench.example")
        for n in range(self.debtors):
            number = f"K{n:07d}"
            if crc32(f"D#{ORG}#{number}".encode()) % of == segment:
                yield from self._debtor(number, n)

    def _debtor(self, number: str, n: int) -> Iterator[Any]:
        yield Debtor(ORG, number, f"Bakkerij {n} bv", KINDS[n % len(KINDS)], NOW)
        yield CreditAccount(ORG, number)
        for m in range(PER_DEBTOR):
            yield from _invoice(number, n, m)

    def find(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        return LakeKey(org, "5e" * 32) if kind is LakeKey else None


def _invoice(debtor: str, n: int, m: int) -> Iterator[Any]:
    issued_on = TODAY - timedelta(days=(n * 7 + m * 61) % 700)
    due_on = issued_on + timedelta(days=30)
    number, amount = f"F{n:07d}-{m}", Money(1_000 + (n * 37 + m * 911) % 90_000)
    invoice = Invoice(
        ORG, debtor, number, DocumentKind.INVOICE, issued_on, due_on, amount, amount, NOW
    )
    booked = (Allocation(number, amount),)
    at = datetime(issued_on.year, issued_on.month, issued_on.day, 9, tzinfo=UTC)
    yield Entry(
        ORG,
        debtor,
        f"ent_{number}",
        EntryKind.INVOICE,
        amount,
        booked,
        at,
        issued_on,
        "api",
        number,
    )
    paid = (amount.minor, amount.minor, amount.minor, amount.minor // 2, 0)[(n + m) % 5]
    if not paid:
        yield invoice
        return
    paid_on = min(TODAY, due_on + timedelta(days=(n + m) % 40 - 10))
    landed = (Allocation(number, Money(-paid)),)
    yield Entry(
        ORG, debtor, f"ent_{number}-p", EntryKind.PAYMENT, Money(-paid), landed, NOW, paid_on,
        "bank", f"{number}:1",
    )  # fmt: skip
    left = Money(amount.minor - paid)
    yield replace(invoice, open=left, settled_on=None if left else paid_on)
