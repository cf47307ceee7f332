"""WhatsApp template messages through AWS End User Messaging Social."""

from __future__ import annotations

import json

from kasstroom.messages.model import Outgoing
from kasstroom_aws.clients import client
from kasstroom_aws.refusals import told_apart

REFUSALS = frozenset({"ValidationException", "InvalidParametersException"})
META_API_VERSION = "v22.0"


class WhatsAppChannel:
    """A utility template only: reminders are never free text. Our ids travel in
    `biz_opaque_callback_data` and come back in status events."""

    def send(self, message: Outgoing) -> str:
        with told_apart(REFUSALS):
            sent = client("socialmessaging", attempts=1).send_whatsapp_message(
                originationPhoneNumberId=message.sender,
                message=json.dumps(_template(message)).encode(),
                metaApiVersion=META_API_VERSION,
            )
        return sent["messageId"]


def _template(message: Outgoing) -> dict[str, object]:
    body = {"type": "body", "parameters": [_text(value) for value in message.parameters]}
    button = {
        "type": "button",
        "sub_type": "url",
        "index": "0",
        "parameters": [_text(message.button)],
    }
    return {
        "messaging_product": "whatsapp",
        "to": message.to,
        "type": "template",
        "template": {
            "name": message.template,
            "language": {"code": message.language},
            "components": [body, button],
        },
        "biz_opaque_callback_data": "|".join(
            (message.org, message.debtor, message.message_id, str(message.attempt))
        ),
    }


def _text(value: str) -> dict[str, str]:
    return {"type": "text", "text": value}
