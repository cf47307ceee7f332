"""How well the forecast would have known the weeks that are over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.forecast import WEEK_DAYS, Forecaster, bounds, if_any
from kasstroom.reports.kpi.model import as_amount, percent, share

AHEAD = (1, 2, 4)
WEEKS = 12


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """A forecast as it would have been made on `made_on` from what was known then, for the week
    `weeks_ahead`, against the cash that came in. `within`: between low and high; None without."""

    made_on: date
    weeks_ahead: int
    starts_on: date
    ends_on: date
    expected: Decimal
    low: Decimal | None
    high: Decimal | None
    realised: Decimal
    error_percent: Decimal | None
    within: bool | None


def calibration(figures: Figures) -> tuple[CalibrationRow, ...]:
    """The last twelve weeks, as they were foreseen one, two and four weeks ahead; latest first."""
    forecaster = figures.once(Forecaster)
    made = (
        (figures.ago(WEEK_DAYS * (back + ahead)), ahead) for back in range(WEEKS) for ahead in AHEAD
    )
    return tuple(
        _calibrated(figures, forecaster, day, ahead)
        for day, ahead in made
        if figures.first and day >= figures.first and forecaster.is_known(day)
    )


def _calibrated(
    figures: Figures, forecaster: Forecaster, made_on: date, ahead: int
) -> CalibrationRow:
    found, realised = forecaster.foreseen(made_on, ahead), forecaster.realised(made_on, ahead)
    starts_after, until = bounds(made_on, ahead)
    low, high = found.low, found.high
    return CalibrationRow(
        made_on,
        ahead,
        starts_after + timedelta(days=1),
        until,
        as_amount(found.expected, figures.currency),
        if_any(low, figures.currency),
        if_any(high, figures.currency),
        as_amount(realised, figures.currency),
        percent(realised - found.expected, found.expected),
        None if low is None or high is None else low <= realised <= high,
    )


def weeks_within(figures: Figures) -> Decimal | None:
    """Of the weeks that had a range, those whose cash lay in it; four of five is meant."""
    judged = [row.within for row in calibration(figures) if row.within is not None]
    return share(Decimal(sum(judged)), Decimal(len(judged)))


def forecast_error(figures: Figures) -> Decimal | None:
    """Absolute errors of the forecasts one week ahead over the cash that came in."""
    rows = [row for row in calibration(figures) if row.weeks_ahead == AHEAD[0]]
    missed = sum((abs(row.realised - row.expected) for row in rows), ZERO)
    return share(missed, sum((row.realised for row in rows), ZERO))
