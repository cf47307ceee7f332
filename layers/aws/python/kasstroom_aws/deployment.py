"""What every function of a deployment stands on: its books and its clock."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from kasstroom.settings import ClockSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def now() -> datetime:
    return clock_from(ClockSettings.from_env())()
