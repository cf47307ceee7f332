"""The scenes in their order. The schedules run all the while, so the clock keeps them honest."""

from __future__ import annotations

from typing import Any

from infra.local.story import (
    checks,
    credit,
    dunning,
    figures,
    files,
    finance,
    history,
    money,
    payer,
    reminders,
    terms,
)
from infra.local.story.stage import Stage

SUNDAY = (*figures.FIRST_DAY, 12)
MONDAY_NIGHT = (2026, 8, 31, 22)
TUESDAY = (2026, 9, 1, 10)
A_WEEK_LATER = (2026, 9, 8, 10)


def tell(stage: Stage) -> dict[str, Any]:
    """Play everything once and give the figures as measured."""
    stage.at(*SUNDAY)
    files.play(stage)
    terms.play(stage)
    stage.say.scene("Reminders, when people may be reached")
    reminders.nothing_goes_out(stage, "on a Sunday")
    stage.at(*MONDAY_NIGHT)
    reminders.nothing_goes_out(stage, "at night")
    stage.at(*TUESDAY)
    reminders.go_out(stage)
    checks.play(stage)
    shown = credit.play(stage)
    open_before = figures.position(stage).open
    payer.play(stage, payer.links(stage, "sms")[0])
    moved = money.play(stage)
    stage.say.scene("A week later")
    stage.at(*A_WEEK_LATER)
    reminders.go_out(stage)
    told = figures.measure(stage, open_before) | {"credit": shown, "money": moved}
    told |= {"dunning": dunning.play(stage)}
    told |= {"history": history.play(stage)}
    return told | {"finance": finance.play(stage)}


def still_open(stage: Stage) -> str:
    """The payment page of a customer who has not paid yet."""
    return f"{stage.suite.url}{payer.still_to_pay(stage)}"
