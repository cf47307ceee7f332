"""Schedules: put, deleted, and made into a run when their hour has come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Work
from kasstroom.errors import Forbidden, NotFound, Refused
from kasstroom.ids import derived_id
from kasstroom.ports import Books
from kasstroom.reports.asking import Wish, has_format, question, report_named
from kasstroom.reports.delivering.model import (
    TRY_AGAIN,
    ReportRun,
    ReportSchedule,
    ScheduleTerms,
)
from kasstroom.reports.delivering.periods import LAST_SAFE_DAY, next_at, period_of
from kasstroom.reports.delivering.ports import ReportQueue
from kasstroom.reports.shape import Parameter, Report, Sources
from kasstroom.settings import REPORT_DAYS
from kasstroom.settle import settle
from kasstroom.time import day_of

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
MOST_RECIPIENTS = 10
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+\.[^@\s,;<>]+\Z")


def put(
    sources: Sources, org: str, id: str, terms: ScheduleTerms, actor: Actor, now: datetime
) -> tuple[Changes, ReportSchedule]:
    """Makes or replaces it; the same again changes nothing. Forbidden for a machine: it
    sends what debtors owe to addresses. Refused with a pointer at what cannot be meant."""
    _may(actor)
    if not ID.match(id):
        detail = "The id of a schedule has 1 to 40 small letters, digits or dashes."
        raise Refused("invalid_id", detail, "/path/id")
    wish = Wish(None, terms.currency, terms.segment)
    report = question(sources, org, terms.report, wish, day_of(now), actor).report
    has_format(report, terms.format)
    _check(terms, report)
    known = sources.books.find(ReportSchedule, org, id=id)
    if known and known.terms == terms and not known.deleted_at:
        return Changes(), known
    before = known or ReportSchedule(org, id, terms, now, actor.name, now)
    after = replace(
        before, terms=terms, next_at=next_at(terms, now), changed_by=actor.name, changed_at=now,
        deleted_at=None, gone_at=None,
    )  # fmt: skip
    return Changes(update=(after,)), after


def _may(actor: Actor) -> None:
    if not {Role.FINANCE, Role.CREDIT_MANAGER} & set(actor.roles):
        detail = f"Only finance or a credit manager may do this; {actor.name} is neither."
        raise Forbidden("role_required", detail)


def _check(terms: ScheduleTerms, report: Report) -> None:
    bounds = (
        ("hour", terms.hour, 0, 23),
        ("weekday", terms.weekday, 1, 7),
        ("day", terms.day, 1, LAST_SAFE_DAY),
    )
    for name, value, least, most in bounds:
        if not least <= value <= most:
            detail = f"{name} lies between {least} and {most}."
            raise Refused("out_of_bounds", detail, f"/body/{name}")
    if terms.period_only and Parameter.SINCE not in report.parameters:
        detail = f"{report.name} shows how it stood on a day; it has no first day."
        raise Refused("parameter_not_taken", detail, "/body/period_only")
    if len(terms.recipients) > MOST_RECIPIENTS:
        detail = f"At most {MOST_RECIPIENTS} recipients; use an address of a group."
        raise Refused("too_many_recipients", detail, "/body/recipients")
    for at, address in enumerate(terms.recipients):
        if not _EMAIL.match(address) or address in terms.recipients[:at]:
            detail = "Give each e-mail address once, such as name@company.nl."
            raise Refused("invalid_email", detail, f"/body/recipients/{at}")


def live(books: Books, org: str, id: str) -> ReportSchedule:
    found = books.find(ReportSchedule, org, id=id)
    if found is None or found.deleted_at:
        raise NotFound("report_schedule_not_found", f"There is no schedule {id!r}.")
    return found


def all_live(books: Books, org: str) -> list[ReportSchedule]:
    """An organisation has a handful."""
    found = books.listing(ReportSchedule, org, after="", limit=500)
    return [one for one in found if not one.deleted_at]


def delete(
    books: Books, org: str, id: str, actor: Actor, now: datetime
) -> tuple[Changes, ReportSchedule]:
    """What was made stays; nothing more is."""
    _may(actor)
    gone = now + timedelta(days=REPORT_DAYS)
    after = replace(live(books, org, id), deleted_at=now, changed_by=actor.name, gone_at=gone)
    return Changes(update=(after,)), after


def queue_due(books: Books, queue: ReportQueue, now: datetime) -> int:
    """A run for every period whose moment came, also those that were missed; each once, however
    many rounds look at once. Returns how many."""
    queued = 0
    for due in list(books.due(Work.REPORT_SCHEDULE, now)):
        while run := settle(books, lambda d=due: _next(books, d.org, d.id, now)):
            queue.put(run.org, run.id)
            queued += 1
    return queued


def _next(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, ReportRun | None]:
    """The run of the oldest period that is due, with the schedule moved to the next, together."""
    schedule = books.find(ReportSchedule, org, id=id)
    if schedule is None or schedule.deleted_at or schedule.next_at > now:
        return Changes(), None
    run = run_for(schedule, now)
    moved = replace(schedule, next_at=next_at(schedule.terms, schedule.next_at), last_run=run.id)
    return Changes(create=(run,), update=(moved,)), run


def run_for(schedule: ReportSchedule, now: datetime) -> ReportRun:
    """Its id follows from the schedule and the day it is made on."""
    terms = schedule.terms
    period = period_of(terms, schedule.next_at)
    since = period.since if terms.period_only else None
    now_best = report_named(terms.report).of_its_own_day
    as_of = period.delivered_on if now_best else period.as_of
    return ReportRun(
        schedule.org,
        derived_id("rpr", schedule.org, schedule.id, schedule.changed_at, period.delivered_on),
        terms.report,
        Wish(as_of, terms.currency, terms.segment, since),
        terms.format,
        terms.language,
        now,
        schedule.changed_by,
        now + TRY_AGAIN,
        now + timedelta(days=REPORT_DAYS),
        schedule=schedule.id,
        period=period.delivered_on.isoformat(),
        recipients=terms.recipients,
    )
