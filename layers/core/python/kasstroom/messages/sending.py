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
from kasstroom.messages.model import Message, MessageState, Outgoing
from kasstroom.ports import Books
from kasstroom.settle import settle

RETRY_MINUTES = 2
CLAIM_MINUTES = 15
MOST_ATTEMPTS = 5


class MessageChannel(Protocol):
    def send(self, message: Outgoing) -> str:
        """Hands the message to the provider and returns the provider's id. Unavailable: try again
        later; Refused: this address or message will never do."""
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
    """Sends a claimed message over its channel, or the next one when the address is refused."""
    message = draft.message
    try:
        provider_id = sender.channels[message.channel].send(sender.write(draft))
    except Unavailable:
        return settle(sender.books, lambda: _retry_later(sender.books, message, draft.now))
    except Refused as error:
        code = error.code
        following = settle(sender.books, lambda: _fall_back(sender.books, draft, code))
        return following if isinstance(following, Message) else deliver(sender, following)
    return settle(sender.books, lambda: confirm(sender.books, message, provider_id, draft.now))


def _retry_later(books: Books, message: Message, now: datetime) -> tuple[Changes, Message]:
    """The provider did not take it: the claim ends soon and the planner finds it again."""
    current = books.get(Message, message.org, message.debtor, message.id)
    if current.state is not MessageState.CLAIMED:
        return Changes(), current
    later = replace(current, claimed_until=now + timedelta(minutes=RETRY_MINUTES))
    return Changes(update=(later,)), later


def _fall_back(books: Books, draft: Claimed, reason: str) -> tuple[Changes, Claimed | Message]:
    """The next way to reach the debtor, or the message failed."""
    message = books.get(Message, draft.message.org, draft.message.debtor, draft.message.id)
    tried = (*message.tried, message.channel)
    ways = [(c, address) for c, address in draft.ways if c not in tried]
    if not ways:
        changes = failed(replace(message, tried=tried), reason, draft.now)
        return changes, changes.update[0]
    channel, address = ways[0]
    moved = replace(message, channel=channel, address=address, tried=tried)
    again = replace(draft, message=replace(moved, version=message.version + 1))  # type: ignore[type-var]
    return Changes(update=(moved,)), again


def failed(message: Message, reason: str, now: datetime) -> Changes:
    """It will not go out. Of a reminder that is told; a notice shows it in its collection."""
    event = DunningSkipped(
        org=message.org, debtor=message.debtor, subject=message.id, at=now, reason=reason
    )
    after = replace(message, state=MessageState.FAILED)
    return Changes(update=(after,), events=() if message.about else (event,))


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
