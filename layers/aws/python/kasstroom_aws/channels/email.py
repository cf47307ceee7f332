"""E-mail through Amazon SES (v2)."""

from __future__ import annotations

from kasstroom.messages.model import Outgoing
from kasstroom.settings import EmailSettings
from kasstroom_aws.channels.failures import told_apart
from kasstroom_aws.clients import client

REFUSALS = frozenset(
    {"MessageRejected", "BadRequestException", "MailFromDomainNotVerifiedException"}
)


class EmailChannel:
    """HTML and plain text; the message id travels as a tag and comes back in SES events."""

    def __init__(self, settings: EmailSettings) -> None:
        self._configuration_set = settings.email_configuration_set

    def send(self, message: Outgoing) -> str:
        tags = {"message_id": message.message_id, "org": message.org, "debtor": message.debtor}
        body = {"Text": _utf8(message.text), "Html": _utf8(message.html)}
        with told_apart(REFUSALS):
            sent = client("sesv2", attempts=1).send_email(
                FromEmailAddress=message.sender,
                Destination={"ToAddresses": [message.to]},
                Content={"Simple": {"Subject": _utf8(message.subject), "Body": body}},
                ConfigurationSetName=self._configuration_set,
                EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            )
        return sent["MessageId"]


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
