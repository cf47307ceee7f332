"""On a schedule: planned reviews are opened, and limits end that lapsed or had their last day."""

from __future__ import annotations

from functools import cache, partial

from kasstroom.credit.periodic import open_due
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.live import ground_of


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    now = clock_from(ClockSettings.from_env())()
    done = open_due(books(), now, partial(ground_of, books()))
    count("ReviewOpened", done.opened)
    count("LimitLapsed", done.lapsed)
    count("LimitEnded", done.ended)
    return {"opened": done.opened, "lapsed": done.lapsed, "ended": done.ended}


handler = schedule(handle)
