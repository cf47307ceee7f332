"""When nothing is left to remind a debtor of. Pure."""

from __future__ import annotations

from datetime import datetime

from kasstroom.dunning.model import DunningCase
from kasstroom.events import Event
from kasstroom.events.dunning import DunningStopped


def stopped(
    before: DunningCase, after: DunningCase, reason: str, now: datetime
) -> tuple[Event, ...]:
    """The news that a step was planned and none is any more; both cases are rescheduled."""
    if before.next_action_at is None or after.next_action_at is not None:
        return ()
    who = {"org": before.org, "debtor": before.debtor, "subject": before.debtor, "at": now}
    return (DunningStopped(**who, reason=reason),)
