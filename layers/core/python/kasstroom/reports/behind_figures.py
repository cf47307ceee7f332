"""Which figure of the dashboard a list is behind: their totals are the same."""

from __future__ import annotations

from kasstroom.reports.behind_lists import BUCKET, DECIDED
from kasstroom.reports.dashboard import Dashboard

COUNTED = frozenset({"disputes", "reminders"})
"""Lists whose figure is a number of lines; of the others it is an amount."""


def is_counted(name: str) -> bool:
    return name in COUNTED or name.startswith(DECIDED)


def figure_of(board: Dashboard, name: str) -> int | None:
    """Minor units or a count; None for a list that is behind no single figure."""
    if name.startswith(BUCKET):
        return next((a.minor for a in board.ageing if a.bucket == name.removeprefix(BUCKET)), None)
    if name.startswith(DECIDED):
        return dict(board.decisions).get(name.removeprefix(DECIDED))
    return {
        "open": board.open.now,
        "late": board.late.now,
        "due-soon": board.soon_minor,
        "received": board.received.now,
        "disputes": board.disputes.now,
        "reminders": board.funnel.sent,
        "unmatched": board.unmatched_minor,
        "over-limit": board.risk.above_limit_minor,
        "uncovered": board.risk.uncovered_minor,
    }.get(name)
