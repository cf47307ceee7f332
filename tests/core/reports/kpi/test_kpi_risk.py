"""Losses, limits, cover, policies and reminders, by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kasstroom.credit.decision import Outcome
from kasstroom.dunning.learning.model import Tally
from kasstroom.dunning.learning.uplift import Report, uplift
from kasstroom.reports.kpi import effects
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.policies import policies
from kasstroom.reports.kpi.registry import kpi, table
from kasstroom.reports.measures import Measure
from tests.counted import TODAY, Counted, ago


def value(name: str, counted: Counted, days_ago: int = 0) -> Decimal | None:
    return kpi(name).of(counted.figures(days_ago))


def euros(counted: Counted, measure: Measure, amount: int, *parts: object, **on: object) -> Counted:
    return counted.add(measure, amount * 100, *parts, currency="EUR", **on)


def test_bad_debt_of_what_was_sold():
    counted = Counted().invoice(1_200_000, 300, 270).lost(5000, 20, 270).lost(-500, 10, 270)
    assert value("bad_debt", counted) == Decimal("0.38")  # 4,500 / 1,200,000: 0.375, half up
    assert value("bad_debt", Counted()) is None


def test_expected_loss_is_what_the_accounts_say_together():
    counted = euros(Counted(), Measure.EXPOSURE, 50_000, "uncovered")
    euros(counted, Measure.EXPECTED_LOSS, 900)  # 3 % x 60 % x 50,000
    assert value("expected_loss", counted) == Decimal("900.00")
    assert value("expected_loss", counted, 1) is None  # known as it stands now
    covered = euros(Counted(), Measure.EXPOSURE, 10, "covered")
    assert value("expected_loss", covered) == 0
    assert value("expected_loss", Counted()) is None


def test_limits_that_are_over_do_not_count():
    counted = euros(Counted(), Measure.EXPOSURE, 300, "uncovered")
    euros(counted, Measure.EXPOSURE, 100, "covered")
    euros(counted, Measure.EXPOSURE, 50, "above_limit")
    euros(counted, Measure.LIMIT, 700, "own", "").add(
        Measure.LIMIT, 100_00, "own", TODAY, currency="EUR"
    )
    euros(counted, Measure.LIMIT, 9999, "own", ago(1))
    euros(counted, Measure.LIMIT, 500, "insured", "")
    assert value("limit_utilisation", counted) == Decimal("50.00")  # 400 / (700 + 100)
    assert value("above_limit", counted) == 50
    assert value("coverage_gap", counted) == 300
    assert value("coverage_gap_percent", counted) == 75  # 300 / 400


@pytest.mark.parametrize(
    "name", ["limit_utilisation", "above_limit", "coverage_gap", "coverage_gap_percent"]
)
def test_no_accounts_no_figure(name):
    assert value(name, Counted()) is None


def decided(counted: Counted, policy: str, outcome: Outcome, count: int, each: int) -> None:
    counted.add(Measure.DECISIONS, count, policy, outcome, on=ago(50))
    euros(counted, Measure.ASKED, count * each, policy, outcome, on=ago(50))
    granted = count * each if outcome.holds else 0
    euros(counted, Measure.GRANTED, granted, policy, outcome, on=ago(50))


def test_each_version_of_a_policy_has_its_approvals_and_losses():
    counted = Counted().invoice(1, 60, 30)
    decided(counted, "default.1", Outcome.APPROVED, 6, 100)
    decided(counted, "default.1", Outcome.APPROVED_PARTIAL, 1, 200)
    decided(counted, "default.1", Outcome.DECLINED, 2, 100)
    decided(counted, "default.1", Outcome.REFER, 1, 100)
    decided(counted, "default.2", Outcome.DECLINED, 1, 100)
    counted.lost(20, 5, 30, "default.1").lost(7, 5, 30)
    unknown, one, two = policies(counted.figures())
    assert (one.policy, one.decisions, one.approved, one.referred, one.declined) == (
        "default.1", 10, 7, 1, 2,
    )  # fmt: skip
    assert (one.approval_percent, one.asked, one.granted) == (70, 1100, 800)
    assert (one.lost, one.loss_percent) == (20, Decimal("2.50"))  # 20 / 800
    assert (two.approval_percent, two.loss_percent) == (0, None)  # nothing granted
    assert (unknown.policy, unknown.approval_percent, unknown.lost) == ("", None, 7)
    assert value("approval_rate", counted) == Decimal("63.64")  # 7 / 11
    assert value("approval_rate", Counted()) is None


def test_reminders_by_step_and_channel():
    counted = Counted()
    for template, channel, result, count, days in (
        ("reminder", "email", "paid", 30, 20),
        ("reminder", "email", "not", 70, 15),
        ("reminder", "letter", "paid", 1, 100),
        ("notice", "email", "not", 2, 300),
        ("notice", "email", "paid", 50, 14),  # may still be paid: not judged
        ("notice", "email", "paid", 50, 366),  # too long ago
    ):
        counted.add(Measure.REMINDED, count, template, channel, result, on=ago(days))
    figures = counted.figures()
    rows = [
        (r.template, r.channel, r.sent, r.paid, r.percent) for r in effects.reminder_effect(figures)
    ]
    assert rows == [
        ("notice", "email", 2, 0, 0),
        ("reminder", "email", 100, 30, 30),
        ("reminder", "letter", 1, 1, 100),
    ]
    by_step = [(r.template, r.sent, r.paid) for r in effects.reminder_effect_by_step(figures)]
    assert by_step == [("notice", 2, 0), ("reminder", 101, 31)]
    by_channel = [(r.channel, r.sent) for r in effects.reminder_effect_by_channel(figures)]
    assert by_channel == [("email", 102), ("letter", 1)]
    assert kpi("reminders_paid").of(figures) == Decimal("30.10")  # 31 / 103
    assert kpi("reminders_paid").of(Counted().figures()) is None


def sides(debtors: int) -> Figures:
    """400 of 1000 against 300 of 1000 messages."""
    ours, theirs = (Tally(debtors, 1000, paid, 2000, 900, 800) for paid in (400, 300))
    return Figures({}, TODAY, TODAY, uplift=uplift(Report("1", ours, theirs)))


def test_the_learner_says_itself_what_it_brings():
    (row,) = table("reminder_holdout").of(sides(500))
    assert (row.learned_percent, row.holdout_percent, row.uplift_points) == (40, 30, 10)
    assert row.low_points < 10 < row.high_points
    assert kpi("reminder_uplift").of(sides(500)) == 10


def test_of_too_few_debtors_nothing_is_said():
    (row,) = table("reminder_holdout").of(sides(50))
    assert row.code == "too_few"
    assert kpi("reminder_uplift").of(sides(50)) is None
    assert table("reminder_holdout").of(Counted().figures()) == ()
    assert kpi("reminder_uplift").of(Counted().figures()) is None
