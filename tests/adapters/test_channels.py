"""One contract for every channel, against AWS's own description of each service."""

from __future__ import annotations

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.stub import ANY, Stubber

from kasstroom.debtors.model import Channel
from kasstroom.errors import Refused, Unavailable
from kasstroom.messages.model import Outgoing
from kasstroom.organisations.model import Language
from kasstroom.settings import EmailSettings, SmsSettings
from kasstroom_aws.channels import channels
from kasstroom_aws.channels.failures import told_apart
from kasstroom_aws.clients import client

MESSAGE = Outgoing(
    "msg_1", "vandijk", "D1", "+31612345678", "sender-1", Language.NL, "Text", "Subject",
    "<p>Html</p>", "reminder_nl", ("Anna", "Van Dijk"), "token-1",
)  # fmt: skip
SERVICES = {
    Channel.EMAIL: ("sesv2", "send_email", {"MessageId": "provider-1"}, "MessageRejected"),
    Channel.SMS: (
        "pinpoint-sms-voice-v2", "send_text_message", {"MessageId": "provider-1"},
        "ValidationException",
    ),
    Channel.WHATSAPP: (
        "socialmessaging", "send_whatsapp_message", {"messageId": "provider-1"},
        "InvalidParametersException",
    ),
}  # fmt: skip


@pytest.fixture(params=list(Channel))
def wired(request):
    service, operation, answer, refusal = SERVICES[request.param]
    client.cache_clear()
    with Stubber(client(service, attempts=1)) as stub:
        channel = channels(EmailSettings("set"), SmsSettings("set"))[request.param]
        yield channel, stub, operation, answer, refusal
    client.cache_clear()


def test_every_channel_is_registered():
    assert set(channels(EmailSettings("s"), SmsSettings("s"))) == set(Channel) == set(SERVICES)


def test_what_we_send_is_what_the_service_takes(wired):
    channel, stub, operation, answer, _ = wired
    stub.add_response(operation, answer)
    assert channel.send(MESSAGE) == "provider-1"


def test_a_refusal_is_final(wired):
    channel, stub, operation, _, refusal = wired
    stub.add_client_error(operation, refusal, http_status_code=400)
    with pytest.raises(Refused):
        channel.send(MESSAGE)


@pytest.mark.parametrize(("code", "status"), [("ThrottlingException", 429), ("Oops", 503)])
def test_a_busy_service_is_tried_again(wired, code, status):
    channel, stub, operation, _, _ = wired
    stub.add_client_error(operation, code, http_status_code=status)
    with pytest.raises(Unavailable):
        channel.send(MESSAGE)


def test_a_denied_permission_is_a_bug_and_stays_one(wired):
    channel, stub, operation, _, _ = wired
    stub.add_client_error(operation, "AccessDeniedException", http_status_code=403)
    with pytest.raises(Exception, match="AccessDenied") as error:
        channel.send(MESSAGE)
    assert not isinstance(error.value, (Refused, Unavailable))


def test_no_connection_means_nothing_was_sent_but_no_answer_may():
    with pytest.raises(Unavailable), told_apart(frozenset()):
        raise ConnectTimeoutError(endpoint_url="https://x")
    with pytest.raises(ReadTimeoutError), told_apart(frozenset()):
        raise ReadTimeoutError(endpoint_url="https://x")


@pytest.mark.parametrize("service", [row[0] for row in SERVICES.values()])
def test_the_sdk_never_sends_a_message_twice_by_itself(service):
    assert client(service, attempts=1).meta.config.retries["total_max_attempts"] == 1


def test_our_ids_travel_with_every_message():
    client.cache_clear()
    with Stubber(client("sesv2", attempts=1)) as stub:
        tags = [
            {"Name": "message_id", "Value": "msg_1"},
            {"Name": "org", "Value": "vandijk"},
            {"Name": "debtor", "Value": "D1"},
        ]
        stub.add_response(
            "send_email",
            {"MessageId": "m"},
            {
                "EmailTags": tags, "FromEmailAddress": "sender-1", "Destination": ANY,
                "Content": ANY, "ConfigurationSetName": "set",
            },
        )  # fmt: skip
        channels(EmailSettings("set"), SmsSettings("set"))[Channel.EMAIL].send(MESSAGE)
    client.cache_clear()
