"""Delivery receipts, published to SNS in the shapes AWS uses."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from kasstroom_aws.clients import client
from kasstroom_sandbox.phone.inbox import Document, reachable

_SMS_STATUS = {
    True: ("TEXT_DELIVERED", "DELIVERED", "Message has been accepted by phone"),
    False: ("TEXT_UNREACHABLE", "UNREACHABLE", "Destination phone is unreachable"),
}


class Receipts:
    def __init__(self, topic_arn: str) -> None:
        self._topic_arn = topic_arn

    def report_sms(self, message: Document) -> None:
        self.publish(sms_receipt(message))

    def report_whatsapp(self, message: Document) -> None:
        """Meta reports `sent` and then what became of it."""
        outcome = "delivered" if reachable(message["to"]) else "failed"
        for status in ("sent", outcome):
            self.publish(whatsapp_receipt(message, status))

    def publish(self, receipt: dict[str, Any]) -> None:
        """The message was accepted, so a receipt that cannot leave must not fail the call."""
        try:
            client("sns").publish(TopicArn=self._topic_arn, Message=json.dumps(receipt))
        except (BotoCoreError, ClientError):
            logging.getLogger(__name__).exception("a delivery receipt was not published")


def sms_receipt(message: Document) -> dict[str, Any]:
    event, status, description = _SMS_STATUS[reachable(message["to"])]
    millis = int(datetime.fromisoformat(message["at"]).timestamp() * 1000)
    return {
        "eventType": event,
        "eventVersion": "1.0",
        "eventTimestamp": millis + 900,
        "isFinal": True,
        "originationPhoneNumber": message["from"],
        "destinationPhoneNumber": message["to"],
        "isoCountryCode": "NL",
        "mcc": "204",
        "mnc": "04",
        "messageId": message["provider_id"],
        "messageRequestTimestamp": millis,
        "messageEncoding": message["encoding"],
        "messageType": message["type"],
        "messageStatus": status,
        "messageStatusDescription": description,
        "context": message["context"],
        "totalMessageParts": message["parts"],
        "totalMessagePrice": 0.0,
        "totalCarrierFee": 0.0,
    }


def whatsapp_receipt(message: Document, status: str) -> dict[str, Any]:
    """AWS's envelope around Meta's webhook entry, which is JSON inside a string."""
    at = datetime.fromisoformat(message["at"])
    meta_id = f"wamid.{message['provider_id'].replace('-', '')}"
    report = {
        "id": meta_id,
        "status": status,
        "timestamp": str(int(at.timestamp())),
        "recipient_id": message["to"].removeprefix("+"),
    }
    if message["context"]:
        report["biz_opaque_callback_data"] = message["context"]
    if status == "failed":
        report["errors"] = [{"code": 131026, "title": "Message undeliverable"}]
    return whatsapp_envelope({"statuses": [report]}, message["from"], at, message["provider_id"])


def whatsapp_envelope(
    told: dict[str, Any], sender: str, at: datetime, message_id: str
) -> dict[str, Any]:
    """What Meta tells about our number `sender`, inside what AWS puts around it."""
    number = sender.rpartition("/")[2]
    metadata = {"display_phone_number": "31850000000", "phone_number_id": number}
    value = {"messaging_product": "whatsapp", "metadata": metadata} | told
    entry = {"id": "100000000000001", "changes": [{"value": value, "field": "messages"}]}
    arn = "arn:aws:social-messaging:eu-west-1:000000000000"
    return {
        "context": {
            "MetaWabaIds": [{"wabaId": entry["id"], "arn": f"{arn}:waba/sandbox"}],
            "MetaPhoneNumberIds": [
                {"metaPhoneNumberId": number, "arn": f"{arn}:phone-number-id/{number}"}
            ],
        },
        "whatsAppWebhookEntry": json.dumps(entry),
        "aws_account_id": "000000000000",
        "message_timestamp": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "messageId": message_id,
    }
