"""One definition per KPI, complete, and honest about what it reads."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

from kasstroom.errors import NotFound
from kasstroom.reports.kpi.registry import KPIS, TABLES, kpi, measures_of, table
from kasstroom.reports.measures import Measure
from tests.core.reports.kpi.test_kpi_forecast import a_year_of_business
from tests.counted import Counted, ago

EVERY = (*KPIS, *TABLES)
NOT_FROM_THE_BOOKS = {"dso_benchmark", "assumptions"}


def test_names_are_unique_and_stable_words():
    names = [one.name for one in EVERY]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name.islower() for name in names)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_each_says_what_it_is(one):
    assert one.means.nl and one.means.en and one.formula and one.source
    assert len(set(one.measures)) == len(one.measures)


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.name)
def test_rows_are_frozen_and_of_plain_values(one):
    assert is_dataclass(one.row) and one.row.__dataclass_params__.frozen
    assert fields(one.row)
    assert all(isinstance(row, one.row) for row in one.of(full().figures()))


def test_an_unknown_name_is_answered_with_the_names():
    with pytest.raises(NotFound, match="There are: outstanding, overdue, .*dso"):
        kpi("dos")
    with pytest.raises(NotFound, match="There are: ageing, "):
        table("agieng")
    assert kpi("dso").name == "dso" and table("ageing").name == "ageing"


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_empty_books_are_no_figure(one):
    if one.name not in NOT_FROM_THE_BOOKS:
        assert one.of(Counted().figures()) in (None, ())


def full() -> Counted:
    """Something of everything."""
    counted = a_year_of_business()
    counted.lost(10, 20, 100, "default.1")
    for measure, parts in (
        (Measure.PROMISES, ("kept",)), (Measure.CALLS, ("reached_promise",)),
        (Measure.MESSAGES, ("reminder", "email", "sent")),
        (Measure.REMINDED, ("reminder", "email", "paid")),
        (Measure.DISPUTES_DECIDED, ("accepted",)), (Measure.DISPUTE_DAYS, ()),
        (Measure.BANK_LINES, ("receipt", "automatic")),
        (Measure.DECISIONS, ("default.1", "approved")),
    ):  # fmt: skip
        counted.add(measure, 3, *parts, on=ago(40))
    for measure, parts in (
        (Measure.PROMISED, ("kept",)), (Measure.CHARGES_MOVED, ("costs",)),
        (Measure.ASKED, ("default.1", "approved")),
        (Measure.GRANTED, ("default.1", "approved")),
    ):  # fmt: skip
        counted.add(measure, 300, *parts, on=ago(40), currency="EUR")
    for measure, parts in (
        (Measure.EXPOSURE, ("uncovered",)), (Measure.LIMIT, ("own", "")),
        (Measure.DISPUTED, ("other",)), (Measure.EXPECTED_LOSS, ()), (Measure.CHARGES, ("costs",)),
    ):  # fmt: skip
        counted.add(measure, 300, *parts, currency="EUR")
    return counted


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_it_reads_no_more_than_it_says(one):
    """Of the measures it names alone it gives the same answer, and it gives one."""
    whole, named = full(), Counted()
    wanted = measures_of([one])
    named.cells.update({c: v for c, v in whole.cells.items() if c.measure in wanted})
    answer = one.of(whole.figures())
    assert one.of(named.figures()) == answer
    if one.name not in {"cash_release", "roi", "roi_lines", "reminder_uplift", "reminder_holdout"}:
        assert answer not in (None, ())


@pytest.mark.parametrize("one", KPIS, ids=lambda one: one.name)
def test_what_is_known_as_it_stands_now_is_not_shown_of_the_past(one):
    found = one.of(full().figures(7))
    assert not (one.now_only and found is not None)
    assert found is None or isinstance(found, Decimal)
