"""What collecting costs.

The assumptions are in euros; in another currency there is no figure, unless it has a rate. Messages
and calls are counted over all currencies, so of one among several there is no figure either.
"""

from __future__ import annotations

from decimal import Decimal

from kasstroom.debtors.model import Channel
from kasstroom.messages.model import WENT_OUT
from kasstroom.money import EUR
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import YEAR_DAYS, Figures
from kasstroom.reports.kpi.model import share
from kasstroom.reports.measures import Measure

CENTS = Decimal(100)
MONTHS = Decimal(12)


def per_euro(figures: Figures) -> Decimal | None:
    """How much of the figures' currency one euro is; None when that is not known, or when these are
    the figures of one currency among several."""
    if not figures.amounts.is_whole:
        return None
    if figures.currency == EUR:
        return Decimal(1)
    rates = {rate.currency: rate.eur for rate in figures.assumptions.rates}
    worth = rates.get(figures.currency)
    return 1 / worth if worth else None


def year_of(figures: Figures) -> int:
    """Days of the last year that the books cover."""
    if not figures.first:
        return 0
    return min(YEAR_DAYS, (figures.as_of - figures.first).days + 1)


def messages_cost(figures: Figures) -> Decimal:
    """Euros, for the messages of the last year that went out; a phone call is priced by itself."""
    price = {str(cost.channel): cost.minor for cost in figures.assumptions.message_costs}
    dearest = max(price.values(), default=ZERO)
    total = ZERO
    for (_, channel, state), count in figures.flow(Measure.MESSAGES, figures.year_ago()).items():
        if state in WENT_OUT and channel != Channel.PHONE:
            total += count * price.get(channel, dearest)
    return total / CENTS


def calls_cost(figures: Figures) -> Decimal:
    """Euros, for every call of the last year, reached or not."""
    stated = figures.assumptions
    calls = figures.total(Measure.CALLS, figures.year_ago())
    return calls * stated.call_minutes * stated.call_minute_minor / CENTS


def suite_cost(figures: Figures) -> Decimal:
    """Euros in the days of the last year that the books cover: subscription, messages, calls."""
    return (
        _of_year(figures, figures.assumptions.monthly_subscription_minor)
        + messages_cost(figures)
        + calls_cost(figures)
    )


def collecting_cost(figures: Figures) -> Decimal:
    """Euros: what the suite costs, and the people."""
    people = _of_year(figures, figures.assumptions.monthly_people_minor)
    return suite_cost(figures) + people


def cost_to_collect(figures: Figures) -> Decimal | None:
    rate = per_euro(figures)
    cash = figures.cash(figures.year_ago())
    return None if rate is None else share(collecting_cost(figures) * rate, cash)


def _of_year(figures: Figures, monthly_minor: int) -> Decimal:
    return monthly_minor * MONTHS * year_of(figures) / YEAR_DAYS / CENTS
