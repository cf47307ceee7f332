"""The checked examples of the KPI formulas, digit for digit."""

from __future__ import annotations

from decimal import Decimal

from kasstroom.reports.kpi.collection import effectiveness
from kasstroom.reports.kpi.days import count_back, days_of_sales, weighted_days
from kasstroom.reports.kpi.model import Unit, rounded
from kasstroom.reports.kpi.roi import release
from tests.shared import law

K = Decimal(1000)


def two(value: Decimal | None) -> str:
    """Amounts in euros have two decimals too."""
    return str(rounded(value, Unit.DAYS))


def test_every_example_is_met():
    simple = days_of_sales(250 * K, 300 * K, 92)
    best = days_of_sales(175 * K, 300 * K, 92)
    months = [(120 * K, 31), (100 * K, 30), (80 * K, 31)]
    late = [(10 * K, 5), (20 * K, 30), (5 * K, 60)]
    assert {
        "dso_simple": two(simple),
        "dso_countback": str(count_back(250 * K, months)),
        "bpdso": two(best),
        "add": two(days_of_sales((250 - 175) * K, 300 * K, 92)),
        "cei": two(effectiveness(200 * K, 300 * K, 250 * K, 175 * K)),
        "weighted_dpd": two(weighted_days(late)),
        "cash_release": two(release(Decimal(5), 10_000 * K)),
    } == law()["kpi"]
