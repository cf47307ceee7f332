"""AWS's `pinpoint-sms-voice-v2`: one operation, SendTextMessage, in JSON 1.0."""

from __future__ import annotations

import re
import uuid
from typing import Any

from kasstroom_sandbox.aws_shapes import complaints
from kasstroom_sandbox.phone.inbox import Inbox
from kasstroom_sandbox.phone.receipts import Receipts
from kasstroom_sandbox.web import HttpError, Request, Response, json_object, json_response

_TARGET = "PinpointSMSVoiceV2."
_JSON = "application/x-amz-json-1.0"
_E164 = re.compile(r"\+?[1-9]\d{7,14}", re.ASCII)
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = frozenset("^{}\\[~]|€\f")


class SmsService:
    def __init__(self, inbox: Inbox, receipts: Receipts) -> None:
        self._inbox = inbox
        self._receipts = receipts

    def call(self, request: Request) -> Response:
        if request.headers.get("x-amz-target", "") != f"{_TARGET}SendTextMessage":
            raise _error("UnknownOperationException", "The sandbox knows SendTextMessage.")
        sent = json_object(request.body)
        if sent is None:
            raise _error("SerializationException", "The body is not a JSON object.")
        _check(sent)
        message_id = str(uuid.uuid4())
        if not sent.get("DryRun"):
            kept = self._inbox.receive(_kept(sent, message_id))
            self._receipts.report_sms(kept)
        return json_response(200, {"MessageId": message_id}, _JSON)


def _check(sent: dict[str, Any]) -> None:
    """The model's own constraints, and what the service itself insists on."""
    wrong = complaints("pinpoint-sms-voice-v2", "SendTextMessage", sent)
    if wrong:
        fields = [{"Name": name, "Message": detail} for name, detail in wrong]
        text = "; ".join(f"{name} {detail}" for name, detail in wrong)
        raise _invalid("FIELD_VALIDATION_FAILED", text, fields)
    if not sent.get("MessageBody"):
        raise _invalid("MISSING_PARAMETER", "MessageBody must not be null", [])
    if not _E164.fullmatch(sent["DestinationPhoneNumber"]):
        raise _invalid("INVALID_PARAMETER", "DestinationPhoneNumber is not an E.164 number", [])


def _kept(sent: dict[str, Any], message_id: str) -> dict[str, Any]:
    encoding, parts = sms_parts(sent["MessageBody"])
    return {
        "channel": "sms",
        "provider_id": message_id,
        "to": "+" + sent["DestinationPhoneNumber"].removeprefix("+"),
        "from": sent.get("OriginationIdentity") or "",
        "text": sent["MessageBody"],
        "buttons": [],
        "encoding": encoding,
        "parts": parts,
        "type": sent.get("MessageType") or "TRANSACTIONAL",
        "configuration_set": sent.get("ConfigurationSetName") or "",
        "context": sent.get("Context") or {},
    }


def sms_parts(text: str) -> tuple[str, int]:
    """`GSM` or `UNICODE` and the number of parts (3GPP TS 23.038)."""
    if all(letter in _GSM or letter in _GSM_DOUBLE for letter in text):
        length, single, joined = sum(1 + (c in _GSM_DOUBLE) for c in text), 160, 153
        encoding = "GSM"
    else:
        length, single, joined = len(text.encode("utf-16-be", "replace")) // 2, 70, 67
        encoding = "UNICODE"
    return encoding, 1 if length <= single else -(-length // joined)


def _invalid(reason: str, detail: str, fields: list[dict[str, str]]) -> HttpError:
    return _error("ValidationException", detail, Reason=reason, Fields=fields)


def _error(kind: str, detail: str, **more: Any) -> HttpError:
    headers = {"content-type": _JSON, "x-amzn-errortype": kind}
    return HttpError(400, {"__type": kind, "Message": detail} | more, headers)
