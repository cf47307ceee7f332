"""Scene: two months of reminding, played in seconds. A strategy is tried, put in force and followed
until a case is handed over; what stands in the way on the way there is shown."""

from __future__ import annotations

from collections import Counter
from typing import Any

from infra.local.story import answering, collecting, letters, trying
from infra.local.story.households import EVERYBODY
from infra.local.story.stage import Stage
from infra.local.story.written import written

BEFORE_DUE = (2026, 9, 9, 10)
LATE = (2026, 9, 16, 10)
LATER = (2026, 9, 23, 10)
BY_PHONE = (2026, 9, 30, 10)
ON_PAPER = (2026, 10, 7, 10)
TERM_RUNS = (2026, 10, 28, 10)
TERM_OVER = (2026, 10, 29, 10)
LAST_STEP = (2026, 11, 5, 10)


def play(stage: Stage) -> dict[str, Any]:
    """What was shown, for demo.json; every figure is read from the running system."""
    stage.say.scene("Two months of reminding, played in seconds")
    simulated = trying.play(stage)
    written(stage, BEFORE_DUE, "Nobody is late yet: a friendly word before the day")
    shown = answering.play(stage, LATE, LATER)
    calls = collecting.calls(stage, BY_PHONE)
    letter = letters.play(stage, ON_PAPER)
    charged = collecting.charges(stage, TERM_RUNS, TERM_OVER)
    handed_over = collecting.hands_over(stage, LAST_STEP)
    sent = [m for one in EVERYBODY for m in stage.written_to(one["number"]) if m.sent_at]
    dead = stage.environment.dead_letters()
    stage.expect(not dead, f"Some messages could not be worked on: {dead}.")
    return {
        "simulated": simulated,
        "sent_by_channel": dict(Counter(message.channel.value for message in sent)),
        "sent_by_step": dict(Counter(message.template for message in sent)),
        **shown,
        "calls": calls,
        "fourteen_day_letter": letter,
        "costs_charged": charged,
        "handed_over": handed_over,
    }
