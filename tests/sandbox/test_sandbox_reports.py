"""What a tester lets happen to a mail, and a text back, arrives as AWS would tell it."""

from __future__ import annotations

import json

import pytest

from kasstroom.messages.model import MessageState, Receipt, Reply
from kasstroom_aws.channels.receipts import news_in
from tests.sandbox.driving import send

MAIL = {"org": "vandijk", "debtor": "D1", "message_id": "msg_1", "to": "d1@klant.example"}
S = MessageState


def told(world, path, body):
    status, _, _ = send("POST", f"{world.phone_url}/messages/{path}", json.dumps(body).encode())
    assert status == 202
    (receipt,) = world.receipts()
    return list(news_in({"Message": json.dumps(receipt), "Timestamp": "2026-09-01T08:00:00Z"}))


@pytest.mark.parametrize(
    ("what", "state", "permanent"),
    [
        ("delivery", S.DELIVERED, False), ("bounce", S.BOUNCED, True),
        ("suppressed", S.BOUNCED, True), ("full", S.BOUNCED, False),
        ("complaint", S.COMPLAINED, False),
    ],
)  # fmt: skip
def test_what_happens_to_a_mail_reaches_the_product(world, what, state, permanent):
    (receipt,) = told(world, "reports", MAIL | {"what": what, "attempt": "1"})
    assert isinstance(receipt, Receipt)
    assert (receipt.message_id, receipt.attempt) == ("msg_1", 1)
    assert (receipt.state, receipt.permanent) == (state, permanent)


def test_an_out_of_office_answer_is_no_news(world):
    assert told(world, "reports", MAIL | {"what": "away"}) == []


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_a_text_back_reaches_the_product(world, channel):
    body = {"channel": channel, "sender": "+31612345678", "to": "phone-number-id-1", "text": "STOP"}
    (reply,) = told(world, "replies", body)
    assert isinstance(reply, Reply)
    assert (reply.channel, reply.text, reply.sender[-9:]) == (channel, "STOP", "612345678")
    assert reply.to.endswith("phone-number-id-1")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("reports", {}), ("reports", MAIL | {"what": "fire"}), ("reports", MAIL | {"what": 7}),
        ("replies", {"channel": "fax", "sender": "1", "to": "2", "text": "x"}), ("replies", []),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(world, path, body):
    sent = send("POST", f"{world.phone_url}/messages/{path}", json.dumps(body).encode())
    assert sent[0] == 422
    assert world.receipts() == []
