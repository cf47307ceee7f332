"""What no way led to: a message that did not arrive waits for a person, who corrects the address
or says that it is settled otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Versioned
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.errors import NotFound
from kasstroom.events.messages import MessageUndeliverable
from kasstroom.ids import new_id
from kasstroom.messages.model import LOST, THANK_YOU, Message, MessageState, Try
from kasstroom.messages.states import again
from kasstroom.messages.ways import NO_ADDRESS, USUAL, Closed, address_of, reach
from kasstroom.ports import Books

KEPT_DONE_DAYS = 30
CORRECTED = "address corrected"


@dataclass(frozen=True, slots=True)
class Attention(Versioned):
    """An item on the organisation's list, in the order they came up. `tries` are the ways that did
    not do; `channel` and `address` the last of them, `reason` the provider's code or ours for it.
    Done, it goes after some weeks (`gone_at`)."""

    org: str
    id: str
    debtor: str
    message: str
    template: str
    channel: Channel
    address: str
    reason: str
    opened_at: datetime
    tries: tuple[Try, ...] = ()
    done_at: datetime | None = None
    done_by: str = ""
    note: str = ""
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unreached(Versioned):
    """The same in the debtor's own partition, so that a corrected address finds it."""

    org: str
    debtor: str
    id: str
    gone_at: datetime | None = None


def opened(message: Message, now: datetime) -> Changes:
    """The item and its announcement; the caller commits them with the message that was lost. For
    thanks that did not arrive nobody is bothered."""
    if message.template == THANK_YOU:
        return Changes()
    item = Attention(
        message.org, new_id("att", now), message.debtor, message.id, message.template,
        message.channel, message.address, message.failed_reason, now, message.tries,
    )  # fmt: skip
    event = MessageUndeliverable(
        org=message.org, debtor=message.debtor, subject=message.id, at=now,
        channel=message.channel, reason=message.failed_reason, attention=item.id,
    )  # fmt: skip
    return Changes(create=(item, Unreached(message.org, message.debtor, item.id)), events=(event,))


def nowhere_to_write(
    org: str, debtor: str, template: str, closed: Sequence[Closed], now: datetime
) -> Changes:
    """A step that is due reaches nobody: no way is open, for these reasons. For who decides so and
    tells it once."""
    tries = tuple(
        Try(one.channel, one.address, MessageState.CANCELLED, now, one.reason) for one in closed
    )
    last = tries[-1] if tries else Try(Channel.EMAIL, "", MessageState.CANCELLED, now, NO_ADDRESS)
    item = Attention(
        org, new_id("att", now), debtor, "", template, last.channel, last.address, last.reason,
        now, tries,
    )  # fmt: skip
    return Changes(create=(item, Unreached(org, debtor, item.id)))


def waits_for_address(books: Books, org: str, debtor: str, template: str) -> bool:
    """Whether a person was told already that this step reaches nobody."""
    waits = [one for one in books.all_of(Unreached, org, debtor) if not one.gone_at]
    items = (books.find(Attention, org, id=one.id) for one in waits)
    return any(i and not i.done_at and not i.message and i.template == template for i in items)


def done(
    books: Books, org: str, id: str, by: str, note: str, now: datetime
) -> tuple[Changes, Attention]:
    """A person settled it otherwise. Done twice is done once; NotFound: there is no such item."""
    item = books.find(Attention, org, id=id)
    if item is None:
        raise NotFound("attention_not_found", "There is no such item on the attention list.")
    if item.done_at:
        return Changes(), item
    waits = books.find(Unreached, org, item.debtor, id)
    after = _closed(item, by, note, now)
    return Changes(update=(after, *((_gone(waits, now),) if waits else ()))), after


def corrected(books: Books, before: Debtor, debtor: Debtor, now: datetime) -> Changes:
    """A debtor's address changed: what waited for the old one is done, and its message goes out
    again when the new one can be written to and nothing was said to the debtor since. The sender
    asks again whether anything is still open."""
    if (before.contact, before.address) == (debtor.contact, debtor.address):
        return Changes()
    waits = [one for one in books.all_of(Unreached, debtor.org, debtor.number) if not one.gone_at]
    pairs = ((one, books.find(Attention, debtor.org, id=one.id)) for one in waits)
    moved = [
        (one, item) for one, item in pairs
        if item and not item.done_at and _differs(before, debtor, item)
    ]  # fmt: skip
    if not moved:
        return Changes()
    closed = [_closed(item, "", CORRECTED, now) for _, item in moved]
    gone = [_gone(one, now) for one, _ in moved]
    items = [item for _, item in moved]
    again_now = (
        *_notices_again(books, debtor, items, now),
        *_last_again(books, debtor, items[-1], now),
    )
    return Changes(update=(*closed, *gone, *again_now))


def _differs(before: Debtor, debtor: Debtor, item: Attention) -> bool:
    """One of the ways leads elsewhere now, or opened."""
    channels = {*USUAL, item.channel, *(one.channel for one in item.tries)}
    moved = any(address_of(before, c) != address_of(debtor, c) for c in channels)
    opted_in = debtor.contact.whatsapp_opt_in_at and not before.contact.whatsapp_opt_in_at
    return moved or bool(opted_in)


def _last_again(
    books: Books, debtor: Debtor, item: Attention, now: datetime
) -> tuple[Message, ...]:
    """The message of the last item, claimed anew over the best way; older ones are history."""
    message = books.find(Message, debtor.org, debtor.number, item.message)
    if message is None or message.state not in LOST or message.about:
        return ()
    newer = any(
        m.created_at > message.created_at
        for m in books.all_of(Message, debtor.org, debtor.number)
    )  # fmt: skip
    open_to = reach(books, debtor, channels=message.channels, statutory=message.statutory)
    if newer or not open_to.ways:
        return ()
    return (replace(again(message, open_to.ways[0], now), tried=(), failed_reason=""),)


def _notices_again(
    books: Books, debtor: Debtor, items: Sequence[Attention], now: datetime
) -> tuple[Message, ...]:
    """Of direct debits every notice goes out again: each tells of another day. Whether it is still
    in time is asked when it goes."""
    names = dict.fromkeys(item.message for item in items if item.message)
    found = (books.find(Message, debtor.org, debtor.number, name) for name in names)
    told = []
    for message in found:
        if message is None or message.state not in LOST or not message.about:
            continue
        open_to = reach(books, debtor, channels=message.channels, statutory=message.statutory)
        if open_to.ways:
            way = open_to.ways[0]
            told.append(replace(again(message, way, now), tried=(), failed_reason=""))
    return tuple(told)


def _closed(item: Attention, by: str, note: str, now: datetime) -> Attention:
    gone_at = now + timedelta(days=KEPT_DONE_DAYS)
    return replace(item, done_at=now, done_by=by, note=note, gone_at=gone_at)


def _gone(one: Unreached, now: datetime) -> Unreached:
    return replace(one, gone_at=now + timedelta(days=KEPT_DONE_DAYS))
