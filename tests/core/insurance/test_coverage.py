"""What of an exposure and of each invoice is insured, and until when."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.insurance.codes import AnswerReason, RequestKind, Response
from kasstroom.insurance.coverage import Days, coverage, gap, report_by, stop_on
from kasstroom.insurance.model import CoverPeriod
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from tests.people import NOW, ORG, eur

DAYS = Days(60, 30)
MARCH = date(2026, 3, 1)
amounts = st.integers(0, 10**9).map(Money)


def item(number, issued_on, amount, due_on=None):
    kind = DocumentKind.INVOICE if amount.minor > 0 else DocumentKind.CREDIT_NOTE
    return Invoice(ORG, "D1", number, kind, issued_on, due_on or issued_on, amount, amount, NOW)


def test_the_gap_of_the_trade():
    found = gap(eur("80000"), eur("50000"), 90)
    assert (found.uninsured, found.co_share, found.at_risk) == (
        eur("30000.00"), eur("5000.00"), eur("35000.00")
    )  # fmt: skip


@given(st.integers(-(10**9), 10**9).map(Money), amounts, st.integers(0, 100))
def test_the_parts_add_up(exposure, limit, percentage):
    found = gap(exposure, limit, percentage)
    assert found.insured + found.at_risk == found.exposure
    assert min(found.insured.minor, found.co_share.minor, found.uninsured.minor) >= 0


def test_the_last_days():
    assert stop_on(date(2026, 3, 31), 60) == date(2026, 5, 30)
    assert report_by(date(2026, 3, 31), 60, 30) == date(2026, 6, 29)


def test_the_oldest_delivery_takes_the_limit_first():
    periods = [CoverPeriod(eur("1000"), 90, MARCH)]
    lines = coverage(
        [item("B", date(2026, 4, 2), eur("700")), item("A", date(2026, 4, 1), eur("600"))],
        periods, DAYS, "EUR",
    )  # fmt: skip
    shown = [(x.number, x.insured.value, x.co_share.value, x.uninsured.value) for x in lines]
    assert shown == [("A", "540.00", "60.00", "0.00"), ("B", "360.00", "40.00", "300.00")]
    assert [x.state for x in lines] == ["insured", "partly_insured"]


def test_what_was_delivered_before_the_cover_ended_runs_off():
    periods = [CoverPeriod(eur("1000"), 90, MARCH, date(2026, 4, 15))]
    before, after = coverage(
        [item("A", date(2026, 4, 15), eur("100")), item("B", date(2026, 4, 16), eur("100"))],
        periods, DAYS, "EUR",
    )  # fmt: skip
    assert (before.state, before.stop_on) == ("insured", date(2026, 6, 14))
    assert (after.state, after.stop_on) == ("uninsured", None)


def test_a_reduced_limit_counts_for_what_came_after_it():
    periods = [
        CoverPeriod(eur("1000"), 90, MARCH, date(2026, 4, 9)),
        CoverPeriod(eur("500"), 80, date(2026, 4, 10)),
    ]
    lines = coverage(
        [item("A", date(2026, 4, 1), eur("400")), item("B", date(2026, 4, 20), eur("400"))],
        periods, DAYS, "EUR",
    )  # fmt: skip
    assert [x.uninsured.value for x in lines] == ["0.00", "300.00"]
    assert lines[1].insured == eur("80.00")


def test_credit_balances_take_from_the_oldest_and_other_currencies_are_not_covered():
    periods = [CoverPeriod(eur("1000"), 90, MARCH)]
    lines = coverage(
        [
            item("A", date(2026, 4, 1), eur("400")),
            item("C", date(2026, 4, 3), eur("-150")),
            item("U", date(2026, 4, 4), Money(5000, "USD")),
        ],
        periods, DAYS, "EUR",
    )  # fmt: skip
    assert [(x.number, x.open.value, x.state) for x in lines] == [
        ("A", "250.00", "insured"), ("U", "50.00", "uninsured")
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(-5000, 9000)), max_size=12), amounts)
def test_never_more_is_covered_than_the_limit(facts, limit):
    invoices = [
        item(f"N{n}", date.fromordinal(MARCH.toordinal() + days), Money(minor))
        for n, (days, minor) in enumerate(facts)
        if minor
    ]
    lines = coverage(invoices, [CoverPeriod(limit, 90, MARCH)], DAYS, "EUR")
    assert sum(x.insured.minor + x.co_share.minor for x in lines) <= limit.minor
    for line in lines:
        assert line.insured + line.co_share + line.uninsured == line.open


def test_codes_are_those_of_edifact():
    assert [RequestKind.NEW.edifact, RequestKind.PROLONG.edifact] == ["2", "8"]
    assert Response.of_edifact("5") is Response.PARTLY_APPROVED
    assert Response.CLOSED.edifact == "11"
    assert AnswerReason.of_edifact("12") is AnswerReason.ADVERSE_INFORMATION
    assert (len(RequestKind), len(Response), len(AnswerReason)) == (8, 11, 15)
