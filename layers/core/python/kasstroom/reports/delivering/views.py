"""How the API shows runs and schedules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.organisations.model import Language
from kasstroom.reports.asking import Wish
from kasstroom.reports.delivering.model import ReportRun, ReportSchedule, RunState, ScheduleTerms
from kasstroom.reports.delivering.ports import ReportFiles
from kasstroom.reports.shape import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """`url` fetches the file for a quarter of an hour; null until it is made. `bytes` and `rows`
    are the file's. `unsure` are addresses of which nobody knows whether their mail went."""

    id: str
    report: str
    parameters: Wish
    format: Format
    language: Language
    state: RunState
    problem: str
    created_at: datetime
    created_by: str
    schedule: str
    period: str
    made_at: datetime | None
    rows: int | None
    bytes: int | None
    file: str
    url: str | None
    sent_to: tuple[str, ...]
    refused: tuple[str, ...]
    unsure: tuple[str, ...]
    gone_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleView:
    id: str
    terms: ScheduleTerms
    next_at: datetime
    last_run: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ScheduleList:
    items: tuple[ScheduleView, ...]


def run_view(run: ReportRun, files: ReportFiles) -> RunView:
    made = run.made
    return RunView(
        id=run.id,
        report=run.report,
        parameters=run.wish,
        format=run.format,
        language=run.language,
        state=run.state,
        problem=run.problem,
        created_at=run.created_at,
        created_by=run.created_by,
        schedule=run.schedule,
        period=run.period,
        made_at=made.at if made else None,
        rows=made.rows if made else None,
        bytes=made.size if made else None,
        file=run.file,
        url=files.download_url(made.key) if made else None,
        sent_to=run.mailing.done,
        refused=run.mailing.refused,
        unsure=run.mailing.unsure,
        gone_at=run.gone_at,
    )


def schedule_view(schedule: ReportSchedule) -> ScheduleView:
    return ScheduleView(
        id=schedule.id,
        terms=schedule.terms,
        next_at=schedule.next_at,
        last_run=schedule.last_run,
        changed_by=schedule.changed_by,
        changed_at=schedule.changed_at,
    )
