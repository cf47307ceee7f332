"""Before and after, by hand; and nothing said where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.policy import ChannelCost
from kasstroom.reports.assumptions import Assumptions, Baseline, Rate
from kasstroom.reports.kpi.registry import kpi, table
from kasstroom.reports.kpi.roi import release
from kasstroom.reports.measures import Measure
from tests.counted import Counted, ago

D = Decimal
STATED = Assumptions(
    before=Baseline(dso_days=D(50), bad_debt_percent=D("1.5"), monthly_cost_minor=4000_00),
    message_costs=(ChannelCost(Channel.EMAIL, D("0.5")), ChannelCost(Channel.LETTER, D(150))),
    call_minute_minor=D(60),
    call_minutes=D(5),
    monthly_subscription_minor=500_00,
    monthly_people_minor=3000_00,
    interest_percent=D(6),
)


def a_year() -> Counted:
    """365 days of books: sold 876,000 of which 500 a day in the last 90 days; open 20,000; lost
    8,760; 400 e-mails (one bounced), 20 letters, 100 calls."""
    counted = Counted().invoice(831_000, issued=364, due=334).paid(822_240, 200, 334)
    counted.lost(8760, 100, 334)
    counted.invoice(45_000, issued=40, due=10).paid(25_000, 5, 10, settled=False)
    counted.add(Measure.MESSAGES, 400, "reminder", "email", "delivered", on=ago(30))
    counted.add(Measure.MESSAGES, 1, "reminder", "email", "bounced", on=ago(30))
    counted.add(Measure.MESSAGES, 20, "notice", "letter", "sent", on=ago(30))
    counted.add(Measure.MESSAGES, 100, "notice", "phone", "sent", on=ago(30))
    return counted.add(Measure.CALLS, 100, "no_answer", on=ago(30))


# The suite: 500 x 12 = 6000, e-mail 400 x 0.005 = 2, letters 20 x 1.50 = 30, calls 100 x 5 x 0.60
# = 300.
SUITE = D(6332)


def value(name: str, stated: Assumptions = STATED, counted: Counted | None = None, **at: object):
    return kpi(name).of((counted or a_year()).figures(assumptions=stated, **at))


def test_cost_to_collect_is_all_of_it_over_the_cash():
    # (6332 + 3000 x 12) / (822,240 + 25,000) x 100 = 42,332 / 847,240
    assert value("cost_to_collect") == D("5.00")


def test_cash_comes_free_when_dso_falls():
    # DSO 20,000 / 45,000 x 90 = 40; (50 - 40) x 876,000 / 365
    assert value("dso") == 40
    assert value("cash_release") == D("24000.00")
    assert release(D(5), D(10_000_000)).quantize(D("0.01")) == D("136986.30")


def test_roi_by_hand():
    # Interest 24,000 x 6 % = 1440; bad debt (1.5 - 1.0) % x 876,000 = 4380; people 12,000.
    # (17,820 - 6332) / 6332
    assert value("roi") == D("181.43")


def test_the_lines_show_how_it_came_about():
    rows = {row.item: row for row in table("roi_lines").of(a_year().figures(assumptions=STATED))}
    assert {item: row.a_year for item, row in rows.items()} == {
        "dso": 1440, "cash_release": None, "bad_debt": 4380, "monthly_cost": 12_000,
        "suite_cost": -SUITE, "roi": 17_820 - SUITE,
    }  # fmt: skip
    assert (rows["dso"].before, rows["dso"].now) == (50, 40)
    assert (rows["bad_debt"].before, rows["bad_debt"].now) == (D("1.50"), D("1.00"))
    assert (rows["monthly_cost"].before, rows["monthly_cost"].now) == (4000, 3000)
    assert (rows["suite_cost"].now, rows["roi"].now) == (D("527.67"), D("181.43"))


def test_it_can_be_worse_than_before():
    stated = replace(STATED, before=Baseline(dso_days=D(30)))
    assert value("cash_release", stated) == -24_000
    assert value("roi", stated) == D("-122.74")  # (-1440 - 6332) / 6332


def test_without_a_baseline_nothing_is_compared():
    stated = replace(STATED, before=Baseline())
    assert value("roi", stated) is None and value("cash_release", stated) is None
    assert table("roi_lines").of(a_year().figures(assumptions=stated)) == ()


def test_what_costs_nothing_has_no_return():
    free = replace(STATED, monthly_subscription_minor=0)
    assert value("roi", free, Counted().invoice(100, 20, 5)) is None


def test_half_a_year_is_doubled_for_the_comparison():
    """182 days of books: cost and sales of a year are 365 / 182 of what was counted."""
    counted = Counted().invoice(45_500, issued=181, due=151).paid(45_500, 100, 151)
    stated = replace(STATED, before=Baseline(monthly_cost_minor=4000_00))
    # Subscription 6000 a year whatever the books span: (12,000 - 6000) / 6000
    assert value("roi", stated, counted) == 100
    # 6000 + 36,000 a year, of 182 / 365 of it: 20,942.47 / 45,500
    assert value("cost_to_collect", stated, counted) == D("46.03")


def test_costs_of_all_cannot_be_held_against_one_currency():
    counted = a_year().invoice(100, 20, 5, "USD").paid(100, 2, 5, "USD")
    assert value("cost_to_collect", counted=counted, currency="EUR") is None
    assert value("roi", counted=counted, currency="USD") is None
    both = replace(STATED, rates=(Rate("USD", D("0.5")),))
    assert value("cost_to_collect", both, counted) == D("5.00")  # 42,332 / 847,290


def test_dollars_alone_take_the_rate():
    counted = Counted().invoice(1000, 364, 330, "USD").paid(1000, 100, 330, "USD")
    assert value("cost_to_collect", counted=counted) is None
    stated = Assumptions(monthly_people_minor=10_00, rates=(Rate("USD", D("0.8")),))
    assert value("cost_to_collect", stated, counted) == 15  # 120 euros = 150 dollars, of 1000


def test_every_assumption_is_shown_with_whose_it_is():
    rows = {row.name: row for row in table("assumptions").of(a_year().figures(assumptions=STATED))}
    assert (rows["before_dso_days"].value, rows["before_dso_days"].is_stated) == ("50", True)
    assert (rows["dso_period_days"].value, rows["dso_period_days"].is_stated) == ("90", False)
    assert rows["message_costs_email"].is_stated
    assert rows["benchmark_year"].value == "2018" and not rows["benchmark_year"].is_stated
