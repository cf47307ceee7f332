"""The debtor is told of a direct debit before it takes place (pre-notification, SDD Core Rulebook):
one message per debtor and collection, claimed before it is sent, and not at night.

What went out is the message itself: a line is collected when it was sent in time. One that could
not be sent is tried as long as that can still be in time; then a person is asked, and the line
stays out of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes, Work
from kasstroom.compliance.contact_frequency import Contact
from kasstroom.compliance.contact_hours import may_contact, next_contact
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.contacts import one_more
from kasstroom.dunning.ports import ReminderQueue
from kasstroom.ids import derived_id
from kasstroom.mandates.collection import Collecting, Collection, CollectionLine, LineState
from kasstroom.mandates.model import Mandate
from kasstroom.messages import attention
from kasstroom.messages.model import WENT_OUT, Message, MessageState
from kasstroom.messages.sending import CLAIM_MINUTES, Sender, deliver, failed
from kasstroom.messages.ways import NO_ADDRESS, address_of
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of

TEMPLATE = "collection_notice"
CHANNELS = (Channel.EMAIL, Channel.SMS)
"""E-mail, which has room for all of it; else SMS."""
TOO_LATE = "notice_too_late"
"""Why a notice failed: sent from now on, it would not leave the debtor the days agreed."""


@dataclass(frozen=True, slots=True)
class Notice:
    """All a notice is written from."""

    organisation: Organisation
    debtor: Debtor
    message: Message
    mandate: Mandate
    lines: tuple[CollectionLine, ...]
    now: datetime

    @property
    def collect_on(self) -> date:
        return self.lines[0].collect_on

    @property
    def ways(self) -> tuple[tuple[Channel, str], ...]:
        return ways_of(self.debtor)


def ways_of(debtor: Debtor) -> tuple[tuple[Channel, str], ...]:
    """As `CHANNELS`, where there is an address."""
    ways = ((channel, address_of(debtor, channel)) for channel in CHANNELS)
    return tuple((channel, address) for channel, address in ways if address)


def notice_id(org: str, debtor: str, collection: str) -> str:
    """One per debtor and collection, whatever is repeated."""
    return derived_id("msg", org, debtor, TEMPLATE, collection)


def notice_of(books: Books, org: str, debtor: str, collection: str) -> Message | None:
    return books.find(Message, org, debtor, notice_id(org, debtor, collection))


def told_on(message: Message | None) -> date | None:
    """The day it went out; None when it did not, or came back."""
    went = message is not None and message.state in WENT_OUT and message.sent_at
    return day_of(message.sent_at) if message and message.sent_at and went else None


def plan_due(books: Books, queue: ReminderQueue, now: datetime) -> int:
    """Queues every notice that waits for the morning, or whose sender died; returns how many."""
    if not may_contact(now):
        return 0
    queued = 0
    for due in books.due(Work.NOTICE, now):
        queue.put(due.org, due.debtor, due.id)
        queued += 1
    return queued


def announce(
    sender: Sender, org: str, debtor: str, collection: str, now: datetime
) -> Message | None:
    """Tells the debtor; None when that was done, waits for the morning, or is not needed."""
    books = sender.books
    notice = settle(books, lambda: claim(books, org, debtor, collection, now))
    return deliver(sender, notice) if notice else None


def resume(sender: Sender, org: str, debtor: str, message_id: str, now: datetime) -> Message | None:
    """Finishes a notice that waited, or whose sender died, unless a receipt proved it was sent."""
    books = sender.books
    notice = settle(books, lambda: reclaim(books, org, debtor, message_id, now))
    return deliver(sender, notice) if notice else None


def claim(
    books: Books, org: str, debtor: str, collection: str, now: datetime
) -> tuple[Changes, Notice | None]:
    """The message made, before it is sent. At night it waits for the morning; without an address,
    or when that is too late, it has failed and a person is asked."""
    if notice_of(books, org, debtor, collection):
        return Changes(), None
    lines, collecting = _announced(books, org, debtor, collection)
    if not lines:
        return Changes(), None
    person = books.get(Debtor, org, debtor)
    ways, goes_at = ways_of(person), next_contact(now)
    waits = goes_at > now
    channel, address = ways[0] if ways else (Channel.EMAIL, "")
    message = Message(
        org, debtor, notice_id(org, debtor, collection), TEMPLATE, channel, person.language,
        address, tuple(n for line in lines for n in line.invoices), total_of(lines),
        MessageState.CLAIMED, goes_at if waits else now + timedelta(minutes=CLAIM_MINUTES), now,
        attempts=0 if waits else 1, about=collection, channels=CHANNELS, statutory=True,
    )  # fmt: skip
    why = NO_ADDRESS if not ways else TOO_LATE if _too_late(books, lines, goes_at) else ""
    if why:
        lost = replace(message, state=MessageState.FAILED, attempts=0, failed_reason=why)
        return Changes(create=(lost,), check=(collecting,)) + attention.opened(lost, now), None
    made = Changes(create=(message,), check=(collecting,))
    made += one_more(books, org, debtor, Contact.MESSAGE, goes_at)
    if waits:
        return made, None
    return made, _notice(books, replace(message, version=1), person, lines, now)


def reclaim(
    books: Books, org: str, debtor: str, message_id: str, now: datetime
) -> tuple[Changes, Notice | None]:
    """The message taken over, however often that was done. It is not sent any more when its
    collection was cancelled, or when it would come too late to collect."""
    message = books.get(Message, org, debtor, message_id)
    waits = message.claimed_until > now or not may_contact(now)
    if message.state is not MessageState.CLAIMED or waits:
        return Changes(), None
    lines, collecting = _announced(books, org, debtor, message.about)
    if not lines:
        return Changes(update=(replace(message, state=MessageState.CANCELLED),)), None
    if _too_late(books, lines, now):
        return failed(message, TOO_LATE, now), None
    claimed = replace(
        message, attempts=message.attempts + 1, amount=total_of(lines),
        claimed_until=now + timedelta(minutes=CLAIM_MINUTES),
    )  # fmt: skip
    person = books.get(Debtor, org, debtor)
    again = replace(claimed, version=message.version + 1)
    made = Changes(update=(claimed,), check=(collecting,))
    return made, _notice(books, again, person, lines, now)


def _announced(
    books: Books, org: str, debtor: str, collection: str
) -> tuple[tuple[CollectionLine, ...], Collecting]:
    """What this collection would take of the debtor, as long as it is planned, and the claims it
    was read from: who commits with those unchanged announces nothing that was just cancelled."""
    found = books.find(Collection, org, id=collection)
    collecting = books.find(Collecting, org, debtor) or Collecting(org, debtor)
    if found is None:
        return (), collecting
    ids = sorted({c.line for c in collecting.claims if c.line.startswith(f"{found.message_id}-")})
    lines = (books.get(CollectionLine, org, collection, id) for id in ids)
    return tuple(line for line in lines if line.state is LineState.ANNOUNCED), collecting


def total_of(lines: tuple[CollectionLine, ...]) -> Money:
    return Money(sum(line.amount.minor for line in lines))


def _notice(
    books: Books, message: Message, debtor: Debtor, lines: tuple[CollectionLine, ...], now: datetime
) -> Notice:
    mandate = books.get(Mandate, message.org, message.debtor, lines[0].mandate)
    return Notice(books.get(Organisation, message.org), debtor, message, mandate, lines, now)


def _too_late(books: Books, lines: tuple[CollectionLine, ...], now: datetime) -> bool:
    notice_days = books.get(Organisation, lines[0].org).direct_debit.notice_days
    return day_of(now) + timedelta(days=notice_days) > lines[0].collect_on
