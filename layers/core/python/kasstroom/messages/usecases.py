"""Delivery receipts: what the providers report about a message."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.changes import Changes
from kasstroom.messages.model import Message, MessageState, Receipt
from kasstroom.messages.sending import confirm
from kasstroom.ports import Books

_RANK = {
    MessageState.CLAIMED: 0,
    MessageState.SENT: 1,
    MessageState.DELIVERED: 2,
    MessageState.BOUNCED: 3,
    MessageState.FAILED: 3,
    MessageState.CANCELLED: 3,
}


def record(books: Books, receipt: Receipt) -> tuple[Changes, Message]:
    """Moves the message forward, never back: receipts come late, twice and out of order. A receipt
    for a message that is only claimed proves that it was sent."""
    message = books.get(Message, receipt.org, receipt.debtor, receipt.message_id)
    changes, sent = confirm(books, message, receipt.provider_id, receipt.at)
    if _RANK[receipt.state] <= _RANK[sent.state]:
        return changes, sent
    further = replace(sent, state=receipt.state)
    return Changes(update=(further,), events=changes.events), further
