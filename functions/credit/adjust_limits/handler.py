"""News of a debtor from the bus: the limit that payment behaviour earns is looked at again."""

from __future__ import annotations

from functools import partial
from typing import Any

from kasstroom.credit.adjusting import adjust
from kasstroom.settle import settle
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.live import ground_of


def handle(event: dict[str, Any]) -> None:
    news, now = event["detail"], deployment.now()
    grounds = partial(ground_of, books())
    adjusted = settle(
        books(), lambda: adjust(books(), news["organisation"], news["debtor"], now, grounds)
    )
    count(f"AutomaticLimit_{adjusted}")


handler = sqs(handle)
