"""Cells as a few invoices and payments add up to, for tests of what is worked out from them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from kasstroom.invoices.model import DocumentKind
from kasstroom.payments.model import EntryKind
from kasstroom.reports.assumptions import Assumptions
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.measures import Cell, Measure

TODAY = date(2026, 11, 21)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


class Counted:
    """Amounts are whole euros (or another currency's units); days are days before `TODAY`."""

    def __init__(self) -> None:
        self.cells: Counter[Cell] = Counter()

    def add(
        self,
        measure: Measure,
        value: int,
        *parts: object,
        on: date | None = None,
        currency: str = "",
    ) -> Counted:
        self.cells[Cell(measure, currency, on, tuple(str(part) for part in parts))] += value
        return self

    def invoice(
        self,
        amount: int,
        issued: int,
        due: int | None = None,
        currency: str = "EUR",
        kind: DocumentKind = DocumentKind.INVOICE,
    ) -> Counted:
        """Issued `issued` days ago; `due` days past its due date, None without one."""
        minor, on = amount * 100, ago(issued)
        self.add(Measure.SOLD, minor, kind, on=on, currency=currency)
        self.add(Measure.OPEN_BY_ISSUE, minor, kind, on, currency=currency)
        self._moved(minor, on, currency, kind, due)
        entry = EntryKind(kind.value)
        return self._booked(entry, minor, on, currency)

    def paid(
        self,
        amount: int,
        days: int,
        due: int | None = None,
        currency: str = "EUR",
        *,
        issued: int | None = None,
        settled: bool = True,
    ) -> Counted:
        """Paid `days` ago, on an invoice that is `due` days past its due date today."""
        minor, on = amount * 100, ago(days)
        self._moved(-minor, on, currency, DocumentKind.INVOICE, due)
        if settled and due is not None:
            self.add(Measure.SETTLED, minor, due - days, on=on, currency=currency)
        if issued is not None:
            where = (DocumentKind.INVOICE, ago(issued))
            self.add(Measure.OPEN_BY_ISSUE, -minor, *where, currency=currency)
        return self._booked(EntryKind.PAYMENT, -minor, on, currency)

    def on_account(self, amount: int, days: int, currency: str = "EUR") -> Counted:
        """Money that no invoice took."""
        minor, on = -amount * 100, ago(days)
        self.add(Measure.UNALLOCATED, minor, currency=currency)
        self.add(Measure.UNALLOCATED_MOVED, minor, on=on, currency=currency)
        return self._booked(EntryKind.PAYMENT, minor, on, currency)

    def lost(self, amount: int, days: int, due: int, policy: str = "") -> Counted:
        minor, on = amount * 100, ago(days)
        self._moved(-minor, on, "EUR", DocumentKind.INVOICE, due)
        self.add(Measure.LOST, minor, policy, on=on, currency="EUR")
        return self._booked(EntryKind.WRITE_OFF, -minor, on, "EUR")

    def _moved(
        self, minor: int, on: date, currency: str, kind: DocumentKind, due: int | None
    ) -> None:
        place = (kind, "" if due is None else ago(due))
        self.add(Measure.OPEN, minor, *place, currency=currency)
        self.add(Measure.OPEN_MOVED, minor, *place, on=on, currency=currency)

    def _booked(self, kind: EntryKind, minor: int, on: date, currency: str) -> Counted:
        self.add(Measure.BOOKED_ITEMS, 1, kind, on=on)
        return self.add(Measure.BOOKED, minor, kind, on=on, currency=currency)

    def figures(
        self, days_ago: int = 0, currency: str = "", assumptions: Assumptions | None = None
    ) -> Figures:
        return Figures(self.cells, ago(days_ago), TODAY, currency, assumptions)
