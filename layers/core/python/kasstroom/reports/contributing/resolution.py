"""What a dispute contributes; the amount it holds is counted with its invoice."""

from __future__ import annotations

from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import Known
from kasstroom.reports.tally import Tally
from kasstroom.resolution.model import Dispute
from kasstroom.time import day_of


def of_dispute(dispute: Dispute, known: Known) -> dict[Cell, int]:
    """Days are Amsterdam days:

    DISPUTES_OPENED   one on the day of `opened_at`, by reason
    DISPUTES_DECIDED  with `decided_at`: one on that day, by state
    DISPUTE_DAYS      with `decided_at`: on that day, the days since the day it was opened
    """
    tally, opened_on = Tally(), day_of(dispute.opened_at)
    tally.count(Measure.DISPUTES_OPENED, dispute.reason, on=opened_on)
    if dispute.decided_at:
        decided_on = day_of(dispute.decided_at)
        tally.count(Measure.DISPUTES_DECIDED, dispute.state, on=decided_on)
        days = (decided_on - opened_on).days
        tally.count(Measure.DISPUTE_DAYS, on=decided_on, number=days)
    return tally.cells
