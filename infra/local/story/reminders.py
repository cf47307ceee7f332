"""Scene: what is overdue is chased, each customer by their own channel, within contact hours."""

from __future__ import annotations

from collections import Counter
from typing import Any

from infra.local.story.stage import Stage


def nothing_goes_out(stage: Stage, when: str) -> None:
    """A run outside contact hours plans, and sends nothing."""
    before = len(stage.messages())
    run(stage)
    sent = len(stage.messages()) - before
    stage.expect(sent == 0, f"{sent} messages went out {when}.")
    stage.say.done(f"The reminder run ran and nothing went out: not {when}")


def go_out(stage: Stage) -> None:
    known = {message["id"] for message in stage.messages()}
    run(stage)
    fresh = [message for message in stage.messages() if message["id"] not in known]
    stage.expect(bool(fresh), "The reminder run sent nothing although invoices are overdue.")
    count = Counter(message["channel"] for message in fresh)
    told = ", ".join(f"{number} by {channel}" for channel, number in sorted(count.items()))
    stage.say.done(f"{len(fresh)} reminders went out: {told}")
    for channel in sorted(count):
        _quote(stage, next(m for m in fresh if m["channel"] == channel))


def run(stage: Stage) -> None:
    """Exactly what the scheduler does, then wait until every reminder was worked on."""
    stage.environment.invoke("dunning/plan_reminders")
    stage.until("the reminders", lambda: stage.environment.idle("dunning/send_reminder"))


def _quote(stage: Stage, message: dict[str, Any]) -> None:
    said = " ".join(str(message.get("text") or "").split())
    stage.say.note(f"    {message['channel']} to {message['to']}: {said[:150]}")
