"""What one entity contributes to the figures, short to read in a test."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.reports.contributions import contributions
from kasstroom.reports.measures import SHAPES
from kasstroom.reports.sources import KnownFromBooks
from kasstroom_aws.items import key_of
from tests.memory_books import MemoryBooks
from tests.people import ORG

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
TODAY = NOW.date()
DUE = date(2026, 9, 30)
ISSUED = date(2026, 8, 31)


class Books(MemoryBooks):
    def __init__(self, *entities):
        super().__init__()
        for entity in entities:
            self._items[key_of(entity)] = entity


def of(entity, *others):
    """`(measure, on, parts...)` to value; the currency is checked against the measure's shape."""
    found = {}
    for cell, value in contributions(entity, KnownFromBooks(Books(*others))).items():
        shape = SHAPES[cell.measure]
        assert bool(cell.currency) == shape.money and bool(cell.on) == shape.daily
        assert len(cell.parts) == len(shape.parts)
        found[cell.measure, cell.on, *cell.parts] = value
    return found


def invoice(number="F1", minor=10_000, open_minor=None, **more):
    kind = DocumentKind.INVOICE if minor > 0 else DocumentKind.CREDIT_NOTE
    still = minor if open_minor is None else open_minor
    fields = {"issued_on": ISSUED, "due_on": DUE, "created_at": NOW} | more
    return Invoice(
        ORG, "D1", number, kind, amount=Money(minor), open=Money(still), **fields
    )  # fmt: skip
