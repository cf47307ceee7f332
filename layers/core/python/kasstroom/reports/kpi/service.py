"""How fast and how much by itself: disputes, money without an invoice, the bank."""

from __future__ import annotations

from decimal import Decimal

from kasstroom.reports.contributing.bank import AUTOMATIC, PERSON, WAITS
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.model import per, share
from kasstroom.reports.measures import Measure

QUARTER_DAYS = 90


def dispute_days(figures: Figures) -> Decimal | None:
    """How long a dispute took, of those that ended in the last year."""
    start = figures.year_ago()
    return per(
        figures.total(Measure.DISPUTE_DAYS, start), figures.total(Measure.DISPUTES_DECIDED, start)
    )


def disputed(figures: Figures) -> Decimal | None:
    """None where nothing is open: there is nothing to dispute."""
    if not figures.amounts.now(Measure.OPEN):
        return None
    return sum(figures.amounts.now(Measure.DISPUTED).values(), ZERO)


def unapplied_cash(figures: Figures) -> Decimal | None:
    """Money of debtors that lies without an invoice, of what came in."""
    return share(-figures.unallocated(), figures.cash(figures.ago(QUARTER_DAYS)))


def _bank_lines(figures: Figures, *how: str) -> Decimal:
    found = figures.flow(Measure.BANK_LINES, figures.ago(QUARTER_DAYS))
    return sum((count for (_, done), count in found.items() if done in how), ZERO)


def auto_match(figures: Figures) -> Decimal | None:
    """Bank lines booked without a person, of those that are ours to book."""
    return share(_bank_lines(figures, AUTOMATIC), _bank_lines(figures, AUTOMATIC, PERSON, WAITS))


def waiting_lines(figures: Figures) -> Decimal | None:
    """Bank lines that wait for a person, of those that are ours to book."""
    return share(_bank_lines(figures, WAITS), _bank_lines(figures, AUTOMATIC, PERSON, WAITS))
