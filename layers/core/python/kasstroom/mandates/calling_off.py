"""A direct debit that was announced and does not take place: whoever was told of it is told that
too, once, by day, and in the same ways. Who was never told hears nothing.

The notice itself may be on its way at that moment: then this waits until its end is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.compliance.contact_frequency import Contact
from kasstroom.compliance.contact_hours import may_contact, next_contact
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.contacts import one_more
from kasstroom.ids import derived_id
from kasstroom.mandates.calendar import PATIENCE_DAYS
from kasstroom.mandates.collection import Collection
from kasstroom.mandates.notices import CHANNELS, notice_of, ways_of
from kasstroom.messages.model import WENT_OUT, Message, MessageState
from kasstroom.messages.sending import CLAIM_MINUTES, MOST_ATTEMPTS, Sender, deliver, failed
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of

TEMPLATE = "collection_called_off"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What `CollectionCancelled` tells of one debtor."""

    org: str
    debtor: str
    collection: str
    amount: Money
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalledOff:
    """All the message is written from."""

    organisation: Organisation
    debtor: Debtor
    message: Message
    collect_on: date
    now: datetime

    @property
    def ways(self) -> tuple[tuple[Channel, str], ...]:
        return ways_of(self.debtor)


def call_off(sender: Sender, what: Cancelled, now: datetime) -> Message | None:
    """Tells the debtor; None when that was done, waits, or is not needed."""
    draft = settle(sender.books, lambda: claim(sender.books, what, now))
    return deliver(sender, draft) if draft else None


def resume(sender: Sender, org: str, debtor: str, message_id: str, now: datetime) -> Message | None:
    """Finishes one that waited, or whose sender died, unless a receipt proved it was sent."""
    draft = settle(sender.books, lambda: reclaim(sender.books, org, debtor, message_id, now))
    return deliver(sender, draft) if draft else None


def message_id_of(org: str, debtor: str, collection: str) -> str:
    """One per debtor and collection, whatever is repeated."""
    return derived_id("msg", org, debtor, TEMPLATE, collection)


def claim(books: Books, what: Cancelled, now: datetime) -> tuple[Changes, CalledOff | None]:
    """The message made, before it is sent."""
    org, id = what.org, message_id_of(what.org, what.debtor, what.collection)
    notice = notice_of(books, org, what.debtor, what.collection)
    if notice is None or not _may_know(notice) or books.find(Message, org, what.debtor, id):
        return Changes(), None
    person = books.get(Debtor, org, what.debtor)
    channel, address = (*ways_of(person), (notice.channel, notice.address))[0]
    goes_at = max(next_contact(now), next_contact(_known_at(notice, now)))
    waits = goes_at > now
    message = Message(
        org, what.debtor, id, TEMPLATE, channel, person.language, address, what.invoices,
        what.amount, MessageState.CLAIMED,
        goes_at if waits else now + timedelta(minutes=CLAIM_MINUTES), now,
        attempts=0 if waits else 1, about=what.collection, channels=CHANNELS, statutory=True,
    )  # fmt: skip
    made = Changes(create=(message,))
    made += one_more(books, org, what.debtor, Contact.MESSAGE, goes_at)
    return made, None if waits else _draft(books, replace(message, version=1), person, now)


def reclaim(
    books: Books, org: str, debtor: str, message_id: str, now: datetime
) -> tuple[Changes, CalledOff | None]:
    """The message taken over. Not sent any more when the notice never went out after all, or when
    the day is so long ago that nobody waits for the money."""
    message = books.get(Message, org, debtor, message_id)
    waits = message.claimed_until > now or not may_contact(now)
    if message.state is not MessageState.CLAIMED or waits:
        return Changes(), None
    notice = notice_of(books, org, debtor, message.about)
    if (known_at := _known_at(notice, now)) > now:
        return Changes(update=(replace(message, claimed_until=known_at),)), None
    last = _day(books, message) + timedelta(days=PATIENCE_DAYS)
    if notice is None or not _may_know(notice) or day_of(now) > last:
        return Changes(update=(replace(message, state=MessageState.CANCELLED),)), None
    if message.attempts >= MOST_ATTEMPTS:
        return failed(message, "not_sent", now), None
    claimed = replace(
        message, attempts=message.attempts + 1,
        claimed_until=now + timedelta(minutes=CLAIM_MINUTES),
    )  # fmt: skip
    again = replace(claimed, version=message.version + 1)
    return Changes(update=(claimed,)), _draft(books, again, books.get(Debtor, org, debtor), now)


def _may_know(notice: Message) -> bool:
    """It went out, or somebody was at it when its collection was cancelled: a debtor who reads of a
    direct debit that does not take place is not harmed, one who waits for it is."""
    if notice.state in (MessageState.CLAIMED, MessageState.CANCELLED):
        return notice.attempts > 0
    return notice.state in WENT_OUT


def _known_at(notice: Message | None, now: datetime) -> datetime:
    """When the end of a notice that is being sent is known at the latest: it is looked at then."""
    if notice is None or notice.state is not MessageState.CLAIMED:
        return now
    return max(notice.claimed_until, now) + timedelta(minutes=CLAIM_MINUTES)


def _day(books: Books, message: Message) -> date:
    return books.get(Collection, message.org, id=message.about).collect_on


def _draft(books: Books, message: Message, debtor: Debtor, now: datetime) -> CalledOff:
    creditor = books.get(Organisation, message.org)
    return CalledOff(creditor, debtor, message, _day(books, message), now)
