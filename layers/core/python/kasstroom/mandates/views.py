"""What the API shows of mandates and collections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.debtors.model import Debtor
from kasstroom.errors import NotFound
from kasstroom.mandates.calendar import lapses_on
from kasstroom.mandates.collection import (
    Collection,
    CollectionLine,
    CollectionState,
    LineState,
    Skipped,
)
from kasstroom.mandates.model import ListedMandate, Mandate, MandateState, Scheme, SequenceType
from kasstroom.mandates.notices import notice_of, told_on
from kasstroom.mandates.planning import collection_of
from kasstroom.mandates.reasons import NextStep, reason_of
from kasstroom.mandates.terms import CollectPer, FileFormat
from kasstroom.messages.model import Message
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import day_of

_CAME_BACK = (LineState.REJECTED, LineState.RETURNED)


@dataclass(frozen=True, slots=True)
class MandateView:
    """`lapses_on`: from that day on it cannot be used unless something is collected before.
    `collections` counts what went to the bank; `tell_account`: the next tells it the account."""

    id: str
    debtor: str
    reference: str
    scheme: Scheme
    state: MandateState
    iban: str
    holder: str
    signed_on: date
    recurrent: bool
    evidence: str
    collections: int
    last_collected_on: date | None
    lapses_on: date
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    reason: str
    tell_account: bool


@dataclass(frozen=True, slots=True)
class MandatePage:
    items: tuple[MandateView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class LineView:
    """`id` is the end-to-end id on the debtor's statement. Of what came back, `reason` is the
    bank's code, `next_step` what to do and the texts what it means; of what was left out, `reason`
    says why. `announced_on` is the day the debtor was told; `notice` how that goes: waiting,
    claimed, sent, delivered, bounced, failed, no_address or cancelled."""

    id: str
    debtor: str
    mandate: str
    invoices: tuple[str, ...]
    amount: Money
    state: LineState
    announced_on: date | None
    notice: str
    sequence: SequenceType | None
    reason: str
    next_step: NextStep | None
    reason_nl: str
    reason_en: str
    payment: str


@dataclass(frozen=True, slots=True)
class FileView:
    """The payment file for the bank; `url` gives it for a quarter of an hour."""

    name: str
    lines: int
    total: Money
    sha256: str
    url: str


@dataclass(frozen=True, slots=True)
class CollectionView:
    """`planning` and `exporting` go on when they are asked for again (POST .../plan, .../export).
    `file` null: there is none (yet), or nothing was left to collect. `skipped` are debtors of whom
    nothing is collected, with why; `skipped_more` counts those that are not shown."""

    id: str
    scheme: Scheme
    state: CollectionState
    per: CollectPer
    collect_on: date
    due_by: date
    lines: int
    announced: Money
    message_id: str
    format: FileFormat
    file: FileView | None
    skipped: tuple[Skipped, ...]
    skipped_more: int
    created_at: datetime
    created_by: str
    exported_at: datetime | None
    exported_by: str
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class CollectionPage:
    items: tuple[CollectionView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class LinePage:
    items: tuple[LineView, ...]
    next_cursor: str | None


def mandate_view(m: Mandate, now: datetime) -> MandateView:
    lapses = lapses_on(max(m.last_collected_on or m.signed_on, m.signed_on))
    return MandateView(
        m.id, m.debtor, m.reference, m.scheme, m.state_on(day_of(now)), m.iban, m.holder,
        m.signed_on, m.recurrent, m.evidence, m.collections, m.last_collected_on, lapses,
        m.created_at, m.created_by, m.ended_at, m.reason, m.tell_account,
    )  # fmt: skip


def mandates_of(books: Books, org: str, debtor: str, now: datetime) -> MandatePage:
    """All of a debtor, the oldest signature first; NotFound when there is no such debtor."""
    if books.find(Debtor, org, debtor) is None:
        raise NotFound("debtor_not_found", f"There is no debtor {debtor}.")
    found = sorted(books.all_of(Mandate, org, debtor), key=lambda m: (m.signed_on, m.id))
    return MandatePage(tuple(mandate_view(m, now) for m in found), None)


def mandate_page(books: Books, org: str, *, after: str, limit: int, now: datetime) -> MandatePage:
    listed = books.listing(ListedMandate, org, after=after, limit=limit)
    found = (books.get(Mandate, org, one.debtor, one.id) for one in listed)
    items = tuple(mandate_view(mandate, now) for mandate in found)
    return MandatePage(items, listed[-1].id if len(listed) == limit else None)


def collection_view(c: Collection, url: str = "") -> CollectionView:
    file = None
    if c.file_key:
        name = c.file_key.rsplit("/", 1)[1]
        file = FileView(name, c.file_lines, c.file_total, c.file_sha256, url)
    return CollectionView(
        c.id, c.scheme, c.state, c.per, c.collect_on, c.due_by, c.lines, c.announced, c.message_id,
        c.format, file, c.skipped, c.skipped_more, c.created_at, c.created_by, c.exported_at,
        c.exported_by, c.ended_at, c.reason,
    )  # fmt: skip


def collection_page(books: Books, org: str, *, after: str, limit: int) -> CollectionPage:
    """The oldest first."""
    found = books.listing(Collection, org, after=after, limit=limit)
    items = tuple(collection_view(one) for one in found)
    return CollectionPage(items, found[-1].id if len(found) == limit else None)


def line_view(books: Books, line: CollectionLine) -> LineView:
    told = notice_of(books, line.org, line.debtor, line.collection)
    reason = reason_of(line.reason) if line.state in _CAME_BACK else None
    return LineView(
        line.id, line.debtor, line.mandate, line.invoices, line.amount, line.state,
        line.announced_on or told_on(told), _notice(told), line.sequence, line.reason,
        reason.next if reason else None, reason.nl if reason else "",
        reason.en if reason else "", line.money_id,
    )  # fmt: skip


def _notice(told: Message | None) -> str:
    if told is None:
        return "waiting"
    return told.state.value if told.address else "no_address"


def line_page(books: Books, org: str, id: str, *, after: str, limit: int) -> LinePage:
    """NotFound when there is no such collection."""
    collection_of(books, org, id)
    found = books.listing(CollectionLine, org, id, after=after, limit=limit)
    items = tuple(line_view(books, line) for line in found)
    return LinePage(items, found[-1].id if len(found) == limit else None)
