"""Delivery reports of SES (EventBridge), SMS and WhatsApp (SNS), as our receipts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kasstroom.messages.model import MessageState, Receipt

_EMAIL = {
    "Send": MessageState.SENT,
    "Delivery": MessageState.DELIVERED,
    "Bounce": MessageState.BOUNCED,
    "Reject": MessageState.FAILED,
    "Rendering Failure": MessageState.FAILED,
}
_SMS = {
    "TEXT_SENT": MessageState.SENT,
    "TEXT_SUCCESSFUL": MessageState.SENT,
    "TEXT_DELIVERED": MessageState.DELIVERED,
    "TEXT_INVALID": MessageState.BOUNCED,
    "TEXT_UNREACHABLE": MessageState.BOUNCED,
    "TEXT_UNKNOWN": MessageState.SENT,
    "TEXT_CARRIER_UNREACHABLE": MessageState.FAILED,
    "TEXT_BLOCKED": MessageState.FAILED,
    "TEXT_SPAM": MessageState.FAILED,
    "TEXT_TTL_EXPIRED": MessageState.FAILED,
}
_WHATSAPP = {
    "sent": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.DELIVERED,
    "failed": MessageState.FAILED,
}


def receipts_in(notification: dict[str, Any]) -> Iterator[Receipt]:
    """Reports without our ids in them are about other mail of the account: they are passed over."""
    if "detail" in notification:
        yield from _email(notification["detail"])
        return
    body = json.loads(notification["Message"]) if "Message" in notification else notification
    if "whatsAppWebhookEntry" in body:
        entry = body["whatsAppWebhookEntry"]
        yield from _whatsapp(json.loads(entry) if isinstance(entry, str) else entry)
    else:
        yield from _sms(body)


def _email(detail: dict[str, Any]) -> Iterator[Receipt]:
    state = _EMAIL.get(detail.get("eventType", ""))
    mail = detail.get("mail", {})
    tags = {name: values[0] for name, values in mail.get("tags", {}).items() if values}
    if state and {"org", "debtor", "message_id"} <= tags.keys():
        at = datetime.fromisoformat(mail["timestamp"])
        yield Receipt(
            tags["org"], tags["debtor"], tags["message_id"], state, at, mail.get("messageId", "")
        )


def _sms(body: dict[str, Any]) -> Iterator[Receipt]:
    state = _SMS.get(body.get("eventType", ""))
    context = body.get("context") or {}
    if state and {"org", "debtor", "message_id"} <= context.keys():
        at = datetime.fromtimestamp(body["eventTimestamp"] / 1000, UTC)
        yield Receipt(
            context["org"], context["debtor"], context["message_id"], state, at,
            body.get("messageId", ""),
        )  # fmt: skip


def _whatsapp(entry: dict[str, Any]) -> Iterator[Receipt]:
    for change in entry.get("changes", []):
        for status in change.get("value", {}).get("statuses", []):
            state = _WHATSAPP.get(status.get("status", ""))
            ours = status.get("biz_opaque_callback_data", "").split("|")
            if state and len(ours) == 3:
                at = datetime.fromtimestamp(int(status["timestamp"]), UTC)
                yield Receipt(*ours, state, at, status.get("id", ""))
