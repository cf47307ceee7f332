"""What each provider reports, as what it means for a message and its address."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kasstroom.debtors.model import Channel
from kasstroom.messages.model import MessageState, Receipt, Reply
from kasstroom_aws.channels.receipts import news_in

S = MessageState
TAGS = {"org": ["vandijk"], "debtor": ["D1"], "message_id": ["msg_1"], "attempt": ["1"]}
DSN = {"emailAddress": "a@b.nl", "action": "failed", "status": "5.1.1"}


def ses(kind: str, **part: Any) -> list[Any]:
    mail = {"timestamp": "2026-09-01T08:00:03.000Z", "messageId": "0102", "tags": TAGS}
    return list(news_in({"source": "aws.ses", "detail": {"eventType": kind, "mail": mail} | part}))


def bounce(kind: str, part: str, *recipients: dict[str, str]) -> list[Any]:
    detail = {"bounceType": kind, "bounceSubType": part, "bouncedRecipients": list(recipients)}
    return ses("Bounce", bounce=detail | {"timestamp": "2026-09-01T09:00:00.000Z"})


def sms(kind: str, **more: Any) -> list[Any]:
    context = {"org": "vandijk", "debtor": "D1", "message_id": "msg_1", "attempt": "1"}
    body = {"eventType": kind, "eventTimestamp": 1788249605000, "isFinal": True, "context": context}
    return list(news_in({"Type": "Notification", "Message": json.dumps(body | more)}))


def whatsapp(value: dict[str, Any]) -> list[Any]:
    arn = "arn:aws:social-messaging:eu-west-1:123456789012:phone-number-id/976c72a7"
    body = {
        "context": {"MetaPhoneNumberIds": [{"metaPhoneNumberId": "1111", "arn": arn}]},
        "whatsAppWebhookEntry": json.dumps({"id": "1", "changes": [{"value": value}]}),
    }
    return list(news_in({"Type": "Notification", "Message": json.dumps(body)}))


def status(name: str, code: int = 0) -> list[Any]:
    one = {"status": name, "timestamp": "1788249606", "id": "wamid.1",
           "biz_opaque_callback_data": "vandijk|D1|msg_1|1"}  # fmt: skip
    return whatsapp({"statuses": [one | ({"errors": [{"code": code}]} if code else {})]})


def test_a_hard_bounce_is_of_the_address_and_at_its_own_time():
    (told,) = bounce("Permanent", "General", DSN)
    assert (told.state, told.permanent, told.detail) == (S.BOUNCED, True, "Permanent/General")
    assert (told.channel, told.attempt, told.at.hour) == (Channel.EMAIL, 1, 9)


@pytest.mark.parametrize("part", ["OnAccountSuppressionList", "Suppressed", "NoEmail"])
def test_what_ses_did_not_even_try_is_of_the_address_too(part):
    (told,) = bounce("Permanent", part, {"emailAddress": "a@b.nl"})
    assert (told.state, told.permanent) == (S.BOUNCED, True)
    (told,) = ses("Complaint", complaint={"complaintSubType": "OnAccountSuppressionList"})
    assert (told.state, told.permanent) == (S.BOUNCED, True)


def test_a_soft_bounce_counts_once_ses_has_given_up():
    (full,) = bounce("Transient", "MailboxFull", {"emailAddress": "a@b.nl"})
    (gone,) = bounce("Transient", "General", {**DSN, "status": "4.4.7"})
    (unclear,) = bounce("Undetermined", "Undetermined", {"emailAddress": "a@b.nl"})
    assert all((t.state, t.permanent) == (S.BOUNCED, False) for t in (full, gone, unclear))


def test_an_out_of_office_answer_and_a_delay_are_no_bounce():
    assert bounce("Transient", "General", {"emailAddress": "a@b.nl"}) == []
    assert bounce("Transient", "General", {**DSN, "action": "delayed"}) == []
    assert ses("DeliveryDelay", deliveryDelay={"delayType": "MailboxFull"}) == []


def test_a_complaint_is_one_unless_it_says_the_opposite():
    (told,) = ses("Complaint", complaint={"complaintFeedbackType": "abuse"})
    assert (told.state, told.detail) == (S.COMPLAINED, "abuse")
    assert ses("Complaint", complaint={"complaintFeedbackType": "not-spam"}) == []


def test_what_ses_refuses_says_why():
    (told,) = ses("Reject", reject={"reason": "Bad content"})
    assert (told.state, told.detail, told.permanent) == (S.FAILED, "Bad content", False)
    assert ses("Rendering Failure", failure={"errorMessage": "x"})[0].state is S.FAILED


@pytest.mark.parametrize(
    ("kind", "state", "permanent"),
    [
        ("TEXT_QUEUED", S.SENT, False), ("TEXT_SUCCESSFUL", S.SENT, False),
        ("TEXT_DELIVERED", S.DELIVERED, False), ("TEXT_UNKNOWN", S.SENT, False),
        ("TEXT_INVALID", S.BOUNCED, True), ("TEXT_BLOCKED", S.BOUNCED, True),
        ("TEXT_UNREACHABLE", S.FAILED, False), ("TEXT_CARRIER_UNREACHABLE", S.FAILED, False),
        ("TEXT_CARRIER_BLOCKED", S.FAILED, False), ("TEXT_INVALID_MESSAGE", S.FAILED, False),
        ("TEXT_PROTECT_BLOCKED", S.FAILED, False), ("TEXT_SPAM", S.FAILED, False),
        ("TEXT_TTL_EXPIRED", S.FAILED, False),
    ],
)  # fmt: skip
def test_what_became_of_an_sms(kind, state, permanent):
    (told,) = sms(kind)
    assert (told.state, told.permanent, told.channel) == (state, permanent, Channel.SMS)


def test_every_event_aws_can_send_about_a_text_is_known():
    from botocore.session import get_session

    model = get_session().get_service_model("pinpoint-sms-voice-v2")
    kinds = {k for k in model.shape_for("EventType").enum if k.startswith("TEXT_")} - {"TEXT_ALL"}
    assert all(sms(kind) for kind in kinds)


def test_a_carrier_that_tries_again_has_not_failed():
    assert sms("TEXT_CARRIER_UNREACHABLE", isFinal=False) == []


def test_whatsapp_says_read_and_why_not():
    assert status("read")[0].state is S.READ
    (nobody,) = status("failed", 131026)
    assert (nobody.state, nobody.permanent, nobody.detail) == (S.BOUNCED, True, "131026")
    (held,) = status("failed", 131049)
    assert (held.state, held.again_minutes) == (S.FAILED, 1440)
    assert status("failed", 131056)[0].again_minutes == 10
    (other,) = status("failed", 132001)
    assert (other.state, other.permanent, other.again_minutes) == (S.FAILED, False, 0)
    assert status("deleted") == []


def test_a_text_back_names_two_numbers():
    body = {
        "originationNumber": "+31612345678", "destinationNumber": "+31850000000",
        "messageKeyword": "KEYWORD_x", "messageBody": "Stop", "inboundMessageId": "i",
        "previousPublishedMessageId": "p",
    }  # fmt: skip
    notification = {"Message": json.dumps(body), "Timestamp": "2026-09-01T08:00:05.123Z"}
    (told,) = news_in(notification)
    assert isinstance(told, Reply)
    assert (told.sender, told.to, told.text) == ("+31612345678", "+31850000000", "Stop")
    assert told.at.second == 5


def test_an_answer_on_whatsapp_names_our_number_as_aws_does():
    message = {"from": "31612345678", "timestamp": "1788249606", "type": "text",
               "text": {"body": "STOP"}}  # fmt: skip
    value = {"metadata": {"phone_number_id": "1111"}, "messages": [message]}
    (told,) = whatsapp(value)
    assert told.to.endswith("phone-number-id/976c72a7") and told.text == "STOP"
    pressed = {**message, "type": "button", "button": {"text": "Stop", "payload": "x"}}
    del pressed["text"]
    assert whatsapp(value | {"messages": [pressed]})[0].text == "Stop"


@pytest.mark.parametrize("other", [{}, {"detail": {}}, {"detail": {"eventType": "Bounce"}},
                                   {"Message": "{}"}])  # fmt: skip
def test_reports_about_other_mail_are_passed_over(other):
    assert [r for r in news_in(other) if isinstance(r, Receipt)] == []
