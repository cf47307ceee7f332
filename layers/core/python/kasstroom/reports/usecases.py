"""The nightly photograph of every organisation: open items, ageing and payments, for the lake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kasstroom.debtors.model import Debtor
from kasstroom.invoices.model import Invoice
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import Entry, EntryKind
from kasstroom.ports import Books
from kasstroom.reports import rows
from kasstroom.reports.ageing import Ageing
from kasstroom.reports.lake import AGEING, OPEN_ITEMS, PAYMENTS, TABLES
from kasstroom.reports.ports import LakeSink, Row
from kasstroom.reports.spool import Spool
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class ExportResult:
    """`as_of` is the Amsterdam day of the photograph; the same day again gives the same keys."""

    as_of: date
    organisations: int
    keys: tuple[str, ...]


@dataclass(slots=True)
class _Organisation:
    """What is kept in memory of one organisation: something per debtor, nothing per invoice."""

    ageing: Ageing
    debtors: dict[str, tuple[str, str]] = field(default_factory=dict)

    def named(self, found: Iterable[Row]) -> Iterator[Row]:
        for row in found:
            name, kind = self.debtors.get(row["debtor"], ("", ""))
            yield {**row, "debtor_name": name, "debtor_kind": kind}


class _Photograph:
    def __init__(self, as_of: date, spool: Spool) -> None:
        self.as_of = as_of
        self.spool = spool
        self.organisations: dict[str, _Organisation] = {}

    def take(self, item: Organisation | Debtor | Invoice | Entry) -> None:
        if item.org not in self.organisations:
            self.organisations[item.org] = _Organisation(Ageing(self.as_of))
        organisation = self.organisations[item.org]
        match item:
            case Debtor():
                organisation.debtors[item.number] = (item.name, str(item.kind))
            case Invoice() if item.open:
                organisation.ageing.add_invoice(item)
                self.spool.add((OPEN_ITEMS.name, item.org), rows.open_item(item, self.as_of))
            case Entry():
                organisation.ageing.add_entry(item)
                if item.kind is EntryKind.PAYMENT:
                    self.spool.add((PAYMENTS.name, item.org), rows.payment(item))

    def lay_down(self, org: str, sink: LakeSink) -> list[str]:
        named = self.organisations[org].named
        aged = (rows.ageing(row) for row in self.organisations[org].ageing.rows())
        found = (
            (OPEN_ITEMS, self.spool.take((OPEN_ITEMS.name, org))),
            (AGEING, aged),
            (PAYMENTS, self.spool.take((PAYMENTS.name, org))),
        )
        return [
            key
            for table, lines in found
            for key in sink.write(table, org, self.as_of, named(lines))
        ]


def export_lake(books: Books, sink: LakeSink, now: datetime) -> ExportResult:
    """Reads the books once, from beginning to end; running again replaces what was written.
    A new day can be asked for when all of it has been written.

    It is a photograph of an open shop: what is booked while it is taken may be in it or not, but
    the buckets of a debtor always add up to the open items in the same photograph.
    """
    with TemporaryDirectory() as folder:
        photograph = _Photograph(day_of(now), Spool(Path(folder)))
        for item in books.every(Organisation, Debtor, Invoice, Entry):
            photograph.take(item)
        orgs = sorted(photograph.organisations)
        keys = tuple(key for org in orgs for key in photograph.lay_down(org, sink))
        for table in TABLES:
            sink.register(table, orgs, photograph.as_of)
    return ExportResult(photograph.as_of, len(orgs), keys)
