"""HTTP under /v1/report-runs and /v1/report-schedules: reports as files, now or every so often."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.reports.delivering import runs, schedules
from kasstroom.reports.delivering.model import ScheduleTerms
from kasstroom.reports.delivering.runs import NewRun
from kasstroom.reports.delivering.views import (
    RunView,
    ScheduleList,
    ScheduleView,
    run_view,
    schedule_view,
)
from kasstroom.reports.shape import Sources
from kasstroom.settings import FigureSettings, ReportFileSettings, ReportQueueSettings
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import actor_of, answer_once, organisation_of, reply
from kasstroom_aws.queues import SqsReportQueue
from kasstroom_aws.report_answers import sources_on
from kasstroom_aws.report_files import ReportBucket
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(description="The schedule's id, which you choose", max_length=40)]
RunId = Annotated[str, Path(max_length=64)]


@cache
def sources() -> Sources:
    return sources_on(books(), FigureSettings.from_env())


@cache
def files() -> ReportBucket:
    return ReportBucket(ReportFileSettings.from_env())


def shown_run(run: Any) -> Any:
    return to_plain(run_view(run, files()))


def shown(schedule: Any) -> Any:
    return to_plain(schedule_view(schedule))


@app.post("/v1/report-runs", summary="Have a report made as a file, of any size", status_code=202)
def start(body: Annotated[NewRun, Body()]) -> RunView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    plan = lambda: runs.request(sources(), org, body, actor, at)  # noqa: E731
    answer = answer_once(app, books(), at, plan, status=202, show=shown_run)
    # Queued when it is written. Should this fail, the next round finds it.
    SqsReportQueue(ReportQueueSettings.from_env()).put(org, answer.body["id"])
    return answer


@app.get("/v1/report-runs/<id>", summary="How far it is, and where the file is for minutes")
def run(id: RunId) -> RunView:
    return reply(shown_run(runs.run_of(books(), organisation_of(app), id)))


@app.get("/v1/report-schedules", summary="Every schedule")
def every() -> ScheduleList:
    found = schedules.all_live(books(), organisation_of(app))
    return reply(to_plain(ScheduleList(tuple(schedule_view(one) for one in found))))


@app.get("/v1/report-schedules/<id>", summary="One schedule")
def schedule(id: Id) -> ScheduleView:
    return reply(shown(schedules.live(books(), organisation_of(app), id)))


@app.put("/v1/report-schedules/<id>", summary="Have a report made every day, week or month")
def put(id: Id, body: Annotated[ScheduleTerms, Body()]) -> ScheduleView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    plan = lambda: schedules.put(sources(), org, id, body, actor, at)  # noqa: E731
    return answer_once(app, books(), at, plan, show=shown)


@app.delete("/v1/report-schedules/<id>", summary="Make no more of it; what was made stays")
def delete(id: Id) -> ScheduleView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    plan = lambda: schedules.delete(books(), org, id, actor, at)  # noqa: E731
    return answer_once(app, books(), at, plan, show=shown)
