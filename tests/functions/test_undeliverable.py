"""A bounce through the real functions: another way, then a person, who corrects or lifts."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import quote

import pytest

from kasstroom.changes import Changes, Work
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.messages.model import Message, MessageState, Outgoing
from kasstroom.messages.sending import Sender, deliver
from kasstroom.messages.ways import reach
from tests.core.messages.posting import Draft, Post, claimed
from tests.functions.conftest import CONTEXT, NOW, ORG, Api, load
from tests.functions.test_reminders import sqs_event

COLLECTOR = {"allowed": "yes", "org": ORG, "key": "fatima", "scopes": "*", "roles": "collector"}
FATIMA = Api(COLLECTOR)
LIST = "messages/api"
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def sent(deployed):
    """A reminder at Van Dijk's debtor, sent by e-mail; `again` is the next turn of the sender."""
    post, books = Post(), deployed.books
    claimed(books)

    def again() -> Message:
        message, person = books.get(Message, ORG, "D1", "msg_1"), books.get(Debtor, ORG, "D1")
        ways = reach(books, person).ways
        every = {channel: post.over(channel) for channel in Channel}
        return deliver(Sender(books, every, _written), Draft(message, NOW, ways))

    again()
    return again


def _written(draft: Draft) -> Outgoing:
    m = draft.message
    return Outgoing(m.id, m.org, m.debtor, m.address, "van@ons.example", m.language, "Betaal.")


def told(kind: str, attempt: int, **detail) -> None:
    mail = {
        "timestamp": "2026-09-01T08:00:03.000Z", "messageId": "m",
        "tags": {"org": [ORG], "debtor": ["D1"], "message_id": ["msg_1"],
                 "attempt": [str(attempt)]},
    }  # fmt: skip
    event = {"source": "aws.ses", "detail": {"eventType": kind, "mail": mail} | detail}
    answer = load("messages/record_receipt").handler(sqs_event(event), CONTEXT)
    assert answer == {"batchItemFailures": []}


def bounced(attempt: int = 1) -> None:
    told("Bounce", attempt, bounce={"bounceType": "Permanent", "bounceSubType": "General"})


def only_mail(books) -> None:
    from dataclasses import replace

    known = books.get(Debtor, ORG, "D1")
    contact = replace(known.contact, phone="", whatsapp_opt_in_at=None)
    books.commit(Changes(update=(replace(known, contact=contact),)))


def test_a_bounce_is_found_by_the_planner_and_goes_out_by_sms(deployed, sent):
    bounced()
    assert [due.id for due in deployed.books.due(Work.MESSAGE_CLAIM, SOON)] == ["msg_1"]
    after = sent()
    assert (after.state, after.channel) == (MessageState.SENT, "sms")


def test_the_attention_list_says_who_why_and_what_to_do(deployed, sent, api):
    only_mail(deployed.books)
    bounced()
    (item,) = api(LIST, "GET", "/v1/attention").body["items"]
    assert (item["debtor"], item["name"], item["address"]) == (
        "D1", "Klant D1", "d1@klant.example",
    )  # fmt: skip
    assert (item["reason"], item["tries"][0]["state"]) == ("Permanent/General", "bounced")
    assert item["what_to_do"]["nl"].startswith("Bel de debiteur")
    assert item["what_to_do"]["en"].startswith("Call the debtor")
    path = f"/v1/attention/{item['id']}/done"
    for _ in range(2):
        done = FATIMA(LIST, "POST", path, {"note": "gebeld"})
        assert (done.status, done.body["done_by"], done.body["note"]) == (200, "fatima", "gebeld")
    assert api(LIST, "GET", "/v1/attention").body["items"] == []


def test_a_corrected_address_takes_it_off_the_list_and_sends_it(deployed, sent, api):
    only_mail(deployed.books)
    bounced()
    contact = {"email": "goed@klant.example", "preferred": "email"}
    assert api("debtors/api", "PATCH", "/v1/debtors/D1", {"contact": contact}).status == 200
    assert api(LIST, "GET", "/v1/attention").body["items"] == []
    message = deployed.books.get(Message, ORG, "D1", "msg_1")
    assert (message.state, message.address) == (MessageState.CLAIMED, "goed@klant.example")


def test_the_list_is_read_in_pages(deployed, api):
    from kasstroom.messages.attention import nowhere_to_write

    for number in range(5):
        deployed.books.commit(nowhere_to_write(ORG, f"D{number}", "reminder", (), NOW))
    seen, cursor, pages = [], "", 0
    while cursor is not None:
        page = api(LIST, "GET", f"/v1/attention?limit=2&cursor={cursor}").body
        seen += [item["debtor"] for item in page["items"]]
        cursor, pages = page["next_cursor"], pages + 1
    assert (sorted(seen), pages) == ([f"D{number}" for number in range(5)], 3)


@pytest.mark.parametrize("how", ["address", "quoted", "digest"])
def test_a_suppressed_address_is_listed_and_lifted_by_who_may(deployed, sent, api, how):
    bounced()
    (item,) = api(LIST, "GET", "/v1/suppressions").body["items"]
    assert (item["channel"], item["reason"], item["debtor"]) == ("email", "bounced", "D1")
    last = {"address": "d1@klant.example", "quoted": quote("d1@klant.example", safe=""),
            "digest": item["id"].removeprefix("email-")}[how]  # fmt: skip
    path = f"/v1/suppressions/email/{last}"
    assert api(LIST, "DELETE", path).status == 403
    lifted = FATIMA(LIST, "DELETE", path)
    assert (lifted.status, lifted.body["lifted_by"]) == (200, "fatima")
    assert api(LIST, "GET", "/v1/suppressions").body["items"] == []
    assert FATIMA(LIST, "DELETE", path).status == 404


def test_another_organisation_sees_and_lifts_nothing(deployed, sent):
    bounced()
    other = Api(COLLECTOR | {"org": "anders"})
    assert other(LIST, "GET", "/v1/suppressions").body["items"] == []
    assert other(LIST, "DELETE", "/v1/suppressions/email/d1@klant.example").status == 404


def test_a_receipt_of_a_batch_that_is_repeated_whole_changes_nothing_more(deployed, sent):
    bounced()
    first = deployed.books.get(Message, ORG, "D1", "msg_1")
    for _ in range(3):
        bounced()
        told("Delivery", 1)
    assert deployed.books.get(Message, ORG, "D1", "msg_1") == first
    assert json.dumps(first.tried) == '["email"]'
