"""What each version of a credit policy approved, and what was lost on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from kasstroom.credit.decision import Outcome
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.model import as_amount, percent
from kasstroom.reports.kpi.risk import APPROVED
from kasstroom.reports.measures import Measure


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """From the beginning, because a loss comes long after its decision. `policy` is
    `<name>.<number>`, empty for losses of which no decision is known. Amounts are in the figures'
    currency."""

    policy: str
    decisions: int
    approved: int
    referred: int
    declined: int
    approval_percent: Decimal | None
    asked: Decimal
    granted: Decimal
    lost: Decimal
    loss_percent: Decimal | None


def policies(figures: Figures) -> tuple[PolicyRow, ...]:
    """One per version that decided something or on which something was lost."""
    counts = _by_policy(figures, Measure.DECISIONS)
    asked, granted = _sums(figures, Measure.ASKED), _sums(figures, Measure.GRANTED)
    lost = {policy: amount for (policy,), amount in figures.flow(Measure.LOST, None).items()}
    rows = []
    for policy in sorted({*counts, *lost}):
        made = counts.get(policy, {})
        decisions = sum(made.values(), ZERO)
        approved = sum((made.get(outcome, ZERO) for outcome in APPROVED), ZERO)
        gave, gone = granted.get(policy, ZERO), lost.get(policy, ZERO)
        rows.append(
            PolicyRow(
                policy,
                int(decisions),
                int(approved),
                int(made.get(Outcome.REFER, ZERO)),
                int(made.get(Outcome.DECLINED, ZERO)),
                percent(approved, decisions),
                as_amount(asked.get(policy, ZERO), figures.currency),
                as_amount(gave, figures.currency),
                as_amount(gone, figures.currency),
                percent(gone, gave),
            )  # fmt: skip
        )
    return tuple(rows)


def _by_policy(figures: Figures, measure: Measure) -> dict[str, dict[str, Decimal]]:
    found: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for (policy, outcome), value in figures.flow(measure, None).items():
        found[policy][outcome] = value
    return dict(found)


def _sums(figures: Figures, measure: Measure) -> dict[str, Decimal]:
    return {
        policy: sum(by_outcome.values(), ZERO)
        for policy, by_outcome in _by_policy(figures, measure).items()
    }
