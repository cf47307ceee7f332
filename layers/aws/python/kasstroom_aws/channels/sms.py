"""SMS through AWS End User Messaging."""

from __future__ import annotations

from kasstroom.messages.model import Outgoing
from kasstroom.settings import SmsSettings
from kasstroom_aws.clients import client
from kasstroom_aws.refusals import told_apart

REFUSALS = frozenset({"ValidationException", "ConflictException"})


class SmsChannel:
    """The message id travels in `Context` and comes back in delivery events."""

    def __init__(self, settings: SmsSettings) -> None:
        self._configuration_set = settings.sms_configuration_set

    def send(self, message: Outgoing) -> str:
        with told_apart(REFUSALS):
            sent = client("pinpoint-sms-voice-v2", attempts=1).send_text_message(
                DestinationPhoneNumber=message.to,
                OriginationIdentity=message.sender,
                MessageBody=message.text,
                MessageType="TRANSACTIONAL",
                ConfigurationSetName=self._configuration_set,
                Context={
                    "message_id": message.message_id,
                    "org": message.org,
                    "debtor": message.debtor,
                    "attempt": str(message.attempt),
                },
            )
        return sent["MessageId"]
