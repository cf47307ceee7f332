"""What will come in, what collecting costs and what it brought."""

from __future__ import annotations

from kasstroom.reports.kpi import calibration, costs, forecast, roi, roi_rows
from kasstroom.reports.kpi.defined.collection import TRADE
from kasstroom.reports.kpi.defined.days import CRF, OWED, SALES
from kasstroom.reports.kpi.model import Better, Kpi, Names, Table, Unit
from kasstroom.reports.measures import Measure

_COMING = (*OWED, Measure.SETTLED, Measure.LOST, Measure.BOOKED)
_COSTS = (Measure.MESSAGES, Measure.CALLS, Measure.BOOKED)
_COMPARED = (*OWED, *SALES, Measure.LOST, *_COSTS)
_CURVE = "Kaplan and Meier (1958), over amounts"

KPIS = (
    Kpi(
        "cost_to_collect", Unit.PERCENT, Better.LOWER, Names("Kosten van innen", "Cost to collect"),
        "messages, calls, subscription and people of the last year by the report assumptions / cash"
        " received in it x 100",
        TRADE, _COSTS, costs.cost_to_collect,
    ),
    Kpi(
        "cash_release", Unit.AMOUNT, Better.HIGHER,
        Names("Vrijgekomen geld", "Cash release"),
        "(DSO before - DSO now) x annual sales / 365; DSO before from the report assumptions", CRF,
        _COMPARED, roi.cash_release,
    ),
    Kpi(
        "roi", Unit.PERCENT, Better.HIGHER, Names("Rendement (ROI)", "Return (ROI)"),
        "(interest saved on the cash release + bad debt saved + people saved - cost of the suite) /"
        " cost of the suite x 100, a year; before and rates from the report assumptions. A"
        " comparison in time: what else changed is in it too",
        TRADE, _COMPARED, roi.roi,
    ),
    Kpi(
        "forecast_error", Unit.PERCENT, Better.LOWER,
        Names("Afwijking prognose", "Forecast error"),
        "absolute differences of the forecasts made one week ahead over 12 weeks / the cash that"
        " came in x 100",
        TRADE, _COMING, calibration.forecast_error,
    ),
    Kpi(
        "forecast_within_range", Unit.PERCENT, Better.HIGHER,
        Names("Prognose binnen marge", "Forecast within range"),
        "weeks whose cash lay between low and high / weeks that had a range x 100; 80 is meant",
        TRADE, _COMING, calibration.weeks_within,
    ),
)  # fmt: skip
TABLES = (
    Table(
        "cash_forecast", Names("Kasprognose", "Cash forecast"),
        "open invoices spread over 13 weeks by how late the customers of the last year paid, given"
        " the age each has; plus the median of what came in above that in up to 26 earlier weeks as"
        " far ahead; range: their 10th and 90th percentile",
        _CURVE, _COMING, forecast.ForecastRow, forecast.cash_forecast,
    ),
    Table(
        "forecast_calibration", Names("Prognose tegenover uitkomst", "Forecast against outcome"),
        "the forecast as it would have been made 1, 2 and 4 weeks before, from what was known then,"
        " against the cash of each of the last 12 weeks",
        _CURVE, _COMING, calibration.CalibrationRow, calibration.calibration,
    ),
    Table(
        "roi_lines", Names("Voor en na", "Before and after"),
        "each part of the return: before (report assumptions), now, and what it saves a year",
        TRADE, _COMPARED, roi_rows.RoiRow, roi_rows.roi_rows,
    ),
    Table(
        "assumptions", Names("Aannames", "Assumptions"),
        "what the organisation stated, and our guess where it stated nothing; euro cents", TRADE,
        (), roi_rows.AssumptionRow, roi_rows.assumption_rows,
    ),
)  # fmt: skip
