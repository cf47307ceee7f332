"""What comes back from the providers: reports of SES (EventBridge), of SMS and WhatsApp (SNS), and
answers to our numbers. Where the letter and the telephone are concerned, people report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kasstroom.messages.model import Receipt, Reply
from kasstroom_aws.channels.email_receipts import email_receipts
from kasstroom_aws.channels.sms_receipts import sms_receipts, sms_replies
from kasstroom_aws.channels.whatsapp_receipts import whatsapp_news


def news_in(notification: dict[str, Any]) -> Iterator[Receipt | Reply]:
    """One notification as it lies in the queue, in SNS's envelope or without one."""
    enveloped = "Message" in notification
    body = json.loads(notification["Message"]) if enveloped else notification
    if "detail" in body:
        yield from email_receipts(body["detail"])
    elif "whatsAppWebhookEntry" in body:
        yield from whatsapp_news(body)
    elif "originationNumber" in body:
        yield from sms_replies(body, _published(notification))
    else:
        yield from sms_receipts(body)


def _published(notification: dict[str, Any]) -> datetime:
    said = notification.get("Timestamp")
    return datetime.fromisoformat(said) if said else datetime.now(UTC)
