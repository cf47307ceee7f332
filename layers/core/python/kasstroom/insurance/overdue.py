"""What has to be told to the insurer about overdue invoices, and that it was told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command, Versioned
from kasstroom.credit.model import CreditAccount
from kasstroom.errors import Refused
from kasstroom.events.insurance import InsurerOverdueReported
from kasstroom.ids import derived_id
from kasstroom.insurance.coverage import report_by, stop_on
from kasstroom.insurance.model import Cover
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import Day


class OverdueKind(StrEnum):
    """`OVD` the overdue is reported, `EXP` its due date is extended, `RES` its payment is
    rescheduled in instalments."""

    OVD = "OVD"
    EXP = "EXP"
    RES = "RES"


class NotificationState(StrEnum):
    DUE = "due"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class OverdueNotification(Versioned):
    """One per debtor, original due date and kind. `reference` is the insurer's own number."""

    org: str
    id: str
    debtor: str
    kind: OverdueKind
    due_on: date
    overdue: Money
    report_by: date
    created_at: datetime
    state: NotificationState = NotificationState.DUE
    new_due_on: date | None = None
    reported_at: datetime | None = None
    reported_by: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReportOverdue(Command):
    """`due_on` is the original due date; EXP and RES name the new last day."""

    debtor: str
    due_on: Day
    kind: OverdueKind = OverdueKind.OVD
    new_due_on: Day | None = None
    reference: str = ""


def notification(
    cover: Cover, kind: OverdueKind, due_on: date, overdue: Money, now: datetime
) -> OverdueNotification:
    id = derived_id("ovd", cover.org, cover.debtor, due_on, kind)
    last = report_by(due_on, cover.extension_days, cover.notification_days)
    return OverdueNotification(cover.org, id, cover.debtor, kind, due_on, overdue, last, now)


def report(
    books: Books, org: str, told: ReportOverdue, actor: Actor, now: datetime
) -> tuple[Changes, OverdueNotification]:
    """It was told to the insurer. Telling it again changes nothing."""
    cover, account = (
        books.find(Cover, org, told.debtor),
        books.find(CreditAccount, org, told.debtor),
    )
    if cover is None or account is None or not cover.periods:
        raise Refused("no_cover", "This debtor was never covered.", "/body/debtor")
    open_minor = account.open_by_due.get(told.due_on, 0)
    if open_minor <= 0:
        detail = f"Nothing that was due on {told.due_on} is still open."
        raise Refused("nothing_open", detail, "/body/due_on")
    _check_new_day(told, cover)
    overdue = Money(open_minor, account.currency)
    made = notification(cover, told.kind, told.due_on, overdue, now)
    known = books.find(OverdueNotification, org, id=made.id)
    if known and known.state is NotificationState.REPORTED:
        return Changes(), known
    after = replace(
        known or made, state=NotificationState.REPORTED, overdue=overdue, reported_at=now,
        reported_by=actor.name, reference=told.reference, new_due_on=told.new_due_on,
    )  # fmt: skip
    event = InsurerOverdueReported(
        org=org, debtor=told.debtor, subject=after.id, at=now, kind=told.kind, due_on=told.due_on,
        overdue=overdue, by=actor.name,
    )  # fmt: skip
    written = {"update": (after,)} if known else {"create": (after,)}
    return Changes(**written, events=(event,)), after


def _check_new_day(told: ReportOverdue, cover: Cover) -> None:
    """Within the maximum extension period we may extend without asking; the original due date
    stays decisive. Beyond it the insurer's consent is needed."""
    if told.kind is OverdueKind.OVD:
        return
    if told.new_due_on is None or told.new_due_on <= told.due_on:
        detail = "Give the new last day, after the original due date."
        raise Refused("new_due_on_missing", detail, "/body/new_due_on")
    last = stop_on(told.due_on, cover.extension_days)
    if told.new_due_on > last and not told.reference:
        detail = f"After {last} the insurer has to agree; give the number of its consent."
        raise Refused("beyond_extension", detail, "/body/reference")
