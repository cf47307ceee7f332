"""Everything that happened to a debtor, from every context, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kasstroom.applications.model import CreditApplication
from kasstroom.credit.decision import Decision
from kasstroom.credit.human import HumanDecision
from kasstroom.credit.limits import LimitChange
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.restricted import public_codes, public_reasons
from kasstroom.credit.reviews import Review
from kasstroom.debtors import timeline_contact
from kasstroom.debtors.model import Debtor
from kasstroom.debtors.planned import Ahead, PlannedStep
from kasstroom.debtors.timeline_contact import Line, spaced
from kasstroom.dunning.early_signals import EarlySignal
from kasstroom.errors import NotFound
from kasstroom.ids import digest
from kasstroom.insurance.model import Cover, CoverRequest
from kasstroom.money import Money
from kasstroom.payments.model import Entry
from kasstroom.ports import Books
from kasstroom.screening.model import ExternalReport, Outcome, Source

MANY = (
    Entry, Decision, HumanDecision, LimitChange, LimitProposal, Review, CreditApplication,
    CoverRequest, ExternalReport, *timeline_contact.KINDS,
)  # fmt: skip
MOST_OF_A_KIND = 2000


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """`kind` is a stable code, `id` of what it is about."""

    at: datetime
    kind: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """`next_cursor` null: this was the last page. `complete` false: there is more of some kind than
    is read for a timeline; ask the list of that kind for all of it. The first page has what is
    `planned` for the next 30 days if nothing happens, or in `planned_note` why nothing is."""

    items: tuple[TimelineItem, ...]
    next_cursor: str | None
    complete: bool
    planned: tuple[PlannedStep, ...] = ()
    planned_note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the books hold of a debtor, at most MOST_OF_A_KIND of a kind."""

    items: tuple[Any, ...]
    complete: bool


def load(books: Books, org: str, number: str) -> Found:
    """NotFound when there is no such debtor."""
    debtor = books.find(Debtor, org, number)
    if debtor is None:
        raise NotFound("debtor_not_found", f"There is no debtor {number}.")
    single = (books.find(kind, org, number) for kind in (CreditAccount, Cover, EarlySignal))
    items: list[Any] = [debtor, *filter(None, single)]
    complete = True
    for kind in MANY:
        found = books.listing(kind, org, number, after="", limit=MOST_OF_A_KIND)
        complete = complete and len(found) < MOST_OF_A_KIND
        items += found
    return Found(tuple(items), complete)


def timeline(
    found: Found, *, sees_lists: bool, after: str, limit: int, ahead: Ahead = Ahead()
) -> TimelinePage:
    """The page behind the cursor `after`. What lists of sanctioned parties say is for those who
    `sees_lists` only; notes of colleagues stay with the review."""
    lines = ((_place(item, step), item) for step, item in _lines(found.items, sees_lists))
    further = sorted((line for line in lines if not after or line[0] < after), reverse=True)[
        : limit + 1
    ]
    shown = further[:limit]
    cursor = shown[-1][0] if len(further) > limit else None
    items = tuple(item for _, item in shown)
    return TimelinePage(items, cursor, found.complete, ahead.steps, ahead.note)


def _place(item: TimelineItem, step: int) -> str:
    """Sorts by time; of one instant, the later step of the same thing is the newer."""
    micros = int(item.at.timestamp() * 1_000_000)
    return f"{micros:017d}.{step:02d}.{digest(f'{item.kind} {item.id} {item.text}')[:16]}"


def _lines(items: Iterable[Any], sees_lists: bool) -> Iterator[tuple[int, TimelineItem]]:
    for item in items:
        for step, (at, kind, id, text) in enumerate(_told(item, sees_lists)):
            if at is not None:
                yield step, TimelineItem(at, kind, id, text)


def _told(item: Any, sees_lists: bool) -> Iterator[Line]:
    """The lines of one thing in the order they happened; without an instant it did not happen."""
    match item:
        case Debtor():
            yield item.created_at, "debtor", item.number, "registered"
        case Entry():
            text = f"{spaced(item.kind)} {item.external_id}: {item.amount}"
            yield item.booked_at, item.kind, item.id, text
        case ExternalReport():
            yield from _report(item, sees_lists)
        case Cover() | CoverRequest():
            yield from _insured(item)
        case CreditApplication():
            for step in item.history:
                yield step.at, "application", item.id, f"application {step.state} by {step.by}"
        case _:
            yield from timeline_contact.told(item)
            yield from _credit(item, sees_lists)


def _credit(item: Any, sees_lists: bool) -> Iterator[Line]:
    match item:
        case CreditAccount(hold=hold) if hold:
            by = f" by {hold.placed_by}" if hold.placed_by else ""
            yield hold.placed_at, "hold", item.debtor, f"new credit stopped{by}: {hold.reason}"
        case Decision():
            reasons = item.reasons if sees_lists else public_reasons(item.reasons)
            codes = ", ".join(reason.code for reason in reasons) or "no objections"
            text = f"credit check of {item.requested}: {item.outcome} ({codes})"
            yield item.decided_at, "credit_check", item.id, text
        case HumanDecision():
            text = f"credit check {item.verdict} by {item.by}: {item.approved} to pay later"
            yield item.at, "credit_check_decided", item.id, text
        case LimitChange():
            text = f"{item.source} limit from {_limit(item.before)} to {_limit(item.after)}"
            yield item.changed_at, "limit", item.id, f"{text} by {item.by}: {item.reason}"
        case LimitProposal():
            text = f"{item.source} limit of {item.amount}"
            yield item.asked_at, "limit_asked", item.id, f"{text} asked by {item.asked_by}"
            told = f"{text} {item.state} by {item.decided_by}"
            yield item.decided_at, "limit_decided", item.id, told
        case Review():
            codes = ", ".join(item.reasons if sees_lists else public_codes(item.reasons))
            text = f"{item.kind} review opened" + (f" ({codes})" if codes else "")
            yield item.opened_at, "review", item.id, text
            told = f"{item.kind} review {item.state} by {item.decided_by}"
            yield item.decided_at, "review_decided", item.id, told


def _report(report: ExternalReport, sees_lists: bool) -> Iterator[Line]:
    """A hit that nobody looked at is nothing found, for who may not know."""
    if report.source is Source.SANCTIONS and not sees_lists:
        return
    unknown = not sees_lists and report.open_hits and report.facts.insolvent is None
    outcome = Outcome.NOT_FOUND if unknown else report.outcome
    text = f"{spaced(report.source)}: {spaced(outcome)}"
    yield report.fetched_at, "screening", report.source, text


def _insured(item: Cover | CoverRequest) -> Iterator[Line]:
    if isinstance(item, Cover):
        granted = f": {item.granted}" if item.granted else ""
        text = f"{item.kind} cover {spaced(item.state)} with {item.insurer}{granted}"
        yield item.decided_at, "cover", item.id, text
        return
    asked = f"{spaced(item.kind)} cover of {item.amount} asked of {item.insurer}"
    yield item.asked_at, "cover_asked", item.id, f"{asked} by {item.asked_by}"
    said = spaced(item.answer.response) if item.answer else item.state
    yield item.answered_at, "cover_answered", item.id, f"{item.insurer} answered: {said}"


def _limit(amount: Money | None) -> str:
    return str(amount) if amount else "none"
