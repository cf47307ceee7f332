"""What a receipt may make of a message: forward, never back. Receipts come late, twice and out of
order, so that every one is asked whether it is news.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.debtors.model import Channel
from kasstroom.messages.model import LOST, Message, MessageState, Receipt, Try

_S = MessageState
_FORWARD: dict[MessageState, frozenset[MessageState]] = {
    _S.CLAIMED: frozenset(_S) - {_S.CLAIMED, _S.CANCELLED},
    _S.SENT: frozenset({_S.DELIVERED, _S.READ, _S.COMPLAINED, _S.BOUNCED, _S.FAILED}),
    # A mail server takes a message and may send it back later; a telephone does not.
    _S.DELIVERED: frozenset({_S.READ, _S.COMPLAINED, _S.BOUNCED}),
    _S.READ: frozenset({_S.COMPLAINED}),
    _S.COMPLAINED: frozenset(),
    _S.BOUNCED: frozenset(),
    _S.FAILED: frozenset(),
    _S.CANCELLED: frozenset(),
}


def is_forward(before: MessageState, after: MessageState) -> bool:
    return after in _FORWARD[before]


def is_about_now(message: Message, receipt: Receipt) -> bool:
    """Whether it is about the way and the attempt the message is at; else it is history. What was
    handed over twice after a crash is lost when the attempt that was confirmed is."""
    if receipt.channel and receipt.channel is not message.channel:
        return False
    earlier = receipt.provider_id not in ("", message.provider_id) and message.provider_id
    if receipt.state in LOST and earlier and 0 < receipt.attempt < message.attempt:
        return False
    return receipt.attempt > message.settled or not message.settled


def arrived(message: Message, receipt: Receipt) -> Message:
    """The message with good news: sent, delivered, read; or that it was called spam."""
    after = replace(message, state=receipt.state)
    if receipt.state is MessageState.DELIVERED:
        return replace(after, delivered_at=receipt.at)
    if receipt.state is MessageState.READ:
        delivered_at = message.delivered_at or receipt.at
        return replace(after, delivered_at=delivered_at, read_at=receipt.at)
    if receipt.state is MessageState.COMPLAINED:
        return replace(after, failed_reason=receipt.detail)
    return after


def again(message: Message, way: tuple[Channel, str], at: datetime) -> Message:
    """Queued once more, over this way, from the instant `at`; what comes in about earlier attempts
    is history from here on."""
    channel, address = way
    return replace(
        message, state=MessageState.CLAIMED, channel=channel, address=address, claimed_until=at,
        settled=message.attempt, attempts=0, provider_id="", sent_at=None, delivered_at=None,
        posted_on=None,
    )  # fmt: skip


def remembered(
    message: Message, state: MessageState, reason: str, at: datetime, provider_id: str = ""
) -> Message:
    """The way it took, as one that did not do."""
    lost = Try(
        message.channel, message.address, state, at, reason, provider_id or message.provider_id,
        message.sent_at,
    )  # fmt: skip
    return replace(
        message, tried=(*message.tried, message.channel), tries=(*message.tries, lost),
        failed_reason=reason,
    )  # fmt: skip
