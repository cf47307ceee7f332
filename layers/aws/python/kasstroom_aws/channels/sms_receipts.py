"""What AWS End User Messaging tells of an SMS (SNS), and what people answer.

The last word comes with `isFinal`: a failure before that is tried again by the carrier.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kasstroom.debtors.model import Channel
from kasstroom.messages.model import LOST, MessageState, Receipt, Reply

_STATES = {
    "TEXT_QUEUED": MessageState.SENT,
    "TEXT_PENDING": MessageState.SENT,
    "TEXT_SENT": MessageState.SENT,
    # The carrier took it; what it did with it nobody knows.
    "TEXT_SUCCESSFUL": MessageState.SENT,
    "TEXT_UNKNOWN": MessageState.SENT,
    "TEXT_DELIVERED": MessageState.DELIVERED,
    "TEXT_INVALID": MessageState.BOUNCED,
    "TEXT_BLOCKED": MessageState.BOUNCED,
    "TEXT_INVALID_MESSAGE": MessageState.FAILED,
    "TEXT_UNREACHABLE": MessageState.FAILED,
    "TEXT_CARRIER_UNREACHABLE": MessageState.FAILED,
    "TEXT_CARRIER_BLOCKED": MessageState.FAILED,
    "TEXT_PROTECT_BLOCKED": MessageState.FAILED,
    "TEXT_SPAM": MessageState.FAILED,
    "TEXT_TTL_EXPIRED": MessageState.FAILED,
}


def sms_receipts(body: dict[str, Any]) -> Iterator[Receipt]:
    code = body.get("eventType", "")
    state, context = _STATES.get(code), body.get("context") or {}
    if state is None or not {"org", "debtor", "message_id"} <= context.keys():
        return
    if state in LOST and not body.get("isFinal", True):
        return
    at = datetime.fromtimestamp(body["eventTimestamp"] / 1000, UTC)
    yield Receipt(
        context["org"], context["debtor"], context["message_id"], state, at,
        body.get("messageId", ""), code if state in LOST else "", Channel.SMS,
        int(context.get("attempt", "0")), state is MessageState.BOUNCED,
    )  # fmt: skip


def sms_replies(body: dict[str, Any], at: datetime) -> Iterator[Reply]:
    """An inbound message carries no time of its own: `at` is when it was published."""
    yield Reply(
        Channel.SMS, body["originationNumber"], body["destinationNumber"],
        body.get("messageBody", ""), at,
    )  # fmt: skip
