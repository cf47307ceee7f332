"""Keeping monitored debtors' reports fresh, and following what a bureau notifies.

A notification brings no facts, only the reason to look: the report is fetched from the bureau
itself. So a forged, repeated, late or reordered one can do no more than make us ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from kasstroom.changes import Changes, Work
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.errors import Refused, Unavailable
from kasstroom.ports import Books
from kasstroom.screening.model import ExternalReport, Source
from kasstroom.screening.policy import TERMS, Wanted
from kasstroom.screening.ports import Bureau, ScreeningQueue, Sources
from kasstroom.screening.usecases import screen
from kasstroom.settle import settle

BUDGET_MS = 15_000
NOT_ALLOWED_HOURS = 24


class Refreshed(StrEnum):
    """`known`: our report covers it already; `later`: asked again at `retry_at`."""

    NOT_MONITORED = "not_monitored"
    KNOWN = "known"
    FETCHED = "fetched"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Job:
    """`rated_at` is the date a bureau's notification names; None for the planned round."""

    org: str
    debtor: str
    source: Source
    rated_at: datetime | None = None


def queue_due(books: Books, queue: ScreeningQueue, now: datetime) -> int:
    """Queues every monitored report that is no longer fresh; returns how many."""
    queued = 0
    for due in books.due(Work.SCREENING, now):
        queue.put(due.org, due.debtor, due.id)
        queued += 1
    return queued


def refresh(
    books: Books,
    sources: Sources,
    job: Job,
    address: Callable[[], str],
    now: datetime,
    grounds: Grounds = default_ground,
) -> Refreshed:
    """Once per news: a job that comes twice, or late, finds that there is nothing left to do.
    `address` is where the bureau reports changes of this debtor."""
    report = books.get(ExternalReport, job.org, job.debtor, job.source)
    if report.subscribe_at and report.subscribe_at <= now and sources.bureau:
        _subscribe(books, sources.bureau, report, address, now)
    if not report.monitored:
        return Refreshed.NOT_MONITORED
    if not _is_news(report, job, now):
        return Refreshed.KNOWN
    wanted = Wanted((job.source,), force=True)
    try:
        screening = screen(books, sources, job.org, job.debtor, now, BUDGET_MS, wanted, grounds)
    except Refused:
        # No access any more, or no basis: stays as it is until somebody sets that right.
        return _postponed(books, report, now + timedelta(hours=NOT_ALLOWED_HOURS))
    after = screening.reports[job.source]
    if screening.missing:
        return Refreshed.LATER
    if job.rated_at and (after.facts.as_of is None or after.facts.as_of < job.rated_at):
        # The notification was faster than the bureau's own report.
        again = now + timedelta(minutes=TERMS[job.source].retry_minutes)
        return _postponed(books, after, again)
    return Refreshed.FETCHED


def _is_news(report: ExternalReport, job: Job, now: datetime) -> bool:
    if job.rated_at:
        return report.facts.as_of is None or report.facts.as_of < job.rated_at
    return (report.retry_at or report.fresh_until) <= now


def _postponed(books: Books, report: ExternalReport, until: datetime) -> Refreshed:
    def plan() -> tuple[Changes, None]:
        current = books.get(ExternalReport, report.org, report.debtor, report.source)
        return Changes(update=(replace(current, retry_at=until),)), None

    settle(books, plan)
    return Refreshed.LATER


def _subscribe(
    books: Books, bureau: Bureau, report: ExternalReport, address: Callable[[], str], now: datetime
) -> None:
    """Tells the bureau first and writes it down after: doing so twice is the same as once."""
    done, again = report.monitored, None
    try:
        if report.monitored:
            bureau.watch(report.facts.provider_id, report.debtor, address())
        else:
            bureau.unwatch(report.facts.provider_id)
    except Unavailable:
        done, again = (
            report.subscribed,
            now + timedelta(minutes=TERMS[report.source].retry_minutes),
        )

    def plan() -> tuple[Changes, None]:
        current = books.get(ExternalReport, report.org, report.debtor, report.source)
        if current.monitored != report.monitored:
            return Changes(), None
        return Changes(update=(replace(current, subscribed=done, subscribe_at=again),)), None

    settle(books, plan)


def job_of(message: Mapping[str, str]) -> Job:
    """A queued message as a job; Refused when it is none."""
    try:
        rated_at = _instant(message.get("rated_at", ""))
        return Job(message["org"], message["debtor"], Source(message["source"]), rated_at)
    except (KeyError, ValueError):
        raise Refused("malformed_job", "This message names no debtor, source and date.") from None


def _instant(written: str) -> datetime | None:
    if not written:
        return None
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def notified(body: object) -> str:
    """The date a bureau's notification names, as ISO text; Refused when it names none."""
    written = body.get("eventDate") if isinstance(body, dict) else None
    try:
        found = _instant(written) if isinstance(written, str) else None
    except ValueError:
        found = None
    if found is None:
        detail = "The notification needs `eventDate`, such as 2026-09-01T08:00:00Z."
        raise Refused("malformed_webhook", detail)
    return found.isoformat()


def signed_name(debtor: str) -> str:
    """What the signature of a bureau's address covers, beside the organisation."""
    return f"bureau/{debtor}"


def bureau_address(public_url: str, org: str, debtor: str, signature: str) -> str:
    """Where a bureau tells that the rating of a debtor changed."""
    return f"{public_url}/webhooks/bureau/{org}/{debtor}/{signature}"
