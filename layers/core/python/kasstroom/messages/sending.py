"""A claimed message goes out: sent, confirmed, tried another way or later, or failed. Of whatever
kind it is; who claims it says what it is written from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.errors import Refused, Unavailable
from kasstroom.events.dunning import DunningSent, DunningSkipped
from kasstroom.messages import attention
from kasstroom.messages.conversations import spoken
from kasstroom.messages.model import Message, MessageState, Outgoing
from kasstroom.messages.states import remembered
from kasstroom.messages.suppression import SuppressionReason, suppressed
from kasstroom.messages.ways import closed_because, is_closed
from kasstroom.ports import Books
from kasstroom.settle import settle

RETRY_MINUTES = (2, 5, 15, 60, 180)
"""Between tries while a provider does not answer, the last again and again: a message outlasts an
outage of half a day before a person has to look at it."""
CLAIM_MINUTES = 15
MOST_ATTEMPTS = 9
OPTED_OUT = "opted_out"
"""The code of a Refused that says: the owner of this address asked the provider to stop."""


class MessageChannel(Protocol):
    def send(self, message: Outgoing) -> str:
        """Hands the message to the provider and returns the provider's id. Unavailable: try again
        later; Refused: this address or message will never do (`OPTED_OUT`: nor any other message to
        this address)."""
        ...


class Claimed(Protocol):
    """What a message is written from: a frozen dataclass. `ways` are how the debtor can be reached,
    best first."""

    @property
    def message(self) -> Message: ...
    @property
    def now(self) -> datetime: ...
    @property
    def ways(self) -> tuple[tuple[Channel, str], ...]: ...


Write = Callable[[Any], Outgoing]
"""Renders a draft for its channel and language."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The outside world of one sending: where to read, how to write, how to send."""

    books: Books
    channels: Mapping[Channel, MessageChannel]
    write: Write


def deliver(sender: Sender, draft: Claimed) -> Message:
    """Sends a claimed message over its channel, or the next one when the address is refused or was
    suppressed."""
    message, books = draft.message, sender.books
    closed = is_closed(books, message)
    if closed:
        return _another_way(sender, draft, closed)
    outgoing = replace(sender.write(draft), attempt=message.attempt)
    try:
        provider_id = sender.channels[message.channel].send(outgoing)
    except Unavailable:
        return settle(books, lambda: _retry_later(books, message, draft.now))
    except Refused as error:
        return _another_way(sender, draft, error.code)
    return settle(books, lambda: _sent(books, message, outgoing, provider_id, draft.now))


def _another_way(sender: Sender, draft: Claimed, code: str) -> Message:
    following = settle(sender.books, lambda: _fall_back(sender.books, draft, code))
    return following if isinstance(following, Message) else deliver(sender, following)


def _sent(
    books: Books, message: Message, outgoing: Outgoing, provider_id: str, now: datetime
) -> tuple[Changes, Message]:
    """Confirmed, and kept who was written to from which number, so that an answer finds back."""
    changes, sent = confirm(books, message, provider_id, now)
    return changes + spoken(books, outgoing, message.channel, now), sent


def _retry_later(books: Books, message: Message, now: datetime) -> tuple[Changes, Message]:
    """The provider did not take it: the claim ends soon and the planner finds it again."""
    current = books.get(Message, message.org, message.debtor, message.id)
    if current.state is not MessageState.CLAIMED:
        return Changes(), current
    minutes = RETRY_MINUTES[min(max(1, current.attempts), len(RETRY_MINUTES)) - 1]
    later = replace(current, claimed_until=now + timedelta(minutes=minutes))
    return Changes(update=(later,)), later


def _fall_back(books: Books, draft: Claimed, reason: str) -> tuple[Changes, Claimed | Message]:
    """The next open way to the debtor, or the message failed and waits for a person."""
    now = draft.now
    message = books.get(Message, draft.message.org, draft.message.debtor, draft.message.id)
    if message.state is not MessageState.CLAIMED:
        return Changes(), message
    lost = remembered(message, MessageState.FAILED, reason, now)
    told = _opted_out(books, message, now) if reason == OPTED_OUT else Changes()
    way = next((way for way in draft.ways if _is_open(books, lost, way)), None)
    if way is None:
        changes = failed(lost, reason, now) + told
        return changes, changes.update[0]
    channel, address = way
    moved = replace(lost, channel=channel, address=address, settled=lost.attempt, attempts=1)
    again = replace(draft, message=replace(moved, version=message.version + 1))  # type: ignore[type-var]
    return Changes(update=(moved,)) + told, again


def _is_open(books: Books, message: Message, way: tuple[Channel, str]) -> bool:
    channel, address = way
    return channel not in message.tried and not closed_because(
        books, message.org, message.debtor, channel, address, statutory=message.statutory
    )


def _opted_out(books: Books, message: Message, now: datetime) -> Changes:
    return suppressed(
        books, message.org, message.channel, message.address, SuppressionReason.OPTED_OUT, now,
        debtor=message.debtor, detail=OPTED_OUT,
    )  # fmt: skip


def failed(message: Message, reason: str, now: datetime) -> Changes:
    """It will not go out, and a person has to look at it. Of a reminder that is told; a notice
    shows it in its collection."""
    event = DunningSkipped(
        org=message.org, debtor=message.debtor, subject=message.id, at=now, reason=reason
    )
    after = replace(message, state=MessageState.FAILED, failed_reason=reason)
    told = Changes(update=(after,), events=() if message.about else (event,))
    return told + attention.opened(after, now)


def confirm(
    books: Books, message: Message, provider_id: str, at: datetime
) -> tuple[Changes, Message]:
    """Writes down that the provider has the message; doing it twice changes nothing."""
    current = books.get(Message, message.org, message.debtor, message.id)
    if current.state is not MessageState.CLAIMED:
        return Changes(), current
    sent = replace(current, state=MessageState.SENT, provider_id=provider_id, sent_at=at)
    event = DunningSent(
        org=sent.org, debtor=sent.debtor, subject=sent.id, at=at, step=sent.template,
        channel=sent.channel, language=sent.language, invoices=sent.invoices, amount=sent.amount,
    )  # fmt: skip
    return Changes(update=(sent,), events=() if sent.about else (event,)), sent
