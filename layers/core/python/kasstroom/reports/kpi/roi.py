"""What it brought: before this suite and now, a year.

A comparison in time is no proof: the market, the customers and the season changed as well. What the
learner's reminders bring by themselves is measured against a holdout (`effects`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kasstroom.reports.assumptions import Assumptions
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.costs import CENTS, MONTHS, per_euro, suite_cost, year_of
from kasstroom.reports.kpi.days import dso
from kasstroom.reports.kpi.figures import YEAR_DAYS, Figures
from kasstroom.reports.kpi.model import HUNDRED, share
from kasstroom.reports.kpi.risk import bad_debt


@dataclass(frozen=True, slots=True)
class Gains:
    """A year, not rounded; None where there is nothing to compare."""

    interest: Decimal | None
    bad_debt: Decimal | None
    people: Decimal | None
    suite: Decimal

    @property
    def total(self) -> Decimal | None:
        known = [one for one in (self.interest, self.bad_debt, self.people) if one is not None]
        return sum(known, ZERO) if known else None


def release(days_shorter: Decimal, annual_sales: Decimal) -> Decimal:
    """Cash that comes free when money is out fewer days."""
    return days_shorter * annual_sales / YEAR_DAYS


def annual_sales(figures: Figures) -> Decimal | None:
    """Of the last year; when there are sales of fewer days, as if it went on like that."""
    days = figures.days_sold(YEAR_DAYS)
    return figures.sales(figures.ago(days)) * YEAR_DAYS / days if days else None


def cash_release(figures: Figures) -> Decimal | None:
    """Once, not every year. Below zero: more money is out than before."""
    before, now = figures.assumptions.before.dso_days, dso(figures)
    sales = annual_sales(figures)
    if before is None or now is None or sales is None:
        return None
    return release(before - now, sales)


def roi(figures: Figures) -> Decimal | None:
    """(gains - cost) / cost."""
    gains = gains_of(figures)
    if gains is None or gains.total is None:
        return None
    return share(gains.total - gains.suite, gains.suite)


def gains_of(figures: Figures) -> Gains | None:
    """None without a day of books, or where euros cannot be compared with the figures."""
    rate, days = per_euro(figures), year_of(figures)
    if rate is None or not days:
        return None
    stated = figures.assumptions
    released = cash_release(figures)
    return Gains(
        None if released is None else released * stated.interest_percent / HUNDRED,
        _bad_debt_saved(figures),
        _people_saved(stated, rate),
        suite_cost(figures) * YEAR_DAYS / days * rate,
    )


def _people_saved(stated: Assumptions, rate: Decimal) -> Decimal | None:
    before = stated.before.monthly_cost_minor
    if before is None:
        return None
    return (before - stated.monthly_people_minor) * MONTHS * rate / CENTS


def _bad_debt_saved(figures: Figures) -> Decimal | None:
    before, now = figures.assumptions.before.bad_debt_percent, bad_debt(figures)
    sales = annual_sales(figures)
    if before is None or now is None or sales is None:
        return None
    return (before - now) / HUNDRED * sales
