"""One contract for every channel, against AWS's own description of each service.

A new channel adds a line to WAYS: how its provider is stood in for, and how it reports.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.stub import Stubber

from kasstroom.debtors.model import Channel
from kasstroom.errors import Refused, Unavailable
from kasstroom.messages.model import Attachment, MessageState, Outgoing, Receipt
from kasstroom.messages.sending import OPTED_OUT
from kasstroom.organisations.model import Language
from kasstroom.settings import EmailSettings, SmsSettings
from kasstroom_aws.channels.email import MOST_BYTES, EmailChannel
from kasstroom_aws.channels.receipts import news_in
from kasstroom_aws.channels.sms import SmsChannel
from kasstroom_aws.channels.whatsapp import WhatsAppChannel
from kasstroom_aws.clients import client
from kasstroom_aws.refusals import told_apart

MESSAGE = Outgoing(
    "msg_1", "vandijk", "D1", "+31612345678", "sender-1", Language.NL, "Text", "Subject",
    "<p>Html</p>", "reminder_nl", ("Anna", "Van Dijk"), "token-1", attempt=2,
)  # fmt: skip


@dataclass
class Provider:
    """What the contract asks of one channel with its provider stood in for."""

    channel: Any
    accepts: Callable[[], None]
    refuses: Callable[[str, int], None]
    asked: list[dict[str, Any]]


@dataclass(frozen=True)
class Aws:
    """An AWS service: `reports` makes of a request what the provider publishes about it."""

    make: Callable[[], Any]
    service: str
    operation: str
    id_name: str
    refusal: str
    reports: Callable[[dict[str, Any]], dict[str, Any]]

    @contextmanager
    def stood_in_for(self) -> Iterator[Provider]:
        client.cache_clear()
        sdk, asked = client(self.service, attempts=1), []
        sdk.meta.events.register(
            "provide-client-params.*", lambda params, **_: asked.append(dict(params))
        )
        with Stubber(sdk) as stub:

            def accepts() -> None:
                stub.add_response(self.operation, {self.id_name: f"provider-{len(asked) + 1}"})

            def refuses(code: str, status: int) -> None:
                stub.add_client_error(self.operation, code, http_status_code=status)

            yield Provider(self.make(), accepts, refuses, asked)
        client.cache_clear()


def ses_event(request: dict[str, Any]) -> dict[str, Any]:
    tags = {tag["Name"]: [tag["Value"]] for tag in request["EmailTags"]}
    mail = {"timestamp": "2026-09-01T08:00:03.000Z", "messageId": "m", "tags": tags}
    return {"source": "aws.ses", "detail": {"eventType": "Delivery", "mail": mail}}


def sms_event(request: dict[str, Any]) -> dict[str, Any]:
    body = {"eventType": "TEXT_DELIVERED", "eventTimestamp": 1788249605000, "isFinal": True}
    return {"Message": json.dumps(body | {"context": request["Context"]})}


def whatsapp_event(request: dict[str, Any]) -> dict[str, Any]:
    ours = json.loads(request["message"])["biz_opaque_callback_data"]
    status = {"status": "delivered", "timestamp": "1788249605", "biz_opaque_callback_data": ours}
    entry = {"changes": [{"value": {"statuses": [status]}}]}
    return {"Message": json.dumps({"whatsAppWebhookEntry": json.dumps(entry)})}


WAYS: dict[Channel, Any] = {
    Channel.EMAIL: Aws(
        lambda: EmailChannel(EmailSettings("set")), "sesv2", "send_email", "MessageId",
        "MessageRejected", ses_event,
    ),
    Channel.SMS: Aws(
        lambda: SmsChannel(SmsSettings("set")), "pinpoint-sms-voice-v2", "send_text_message",
        "MessageId", "ValidationException", sms_event,
    ),
    Channel.WHATSAPP: Aws(
        WhatsAppChannel, "socialmessaging", "send_whatsapp_message", "messageId",
        "InvalidParametersException", whatsapp_event,
    ),
}  # fmt: skip


@pytest.fixture(params=list(WAYS))
def way(request):
    return WAYS[request.param]


@pytest.fixture
def provider(way):
    with way.stood_in_for() as found:
        yield found


def test_what_we_send_is_what_the_service_takes_and_gives_its_id(provider):
    provider.accepts()
    assert provider.channel.send(MESSAGE) == "provider-1"


def test_our_ids_travel_with_the_message_and_come_back_in_its_receipt(way, provider, request):
    provider.accepts()
    provider.channel.send(MESSAGE)
    (receipt,) = news_in(way.reports(provider.asked[0]))
    assert isinstance(receipt, Receipt)
    assert (receipt.org, receipt.debtor, receipt.message_id) == ("vandijk", "D1", "msg_1")
    assert (receipt.attempt, receipt.state) == (2, MessageState.DELIVERED)
    assert WAYS[receipt.channel] is way


def test_a_refusal_is_final(way, provider):
    provider.refuses(way.refusal, 400)
    with pytest.raises(Refused):
        provider.channel.send(MESSAGE)


@pytest.mark.parametrize(
    ("code", "status"),
    [("ThrottlingException", 429), ("ThrottledRequestException", 429), ("Oops", 503)],
)
def test_a_busy_service_is_tried_again(provider, code, status):
    provider.refuses(code, status)
    with pytest.raises(Unavailable):
        provider.channel.send(MESSAGE)
    assert len(provider.asked) == 1, "by whoever claims the message, never by the SDK"


def test_a_denied_permission_is_a_bug_and_stays_one(provider):
    provider.refuses("AccessDeniedException", 403)
    with pytest.raises(Exception, match="AccessDenied") as error:
        provider.channel.send(MESSAGE)
    assert not isinstance(error.value, (Refused, Unavailable))


def test_no_connection_means_nothing_was_sent_but_no_answer_may():
    with pytest.raises(Unavailable), told_apart(frozenset()):
        raise ConnectTimeoutError(endpoint_url="https://x")
    with pytest.raises(ReadTimeoutError), told_apart(frozenset()):
        raise ReadTimeoutError(endpoint_url="https://x")


def test_the_sdk_never_sends_a_message_twice_by_itself(way):
    config = client(way.service, attempts=1).meta.config
    assert config.retries["total_max_attempts"] == 1


def test_a_number_that_asked_aws_to_stop_is_told_apart():
    client.cache_clear()
    with Stubber(client("pinpoint-sms-voice-v2", attempts=1)) as stub:
        stub.add_client_error(
            "send_text_message", "ConflictException", http_status_code=409,
            modeled_fields={"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"},
        )  # fmt: skip
        with pytest.raises(Refused) as refused:
            SmsChannel(SmsSettings("set")).send(MESSAGE)
    client.cache_clear()
    assert refused.value.code == OPTED_OUT


@pytest.fixture
def mailed():
    """Sends a mail and gives SES's request."""
    with WAYS[Channel.EMAIL].stood_in_for() as ses:

        def send(**changes: Any) -> dict[str, Any]:
            ses.accepts()
            ses.channel.send(replace(MESSAGE, **changes))
            return ses.asked[-1]

        yield send


