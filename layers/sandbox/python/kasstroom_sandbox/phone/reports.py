"""What a tester lets happen to a mail that was sent, and what a debtor texts back: told to the
product in the shapes AWS uses, over the topic on which its receipts come.

The embedded AWS keeps no tags of a mail, so that whoever calls names the message.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from kasstroom.time import Clock, iso
from kasstroom_sandbox.phone.receipts import Receipts, whatsapp_envelope
from kasstroom_sandbox.web import Request, Response, json_object, json_response, problem

_BOUNCED = {"action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 user unknown"}
_MAIL: dict[str, tuple[str, str, dict[str, Any]]] = {
    "delivery": ("Email Delivered", "Delivery", {"smtpResponse": "250 ok"}),
    "bounce": (
        "Email Bounced", "Bounce",
        {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": [_BOUNCED]},
    ),
    "suppressed": (
        "Email Bounced", "Bounce",
        {"bounceType": "Permanent", "bounceSubType": "OnAccountSuppressionList",
         "bouncedRecipients": [{}]},
    ),
    "full": (
        "Email Bounced", "Bounce",
        {"bounceType": "Transient", "bounceSubType": "MailboxFull", "bouncedRecipients": [{}]},
    ),
    "away": (
        "Email Bounced", "Bounce",
        {"bounceType": "Transient", "bounceSubType": "General", "bouncedRecipients": [{}]},
    ),
    "complaint": (
        "Email Complaint Received", "Complaint",
        {"complaintFeedbackType": "abuse", "complainedRecipients": [{}]},
    ),
}  # fmt: skip


class Reports:
    def __init__(self, receipts: Receipts, clock: Clock) -> None:
        self._receipts, self._clock = receipts, clock

    def of_mail(self, request: Request) -> Response:
        """`what` is one of `_MAIL`; `org`, `debtor`, `message_id` and `to` name the message."""
        asked = _asked(request, "what", "org", "debtor", "message_id", "to")
        if asked["what"] not in _MAIL:
            raise problem(422, f"What happens is one of: {', '.join(_MAIL)}.")
        event = ses_event(asked, self._clock())
        self._receipts.publish(event)
        return json_response(202, {"id": event["id"]})

    def of_reply(self, request: Request) -> Response:
        """`channel` is sms or whatsapp; `sender` the debtor's number, `to` ours, and `text`."""
        asked = _asked(request, "channel", "sender", "to", "text")
        shape = {"sms": two_way_sms, "whatsapp": whatsapp_reply}.get(asked["channel"])
        if shape is None:
            raise problem(422, "The channel is sms or whatsapp.")
        self._receipts.publish(shape(asked, self._clock()))
        return json_response(202, {})


def _asked(request: Request, *names: str) -> dict[str, str]:
    asked = json_object(request.body) or {}
    if missing := [name for name in names if not isinstance(asked.get(name), str)]:
        raise problem(422, f"As text and in JSON, name: {', '.join(missing)}.")
    return asked


def ses_event(asked: dict[str, str], now: datetime) -> dict[str, Any]:
    """As EventBridge delivers it for a configuration set."""
    title, kind, part = _MAIL[asked["what"]]
    recipients = {
        name: [{"emailAddress": asked["to"]} | one for one in value]
        for name, value in part.items()
        if isinstance(value, list)
    }
    tags = {name: [asked[name]] for name in ("org", "debtor", "message_id")}
    if attempt := asked.get("attempt"):
        tags["attempt"] = [str(attempt)]
    at = iso(now)
    mail = {"timestamp": at, "messageId": str(uuid.uuid4()), "destination": [asked["to"]]}
    detail = {
        "eventType": kind,
        "mail": mail | {"tags": tags},
        kind.lower(): part | recipients | {"timestamp": at, "feedbackId": str(uuid.uuid4())},
    }
    return {
        "version": "0", "id": str(uuid.uuid4()), "detail-type": title, "source": "aws.ses",
        "account": "000000000000", "time": at, "region": "eu-west-1", "resources": [],
        "detail": detail,
    }  # fmt: skip


def two_way_sms(asked: dict[str, str], now: datetime) -> dict[str, Any]:
    return {
        "originationNumber": asked["sender"],
        "destinationNumber": asked["to"],
        "messageKeyword": "KEYWORD_000000000000",
        "messageBody": asked["text"],
        "inboundMessageId": str(uuid.uuid4()),
        "previousPublishedMessageId": str(uuid.uuid4()),
    }


def whatsapp_reply(asked: dict[str, str], now: datetime) -> dict[str, Any]:
    message = {
        "from": asked["sender"].removeprefix("+"),
        "id": f"wamid.{uuid.uuid4().hex}",
        "timestamp": str(int(now.astimezone(UTC).timestamp())),
        "type": "text",
        "text": {"body": asked["text"]},
    }
    return whatsapp_envelope({"messages": [message]}, asked["to"], now, str(uuid.uuid4()))
