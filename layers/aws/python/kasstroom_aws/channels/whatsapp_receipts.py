"""What Meta tells of a WhatsApp message (SNS, as JSON inside AWS's envelope), and what people
answer. Its error codes say whether an address, the moment or the message is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kasstroom.debtors.model import Channel
from kasstroom.messages.model import MessageState, Receipt, Reply

_STATES = {
    "sent": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.READ,
    "failed": MessageState.FAILED,
}
NOBODY_THERE = frozenset({"131026", "131021"})
"""The number has no WhatsApp that takes our message, or is our own."""
HELD_BACK_MINUTES = {
    "131049": 24 * 60,  # Meta keeps the number of messages to one person low; sooner is refused.
    "131048": 4 * 60,  # too many of ours were called spam
    "131056": 10,  # too many to this person in a short time
    "130429": 10,  # too many of ours together
    "80007": 60,
    "131000": 10,  # Meta does not know what went wrong
    "131016": 10,
    "131057": 60,
    "133004": 60,
}
"""Sent too soon, or to a service that was down: the same message may do after so many minutes."""


def whatsapp_news(body: dict[str, Any]) -> Iterator[Receipt | Reply]:
    entry = body["whatsAppWebhookEntry"]
    ours = {
        number["metaPhoneNumberId"]: number["arn"]
        for number in body.get("context", {}).get("MetaPhoneNumberIds", ())
    }
    for change in (json.loads(entry) if isinstance(entry, str) else entry).get("changes", []):
        value = change.get("value", {})
        for status in value.get("statuses", []):
            yield from _receipts(status)
        number = value.get("metadata", {}).get("phone_number_id", "")
        for message in value.get("messages", []):
            yield _reply(message, ours.get(number, number))


def _receipts(status: dict[str, Any]) -> Iterator[Receipt]:
    state = _STATES.get(status.get("status", ""))
    ids = status.get("biz_opaque_callback_data", "").split("|")
    if state is None or len(ids) not in (3, 4):
        return
    code = str((status.get("errors") or [{}])[0].get("code", ""))
    nobody = state is MessageState.FAILED and code in NOBODY_THERE
    org, debtor, message, attempt = (*ids, "0")[:4]
    yield Receipt(
        org, debtor, message, MessageState.BOUNCED if nobody else state, _at(status),
        status.get("id", ""), code, Channel.WHATSAPP, int(attempt) if attempt.isdigit() else 0,
        nobody, HELD_BACK_MINUTES.get(code, 0) if state is MessageState.FAILED else 0,
    )  # fmt: skip


def _reply(message: dict[str, Any], to: str) -> Reply:
    """Whatever its kind; only text and a pressed button can say stop."""
    text = (message.get("text") or {}).get("body") or (message.get("button") or {}).get("text")
    return Reply(Channel.WHATSAPP, message.get("from", ""), to, text or "", _at(message))


def _at(timed: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(timed["timestamp"]), UTC)
