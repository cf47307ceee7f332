"""On a schedule: reports whose hour has come, and runs that were forgotten, go to their queue."""

from __future__ import annotations

from kasstroom.reports.delivering.runs import queue_forgotten
from kasstroom.reports.delivering.schedules import queue_due
from kasstroom.settings import ReportQueueSettings
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsReportQueue


def handle() -> dict[str, int]:
    queue = SqsReportQueue(ReportQueueSettings.from_env())
    at = now()
    found = {"due": queue_due(books(), queue, at), "again": queue_forgotten(books(), queue, at)}
    count("ReportsQueued", sum(found.values()))
    return found


handler = schedule(handle)
