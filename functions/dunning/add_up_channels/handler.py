"""On a schedule: messages whose window is over, or that were answered, go into the scores."""

from __future__ import annotations

from kasstroom.dunning.learning.usecases import add_up
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule


def handle() -> dict[str, int]:
    added = add_up(books(), deployment.now())
    count("ChannelTrialsAdded", added)
    return {"added_up": added}


handler = schedule(handle)
