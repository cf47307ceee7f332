"""The photograph: every organisation, every table, nothing mixed up and little in memory."""

import tracemalloc
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount, Profile
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Allocation, Entry, EntryKind
from kasstroom.reports.kpi.registry import KPIS as KPI_REGISTRY
from kasstroom.reports.lake import (
    AGEING,
    BANK_LINES,
    DEBTORS,
    FIGURES,
    INVOICES,
    KPIS,
    LEDGER,
    OPEN_ITEMS,
    PAYMENTS,
    PHOTOGRAPHED,
)  # fmt: skip
from kasstroom.reports.lake.asking import Ground, export
from kasstroom.reports.lake.message import to_message
from kasstroom.reports.lake.names import LakeKey, Names
from kasstroom.reports.lake.photograph import SEGMENTS, export_segment, plan_export
from kasstroom.reports.lake.spool import Spool
from kasstroom.reports.measures import Cell, Measure
from tests.lake_kept import KeptLake, photographed
from tests.lake_world import NOW, TODAY, LakeWorld, an_organisation
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures


@pytest.fixture(scope="module")
def world() -> LakeWorld:
    return LakeWorld(7)


@pytest.fixture(scope="module")
def lake(world: LakeWorld) -> KeptLake:
    kept = KeptLake()
    assert photographed(world.books(), kept).complete
    return kept


def in_segments(books: MemoryBooks, order: int = 0) -> KeptLake:
    kept = KeptLake()
    plan_export(kept, kept, NOW)
    segments = list(kept.queued)
    Random(order).shuffle(segments)
    for segment in segments:
        assert not kept.registered
        export_segment(books, kept, kept, segment)
    return kept


def without_tokens(rows: list[dict]) -> list[str]:
    """The keys are random: a photograph of other books has other tokens."""
    tokens = {"debtor", "token", "order_token"}
    return sorted(repr({k: v for k, v in row.items() if k not in tokens}) for row in rows)


@pytest.mark.parametrize("table", PHOTOGRAPHED, ids=lambda table: table.name)
def test_segments_together_say_what_one_photograph_says(world, lake, table) -> None:
    apart = in_segments(world.books(), order=3)
    for org in ("acme", "borg"):
        assert without_tokens(apart.rows(table, org)) == without_tokens(lake.rows(table, org))


def test_the_day_can_be_asked_for_when_all_segments_are_there(world) -> None:
    apart = in_segments(world.books())
    expected = {(t.name, org, TODAY) for t in PHOTOGRAPHED for org in ("acme", "borg")}
    assert set(apart.registered) == expected
    assert len(apart.queued) == SEGMENTS


def test_a_segment_of_a_superseded_run_writes_nothing(world) -> None:
    kept, books = KeptLake(), world.books()
    plan_export(kept, kept, NOW)
    late = kept.queued[0]
    photographed(books, kept)
    before = dict(kept.parts)
    assert export_segment(books, kept, kept, late).superseded
    assert kept.parts == before


def test_a_second_run_leaves_nothing_of_the_first(world) -> None:
    books = world.books()
    kept = in_segments(books)
    photographed(books, kept)
    assert {number for _, _, number in kept.parts} == {0}
    numbers = [row["entry"] for row in kept.rows(PAYMENTS, "acme")]
    assert len(numbers) == len(set(numbers))


def test_a_segment_again_gives_the_same(world) -> None:
    books = world.books()
    kept = in_segments(books)
    before = deepcopy(kept.parts)
    for segment in kept.queued[:5]:
        export_segment(books, kept, kept, segment)
    assert kept.parts == before


