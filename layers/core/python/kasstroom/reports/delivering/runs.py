"""Asking for a report as a file, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command, Work
from kasstroom.ids import new_id
from kasstroom.organisations.model import Language
from kasstroom.ports import Books
from kasstroom.reports.asking import Wish, has_format, question
from kasstroom.reports.delivering.model import TRY_AGAIN, ReportRun
from kasstroom.reports.delivering.ports import ReportQueue
from kasstroom.reports.shape import Format, Sources
from kasstroom.settings import REPORT_DAYS
from kasstroom.time import Day, day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun(Command):
    """A report with what it is asked (`kasstroom.reports.asking.Wish`)."""

    report: str
    format: Format = Format.XLSX
    as_of: Day | None = None
    currency: str = ""
    segment: str = ""
    since: Day | None = None
    language: Language = Language.NL


def request(
    sources: Sources, org: str, new: NewRun, actor: Actor, now: datetime
) -> tuple[Changes, ReportRun]:
    """A run to queue when it is written. Refused as the report itself would be."""
    wish = Wish(new.as_of, new.currency, new.segment, new.since)
    asked = question(sources, org, new.report, wish, day_of(now), actor)
    has_format(asked.report, new.format)
    run = ReportRun(
        org, new_id("rpr", now), new.report, replace(wish, as_of=asked.asked.as_of), new.format,
        new.language, now, actor.name, now + TRY_AGAIN, now + timedelta(days=REPORT_DAYS),
    )  # fmt: skip
    return Changes(create=(run,)), run


def run_of(books: Books, org: str, id: str) -> ReportRun:
    """NotFound when there is none, or its days are over."""
    return books.get(ReportRun, org, id=id)


def queue_forgotten(books: Books, queue: ReportQueue, now: datetime) -> int:
    """Runs whose worker died, or that were written and never queued; returns how many."""
    return sum(1 for _ in _queued(books, queue, now))


def _queued(books: Books, queue: ReportQueue, now: datetime) -> Iterator[str]:
    for due in books.due(Work.REPORT_RUN, now):
        queue.put(due.org, due.id)
        yield due.id
