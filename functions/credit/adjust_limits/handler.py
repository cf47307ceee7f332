"""News of a debtor from the bus: the limit that payment behaviour earns is looked at again."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from kasstroom.credit.adjusting import adjust
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom.settle import settle
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.live import ground_of


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(event: dict[str, Any]) -> None:
    news, now = event["detail"], clock_from(ClockSettings.from_env())()
    grounds = partial(ground_of, books())
    adjusted = settle(
        books(), lambda: adjust(books(), news["organisation"], news["debtor"], now, grounds)
    )
    count(f"AutomaticLimit_{adjusted}")


handler = sqs(handle)
