"""A run, worked off: the file made and laid down, then sent to each recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from tempfile import TemporaryFile

from kasstroom.changes import Changes
from kasstroom.errors import KasstroomError, NotFound, Refused
from kasstroom.messages.sending import MessageChannel
from kasstroom.organisations.model import Organisation
from kasstroom.reports.asking import question
from kasstroom.reports.delivering.mailing import mail
from kasstroom.reports.delivering.model import MEDIA_TYPES, Made, ReportRun, RunState
from kasstroom.reports.delivering.ports import ReportFiles, Writer
from kasstroom.reports.reading import read
from kasstroom.reports.shape import Format, Paper, Sources
from kasstroom.time import Clock, day_of


@dataclass(frozen=True, slots=True)
class Press:
    """What makes and sends: `writers` by format, and the way mails go."""

    sources: Sources
    writers: Mapping[Format, Writer]
    files: ReportFiles
    email: MessageChannel
    clock: Clock


def work_off(press: Press, org: str, id: str) -> RunState:
    """Where the run is afterwards. Twice, or by two at once, makes one file and sends each mail
    once. Unavailable and Conflict: try again."""
    books = press.sources.books
    run = books.find(ReportRun, org, id=id)
    if run is None:
        return RunState.DONE
    if run.state is RunState.QUEUED:
        run = _file(press, run)
    if run.state is RunState.MADE:
        run = mail(press.sources.books, press.files, press.email, run, press.clock)
    return run.state


def _file(press: Press, run: ReportRun) -> ReportRun:
    """What was refused stays refused: the run says why, and nobody tries it again."""
    try:
        after = replace(run, state=RunState.MADE, made=_made(press, run))
    except (Refused, NotFound) as error:
        after = replace(run, state=RunState.FAILED, problem=_told(error))
    press.sources.books.commit(Changes(update=(after,)))
    return replace(after, version=after.version + 1)


def _made(press: Press, run: ReportRun) -> Made:
    now = press.clock()
    creditor = press.sources.books.get(Organisation, run.org)
    asked = question(press.sources, run.org, run.report, run.wish, day_of(now))
    reading = read(press.sources, asked)
    with TemporaryFile() as content:
        press.writers[run.format](content, reading, Paper(creditor.name, run.language, now))
        size = content.seek(0, 2)
        content.seek(0)
        press.files.put(run.key, content, MEDIA_TYPES[run.format])
    return Made(run.key, size, reading.totals.rows, now)


def _told(error: KasstroomError) -> str:
    return f"{error.code}: {error.detail}"
