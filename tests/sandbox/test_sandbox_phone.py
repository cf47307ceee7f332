"""The telephone, driven by boto3's own SMS and WhatsApp clients over HTTP."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.organisations.model import Language
from tests.collecting import Post, announced, collects, mandate, planned
from tests.memory_books import MemoryBooks
from tests.people import ORG, debtor, invoice, organisation
from tests.sandbox.driving import send

ONCE = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
SENDER = "phone-number-id-vandijk"
LINK = "http://127.0.0.1:8400/p/AbCdEfGhIjKlMnOpQrStUv"


def sms(world: Any, **changes: Any) -> dict[str, Any]:
    client = boto3.client(
        "pinpoint-sms-voice-v2", endpoint_url=f"{world.phone_url}/sms", config=ONCE
    )
    call = {
        "DestinationPhoneNumber": "+31612345678",
        "OriginationIdentity": "VanDijk",
        "MessageBody": f"Van Dijk herinnert u aan factuur 2026-0042. Betalen: {LINK}",
        "MessageType": "TRANSACTIONAL",
        "Context": {"message_id": "msg_1", "org": "vandijk", "debtor": "D-1"},
    } | changes
    return client.send_text_message(**{name: v for name, v in call.items() if v is not None})


def social(world: Any) -> Any:
    url = f"{world.phone_url}/whatsapp"
    return boto3.client("socialmessaging", endpoint_url=url, config=ONCE)


def template_message(**changes: Any) -> dict[str, Any]:
    parameters = [{"type": "text", "text": text} for text in ("J. Jansen", "€ 986,85")]
    button = [{"type": "text", "text": "AbCdEfGhIjKlMnOpQrStUv"}]
    return {
        "messaging_product": "whatsapp",
        "to": "+31612345678",
        "type": "template",
        "template": {
            "name": "reminder",
            "language": {"code": "nl"},
            "components": [
                {"type": "body", "parameters": parameters},
                {"type": "button", "sub_type": "url", "index": "0", "parameters": button},
            ],
        },
        "biz_opaque_callback_data": "vandijk|D-1|msg_2",
    } | changes


def whatsapp(world: Any, content: Any = None, **changes: Any) -> dict[str, Any]:
    call = {
        "originationPhoneNumberId": SENDER,
        "message": json.dumps(content or template_message()).encode(),
        "metaApiVersion": "v21.0",
    } | changes
    return social(world).send_whatsapp_message(**call)


def told_of_a_collection(language: str) -> list[Any]:
    """The notice of one collection to a debtor with a mailbox, and to one without."""
    books, post = MemoryBooks(), Post()
    organisation(books)
    collects(books)
    for number in ("D1", "D2"):
        debtor(books, number, language=language)
        invoice(books, f"F1-{number}", "250.00", debtor=number)
        mandate(books, number, reference=f"M-1-{number}")
    known = books.get(Debtor, ORG, "D2")
    by_phone = replace(known, contact=replace(known.contact, email=""))
    books.commit(Changes(update=(by_phone,)))
    announced(books, planned(books).id, post)
    return post.sent


def messages(world: Any, query: str = "") -> list[dict[str, Any]]:
    status, _, text = send("GET", f"{world.phone_url}/messages?format=json{query}")
    assert status == 200
    return json.loads(text)


def mail(world: Any, **changes: Any) -> None:
    record = {
        "MessageId": f"{len(world.outbox['messages'].get('000000000000', []))}@email.amazonses.com",
        "Source": "=?utf-8?q?Van_Dijk_B=2EV=2E?= <facturen@kasstroom.example>",
        "To": ["J. Jansen <jansen@example.org>"],
        "CC": [],
        "BCC": [],
        "Subject": "=?utf-8?b?SGVyaW5uZXJpbmc6IOKCrA==?= 986,85",
        "BodyText": f"Beste J. Jansen, betaal hier: {LINK}.",
        "BodyHtml": f'<!doctype html><html><body><a href="{LINK}">Betalen</a></body></html>',
        "Timestamp": datetime.now().astimezone().timestamp(),
        "Type": "v2.SendEmail",
    } | changes
    world.outbox["messages"].setdefault("000000000000", []).append(record)


def test_an_sms_is_accepted_kept_and_confirmed(world: Any) -> None:
    message_id = sms(world)["MessageId"]
    [kept] = messages(world)
    assert (kept["channel"], kept["to"], kept["from"]) == ("sms", "+31612345678", "VanDijk")
    assert kept["provider_id"] == message_id
    assert kept["links"] == [LINK]
    [receipt] = world.receipts()
    assert receipt["eventType"] == "TEXT_DELIVERED"
    assert receipt["isFinal"] is True
    assert receipt["messageId"] == message_id
    assert receipt["destinationPhoneNumber"] == "+31612345678"
    assert receipt["context"] == {"message_id": "msg_1", "org": "vandijk", "debtor": "D-1"}
    assert receipt["totalMessageParts"] == 1


@pytest.mark.parametrize("language", Language)
def test_a_notice_of_a_direct_debit_is_shown_as_it_was_written(world: Any, language: str) -> None:
    by_mail, by_sms = told_of_a_collection(language)
    mail(world, Subject=by_mail.subject, BodyText=by_mail.text, BodyHtml=by_mail.html)
    sms(world, MessageBody=by_sms.text, OriginationIdentity=by_sms.sender)
    shown = messages(world)
    assert {m["channel"] for m in shown} == {"email", "sms"}
    for said in ("M-1", "250", "NL69ZZZ123456780000", "F1"):
        assert all(said in m["text"] for m in shown)


def test_a_number_of_nobody_gives_a_failed_receipt(world: Any) -> None:
    sms(world, DestinationPhoneNumber="+31612340000")
    assert world.receipts()[0]["eventType"] == "TEXT_UNREACHABLE"
    whatsapp(world, template_message(to="+31612340000"))
    statuses = [_status(receipt)["status"] for receipt in world.receipts()]
    assert statuses == ["sent", "failed"]


def test_a_dry_run_leaves_nothing(world: Any) -> None:
    assert sms(world, DryRun=True)["MessageId"]
    assert messages(world) == []
    assert world.receipts() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"DestinationPhoneNumber": None}, "DestinationPhoneNumber"),
        ({"DestinationPhoneNumber": "0612345678"}, "DestinationPhoneNumber"),
        ({"DestinationPhoneNumber": "+31 6 12345678"}, "DestinationPhoneNumber"),
        ({"DestinationPhoneNumber": "+123"}, "DestinationPhoneNumber"),
        ({"MessageBody": None}, "MessageBody"),
        ({"MessageBody": "   "}, "MessageBody"),
        ({"MessageBody": "x" * 1601}, "MessageBody"),
        ({"MessageType": "SPAM"}, "MessageType"),
        ({"TimeToLive": 1}, "TimeToLive"),
        ({"Context": {str(at): "x" for at in range(6)}}, "Context"),
        ({"OriginationIdentity": "Van Dijk"}, "OriginationIdentity"),
    ],
)
def test_a_wrong_sms_is_refused_as_aws_does(world: Any, changes: Any, field: str) -> None:
    with pytest.raises(ClientError) as refused:
        sms(world, **changes)
    error = refused.value.response
    assert error["Error"]["Code"] == "ValidationException"
    assert field in error["Error"]["Message"]
    assert error["Reason"]
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert messages(world) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("Daniël" + "a" * 64, 1),
        ("Daniël" + "a" * 65, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_are_counted_as_the_network_does(world: Any, text: str, parts: int) -> None:
    sms(world, MessageBody=text)
    assert world.receipts()[0]["totalMessageParts"] == parts


def _status(receipt: dict[str, Any]) -> dict[str, Any]:
    entry = json.loads(receipt["whatsAppWebhookEntry"])
    [change] = entry["changes"]
    assert change["field"] == "messages"
    [status] = change["value"]["statuses"]
    return status


def test_a_whatsapp_message_is_accepted_kept_and_confirmed(world: Any) -> None:
    message_id = whatsapp(world)["messageId"]
    [kept] = messages(world)
    assert (kept["channel"], kept["to"]) == ("whatsapp", "+31612345678")
    assert (kept["template"], kept["provider_id"]) == ("reminder", message_id)
    assert "J. Jansen" in kept["text"]
    receipts = world.receipts()
    assert [_status(one)["status"] for one in receipts] == ["sent", "delivered"]
    for receipt in receipts:
        assert _status(receipt)["biz_opaque_callback_data"] == "vandijk|D-1|msg_2"
        assert receipt["messageId"] == message_id
        assert receipt["context"]["MetaWabaIds"]


def test_a_registered_template_is_filled_in(world: Any) -> None:
    definition = {
        "name": "reminder",
        "language": "nl",
        "category": "UTILITY",
        "components": [
            {"type": "BODY", "text": "Beste {{1}}, er staat nog {{2}} open."},
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "URL", "text": "Betalen", "url": "http://127.0.0.1:8400/p/{{1}}"}
                ],
            },
        ],
    }
    answer = social(world).create_whatsapp_message_template(
        id="waba-vandijk", templateDefinition=json.dumps(definition).encode()
    )
    assert answer["templateStatus"] == "APPROVED"
    whatsapp(world)
    [kept] = messages(world)
    assert kept["text"] == "Beste J. Jansen, er staat nog € 986,85 open."
    assert kept["links"] == [LINK]


@pytest.mark.parametrize(
    ("content", "changes", "code"),
    [
        (None, {"originationPhoneNumberId": "vandijk"}, "ValidationException"),
        (None, {"metaApiVersion": "latest"}, "InvalidParametersException"),
        (None, {"message": b"{"}, "InvalidParametersException"),
        (None, {"message": b"[]"}, "InvalidParametersException"),
        (template_message(messaging_product="sms"), {}, "InvalidParametersException"),
        (template_message(to=None), {}, "InvalidParametersException"),
        (template_message(type="text"), {}, "InvalidParametersException"),
        (template_message(template={"name": "Reminder!"}), {}, "InvalidParametersException"),
        (
            template_message(template={"name": "a", "language": "nl"}),
            {},
            "InvalidParametersException",
        ),
        (template_message(biz_opaque_callback_data="x" * 513), {}, "InvalidParametersException"),
    ],
)
def test_a_wrong_whatsapp_message_is_refused(
    world: Any, content: Any, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(ClientError) as refused:
        whatsapp(world, content, **changes)
    assert refused.value.response["Error"]["Code"] == code
    assert refused.value.response["Error"]["Message"]
    assert messages(world) == []


@pytest.mark.parametrize(
    "component",
    [
        "body",
        {"type": "carousel"},
        {"type": "body", "parameters": {}},
        {"type": "body", "parameters": [{"type": "text", "text": ""}]},
        {"type": "body", "parameters": [{"type": "text", "text": "two\nlines"}]},
        {"type": "body", "parameters": [{"type": "currency"}]},
        {"type": "button", "parameters": []},
        {"type": "button", "sub_type": "url", "index": "ten", "parameters": []},
    ],
)
def test_a_wrong_component_is_refused(world: Any, component: Any) -> None:
    template = {"name": "a", "language": {"code": "nl"}, "components": [component]}
    with pytest.raises(ClientError):
        whatsapp(world, template_message(template=template))


def test_emails_are_decoded_and_stand_between_the_others(world: Any) -> None:
    sms(world, MessageBody="eerste")
    mail(world)
    found = messages(world)
    assert [one["channel"] for one in found] == ["email", "sms"]
    assert found[0]["from"] == "Van Dijk B.V. <facturen@kasstroom.example>"
    assert found[0]["subject"] == "Herinnering: € 986,85"
    assert found[0]["links"] == [LINK]


def test_emails_stay_when_the_embedded_aws_forgets_them(world: Any) -> None:
    mail(world)
    before = messages(world)
    world.outbox.clear()
    world.outbox["messages"] = {}
    assert messages(world) == before
    mail(world, MessageId="another")
    assert len(messages(world)) == 2


def test_a_filter_takes_addresses_and_numbers(world: Any) -> None:
    mail(world)
    sms(world)
    sms(world, DestinationPhoneNumber="+31687654321")
    assert len(messages(world, "&to=JANSEN@example.org")) == 1
    assert len(messages(world, "&to=+31612345678")) == 1
    assert len(messages(world, "&to=06,jansen")) == 1
    assert len(messages(world, "&to=31612345678,jansen@example.org")) == 2
    assert [one["channel"] for one in messages(world, "&channel=email")] == ["email"]
    assert send("GET", f"{world.phone_url}/messages?channel=fax")[0] == 422


def test_times_follow_the_environments_clock(world: Any) -> None:
    mail(world)
    messages(world)
    world.turn_clock(14 * 86400)
    mail(world)
    sms(world)
    before, later, text = (datetime.fromisoformat(one["at"]) for one in messages(world)[::-1])
    assert 13.99 < (later - before).total_seconds() / 86400 < 14.01
    assert abs((text - later).total_seconds()) < 5


def test_the_page_shows_each_channel_and_escapes_what_it_shows(world: Any) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    sms(world, MessageBody=f"{hostile} {LINK}.")
    whatsapp(world)
    mail(world, Subject=hostile)
    for one in messages(world):
        status, headers, html = send("GET", one["url"].replace(world.psp_url, world.phone_url))
        assert status == 200
        assert "onerror=alert(1)>" not in html
        assert 'http-equiv="refresh"' not in html
        assert "default-src 'none'" in headers["content-security-policy"]
        assert (f'href="{LINK}"' in html) == (one["channel"] != "whatsapp")


def test_the_list_refreshes_by_itself_and_has_an_empty_state(world: Any) -> None:
    html = send("GET", f"{world.phone_url}/messages")[2]
    assert '<meta http-equiv="refresh" content="5">' in html
    assert "Nog geen berichten" in html
    english = send("GET", f"{world.phone_url}/messages?lang=en&to=nobody")[2]
    assert "Nothing found" in english
    assert send("GET", f"{world.phone_url}/messages?open=msg_gone")[0] == 404


def test_an_email_opens_in_a_room_where_nothing_runs(world: Any) -> None:
    mail(world, BodyHtml="<!doctype html><script>alert(1)</script><p>Dag</p>")
    [one] = messages(world)
    status, headers, html = send("GET", f"{world.phone_url}/messages/email/{one['id']}")
    assert status == 200
    assert html.startswith('<!doctype html><base target="_blank">')
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-popups" in policy
    page = send("GET", f"{world.phone_url}/messages?open={one['id']}")[2]
    assert f'src="/messages/email/{one["id"]}" sandbox="allow-popups' in page
    assert send("GET", f"{world.phone_url}/messages/email/mail_unknown")[0] == 404


def test_without_the_outbox_the_phone_still_works(world: Any) -> None:
    world.outbox.clear()
    sms(world)
    assert len(messages(world)) == 1
    assert "e-mails zijn nu niet op te halen" in send("GET", f"{world.phone_url}/messages")[2]


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        ("/sms", {}, b"{}"),
        ("/sms", {"x-amz-target": "PinpointSMSVoiceV2.SendVoiceMessage"}, b"{}"),
        ("/sms", {"x-amz-target": "PinpointSMSVoiceV2.SendTextMessage"}, b"\xff"),
        ("/sms", {"x-amz-target": "PinpointSMSVoiceV2.SendTextMessage"}, b"null"),
        ("/sms", {"x-amz-target": "PinpointSMSVoiceV2.SendTextMessage"}, b"x" * 300_000),
        ("/sms", {"x-amz-target": "PinpointSMSVoiceV2.SendTextMessage"},
         b'{"DestinationPhoneNumber": 7, "Context": [], "DryRun": "x"}'),
        ("/whatsapp/v1/whatsapp/send", {}, b"{"),
        ("/whatsapp/v1/whatsapp/send", {}, b'{"message": 7}'),
        ("/whatsapp/v1/whatsapp/send", {}, b'{"message": "\xc3\xa9"}'),
        ("/whatsapp/v1/whatsapp/send", {}, b"[" * 100_000),
        ("/whatsapp/v1/whatsapp/template/put", {},
         b'{"id": "w", "templateDefinition": "' + base64.b64encode(b"[]") + b'"}'),
        ("/whatsapp/v1/whatsapp/unknown", {}, b"{}"),
    ],
)  # fmt: skip
def test_hostile_calls_are_refused_and_never_break_it(
    world: Any, path: str, headers: dict[str, str], body: bytes
) -> None:
    assert 400 <= send("POST", world.phone_url + path, body, headers)[0] < 500
