"""On a schedule: planned reviews are opened, and limits end that lapsed or had their last day."""

from __future__ import annotations

from functools import partial

from kasstroom.credit.periodic import open_due
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.live import ground_of


def handle() -> dict[str, int]:
    now = deployment.now()
    done = open_due(books(), now, partial(ground_of, books()))
    count("ReviewOpened", done.opened)
    count("LimitLapsed", done.lapsed)
    count("LimitEnded", done.ended)
    return {"opened": done.opened, "lapsed": done.lapsed, "ended": done.ended}


handler = schedule(handle)
