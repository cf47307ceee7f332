"""E-mail through Amazon SES (v2)."""

from __future__ import annotations

import re
from typing import Any

from kasstroom.errors import Refused
from kasstroom.messages.attachments import MOST_BYTES
from kasstroom.messages.model import Attachment, Outgoing
from kasstroom.settings import EmailSettings
from kasstroom_aws.clients import client
from kasstroom_aws.refusals import told_apart

REFUSALS = frozenset(
    {"MessageRejected", "BadRequestException", "MailFromDomainNotVerifiedException"}
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:"]+')
_HTTPS = re.compile(r"https://[!-;=?-~]+\Z")


class EmailChannel:
    """HTML and plain text; our ids travel as tags and come back in SES events."""

    def __init__(self, settings: EmailSettings) -> None:
        self._configuration_set = settings.email_configuration_set

    def send(self, message: Outgoing) -> str:
        tags = {
            "message_id": message.message_id, "org": message.org, "debtor": message.debtor,
            "attempt": str(message.attempt),
        }  # fmt: skip
        more: dict[str, Any] = {}
        if message.reply_to:
            more["ReplyToAddresses"] = [_one_line(message.reply_to)]
        with told_apart(REFUSALS):
            sent = client("sesv2", attempts=1).send_email(
                FromEmailAddress=_one_line(message.sender),
                Destination={"ToAddresses": [_one_line(message.to)]},
                Content={"Simple": _content(message)},
                ConfigurationSetName=self._configuration_set,
                EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
                **more,
            )
        return sent["MessageId"]


def _content(message: Outgoing) -> dict[str, Any]:
    body = {"Text": _utf8(message.text)} | ({"Html": _utf8(message.html)} if message.html else {})
    content: dict[str, Any] = {"Subject": _utf8(_CONTROL.sub(" ", message.subject)), "Body": body}
    if message.unsubscribe_url:
        content["Headers"] = _unsubscribing(message.unsubscribe_url)
    if message.attachments:
        content["Attachments"] = _attached(message.attachments)
    return content


def _unsubscribing(url: str) -> list[dict[str, str]]:
    """One press in the mail program, which POSTs and shows no page (RFC 8058)."""
    if not _HTTPS.match(url):
        raise Refused(
            "invalid_unsubscribe_url", "An unsubscribe address is https and nothing else."
        )
    return [
        {"Name": "List-Unsubscribe", "Value": f"<{url}>"},
        {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
    ]


def _attached(attachments: tuple[Attachment, ...]) -> list[dict[str, Any]]:
    if sum(len(one.content) for one in attachments) > MOST_BYTES:
        detail = f"The attachments of one mail are at most {MOST_BYTES} bytes together."
        raise Refused("attachments_too_large", detail)
    return [
        {
            "RawContent": one.content,
            "FileName": _NO_NAME.sub("_", one.name)[:100] or "bijlage",
            "ContentType": _CONTROL.sub("", one.media_type),
            "ContentDisposition": "ATTACHMENT",
            "ContentTransferEncoding": "BASE64",
        }
        for one in attachments
    ]


def _one_line(address: str) -> str:
    """Refused when a line end in it could begin another header."""
    if _CONTROL.search(address):
        raise Refused("invalid_address", "An e-mail address is one line.")
    return address


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
