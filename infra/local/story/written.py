"""A day on which the planner goes round, and what went out because of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from infra.local.story import reminders
from infra.local.story.households import EVERYBODY
from infra.local.story.stage import Stage
from kasstroom.messages.model import Message, MessageState

BY = {"email": "e-mail", "sms": "SMS", "whatsapp": "WhatsApp", "letter": "letter", "phone": "phone"}


def written(stage: Stage, moment: tuple[int, ...], title: str) -> list[Message]:
    """Turn the clock, let the planner go round, and tell what went to the households."""
    known = ids(stage)
    stage.at(*moment)
    return sent_since(stage, title, known)


def sent_since(stage: Stage, title: str, known: set[str]) -> list[Message]:
    """The planner goes round by its schedule too, so that whoever asks says what was `known`."""
    reminders.run(stage)
    stage.messages()  # A mail carries no clock of ours: the phone dates it when it looks.
    fresh = [message for message in of_all(stage) if message.id not in known]
    stuck = [m for m in fresh if m.state in (MessageState.CLAIMED, MessageState.FAILED)]
    stage.expect(not stuck, f"Messages did not go out: {stuck}.")
    count = Counter(f"{m.template.replace('_', ' ')} by {BY[m.channel]}" for m in fresh)
    told = ", ".join(f"{what} to {number}" for what, number in count.items()) or "nothing goes out"
    stage.say.done(f"{title}: {told}")
    return fresh


def ids(stage: Stage) -> set[str]:
    return {message.id for message in of_all(stage)}


def of_all(stage: Stage) -> list[Message]:
    return [message for one in EVERYBODY for message in stage.written_to(one["number"])]


def message_to(
    stage: Stage, number: str, found: Callable[[Message], bool] = lambda message: True
) -> Message:
    """The last message to a household that is so; the story stops without one."""
    mine = [message for message in stage.written_to(number) if found(message)]
    stage.expect(bool(mine), f"Customer {number} was not written to.")
    return mine[-1]
