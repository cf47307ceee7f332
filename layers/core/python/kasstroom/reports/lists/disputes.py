"""What debtors did not agree with, and for how long."""

from __future__ import annotations

from collections.abc import Iterator

from kasstroom.reports.lists.columns import DEBTOR, amount, column
from kasstroom.reports.position import state_on
from kasstroom.reports.shape import Asked, Row, Unit
from kasstroom.reports.walking import OfDebtor, by_debtor
from kasstroom.resolution.model import Dispute, DisputeState
from kasstroom.time import day_of

DISPUTES = (
    *DEBTOR, column("dispute"), column("invoice"), column("reason"), column("state"),
    column("opened_on", Unit.DAY), column("decided_on", Unit.DAY), column("decided_by"),
    column("days", Unit.DAYS), column("currency"), amount("amount"),
)  # fmt: skip


def _disputes(debtor: OfDebtor, asked: Asked) -> Iterator[Row]:
    """As each stood on the day: one that was decided later is open. `days` runs until it ended."""
    for dispute in debtor.all(Dispute):
        opened_on = day_of(dispute.opened_at)
        if not (asked.has(opened_on) and asked.wants(dispute.amount.currency)):
            continue
        state = state_on(dispute, asked.as_of)
        is_open = state is DisputeState.OPEN
        decided_on = None if is_open else day_of(dispute.decided_at)
        yield {
            **debtor.heading,
            "dispute": dispute.id,
            "invoice": dispute.invoice,
            "reason": str(dispute.reason),
            "state": str(state),
            "opened_on": opened_on,
            "decided_on": decided_on,
            "decided_by": "" if is_open else dispute.decided_by,
            "days": ((decided_on or asked.as_of) - opened_on).days,
            "currency": dispute.amount.currency,
            "amount": dispute.amount,
        }


disputes = by_debtor(_disputes, Dispute)
