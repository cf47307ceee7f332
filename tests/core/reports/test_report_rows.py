"""Reports of rows: what they say is what the books say, on any day."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.errors import NotFound, Refused
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.organisations.model import Language
from kasstroom.payments.model import Entry, Part
from kasstroom.reports.asking import Wish, question
from kasstroom.reports.catalogue import REPORTS
from kasstroom.reports.csv_file import write_csv
from kasstroom.reports.kpi.figures import AGES
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.pack import PACK
from kasstroom.reports.position import counted
from kasstroom.reports.reading import at_once, read
from kasstroom.reports.report_views import report_view
from kasstroom.reports.shape import Paper, Row, Sources
from kasstroom.resolution.model import Dispute, DisputeReason, DisputeState
from kasstroom.segments.model import SegmentMember
from tests.core.reports.ledgers import ORG, TODAY, ledgers
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures
from tests.people import NOW, debtor, eur, invoice, organisation, received

PACK_REPORT = "management-pack"
PAPER = Paper("Van Dijk", Language.NL, NOW)


def rows_of(books: MemoryBooks, name: str, today: date = TODAY, **wish: object) -> list[Row]:
    return at_once(reading_of(books, name, today, **wish), lambda: 0.0)


def reading_of(books: MemoryBooks, name: str, today: date = TODAY, **wish: object):
    sources = Sources(books, MemoryFigures())
    return read(sources, question(sources, ORG, name, Wish(**wish), today))


def outstanding(books: MemoryBooks, as_of: date) -> dict[str, int]:
    """Straight from the ledger: principal and what no invoice took."""
    found: defaultdict[str, int] = defaultdict(int)
    items = list(books.every(Invoice, Entry))
    invoices = [i for i in items if isinstance(i, Invoice)]
    for day, entry in counted(invoices, (e for e in items if isinstance(e, Entry))):
        if day <= as_of:
            charges = sum(a.amount.minor for a in entry.allocations if a.part is not Part.PRINCIPAL)
            found[entry.amount.currency] += entry.amount.minor - charges
    return {currency: minor for currency, minor in found.items() if minor}


def in_minor(rows: list[Row], *names: str) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        found[row["currency"]] += sum(row[name].minor for name in names)
    return {currency: minor for currency, minor in found.items() if minor}


@settings(max_examples=60, deadline=None)
@given(ledgers(), st.integers(0, 420))
def test_the_total_of_the_ageing_is_what_is_outstanding_on_any_day(books, days):
    as_of = TODAY - timedelta(days=days)
    truth = outstanding(books, as_of)
    aged = rows_of(books, "ageing", as_of=as_of)
    assert in_minor(aged, "outstanding") == truth
    assert in_minor(aged, *AGES) == truth
    assert in_minor(rows_of(books, "ageing-summary", as_of=as_of), "amount") == truth
    assert in_minor(rows_of(books, "open-items", as_of=as_of), "open") == truth
    euros = rows_of(books, "ageing", as_of=as_of, currency="EUR")
    assert in_minor(euros, "outstanding").get("EUR", 0) == truth.get("EUR", 0)
    assert {row["currency"] for row in euros} <= {"EUR"}


@settings(max_examples=40, deadline=None)
@given(ledgers(), st.integers(0, 420))
def test_the_audit_file_adds_up_entry_by_entry(books, days):
    as_of = TODAY - timedelta(days=days)
    rows = rows_of(books, "ledger", as_of=as_of)
    assert [row["line"] for row in rows] == list(range(1, len(rows) + 1))
    by_entry: defaultdict[str, int] = defaultdict(int)
    control: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        by_entry[row["entry"]] += row["posted"].minor
        control[row["currency"]] += row["posted"].minor
        assert row["control_total"].minor == control[row["currency"]]
        assert row["counts_on"] <= as_of
    amounts = {row["entry"]: row["entry_amount"].minor for row in rows}
    assert by_entry == amounts
    charged = in_minor(rows_of(books, "open-items", as_of=as_of), "open")
    if as_of == TODAY:
        assert set(amounts) == {e.id for e in books.every(Entry)}
        assert charged == outstanding(books, TODAY)


@pytest.fixture
def books() -> MemoryBooks:
    made = MemoryBooks()
    organisation(made)
    debtor(made, limit="5000.00")
    debtor(made, "D2")
    invoice(made, "F1", "250.00")
    invoice(made, "F2", "100.00", debtor="D2", due_on=date(2026, 9, 20))
    return made


def test_a_payment_counts_from_its_day_and_an_invoice_from_its_issue(books):
    received(books, "100.00", "F1", now=datetime(2026, 8, 25, 9, tzinfo=UTC))
    before, after = date(2026, 8, 24), date(2026, 8, 25)
    shown = {day: rows_of(books, "ageing", as_of=day)[0] for day in (before, after)}
    assert shown[before]["days_1_30"] == eur("250.00")
    assert shown[after]["days_1_30"] == eur("150.00")
    (payment,) = rows_of(books, "payments")
    assert (payment["received"], payment["counts_on"]) == (eur("100.00"), after)
    assert rows_of(books, "payments", as_of=before) == []
    assert rows_of(books, "payments", since=date(2026, 8, 26)) == []


def test_charges_and_disputes_are_no_bucket_and_an_accepted_dispute_holds(books):
    known = books.get(Invoice, ORG, "D1", "F1")
    books.commit(Changes(update=(replace(known, disputed_minor=90_00),)))
    decided = datetime(2026, 8, 28, tzinfo=UTC)
    opened = datetime(2026, 8, 20, tzinfo=UTC)
    dispute = Dispute(
        ORG, "D1", "dsp_1", "F1", eur("90.00"), DisputeReason.DAMAGED, "stuk", opened, "api",
        DisputeState.ACCEPTED, decided, "Anna",
    )  # fmt: skip
    books.commit(Changes(create=(dispute,)))
    for as_of, held in (
        (TODAY, "90.00"),
        (date(2026, 8, 21), "90.00"),
        (date(2026, 8, 19), "0.00"),
    ):
        row = rows_of(books, "ageing", as_of=as_of)[0]
        assert row["disputed"] == eur(held) and row["outstanding"] == eur("250.00")
    (now,), (then,) = (
        rows_of(books, "disputes"),
        rows_of(books, "disputes", as_of=date(2026, 8, 22)),
    )
    assert (now["state"], now["days"], now["decided_by"]) == ("accepted", 8, "Anna")
    assert (then["state"], then["days"], then["decided_on"]) == ("open", 2, None)


def test_a_limit_of_the_past_is_that_of_the_past(books):
    first, second = rows_of(books, "limits")
    assert (first["limit"], str(first["utilisation"])) == (eur("5000.00"), "5.00")
    assert first["coverage_gap"] == eur("250.00") and first["above_limit"] == eur("0.00")
    assert (second["limit"], second["utilisation"]) == (None, None)
    earlier = rows_of(books, "limits", as_of=date(2026, 8, 31))
    assert [row["limit"] for row in earlier] == [None, None]


def test_a_segment_is_who_is_in_it(books):
    members = [SegmentMember(ORG, "new", "D2", NOW), SegmentMember(ORG, "new", "D1", NOW, NOW)]
    books.commit(Changes(create=tuple(members)))
    assert [row["debtor"] for row in rows_of(books, "ageing", segment="new")] == ["D2"]


@pytest.mark.parametrize(
    ("name", "wish", "code"),
    [
        ("ageing", {"as_of": date(2026, 9, 2)}, "as_of_in_future"),
        ("ageing", {"as_of": date(2025, 1, 1)}, "as_of_before_first_booking"),
        ("ageing", {"segment": "gold"}, "unknown_segment"),
        ("ageing", {"currency": "EURO"}, "unknown_currency"),
        ("ageing", {"since": date(2026, 8, 1)}, "parameter_not_taken"),
        ("ledger", {"since": date(2026, 8, 9), "as_of": date(2026, 8, 1)}, "since_after_as_of"),
        ("turnover", {}, "report_not_found"),
    ],
)
def test_what_cannot_be_asked_says_what_can(books, name, wish, code):
    figures = MemoryFigures()
    figures.put(ORG, {Cell(Measure.BOOKED_ITEMS, "", date(2026, 7, 21), ("invoice",)): 1})
    with pytest.raises((Refused, NotFound)) as refused:
        question(Sources(books, figures), ORG, name, Wish(**wish), TODAY)
    assert refused.value.code == code
    said = {"unknown_segment": "slow_payers", "report_not_found": "ageing-summary"}
    assert said.get(code, "") in refused.value.detail


def test_who_may_not_know_a_segment_is_not_told_of_it(books):
    sources, wish = Sources(books, MemoryFigures()), Wish(segment="vulnerable")
    with pytest.raises(Refused) as refused:
        question(sources, ORG, "ageing", wish, TODAY, Actor("webshop"))
    assert refused.value.code == "unknown_segment"
    assert refused.value.detail.count("vulnerable") == 1
    question(sources, ORG, "ageing", wish, TODAY, Actor("Anna", ("credit_manager",)))


@pytest.mark.parametrize("name", REPORTS)
def test_an_empty_portfolio_has_no_rows_and_says_so(name):
    reading = reading_of(MemoryBooks(), name)
    rows = at_once(reading, lambda: 0.0)
    shown = report_view(reading, rows, Language.EN)
    if not rows:
        assert (shown.totals, shown.row_count) == ([], 0)
        assert "no rows" in shown.note
    if name == "kpis":
        assert {row["figure"] for row in rows if row["value"] is not None} == {"dso_benchmark"}
    if name == PACK_REPORT:
        assert {told.value for told in rows[0][PACK].first} == {None}
    assert name in ("kpis", "assumptions", PACK_REPORT) or not rows


def test_a_long_or_late_answer_says_how_to_get_it(books, monkeypatch):
    monkeypatch.setattr("kasstroom.reports.reading.MOST_ROWS", 1)
    with pytest.raises(Refused) as long:
        rows_of(books, "ageing")
    clock = iter(range(0, 1000, 30))
    with pytest.raises(Refused) as late:
        at_once(reading_of(books, "ageing"), lambda: next(clock))
    for refused in (long, late):
        assert refused.value.code == "report_too_large"
        assert "/v1/report-runs" in refused.value.detail


def test_a_formula_in_a_name_stays_a_name(books):
    known = books.get(Debtor, ORG, "D1")
    books.commit(Changes(update=(replace(known, name='=HYPERLINK("http://x";"y")'),)))
    invoice(books, "C1", "40.00", kind=DocumentKind.CREDIT_NOTE)
    out = BytesIO()
    write_csv(out, reading_of(books, "open-items"), PAPER)
    text = out.getvalue()
    assert text.startswith(b"\xef\xbb\xbfdebtor,debtor_name,")
    lines = text.decode("utf-8-sig").splitlines()
    assert all("\"'=HYPERLINK" in line for line in lines if line.startswith("D1"))
    # An amount below nought is a number, not text.
    assert any(",-40.00," in line for line in lines)


def test_every_answer_is_json_with_amounts_as_everywhere(books):
    reading = reading_of(books, "ageing")
    shown = report_view(reading, at_once(reading, lambda: 0.0), Language.NL)
    json.dumps(shown.rows)
    assert shown.rows[0]["outstanding"] == {"value": "250.00", "currency": "EUR"}
    assert shown.totals[0]["outstanding"] == {"value": "350.00", "currency": "EUR"}


def test_a_total_over_currencies_without_a_rate_says_what_to_set(books):
    figures = MemoryFigures()
    day = date(2026, 8, 1)
    for currency in ("EUR", "USD"):
        cells = {
            Cell(Measure.OPEN, currency, None, ("invoice", "2026-08-20")): 100_00,
            Cell(Measure.OPEN_MOVED, currency, day, ("invoice", "2026-08-20")): 100_00,
            Cell(Measure.BOOKED_ITEMS, "", day, ("invoice",)): 1,
        }
        figures.put(ORG, cells)
    sources = Sources(books, figures)

    def told(currency: str) -> dict[str, object]:
        wish = Wish(currency=currency)
        rows = read(sources, question(sources, ORG, "kpis", wish, TODAY)).rows
        return {row["figure"]: row["value"] for row in rows}

    with pytest.raises(Refused) as refused:
        told("")
    assert refused.value.code == "rate_missing"
    assert "/v1/report-assumptions" in refused.value.detail
    assert told("EUR")["outstanding"] == eur("100.00")
