"""Strategies or segments changed: the cases of those it touches are worked out anew."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.dunning.fitting import work
from kasstroom.settings import ClockSettings, FitQueueSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.queues import SqsFitQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(message: dict[str, Any]) -> None:
    queue = SqsFitQueue(FitQueueSettings.from_env())
    now = clock_from(ClockSettings.from_env())()
    count("CasesFitted", work(books(), queue, message, now))


handler = sqs(handle)
