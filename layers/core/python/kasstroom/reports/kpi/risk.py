"""What may be lost, what was lost, and how far limits and cover reach."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from kasstroom.credit.decision import Outcome
from kasstroom.reports.contributing.credit import ABOVE_LIMIT, COVERED, UNCOVERED
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.model import share
from kasstroom.reports.measures import Measure

APPROVED = frozenset(outcome.value for outcome in Outcome if outcome.holds)


def bad_debt(figures: Figures) -> Decimal | None:
    """Written off less what came after all, of what was sold."""
    start = figures.year_ago()
    return share(figures.total(Measure.LOST, start), figures.sales(start))


def expected_loss(figures: Figures) -> Decimal | None:
    """None where no account owes anything."""
    found = figures.amounts.now(Measure.EXPECTED_LOSS)
    return sum(found.values(), ZERO) if _owed(figures) else None


def _exposure(figures: Figures, cover: str) -> Decimal:
    return figures.amounts.now(Measure.EXPOSURE).get((cover,), ZERO)


def _owed(figures: Figures) -> Decimal:
    return _exposure(figures, COVERED) + _exposure(figures, UNCOVERED)


def limits_by_source(figures: Figures) -> dict[str, Decimal]:
    """Limits that still count today."""
    found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for (source, until), amount in figures.amounts.now(Measure.LIMIT).items():
        if not until or date.fromisoformat(until) >= figures.today:
            found[source] += amount
    return dict(found)


def limits(figures: Figures) -> Decimal:
    """Of the source that grants most in total: an account with several limits counts once."""
    return max(limits_by_source(figures).values(), default=ZERO)


def limit_utilisation(figures: Figures) -> Decimal | None:
    return share(_owed(figures), limits(figures))


def above_limit(figures: Figures) -> Decimal | None:
    return _exposure(figures, ABOVE_LIMIT) if _owed(figures) else None


def coverage_gap(figures: Figures) -> Decimal | None:
    return _exposure(figures, UNCOVERED) if _owed(figures) else None


def coverage_gap_percent(figures: Figures) -> Decimal | None:
    return share(_exposure(figures, UNCOVERED), _owed(figures))


def approval_rate(figures: Figures) -> Decimal | None:
    found = figures.flow(Measure.DECISIONS, figures.year_ago())
    approved = sum((n for (_, outcome), n in found.items() if outcome in APPROVED), ZERO)
    return share(approved, sum(found.values(), ZERO))
