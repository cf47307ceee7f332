"""How well what is owed comes in: effectiveness, promises, calls, disputes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from kasstroom.invoices.model import DocumentKind
from kasstroom.messages.calls import SPOKEN, CallOutcome
from kasstroom.reports.contributing.messages import KEPT, kept_by
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import YEAR_DAYS, Figures
from kasstroom.reports.kpi.model import share
from kasstroom.reports.measures import Measure

MONTH_DAYS = 30


def effectiveness(
    opening: Decimal, sales: Decimal, ending: Decimal, ending_current: Decimal
) -> Decimal | None:
    """Collection effectiveness index: what was collected of what could be, in percent."""
    return share(opening + sales - ending, opening + sales - ending_current)


def cei(figures: Figures) -> Decimal | None:
    start = figures.ago(MONTH_DAYS)
    return effectiveness(
        figures.outstanding(start), figures.sales(start), figures.outstanding(), figures.current()
    )


def collection_rate(figures: Figures) -> Decimal | None:
    """What was paid late of all that was or became late."""
    start = figures.ago(MONTH_DAYS)
    late = sum(
        (
            amount
            for (days_late,), amount in figures.flow(Measure.SETTLED, start).items()
            if int(days_late) > 0
        ),
        ZERO,
    )
    return share(late, figures.overdue(start) + newly_overdue(figures, start))


def newly_overdue(figures: Figures, start: date) -> Decimal:
    """What was still open at the end of its due date, for each day up to yesterday."""
    total, due_on = ZERO, start
    while due_on < figures.as_of:
        found = figures.amounts.on(Measure.OPEN, due_on)
        total += found.get((DocumentKind.INVOICE, due_on.isoformat()), ZERO)
        due_on += timedelta(days=1)
    return total


def promises_kept(figures: Figures) -> Decimal | None:
    return _kept(figures, Measure.PROMISES)


def promised_amount_kept(figures: Figures) -> Decimal | None:
    return _kept(figures, Measure.PROMISED)


def _kept(figures: Figures, measure: Measure) -> Decimal | None:
    until = judged_until(figures.as_of)
    found = figures.flow(measure, until - timedelta(days=YEAR_DAYS), until)
    return share(found.get((KEPT,), ZERO), sum(found.values(), ZERO))


def judged_until(as_of: date) -> date:
    """The last day whose promises had all the days they get: `kept_by` lies before `as_of`."""
    day = as_of
    while kept_by(day) >= as_of:
        day -= timedelta(days=1)
    return day


def _calls(figures: Figures) -> dict[str, Decimal]:
    found = figures.flow(Measure.CALLS, figures.year_ago())
    return {outcome: count for (outcome,), count in found.items()}


def _spoken(calls: dict[str, Decimal]) -> Decimal:
    return sum((calls.get(outcome, ZERO) for outcome in SPOKEN), ZERO)


def right_party_contacts(figures: Figures) -> Decimal | None:
    """Calls in which the debtor was spoken to, of all calls."""
    calls = _calls(figures)
    return share(_spoken(calls), sum(calls.values(), ZERO))


def promises_to_pay(figures: Figures) -> Decimal | None:
    """Calls that ended with a promise, of those in which the debtor was spoken to."""
    calls = _calls(figures)
    return share(calls.get(CallOutcome.REACHED_PROMISE, ZERO), _spoken(calls))
