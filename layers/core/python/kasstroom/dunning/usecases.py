"""Reminding: find what is due, claim, send, confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Work
from kasstroom.compliance.contact_hours import may_contact
from kasstroom.debtors.model import Channel
from kasstroom.dunning.claiming import Draft, claim, failed, reclaim
from kasstroom.dunning.policy import (
    channels_of,
)
from kasstroom.dunning.ports import MessageChannel, ReminderQueue
from kasstroom.errors import Refused, Unavailable
from kasstroom.events.dunning import DunningSent
from kasstroom.messages.model import Message, MessageState, Outgoing
from kasstroom.ports import Books
from kasstroom.settle import settle

RETRY_MINUTES = 2


Write = Callable[[Draft], Outgoing]
"""Renders a draft for its channel and language."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The outside world of one sending: where to read, how to write, how to send."""

    books: Books
    channels: Mapping[Channel, MessageChannel]
    write: Write


def plan_due(books: Books, queue: ReminderQueue, now: datetime) -> int:
    """Queues every debtor and unfinished message that is due; returns how many. Reads keys only."""
    if not may_contact(now):
        return 0
    queued = 0
    for due in books.due(Work.DUNNING, now):
        queue.put(due.org, due.debtor)
        queued += 1
    for due in books.due(Work.MESSAGE_CLAIM, now):
        queue.put(due.org, due.debtor, due.id)
        queued += 1
    return queued


def remind(sender: Sender, org: str, debtor: str, now: datetime) -> Message | None:
    """Claims the step that is due and sends it; None when nothing was to be sent."""
    draft = settle(sender.books, lambda: claim(sender.books, org, debtor, now))
    return deliver(sender, draft) if draft else None


def resume(sender: Sender, org: str, debtor: str, message_id: str, now: datetime) -> Message | None:
    """Finishes a message whose sender died: sends it again unless a receipt proved it was sent."""
    draft = settle(sender.books, lambda: reclaim(sender.books, org, debtor, message_id, now))
    return deliver(sender, draft) if draft else None


def deliver(sender: Sender, draft: Draft) -> Message:
    """Sends a claimed message over its channel, or the next one when the address is refused."""
    message = draft.message
    try:
        provider_id = sender.channels[message.channel].send(sender.write(draft))
    except Unavailable:
        return settle(sender.books, lambda: _retry_later(sender.books, message, draft.now))
    except Refused as error:
        code = error.code
        following = settle(sender.books, lambda: _fall_back(sender.books, draft, code))
        return deliver(sender, following) if isinstance(following, Draft) else following
    return settle(sender.books, lambda: confirm(sender.books, message, provider_id, draft.now))


def _retry_later(books: Books, message: Message, now: datetime) -> tuple[Changes, Message]:
    """The provider did not take it: the claim ends soon and the planner finds it again."""
    current = books.get(Message, message.org, message.debtor, message.id)
    if current.state is not MessageState.CLAIMED:
        return Changes(), current
    later = replace(current, claimed_until=now + timedelta(minutes=RETRY_MINUTES))
    return Changes(update=(later,)), later


def _fall_back(books: Books, draft: Draft, reason: str) -> tuple[Changes, Draft | Message]:
    """The next way to reach the debtor, or the message failed."""
    message = books.get(Message, draft.message.org, draft.message.debtor, draft.message.id)
    tried = (*message.tried, message.channel)
    ways = [(c, address) for c, address in channels_of(draft.debtor) if c not in tried]
    if not ways:
        changes = failed(replace(message, tried=tried), reason, draft.now)
        return changes, changes.update[0]
    channel, address = ways[0]
    moved = replace(message, channel=channel, address=address, tried=tried)
    again = replace(draft, message=replace(moved, version=message.version + 1))
    return Changes(update=(moved,)), again


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
    return Changes(update=(sent,), events=(event,)), sent
