"""The photograph: every organisation, every table, nothing mixed up and little in memory."""

import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import Allocation, Entry, EntryKind
from kasstroom.reports.lake import AGEING, OPEN_ITEMS, PAYMENTS, TABLES, Table
from kasstroom.reports.ports import Row
from kasstroom.reports.spool import Spool
from kasstroom.reports.usecases import export_lake

# 00:30 in Amsterdam on the 21st: in UTC it is still the 20th.
NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)


class Shelf:
    """Books that only know how to be read from beginning to end."""

    def __init__(self, items: Iterable[object]) -> None:
        self._items = items

    def every(self, *kinds: type) -> Iterator[object]:
        return (item for item in self._items if isinstance(item, kinds))


class Kept:
    """A sink that keeps what it was given."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], list[Row]] = {}
        self.days: set[date] = set()
        self.registered: list[tuple[str, str, date]] = []

    def write(self, table: Table, org: str, as_of: date, rows: Iterable[Row]) -> list[str]:
        self.rows[org, table.name] = list(rows)
        self.days.add(as_of)
        return [table.key(org, as_of)]

    def register(self, table: Table, orgs: Sequence[str], as_of: date) -> None:
        """Whoever asks must find all of the day: nothing may be registered before it is written."""
        assert all((org, written.name) in self.rows for org in orgs for written in TABLES)
        self.registered += [(org, table.name, as_of) for org in orgs]


class Counted:
    """A sink that reads and forgets."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], int] = {}

    def write(self, table: Table, org: str, as_of: date, rows: Iterable[Row]) -> list[str]:
        self.counts[org, table.name] = sum(1 for _ in rows)
        return []

    def register(self, table: Table, orgs: Sequence[str], as_of: date) -> None:
        """Counting needs no catalogue."""


def an_organisation(org: str) -> Organisation:
    return Organisation(org, f"{org} bv", "12345678", "Utrecht", "NL00BANK0123456789", "a@b.nl")


def a_debtor(org: str, number: str) -> Debtor:
    return Debtor(org, number, f"Bakker {number}", DebtorKind.SOLE_TRADER, NOW)


def an_invoice(org: str, debtor: str, number: str, due_on: date, open_minor: int) -> Invoice:
    return Invoice(
        org=org,
        debtor=debtor,
        number=number,
        kind=DocumentKind.INVOICE,
        issued_on=due_on - timedelta(days=14),
        due_on=due_on,
        amount=Money(41_230),
        open=Money(open_minor),
        created_at=NOW,
    )


def an_entry(org: str, debtor: str, kind: EntryKind, minor: int, **allocated: int) -> Entry:
    return Entry(
        org=org,
        debtor=debtor,
        id=f"ent_{kind}",
        kind=kind,
        amount=Money(minor),
        allocations=tuple(Allocation(name, Money(part)) for name, part in allocated.items()),
        booked_at=NOW,
        booked_on=TODAY,
        source="mollie",
        external_id="tr_1",
    )


BOOKS = Shelf(
    [
        an_entry("acme", "D1", EntryKind.INVOICE, 41_230, F1=41_230),
        an_entry("acme", "D1", EntryKind.PAYMENT, -5_000, F1=-3_000),
        an_invoice("acme", "D1", "F1", date(2026, 10, 21), 38_230),
        an_invoice("borg", "D1", "F1", date(2026, 12, 1), 41_230),
        an_invoice("acme", "D1", "F2", date(2026, 10, 21), 0),
        a_debtor("acme", "D1"),
        an_organisation("acme"),
        an_organisation("empty"),
    ]
)


def test_every_organisation_gets_every_table_and_only_its_own() -> None:
    kept = Kept()
    result = export_lake(BOOKS, kept, NOW)
    assert result.organisations == 3
    assert set(kept.rows) == {(org, t.name) for org in ("acme", "borg", "empty") for t in TABLES}
    assert len(result.keys) == len(set(result.keys)) == 9
    assert [row["due_on"] for row in kept.rows["acme", OPEN_ITEMS.name]] == [date(2026, 10, 21)]
    assert [row["due_on"] for row in kept.rows["borg", OPEN_ITEMS.name]] == [date(2026, 12, 1)]
    assert kept.rows["borg", PAYMENTS.name] == []
    assert [kept.rows["empty", table.name] for table in TABLES] == [[], [], []]


def test_every_organisation_is_registered_also_without_rows() -> None:
    kept = Kept()
    export_lake(BOOKS, kept, NOW)
    expected = [(org, t.name, TODAY) for t in TABLES for org in ("acme", "borg", "empty")]
    assert kept.registered == expected


def test_the_day_is_the_amsterdam_day() -> None:
    kept = Kept()
    assert export_lake(BOOKS, kept, NOW).as_of == TODAY
    assert kept.days == {TODAY}


def test_every_row_fills_every_column() -> None:
    kept = Kept()
    export_lake(BOOKS, kept, NOW)
    for table in TABLES:
        (row,) = kept.rows["acme", table.name]
        assert set(row) == {column.name for column in table.columns}


def test_the_rows_say_what_the_books_say() -> None:
    kept = Kept()
    export_lake(BOOKS, kept, NOW)
    (item,) = kept.rows["acme", OPEN_ITEMS.name]
    assert (item["number"], item["open_minor"], item["days_past_due"]) == ("F1", 38_230, 31)
    assert (item["bucket"], item["debtor_name"]) == ("days_31_60", "Bakker D1")
    (aged,) = kept.rows["acme", AGEING.name]
    assert (aged["days_31_60_minor"], aged["unallocated_minor"]) == (38_230, -2_000)
    assert str(aged["outstanding_amount"]) == "362.30"
    (payment,) = kept.rows["acme", PAYMENTS.name]
    assert (payment["received_minor"], payment["unallocated_minor"]) == (5_000, 2_000)
    assert payment["invoices"] == "F1"


def test_money_of_a_debtor_who_is_not_found_is_still_counted() -> None:
    kept = Kept()
    export_lake(BOOKS, kept, NOW)
    (aged,) = kept.rows["borg", AGEING.name]
    assert (aged["debtor_name"], aged["outstanding_minor"]) == ("", 41_230)


def test_memory_grows_with_debtors_not_with_invoices() -> None:
    one = an_invoice("acme", "D1", "F1", TODAY, 100)
    few, many = 2_000, 20_000

    def peak(count: int) -> int:
        sink = Counted()
        books = Shelf(replace(one, number=f"F{n}", org=f"org{n % 7}") for n in range(count))
        tracemalloc.start()
        export_lake(books, sink, NOW)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sum(sink.counts.values()) == count + 7
        return highest

    assert peak(many) < 4 * peak(few)


def test_a_pile_keeps_its_order_and_its_own_rows(tmp_path) -> None:
    spool = Spool(tmp_path, rows_in_memory=3)
    for n in range(10):
        spool.add(n % 2, {"n": n})
    assert [row["n"] for row in spool.take(0)] == [0, 2, 4, 6, 8]
    spool.add("late", {"n": 99})
    assert [row["n"] for row in spool.take("late")] == [99]
    assert [row["n"] for row in spool.take(1)] == [1, 3, 5, 7, 9]
    assert list(spool.take(0)) == []
    assert list(tmp_path.iterdir()) == []
