"""Each night: are the statutory rates of today in the table, and did somebody check them?"""

from __future__ import annotations

from functools import cache

from kasstroom.compliance.rates_state import RatesState, watched
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, logger, schedule


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, str]:
    answer, changes = watched(clock_from(ClockSettings.from_env())())
    logger.info(answer.sentence, extra={"state": answer.state})
    count("RatesStale", answer.state is RatesState.STALE)
    if changes:
        books().commit(changes)
    return {"state": answer.state, "detail": answer.sentence}


handler = schedule(handle)
