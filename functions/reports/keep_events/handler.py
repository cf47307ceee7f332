"""Events from the bus into the lake, within minutes, without what tells who somebody is."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.reports.lake.names import Names
from kasstroom.settings import LakeSettings, TableSettings
from kasstroom_analytics.events import EventLake
from kasstroom_analytics.lake import S3Lake
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clients import client
from kasstroom_aws.entrypoints import count, logger, sqs_together


@cache
def lake() -> EventLake:
    told = LakeSettings.from_env()
    s3 = client("s3")
    sink = S3Lake(told.lake_bucket, told.glue_database, s3, client("glue"))
    names = Names(BooksTable(TableSettings.from_env()))
    return EventLake(sink, told.lake_bucket, names, s3)


def _keep(messages: dict[str, dict[str, Any]]) -> list[str]:
    unreadable = lake().keep({id: message["detail"] for id, message in messages.items()})
    count("EventsKept", len(messages) - len(unreadable))
    if unreadable:
        logger.error("events that cannot be read", extra={"messages": unreadable})
    return unreadable


handler = sqs_together(_keep)
