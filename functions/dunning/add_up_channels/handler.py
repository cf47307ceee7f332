"""On a schedule: messages whose window is over, or that were answered, go into the scores."""

from __future__ import annotations

from functools import cache

from kasstroom.dunning.learning.usecases import add_up
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    added = add_up(books(), clock_from(ClockSettings.from_env())())
    count("ChannelTrialsAdded", added)
    return {"added_up": added}


handler = schedule(handle)
