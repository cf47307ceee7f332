"""Reports over very many invoices: how long they take, and that memory does not grow with them.

Books are made debtor by debtor as they are read, so that what is measured is the report and not a
table in memory. `measured` is what `make bench-reports` calls.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import Any

from kasstroom.debtors.model import Debtor, DebtorKind, Listed
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import Allocation, Entry, EntryKind
from kasstroom.reports.asking import Wish, question
from kasstroom.reports.csv_file import write_csv
from kasstroom.reports.delivering.ports import Writer
from kasstroom.reports.reading import Reading, read
from kasstroom.reports.shape import Paper, Sources
from kasstroom_sheets.workbook import write_workbook
from tests.memory_figures import MemoryFigures

ORG = "bench"
TODAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
PER_DEBTOR = 20
PAPER = Paper("Bench B.V.", Language.NL, NOW)
_DAY = timedelta(days=1)


class GeneratedBooks:
    """`invoices` invoices over debtors of twenty, three in four of them paid."""

    def __init__(self, invoices: int) -> None:
        self._debtors = -(-invoices // PER_DEBTOR)
        self._invoices = invoices

    def find(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        if kind is Debtor:
            return Debtor(org, debtor, f"Klant {debtor}", DebtorKind.COMPANY, NOW)
        return None

    def listing(self, kind: type, org: str, part: str = "", *, after: str, limit: int) -> list[Any]:
        first = int(after[1:]) + 1 if after else 0
        last = min(first + limit, self._debtors)
        return [Listed(org, f"D{n:08d}", NOW) for n in range(first, last)] if kind is Listed else []

    def all_of(self, kind: type, org: str, debtor: str) -> list[Any]:
        start = int(debtor[1:]) * PER_DEBTOR
        numbers = range(start, min(start + PER_DEBTOR, self._invoices))
        if kind is Invoice:
            return [_invoice(org, debtor, n) for n in numbers]
        if kind is Entry:
            return [entry for n in numbers for entry in _entries(org, debtor, n)]
        return []


def _amount(n: int) -> Money:
    return Money(10_000 + n % 977 * 100)


def _issued(n: int) -> date:
    return TODAY - _DAY * (n % 360)


def _invoice(org: str, debtor: str, n: int) -> Invoice:
    left = Money(0) if n % 4 else _amount(n)
    due = _issued(n) + 30 * _DAY
    kind = DocumentKind.INVOICE
    return Invoice(org, debtor, f"F{n}", kind, _issued(n), due, _amount(n), left, NOW)


def _entries(org: str, debtor: str, n: int) -> Iterator[Entry]:
    amount, number = _amount(n), f"F{n}"
    booked_at = datetime.combine(_issued(n), datetime.min.time(), UTC)
    yield Entry(
        org, debtor, f"ent_{n}", EntryKind.INVOICE, amount, (Allocation(number, amount),),
        booked_at, _issued(n), "api", number,
    )  # fmt: skip
    if n % 4:
        paid = (Allocation(number, -amount),)
        yield Entry(
            org, debtor, f"ent_p{n}", EntryKind.PAYMENT, -amount, paid, booked_at, _issued(n),
            "bank", f"P{n}",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """`peak_bytes` is the most the process ever held, with Python and all it imports."""

    what: str
    invoices: int
    rows: int
    seconds: float
    peak_bytes: int
    file_bytes: int


CASES: dict[str, tuple[str, Writer | None]] = {
    "ageing": ("ageing", None),
    "ageing as XLSX": ("ageing", write_workbook),
    "open items as CSV": ("open-items", write_csv),
    "all bookings as CSV": ("ledger", write_csv),
    "all bookings as XLSX": ("ledger", write_workbook),
}
FOR_MANY = ("ageing", "ageing as XLSX", "open items as CSV")
MANY = 1_000_000
"""From here on the audit file takes minutes, as a run and not while somebody waits."""


def measured(invoices: int, *names: str) -> list[Measured]:
    """The cases of these names (left out: all), each in a process of its own, so that its memory is
    its own."""
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        wanted = [(name, invoices) for name in names or CASES]
        return pool.starmap(_case, wanted, chunksize=1)


def _case(name: str, invoices: int) -> Measured:
    report, writer = CASES[name]
    with TemporaryDirectory() as folder:
        path = Path(folder, "report")
        begun = time.perf_counter()
        reading = _run(report, writer, invoices, path)
        seconds = time.perf_counter() - begun
        size = path.stat().st_size if writer else 0
    peak = getrusage(RUSAGE_SELF).ru_maxrss * 1024
    return Measured(name, invoices, reading.totals.rows, seconds, peak, size)


def _run(report: str, writer: Writer | None, invoices: int, path: Path) -> Reading:
    sources = Sources(GeneratedBooks(invoices), MemoryFigures())  # type: ignore[arg-type]
    reading = read(sources, question(sources, ORG, report, Wish(), TODAY))
    if writer is None:
        for _ in reading.rows:
            pass
    else:
        with path.open("wb") as out:
            writer(out, reading, PAPER)
    return reading


def main(sizes: Sequence[str]) -> None:
    for invoices in map(int, sizes or ("10000", "100000")):
        names = CASES if invoices < MANY else FOR_MANY
        for one in measured(invoices, *names):
            print(
                f"{one.what:22} {one.invoices:>9,} invoices {one.rows:>9,} rows"
                f" {one.seconds:7.1f} s {one.peak_bytes / 1e6:6.0f} MB at most"
                f" {one.file_bytes / 1e6:7.1f} MB file"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