def test_a_reminder_offers_no_unsubscribing_and_what_one_may_do_without_does(mailed):
    assert "Headers" not in mailed()["Content"]["Simple"]
    url = "https://betalen.vandijk.example/u/abc"
    headers = mailed(unsubscribe_url=url)["Content"]["Simple"]["Headers"]
    assert {h["Name"]: h["Value"] for h in headers} == {
        "List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }  # fmt: skip


def test_a_letter_goes_along_as_a_file(mailed):
    letter = Attachment("../brief\r\n1.pdf", "application/pdf", b"%PDF-1.7")
    (file,) = mailed(attachments=(letter,))["Content"]["Simple"]["Attachments"]
    assert (file["FileName"], file["RawContent"]) == (".._brief_1.pdf", b"%PDF-1.7")
    assert file["ContentType"] == "application/pdf"
    with pytest.raises(Refused, match="at most"):
        mailed(attachments=(replace(letter, content=b"x" * (MOST_BYTES + 1)),))


def test_answers_go_where_the_creditor_reads_them(mailed):
    assert mailed(reply_to="ink@vandijk.example")["ReplyToAddresses"] == ["ink@vandijk.example"]
    assert "ReplyToAddresses" not in mailed()


@pytest.mark.parametrize(
    "hostile",
    [
        {"to": "a@b.nl\r\nBcc: c@d.nl"}, {"sender": "x\n<a@b.nl>"}, {"reply_to": "a@b.nl\u2028x"},
        {"unsubscribe_url": "https://a.nl/\r\nBcc: x"}, {"unsubscribe_url": "http://a.nl"},
        {"unsubscribe_url": "https://a.nl/>, <mailto:x@y.nl"},
    ],
)  # fmt: skip
def test_nothing_written_by_others_begins_another_header(mailed, hostile):
    with pytest.raises(Refused):
        mailed(**hostile)


def test_a_subject_stays_one_line(mailed):
    request = mailed(subject="Factuur\r\nBcc: x@y.nl\x00")
    assert request["Content"]["Simple"]["Subject"]["Data"] == "Factuur Bcc: x@y.nl "
