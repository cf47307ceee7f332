"""Each morning: covers near their end, past the extension period, or not used."""

from __future__ import annotations

from functools import cache

from kasstroom.insurance.watching import watch_due
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    done = watch_due(books(), clock_from(ClockSettings.from_env())())
    count("CoverAlerts", done["alerts"])
    return done


handler = schedule(handle)
