"""The comparison with before, line by line, and what it takes for granted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

from kasstroom.dunning.learning.policy import ChannelCost
from kasstroom.reports.assumptions import Assumptions, Baseline, Benchmark, Rate
from kasstroom.reports.kpi.costs import CENTS, MONTHS, per_euro
from kasstroom.reports.kpi.days import dso
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.model import Unit, rounded
from kasstroom.reports.kpi.risk import bad_debt
from kasstroom.reports.kpi.roi import cash_release, gains_of, roi


@dataclass(frozen=True, slots=True)
class RoiRow:
    """`before` and `now` are in `unit`; `a_year` is the gain in the figures' currency (a cost is
    negative). None: not known, and not in the sum."""

    item: str
    unit: Unit
    before: Decimal | None
    now: Decimal | None
    a_year: Decimal | None


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """What the comparison takes for granted; `is_stated`: the organisation's own, not our guess."""

    name: str
    value: str
    is_stated: bool


def roi_rows(figures: Figures) -> tuple[RoiRow, ...]:
    """No rows as long as nothing is known of before."""
    gains, before = gains_of(figures), figures.assumptions.before
    if gains is None or gains.total is None:
        return ()
    cost_before = _a_month(figures, before.monthly_cost_minor)
    cost_now = _a_month(figures, figures.assumptions.monthly_people_minor)
    found = (
        ("dso", Unit.DAYS, before.dso_days, dso(figures), gains.interest),
        ("cash_release", Unit.AMOUNT, None, cash_release(figures), None),
        ("bad_debt", Unit.PERCENT, before.bad_debt_percent, bad_debt(figures), gains.bad_debt),
        ("monthly_cost", Unit.AMOUNT, cost_before, cost_now, gains.people),
        ("suite_cost", Unit.AMOUNT, None, gains.suite / MONTHS, -gains.suite),
        ("roi", Unit.PERCENT, None, roi(figures), gains.total - gains.suite),
    )
    return tuple(_row(figures.currency, *one) for one in found)


def _row(
    currency: str,
    item: str,
    unit: Unit,
    before: Decimal | None,
    now: Decimal | None,
    gain: Decimal | None,
) -> RoiRow:
    a_year = rounded(gain, Unit.AMOUNT, currency)
    return RoiRow(item, unit, rounded(before, unit, currency), rounded(now, unit, currency), a_year)


def _a_month(figures: Figures, minor: int | None) -> Decimal | None:
    rate = per_euro(figures)
    return None if minor is None or rate is None else minor * rate / CENTS


def assumption_rows(figures: Figures) -> tuple[AssumptionRow, ...]:
    """Each with its value as text; amounts in euro cents."""
    ours = _said(Assumptions())
    return tuple(
        AssumptionRow(name, value, value != ours.get(name))
        for name, value in _said(figures.assumptions).items()
    )


def _said(stated: Assumptions) -> dict[str, str]:
    said: dict[str, object] = {}
    for one in fields(stated):
        value = getattr(stated, one.name)
        match value:
            case Baseline() | Benchmark():
                parts = ((part.name, getattr(value, part.name)) for part in fields(value))
            case tuple():
                parts = (_pair(part) for part in value)
            case _:
                said[one.name] = value
                continue
        said |= {f"{one.name}_{name}": part for name, part in parts}
    return {name: "" if value is None else str(value) for name, value in said.items()}


def _pair(priced: ChannelCost | Rate) -> tuple[str, Decimal]:
    if isinstance(priced, Rate):
        return priced.currency, priced.eur
    return priced.channel, priced.minor
