"""What the dashboard shows, from cells that can be added up by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from kasstroom.reports.assumptions import Assumptions, Benchmark
from kasstroom.reports.dashboard import Dashboard, Moved
from kasstroom.reports.dashboard_figures import MEASURES, currencies_in, dashboard, since
from kasstroom.reports.kpi.figures import AGES, Figures
from kasstroom.reports.measures import Measure
from kasstroom.reports.reading_dashboard import Boards
from tests.counted import TODAY, Counted, ago
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures


def board(counted: Counted, currency: str = "", assumptions: Assumptions | None = None):
    known = currencies_in(counted.cells)
    return dashboard(counted.figures(currency=currency or known[0], assumptions=assumptions), known)


def test_open_and_late_today_and_a_week_ago():
    counted = Counted().invoice(100, issued=60, due=30).invoice(40, issued=20, due=-10)
    counted.invoice(25, issued=3, due=-27).paid(60, days=2, due=30, settled=False)
    counted.on_account(5, days=1)
    shown = board(counted)
    assert shown.open == Moved(10_000, 14_000) and shown.open.by == -4_000
    assert shown.late == Moved(4_000, 10_000) and shown.late.by == -6_000
    assert shown.late_percent is not None and round(shown.late_percent, 2) == Decimal("38.10")
    assert shown.received == Moved(6_500, 0)
    assert shown.soon_minor == 6_500


def test_the_ageing_adds_up_and_says_what_is_disputed():
    counted = Counted().invoice(100, 60, due=30).invoice(40, 20, due=-10).on_account(5, days=1)
    counted.add(Measure.OPEN_DISPUTED, 2_500, ago(30), currency="EUR")
    ageing = {aged.bucket: (aged.minor, aged.disputed_minor) for aged in board(counted).ageing}
    assert set(ageing) == {str(age) for age in AGES}
    assert ageing["days_1_30"] == (10_000, 2_500)
    assert ageing["current"] == (4_000, 0) and ageing["unallocated"] == (-500, 0)
    assert sum(minor for minor, _ in ageing.values()) == board(counted).open.now


def test_thirteen_weeks_of_which_today_is_the_last():
    counted = Counted().invoice(100, issued=200, due=80).paid(30, 10, due=80, settled=False)
    weeks = board(counted).weeks
    assert [week.on for week in weeks] == [ago(7 * back) for back in range(12, -1, -1)]
    assert [week.open_minor for week in weeks[-3:]] == [10_000, 7_000, 7_000]
    assert [week.late_minor for week in weeks][:2] == [0, 10_000]
    assert weeks[-1].dso is None, "nothing was sold in the period of DSO"


def test_books_that_just_began_have_no_week_before():
    shown = board(Counted().invoice(100, issued=2, due=-28))
    assert shown.open == Moved(10_000, None) and shown.open.by is None
    assert [week.on for week in shown.weeks] == [TODAY]
    assert shown.disputes == Moved(0, None) and shown.expected == ()


def test_risk_in_three_ways():
    counted = Counted().invoice(100, 200, due=130).invoice(10, 150, due=100).invoice(5, 9, due=1)
    counted.add(Measure.EXPOSURE, 900, "covered", currency="EUR")
    counted.add(Measure.EXPOSURE, 7_000, "uncovered", currency="EUR")
    counted.add(Measure.EXPOSURE, 300, "above_limit", currency="EUR")
    risk = board(counted).risk
    assert (risk.uncovered_minor, risk.above_limit_minor, risk.over_90_minor) == (
        7_000,
        300,
        11_000,
    )
    assert risk.oldest_due_on == ago(130)


def test_reminders_followed_for_four_weeks():
    counted = Counted().invoice(1, 60, due=30)
    for result, count, days in (("paid", 3, 20), ("not", 2, 5), ("paid", 50, 28)):
        counted.add(Measure.REMINDED, count, "reminder", "email", result, on=ago(days))
    for state, count in (("sent", 2), ("delivered", 1), ("read", 4), ("bounced", 9)):
        counted.add(Measure.MESSAGES, count, "reminder", "email", state, on=ago(5))
    counted.add(Measure.MESSAGES, 7, "thank_you", "email", "read", on=ago(5))
    funnel = board(counted).funnel
    assert (funnel.sent, funnel.delivered, funnel.read, funnel.paid) == (5, 5, 4, 3)
    assert board(counted).paid_percent == Decimal(100), "of reminders whose 14 days are over"


def test_decisions_of_a_year_by_outcome_those_without_too():
    counted = Counted().add(Measure.DECISIONS, 3, "standard.1", "approved", on=ago(100))
    counted.add(Measure.DECISIONS, 1, "standard.2", "declined", on=ago(1))
    counted.add(Measure.DECISIONS, 9, "standard.1", "refer", on=ago(366))
    shown = board(counted)
    assert dict(shown.decisions) == {
        "approved": 3, "approved_partial": 0, "approved_with_conditions": 0, "refer": 0,
        "declined": 1,
    }  # fmt: skip
    assert shown.approved_percent == Decimal(75)


def test_a_forecast_when_there_is_something_to_go_by():
    counted = Counted()
    for back in range(10, 300, 5):
        counted.invoice(100, issued=back + 30, due=back).paid(100, days=back - 3, due=back)
    counted.invoice(500, issued=20, due=-5)
    shown = board(counted)
    assert len(shown.expected) == 4 and shown.expected[0].starts_on == TODAY + timedelta(days=1)
    assert shown.expected_minor == sum(week.likely for week in shown.expected) > 0
    assert shown.expected_range is None or shown.expected_range[0] <= shown.expected_range[1]


def test_nothing_at_all_is_no_figure_and_no_division():
    shown = board(Counted())
    assert shown.empty and shown.currency == "EUR"
    assert shown.late_percent is shown.paid_percent is shown.approved_percent is None
    assert shown.expected_minor is None and shown.risk.oldest_due_on is None
    assert not board(Counted().add(Measure.DECISIONS, 1, "p.1", "refer", on=TODAY)).empty


def test_each_currency_stands_on_its_own():
    counted = Counted().invoice(100, 9, due=1).invoice(700, 9, due=1, currency="USD")
    counted.add(Measure.OPEN_ITEMS, 2, "invoice", ago(1))
    euros, dollars = board(counted, "EUR"), board(counted, "USD")
    assert euros.currencies == dollars.currencies == ("EUR", "USD")
    assert (euros.open.now, dollars.open.now) == (10_000, 70_000)
    assert euros.open_items is dollars.late_items is None, "items are not counted by currency"


def test_the_benchmark_is_the_organisation_s_own():
    stated = Assumptions(benchmark=Benchmark(Decimal(38), 2025, "our bank"))
    assert board(Counted(), assumptions=stated).benchmark_days == Decimal(38)


def test_the_same_cells_are_worked_out_once():
    books, figures = MemoryBooks(), MemoryFigures()
    figures.put("vandijk", Counted().invoice(100, 9, due=1).cells)
    boards = Boards(figures, books)
    first = boards.board("vandijk", "EUR", TODAY)
    assert isinstance(first, Dashboard) and boards.board("vandijk", "GBP", TODAY) is first
    figures.put("vandijk", Counted().invoice(1, 9, due=1).cells)
    assert boards.board("vandijk", "", TODAY).open.now == 10_100
    assert boards.board("vandijk", "", TODAY + timedelta(days=1)).as_of > TODAY
    assert boards.board("somebody else", "", TODAY).empty


def test_what_is_read_reaches_back_far_enough():
    long = Counted().invoice(100, issued=500, due=470)
    kept = {
        cell: value for cell, value in long.cells.items()
        if cell.measure in MEASURES and (cell.on is None or cell.on >= since(TODAY))
    }  # fmt: skip
    shown = dashboard(Figures(kept, TODAY, TODAY, "EUR"), ("EUR",))
    assert shown.open.now == shown.late.now == 10_000
