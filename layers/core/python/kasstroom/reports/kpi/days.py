"""How long money stays out: DSO in its kinds, and how late what is late is.

Each formula stands twice: on plain numbers, where an example can be checked by hand, and on the
figures of an organisation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from kasstroom.invoices.model import DocumentKind
from kasstroom.reports.ageing import days_past_due
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.model import per
from kasstroom.reports.measures import Measure

Month = tuple[int, int]


def days_of_sales(amount: Decimal, sales: Decimal, days: int) -> Decimal | None:
    """How many days of sales an amount is."""
    return per(amount * days, sales)


def count_back(receivables: Decimal, months: Iterable[tuple[Decimal, int]]) -> Decimal | None:
    """`months` are (sales, days), the latest first: whole months of sales are taken off what is
    open, the last of them pro rata. None when more is open than was ever sold."""
    left, days = receivables, ZERO
    for sales, length in months:
        if left <= 0:
            break
        if sales > 0 and left <= sales:
            return days + left * length / sales
        left, days = left - sales, days + length
    return days if left == 0 else None


def weighted_days(items: Iterable[tuple[Decimal, int]]) -> Decimal | None:
    """(amount, days) weighted by amount."""
    counted = list(items)
    total = sum((amount for amount, _ in counted), ZERO)
    return per(sum((amount * days for amount, days in counted), ZERO), total)


def dso(figures: Figures) -> Decimal | None:
    return _of_period(figures, figures.outstanding())


def dso_best_possible(figures: Figures) -> Decimal | None:
    return _of_period(figures, figures.current())


def average_days_delinquent(figures: Figures) -> Decimal | None:
    """DSO less best possible DSO, divided once."""
    return _of_period(figures, figures.outstanding() - figures.current())


def _of_period(figures: Figures, amount: Decimal) -> Decimal | None:
    days = figures.days_sold(figures.assumptions.dso_period_days)
    return days_of_sales(amount, figures.sales(figures.ago(days)), days)


def dso_count_back(figures: Figures) -> Decimal | None:
    months = list(_months_back(figures))
    return count_back(figures.outstanding(), months) if months else None


def _months_back(figures: Figures) -> Iterator[tuple[Decimal, int]]:
    """(sales, days) of the month so far and of each month before it, as far as there are sales."""
    first = figures.amounts.first_day(Measure.SOLD)
    last = figures.as_of
    while first and last >= first:
        before = last.replace(day=1) - timedelta(days=1)
        yield figures.sales(before, last), (last - before).days
        last = before


def dso_true(figures: Figures) -> Decimal | None:
    """Age times open amount of each invoice over the sales of its month, added up (Fractions: one
    rounding, at the end)."""
    weighed = _open_times_age(figures)
    sales = _sales_by_month(figures)
    if not sales or any(sales.get(month, ZERO) <= 0 for month in weighed):
        return None
    found = sum(
        (Fraction(weighed[month]) / Fraction(sales[month]) for month in weighed), Fraction()
    )
    return Decimal(found.numerator) / found.denominator


def _open_times_age(figures: Figures) -> dict[Month, Decimal]:
    weighed: defaultdict[Month, Decimal] = defaultdict(lambda: ZERO)
    for (kind, issued_on), amount in figures.amounts.now(Measure.OPEN_BY_ISSUE).items():
        if kind == DocumentKind.INVOICE and issued_on and amount:
            issued = date.fromisoformat(issued_on)
            age = max(0, (figures.as_of - issued).days)
            weighed[issued.year, issued.month] += amount * age
    return dict(weighed)


def _sales_by_month(figures: Figures) -> dict[Month, Decimal]:
    sales: defaultdict[Month, Decimal] = defaultdict(lambda: ZERO)
    for day in figures.amounts.daily(Measure.SOLD):
        sales[day.on.year, day.on.month] += day.amount
    return dict(sales)


def days_past_due_weighted(figures: Figures) -> Decimal | None:
    """Of invoices that are late; what is not due yet does not make it look better."""
    return weighted_days(
        (amount, days_past_due(due_on, figures.as_of))
        for (kind, due_on), amount in figures.open_by_due().items()
        if kind == DocumentKind.INVOICE and due_on and due_on < figures.as_of
    )


def dso_benchmark(figures: Figures) -> Decimal | None:
    return figures.assumptions.benchmark.dso_days


def dso_against_benchmark(figures: Figures) -> Decimal | None:
    """Above zero: slower than the market."""
    found = dso(figures)
    return None if found is None else found - figures.assumptions.benchmark.dso_days
