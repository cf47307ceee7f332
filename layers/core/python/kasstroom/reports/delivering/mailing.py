"""The mail with a report: claimed, sent, confirmed, for each recipient apart.

Who reads it gets it once. When a sender died between sending and confirming, nobody knows whether
the mail went: it is not sent again, the run says so, and the file is where it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.errors import Conflict, Refused, Unavailable
from kasstroom.messages.attachments import MOST_BYTES
from kasstroom.messages.model import Attachment, Outgoing
from kasstroom.messages.sending import MessageChannel
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.reports.asking import report_named
from kasstroom.reports.delivering.model import MEDIA_TYPES, ReportRun, RunState
from kasstroom.reports.delivering.ports import ReportFiles
from kasstroom.reports.heading import day_in_words
from kasstroom.reports.shape import Words
from kasstroom.time import Clock

CLAIM = timedelta(minutes=2)
"""Longer than sending a mail takes."""
ABOUT = "report"
"""In the place of the debtor of a mail that is about none."""
_SUBJECT = Words("{title} per {day}", "{title} as of {day}")
_ATTACHED = Words(
    "Bij deze mail zit {title} van {name} per {day}.",
    "{title} of {name} as of {day} goes with this mail.",
)
_TOO_LARGE = Words(
    "{title} van {name} per {day} is klaar. Het bestand ({size} MB) is te groot om mee te sturen;"
    " haal het op met GET /v1/report-runs/{id}.",
    "{title} of {name} as of {day} is ready. The file ({size} MB) is too large to send along; get"
    " it with GET /v1/report-runs/{id}.",
)
_WHY = Words(
    "U krijgt deze mail omdat uw adres in het schema {schedule} staat.",
    "You get this mail because your address is in the schedule {schedule}.",
)


def mail(
    books: Books, files: ReportFiles, channel: MessageChannel, run: ReportRun, clock: Clock
) -> ReportRun:
    """The run afterwards, done when everybody was mailed. Conflict: somebody else is at it."""
    run = _after_a_crash(run, clock())
    for address in run.recipients:
        if address not in run.mailing.settled:
            run = _one(books, files, channel, run, address, clock)
    return _kept(books, replace(run, state=RunState.DONE))


def _one(
    books: Books,
    files: ReportFiles,
    channel: MessageChannel,
    run: ReportRun,
    address: str,
    clock: Clock,
) -> ReportRun:
    message = written(books.get(Organisation, run.org), files, run, address)
    before = run.mailing
    claim = replace(before, claimed=address, until=clock() + CLAIM)
    run = _kept(books, replace(run, mailing=claim))
    free = replace(before, claimed="", until=None)
    try:
        channel.send(message)
    except Unavailable:
        _kept(books, replace(run, mailing=free))
        raise
    except Refused:
        return _kept(books, replace(run, mailing=replace(free, refused=(*free.refused, address))))
    return _kept(books, replace(run, mailing=replace(free, done=(*free.done, address))))


def _after_a_crash(run: ReportRun, now: datetime) -> ReportRun:
    mailing = run.mailing
    if not mailing.claimed:
        return run
    if mailing.until and now < mailing.until:
        raise Conflict("being_mailed", "Somebody else is sending this report.")
    unsure = (*mailing.unsure, mailing.claimed)
    return replace(run, mailing=replace(mailing, claimed="", until=None, unsure=unsure))


def written(creditor: Organisation, files: ReportFiles, run: ReportRun, address: str) -> Outgoing:
    language = run.language
    made, day = run.made, run.wish.as_of
    assert made and day
    words = {
        "title": report_named(run.report).title.by(language),
        "name": creditor.name,
        "day": day_in_words(day, language),
        "size": f"{made.size / 1_000_000:.1f}",
        "id": run.id,
        "schedule": run.schedule,
    }
    fits = made.size <= MOST_BYTES
    lines = [(_ATTACHED if fits else _TOO_LARGE).by(language), _WHY.by(language)]
    return Outgoing(
        run.id,
        run.org,
        ABOUT,
        address,
        creditor.email_from,
        language,
        "\n\n".join(line.format(**words) for line in lines) + "\n",
        subject=_SUBJECT.by(language).format(**words),
        attachments=(_attachment(files, run),) if fits else (),
    )


def _attachment(files: ReportFiles, run: ReportRun) -> Attachment:
    return Attachment(run.file, MEDIA_TYPES[run.format], files.get(run.key))


def _kept(books: Books, run: ReportRun) -> ReportRun:
    books.commit(Changes(update=(run,)))
    return replace(run, version=run.version + 1)
