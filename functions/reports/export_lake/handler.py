"""Every night: open items, ageing and payments of each organisation into the lake."""

from typing import Any

from kasstroom.reports.usecases import export_lake
from kasstroom.settings import ClockSettings, LakeSettings, TableSettings
from kasstroom_analytics.lake import S3Lake
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clients import client
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, logger, schedule


def _export() -> dict[str, Any]:
    books = BooksTable(TableSettings.from_env())
    lake = LakeSettings.from_env()
    sink = S3Lake(lake.lake_bucket, lake.glue_database, client("s3"), client("glue"))
    clock = clock_from(ClockSettings.from_env())
    result = export_lake(books, sink, clock())
    logger.info("lake written", extra={"keys": result.keys, "as_of": result.as_of.isoformat()})
    count("OrganisationsExported", result.organisations)
    return {"keys": list(result.keys), "organisations": result.organisations}


handler = schedule(_export)
