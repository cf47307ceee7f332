"""Delivery receipts: what the providers report about a message, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.events.messages import AddressSuppressed
from kasstroom.messages import attention
from kasstroom.messages.conversations import answered
from kasstroom.messages.model import LOST, Message, MessageState, Receipt, Reply
from kasstroom.messages.sending import confirm
from kasstroom.messages.states import again, arrived, is_about_now, is_forward, remembered
from kasstroom.messages.suppression import SuppressionReason, silenced, suppressed
from kasstroom.messages.ways import reach
from kasstroom.ports import Books

MOST_HELD_BACK = 3
"""Times a provider may hold one message back before another way is taken."""


def heard(books: Books, news: Receipt | Reply, now: datetime) -> tuple[Changes, str]:
    """Whatever a provider tells us; the second is what to count."""
    if isinstance(news, Receipt):
        changes, message = record(books, news, now)
        return changes, f"Message_{message.state}"
    changes, known = answered(books, news)
    return changes, f"Reply_{'known' if known else 'unknown'}"


def record(books: Books, receipt: Receipt, now: datetime | None = None) -> tuple[Changes, Message]:
    """Moves the message forward, never back: receipts come late, twice and out of order. A receipt
    for a message that is only claimed proves that it was sent. What did not arrive goes out another
    way; when none is left, a person is asked. `now` is when the receipt was read."""
    now = now or receipt.at
    message = books.get(Message, receipt.org, receipt.debtor, receipt.message_id)
    if not is_about_now(message, receipt):
        return _unwanted_before(books, message, receipt, now), message
    changes, sent = confirm(books, message, receipt.provider_id, receipt.at)
    if not is_forward(sent.state, receipt.state):
        return changes, sent
    if receipt.state in LOST:
        more, after = _lost(books, sent, receipt, now)
    else:
        after = arrived(sent, receipt)
        more = _unwanted(books, sent, receipt, now)
    return Changes(update=(after,), events=changes.events) + more, after


def _lost(books: Books, sent: Message, receipt: Receipt, now: datetime) -> tuple[Changes, Message]:
    """What follows beside the message, and the message itself: queued again, or lost for good."""
    gone = remembered(sent, receipt.state, receipt.detail, receipt.at, receipt.provider_id)
    if receipt.again_minutes and _held_back(gone) <= MOST_HELD_BACK:
        later = now + timedelta(minutes=receipt.again_minutes)
        return Changes(), again(
            replace(gone, tried=sent.tried), (sent.channel, sent.address), later
        )
    told = _not_again(books, sent, receipt, now) if receipt.permanent else Changes()
    debtor = books.get(Debtor, sent.org, sent.debtor)
    left = reach(
        books, debtor, channels=sent.channels, statutory=sent.statutory, without=gone.tried
    )
    if left.ways:
        return told, again(gone, left.ways[0], now)
    lost = replace(gone, state=receipt.state)
    return told + attention.opened(lost, now), lost


def _held_back(message: Message) -> int:
    return sum(one.channel is message.channel for one in message.tries)


def _not_again(books: Books, message: Message, receipt: Receipt, now: datetime) -> Changes:
    """The address is suppressed, once."""
    kept = suppressed(
        books, message.org, message.channel, message.address, SuppressionReason.BOUNCED, now,
        debtor=message.debtor, detail=receipt.detail,
    )  # fmt: skip
    return kept + _told(message, SuppressionReason.BOUNCED, now) if kept else kept


def _unwanted(books: Books, message: Message, receipt: Receipt, now: datetime) -> Changes:
    """Our mail was called spam: not to this address again, and to this debtor only what the law
    asks for."""
    if receipt.state is not MessageState.COMPLAINED:
        return Changes()
    why = SuppressionReason.COMPLAINED
    kept = suppressed(
        books, message.org, message.channel, message.address, why, now, debtor=message.debtor,
        detail=receipt.detail,
    )  # fmt: skip
    quiet = silenced(books, message.org, message.debtor, message.channel, now)
    return kept + quiet + (_told(message, why, now) if kept else Changes())


def _unwanted_before(books: Books, message: Message, receipt: Receipt, now: datetime) -> Changes:
    """A complaint counts as well when the message has taken another way since."""
    tries = [one for one in message.tries if one.channel is receipt.channel]
    if receipt.state is not MessageState.COMPLAINED or not tries:
        return Changes()
    back = replace(message, channel=tries[-1].channel, address=tries[-1].address)
    return _unwanted(books, back, receipt, now)


def _told(message: Message, why: SuppressionReason, now: datetime) -> Changes:
    event = AddressSuppressed(
        org=message.org, debtor=message.debtor, subject=message.id, at=now,
        channel=message.channel, reason=why,
    )  # fmt: skip
    return Changes(events=(event,))