def test_messages_carry_a_segment_and_then_the_figures_and_none_means_everything(world) -> None:
    kept, books = KeptLake(), world.books()
    ground = Ground(books, MemoryFigures(), kept, kept, kept)
    run = plan_export(kept, kept, NOW)
    for segment in kept.queued:
        assert not kept.figures_of
        done = export(ground, to_message(run, segment=segment.number), NOW)
    assert done.complete and kept.figures_of == ["acme", "borg"]
    assert kept.rows(KPIS, "acme") == []
    export(ground, to_message(run, figures_of="acme"), NOW)
    assert {row["name"] for row in kept.rows(KPIS, "acme")} == {kpi.name for kpi in KPI_REGISTRY}
    assert ("kpis", "acme", TODAY) in kept.registered
    assert export(ground, {}, NOW).complete
    assert kept.rows(KPIS, "borg") and kept.queued == kept.queued[:SEGMENTS]
    assert export(ground, to_message(run, figures_of="acme"), NOW).superseded


def test_the_figures_of_the_night_are_those_of_the_cells() -> None:
    kept, figures = KeptLake(), MemoryFigures()
    cells = {
        Cell(Measure.OPEN, "EUR", None, ("invoice", "2026-11-01")): 12_345,
        Cell(Measure.BOOKED_ITEMS, "", date(2026, 10, 1), ("invoice",)): 1,
    }
    figures.put("acme", cells)
    books = MemoryBooks()
    books.commit(Changes(create=(an_organisation("acme"),)))
    export(Ground(books, figures, kept, kept, kept), {}, NOW)
    rows = kept.rows(FIGURES, "acme")
    assert {(r["measure"], r["part1"], r["part2"], r["value"]) for r in rows} == {
        ("open", "invoice", "2026-11-01", 12_345), ("booked_items", "invoice", None, 1),
    }  # fmt: skip
    values = {row["name"]: row["value"] for row in kept.rows(KPIS, "acme")}
    assert values["overdue_percent"] == 100
    assert values["dso"] is None


def test_the_day_is_the_amsterdam_day() -> None:
    kept = KeptLake()
    books = MemoryBooks()
    books.commit(Changes(create=(an_organisation("empty"),)))
    done = photographed(books, kept)
    assert (done.as_of, done.orgs) == (TODAY, ("empty",))
    assert not any(kept.rows(table, "empty") for table in PHOTOGRAPHED)
    assert {day for _, _, day in kept.registered} == {TODAY}


def test_every_bucket_of_the_ageing_adds_up_to_what_is_open(lake) -> None:
    for org in ("acme", "borg"):
        open_minor = sum(row["open_minor"] for row in lake.rows(INVOICES, org))
        loose = sum(r["booked_minor"] for r in lake.rows(LEDGER, org) if r["part"] == "unallocated")
        aged = lake.rows(AGEING, org)
        assert sum(row["outstanding_minor"] for row in aged) == open_minor + loose != 0
        for row in aged:
            buckets = [v for k, v in row.items() if k.endswith("_minor") and "outstand" not in k]
            assert sum(buckets) == row["outstanding_minor"]
        open_items = lake.rows(OPEN_ITEMS, org)
        assert sum(row["open_minor"] for row in open_items) == open_minor


def test_the_ledger_adds_up_to_every_invoice_and_holds_every_entry(world, lake) -> None:
    for org in ("acme", "borg"):
        rows = lake.rows(LEDGER, org)
        for invoice in lake.rows(INVOICES, org):
            landed = [
                r["booked_minor"] for r in rows
                if r["invoice"] == invoice["number"] and r["part"] == "principal"
            ]  # fmt: skip
            assert sum(landed) == invoice["open_minor"]
        entries = [e for e in world.entities if isinstance(e, Entry) and e.org == org]
        assert {row["entry"] for row in rows} == {entry.id for entry in entries}
        assert sum(r["booked_minor"] for r in rows) == sum(e.amount.minor for e in entries)


def test_a_company_has_its_number_and_name_and_a_person_a_token(world, lake) -> None:
    debtors = {e.number: e for e in world.entities if isinstance(e, Debtor) and e.org == "acme"}
    rows = lake.rows(DEBTORS, "acme")
    assert len(rows) == len(debtors)
    for row in rows:
        if row["debtor_kind"] == DebtorKind.COMPANY:
            assert row["debtor_name"] == debtors[row["debtor"]].name
        else:
            assert row["debtor"] == row["token"] and row["debtor_name"] == row["sector"] == ""
            assert row["debtor"] not in debtors
        assert row["segment"] == "new"


