"""On a schedule: applications that nobody sent in time expire, and what was typed is erased."""

from __future__ import annotations

from functools import cache

from kasstroom.applications.usecases import expire_due
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    expired = expire_due(books(), clock_from(ClockSettings.from_env())())
    count("ApplicationExpired", expired)
    return {"expired": expired}


handler = schedule(handle)
