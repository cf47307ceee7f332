"""Effectiveness, promises, calls, disputes and the bank, by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kasstroom.bank.model import LineKind
from kasstroom.messages.calls import CallOutcome
from kasstroom.reports.contributing.messages import kept_by
from kasstroom.reports.kpi.collection import effectiveness, judged_until
from kasstroom.reports.kpi.registry import kpi
from kasstroom.reports.measures import Measure
from kasstroom.resolution.model import DisputeState
from tests.counted import TODAY, Counted, ago


def value(name: str, counted: Counted, days_ago: int = 0) -> Decimal | None:
    return kpi(name).of(counted.figures(days_ago))


def test_cei_is_what_was_collected_of_what_could_be():
    counted = (
        Counted()
        .invoice(200, issued=60, due=30)  # open thirty days ago
        .paid(150, days=4, due=30, settled=False)
        .invoice(300, issued=20, due=-10)
        .paid(100, days=1, due=-10, settled=False)
    )
    # Opening 200, sold 300, ending 50 late + 200 current: (500 - 250) / (500 - 200)
    assert value("cei", counted) == Decimal("83.33")


def test_cei_is_no_figure_where_nothing_could_be_collected():
    assert effectiveness(Decimal(0), Decimal(100), Decimal(100), Decimal(100)) is None
    assert value("cei", Counted().invoice(100, 3, -27)) is None


def test_collection_rate_looks_at_what_is_late():
    counted = (
        Counted()
        .invoice(100, issued=90, due=60)  # late thirty days ago
        .paid(100, days=10, due=60)
        .invoice(300, issued=50, due=20)  # became late
        .invoice(200, issued=45, due=15)
        .paid(200, days=15, due=15)  # on its due date: never late
        .invoice(400, issued=32, due=2)
        .paid(400, days=1, due=2)  # a day late
        .invoice(500, issued=30, due=0)  # due today: late tomorrow
    )
    # (100 + 400) / (100 + 300 + 400) x 100
    assert value("collection_rate", counted) == Decimal("62.50")


def test_nothing_late_is_no_collection_rate():
    assert value("collection_rate", Counted().invoice(5, 20, -10).paid(5, 1, -10)) is None


def test_promises_by_number_and_by_amount():
    counted = Counted()
    on = ago(30)
    counted.add(Measure.PROMISES, 42, "kept", on=on).add(Measure.PROMISES, 18, "not", on=on)
    counted.add(Measure.PROMISED, 80_00, "kept", on=on, currency="EUR")
    counted.add(Measure.PROMISED, 40_00, "not", on=on, currency="EUR")
    assert value("promises_kept", counted) == Decimal("70.00")  # 42 / 60, as in the facts
    assert value("promised_amount_kept", counted) == Decimal("66.67")  # 80 / 120


def test_a_promise_is_judged_when_its_days_are_over():
    counted = Counted().add(Measure.PROMISES, 1, "kept", on=ago(30))
    counted.add(Measure.PROMISES, 5, "not", on=ago(1)).add(Measure.PROMISES, 9, "not", on=ago(-9))
    assert value("promises_kept", counted) == 100
    # TODAY is Saturday the 21st: of Wednesday the money may come on Friday, of Thursday on Monday.
    assert judged_until(TODAY) == date(2026, 11, 18)


@pytest.mark.parametrize("days", range(40))
def test_judged_is_the_last_day_whose_money_had_to_be_there(days):
    as_of = date(2026, 12, 10) + timedelta(days=days)  # over Christmas and New Year
    last = judged_until(as_of)
    assert kept_by(last) < as_of <= kept_by(last + timedelta(days=1))


def test_calls_that_reach_the_debtor():
    counted = Counted()
    for outcome, count in (
        (CallOutcome.REACHED_PROMISE, 60),
        (CallOutcome.REACHED_DISPUTE, 20),
        (CallOutcome.REFUSED, 10),
        (CallOutcome.NO_ANSWER, 400),
        (CallOutcome.VOICEMAIL, 100),
        (CallOutcome.WRONG_NUMBER, 10),
    ):
        counted.add(Measure.CALLS, count, outcome, on=ago(20))
    assert value("right_party_contacts", counted) == Decimal("15.00")  # 90 / 600, as in the facts
    assert value("promises_to_pay", counted) == Decimal("66.67")  # 60 / 90, as in the facts


def test_dispute_days_of_those_that_ended():
    counted = Counted().add(Measure.DISPUTE_DAYS, 25, on=ago(9))
    counted.add(Measure.DISPUTES_DECIDED, 1, DisputeState.ACCEPTED, on=ago(9))
    counted.add(Measure.DISPUTES_DECIDED, 2, DisputeState.REJECTED, on=ago(9))
    assert value("dispute_days", counted) == Decimal("8.33")  # 25 / 3


def test_disputed_now():
    counted = Counted().invoice(100, 9, 2)
    assert value("disputed", counted) == 0
    counted.add(Measure.DISPUTED, 40_00, "damaged", currency="EUR")
    assert value("disputed", counted) == 40
    assert value("disputed", counted, 1) is None
    assert value("disputed", Counted()) is None


def test_unapplied_cash_of_what_came_in():
    counted = Counted().invoice(100, 40, 10).paid(150, 5, 10).on_account(50, 4)
    assert value("unapplied_cash", counted) == Decimal("25.00")  # 50 / 200
    assert value("unapplied_cash", Counted().invoice(1, 9, 2)) is None


def test_bank_lines_booked_without_a_person():
    counted = Counted()
    for how, count in (("automatic", 90), ("person", 6), ("waiting", 4), ("set_aside", 50)):
        counted.add(Measure.BANK_LINES, count, LineKind.RECEIPT, how, on=ago(5))
    assert value("auto_match", counted) == Decimal("90.00")  # 90 / 100: set aside is not ours
    assert value("waiting_bank_lines", counted) == Decimal("4.00")


@pytest.mark.parametrize(
    "name",
    ["cei", "collection_rate", "promises_kept", "promised_amount_kept", "right_party_contacts",
     "promises_to_pay", "dispute_days", "unapplied_cash", "auto_match", "waiting_bank_lines"],
)  # fmt: skip
def test_dividing_by_nothing_is_no_figure(name):
    assert value(name, Counted()) is None