class Moving(MemoryBooks):
    """Books in which a payment is booked after the invoice was read and before the ledger is."""

    def every(self, *kinds: type, segment: int = 0, of: int = 1) -> Iterator[object]:
        items = list(super().every(*kinds, segment=segment, of=of))
        yield from (item for item in items if not isinstance(item, Invoice))
        yield from (replace(i, open=i.amount) for i in items if isinstance(i, Invoice))


def test_what_is_booked_meanwhile_is_read_again() -> None:
    books, kept = Moving(), KeptLake()
    for entity in LakeWorld(3).entities:
        books.commit(Changes(create=(entity,)))
    photographed(books, kept)
    true = {i.number: i.open.minor for i in MemoryBooks.every(books, Invoice)}
    rows = kept.rows(INVOICES, "acme")
    assert {row["number"]: row["open_minor"] for row in rows}.items() <= true.items()
    assert rows


def test_bank_lines_are_there_without_their_payers(lake) -> None:
    rows = lake.rows(BANK_LINES, "acme")
    assert len(rows) == 10
    assert {row["by_person"] for row in rows} == {"yes", "no"}


class Many:
    """Books with many debtors and invoices, made while they are read."""

    def __init__(self, debtors: int) -> None:
        self._debtors = debtors

    def every(self, *kinds: type, segment: int = 0, of: int = 1) -> Iterator[object]:
        for n in range(self._debtors):
            number, org = f"K{n}", f"org{n % 3}"
            yield Debtor(org, number, f"Bakker {n}", DebtorKind.COMPANY, NOW)
            for m in range(5):
                yield _invoice(org, number, f"F{n}-{m}")
                yield _entry(org, number, f"F{n}-{m}")

    def find(self, kind: type, org: str, debtor: str = "", id: str = "") -> object:
        return LakeKey(org, "00" * 32) if kind is LakeKey else None

    def listing(self, *_: object, **__: object) -> list[object]:
        return []


def _invoice(org: str, debtor: str, number: str) -> Invoice:
    from kasstroom.invoices.model import DocumentKind

    day = date(2026, 10, 1)
    amount = Money(1000)
    return Invoice(org, debtor, number, DocumentKind.INVOICE, day, day, amount, amount, NOW)


def _entry(org: str, debtor: str, number: str) -> Entry:
    landed = (Allocation(number, Money(1000)),)
    return Entry(
        org, debtor, f"ent_{number}", EntryKind.INVOICE, Money(1000), landed, NOW, TODAY, "api",
        number,
    )  # fmt: skip


class Counted(KeptLake):
    """A lake that reads and forgets."""

    count = 0

    def part(self, org, segment, tables):  # type: ignore[no-untyped-def]
        from contextlib import nullcontext

        return nullcontext(self)

    def add(self, table, row) -> None:  # type: ignore[no-untyped-def]
        self.count += 1


def test_memory_grows_far_less_than_the_books() -> None:
    def peak(debtors: int) -> int:
        sink = Counted()
        tracemalloc.start()
        photographed(Many(debtors), sink)  # type: ignore[arg-type]
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sink.count > debtors * (1 + 5 * 3 + 1)
        return highest

    assert peak(2_000) < 1.5 * peak(400)


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


def test_a_company_that_the_register_knows_as_a_person_is_one() -> None:
    debtor = Debtor("acme", "K1", "Jansen Schilderwerken", DebtorKind.COMPANY, NOW)
    account = CreditAccount("acme", "K1", profile=Profile(legal_form="eenmanszaak"))
    names = Names(MemoryBooks(), lambda: "ab" * 32)
    who = names.who("acme", "K1", debtor, account)
    assert who.is_person and who.name == "" and who.shown.startswith("p_")
    known = names.who("acme", "K1", debtor, CreditAccount("acme", "K1"))
    assert (known.shown, known.name) == ("K1", "Jansen Schilderwerken")
    assert names.who("acme", "K1", None, None).shown == who.token == known.token
