"""A run makes one report as one file; a schedule has a run made every day, week or month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kasstroom.changes import Command, Due, Versioned, Work
from kasstroom.organisations.model import Language
from kasstroom.reports.asking import Wish
from kasstroom.reports.shape import Format
from kasstroom.settings import REPORT_PREFIX

TRY_AGAIN = timedelta(minutes=30)
"""After which somebody has to look whether a run was forgotten: longer than a worker lives."""

MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
}


class RunState(StrEnum):
    """`made`: the file is there, and is being sent. `failed`: `problem` says what to change."""

    QUEUED = "queued"
    MADE = "made"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Made:
    """The file; `size` in bytes."""

    key: str
    size: int
    rows: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Mailing:
    """How far the mail is: who has it, whom it is being sent to (claimed until then), and who may
    have it or not, because the sender died and was not asked twice."""

    done: tuple[str, ...] = ()
    claimed: str = ""
    until: datetime | None = None
    unsure: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def settled(self) -> frozenset[str]:
        return frozenset((*self.done, *self.unsure, *self.refused))


@dataclass(frozen=True, slots=True)
class ReportRun(Versioned):
    """`wish` is what was asked, with its day filled in, so that a second try makes the same file.
    `schedule` and `period` name what it was made for; empty when somebody asked."""

    org: str
    id: str
    report: str
    wish: Wish
    format: Format
    language: Language
    created_at: datetime
    created_by: str
    look_at: datetime
    gone_at: datetime
    state: RunState = RunState.QUEUED
    schedule: str = ""
    period: str = ""
    recipients: tuple[str, ...] = ()
    made: Made | None = None
    mailing: Mailing = Mailing()
    problem: str = ""

    @property
    def file(self) -> str:
        """`ageing-2026-08-31.xlsx`."""
        day = f"-{self.wish.as_of.isoformat()}" if self.wish.as_of else ""
        return f"{self.report}{day}.{self.format}"

    @property
    def key(self) -> str:
        """`reports/acme/rpr_.../ageing-2026-08-31.xlsx`: the same for every try."""
        return f"{REPORT_PREFIX}{self.org}/{self.id}/{self.file}"

    @property
    def due(self) -> Due | None:
        waits = self.state in (RunState.QUEUED, RunState.MADE)
        return Due(Work.REPORT_RUN, self.look_at) if waits else None


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleTerms(Command):
    """`hour` is Amsterdam time; `weekday` 1 is Monday, for `every` week; `day` is of the month, for
    `every` month. The report is of the day before it is made. `period_only`: only what counts since
    the last one, of a report that takes `since`. Without `recipients` it is kept and not sent."""

    report: str
    format: Format
    every: Every
    hour: int = 6
    weekday: int = 1
    day: int = 1
    currency: str = ""
    segment: str = ""
    period_only: bool = False
    recipients: tuple[str, ...] = ()
    language: Language = Language.NL


@dataclass(frozen=True, slots=True)
class ReportSchedule(Versioned):
    """`next_at` is when the next one is made; `last_run` names the run before it."""

    org: str
    id: str
    terms: ScheduleTerms
    next_at: datetime
    changed_by: str
    changed_at: datetime
    last_run: str = ""
    deleted_at: datetime | None = None
    gone_at: datetime | None = None

    @property
    def due(self) -> Due | None:
        return None if self.deleted_at else Due(Work.REPORT_SCHEDULE, self.next_at)


@dataclass(frozen=True, slots=True)
class Period:
    """What a delivery is about: the day it is made, the last day in it, and the first."""

    delivered_on: date
    as_of: date
    since: date
