"""On a schedule: holds on a limit whose time is over give the limit back."""

from __future__ import annotations

from functools import cache, partial

from kasstroom.credit.expiry import expire_due
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
    expired = expire_due(books(), now, partial(ground_of, books()))
    count("ReservationExpired", expired)
    return {"expired": expired}


handler = schedule(handle)
