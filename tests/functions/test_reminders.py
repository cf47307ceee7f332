"""Reminders through the real sender: each step once, whatever crashes in between."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Refused, Unavailable
from kasstroom.messages.model import Message, MessageState
from kasstroom.payments.model import PaymentLink
from tests.functions.conftest import CONTEXT, load, set_clock
from tests.people import NOW, ORG

JOB = {"org": ORG, "debtor": "D1", "message_id": ""}


class Killed(BaseException):
    """The process ends here: nothing after it runs, not even error handling."""


class Phone:
    """A channel that keeps what it sent and can die before or after sending."""

    def __init__(self) -> None:
        self.sent = []
        self.dies = ""
        self.error: Exception | None = None

    def send(self, message):
        if self.dies == "before":
            raise Killed
        if self.error:
            raise self.error
        self.sent.append(message)
        if self.dies == "after":
            raise Killed
        return f"provider-{len(self.sent)}"


@pytest.fixture
def phone(deployed, monkeypatch):
    found = Phone()
    module = load("dunning/send_reminder")
    every = dict.fromkeys(("email", "sms", "whatsapp"), found)
    monkeypatch.setattr(module, "channels", lambda *settings: every)
    found.module = module
    return found


def sqs_event(job):
    return {
        "Records": [
            {"messageId": "1", "body": json.dumps(job), "eventSource": "aws:sqs", "attributes": {}}
        ]
    }


def run(phone, job=JOB):
    return phone.module.handler(sqs_event(job), CONTEXT)


def messages(books):
    return books.all_of(Message, ORG, "D1")


def planned(deployed):
    """What the planner queues, as the sender would get it."""
    load("dunning/plan_reminders").handler({}, CONTEXT)
    got = deployed.sqs.receive_message(
        QueueUrl=deployed.queues["reminders"], MaxNumberOfMessages=10
    )
    jobs = got.get("Messages", [])
    for job in jobs:
        deployed.sqs.delete_message(
            QueueUrl=deployed.queues["reminders"], ReceiptHandle=job["ReceiptHandle"]
        )
    return [json.loads(job["Body"]) for job in jobs]


def later(deployed, **time):
    set_clock(deployed.clock, NOW + timedelta(**time))


def test_the_planner_queues_who_is_due_and_the_sender_writes_to_them(deployed, phone):
    assert planned(deployed) == [JOB]
    assert run(phone) == {"batchItemFailures": []}
    (sent,) = phone.sent
    assert "F1" in sent.text
    assert "https://betalen.vandijk.example/p/" in sent.text
    assert "€ 250,00" in sent.text.replace("\u00a0", " ")
    (message,) = messages(deployed.books)
    assert (message.state, message.provider_id) == (MessageState.SENT, "provider-1")
    assert planned(deployed) == []


def test_a_job_delivered_three_times_sends_once(deployed, phone):
    for _ in range(3):
        run(phone)
    assert len(phone.sent) == 1


@pytest.mark.parametrize("dies", ["before", "after"])
def test_killed_between_claim_and_confirm_the_debtor_gets_it_once(deployed, phone, dies):
    phone.dies = dies
    with pytest.raises(Killed):
        run(phone)
    phone.dies = ""
    (message,) = messages(deployed.books)
    assert message.state is MessageState.CLAIMED
    run(phone)
    assert len(phone.sent) == (1 if dies == "after" else 0), "the claim must hold"
    if dies == "after":
        receipt(phone.sent[0])
    later(deployed, minutes=16)
    for job in planned(deployed):
        run(phone, job)
    assert len(phone.sent) == 1
    assert messages(deployed.books)[0].state in (MessageState.SENT, MessageState.DELIVERED)
    assert planned(deployed) == []


def receipt(sent):
    """The provider's own report that it has the message."""
    event = {
        "detail": {
            "eventType": "Delivery",
            "mail": {
                "timestamp": "2026-09-01T08:00:03.000Z",
                "messageId": "provider-1",
                "tags": {"org": [ORG], "debtor": ["D1"], "message_id": [sent.message_id]},
            },
        }
    }
    answer = load("messages/record_receipt").handler(sqs_event(event), CONTEXT)
    assert answer == {"batchItemFailures": []}


def test_a_message_is_not_taken_up_again_at_night(deployed, phone):
    phone.dies = "before"
    with pytest.raises(Killed):
        run(phone)
    phone.dies = ""
    (message,) = messages(deployed.books)
    job = {**JOB, "message_id": message.id}
    later(deployed, hours=12)
    run(phone, job)
    assert phone.sent == []
    later(deployed, hours=24)
    run(phone, job)
    assert len(phone.sent) == 1


def test_a_sender_beyond_ascii_is_written_as_mail_services_take_it(deployed, phone):
    from dataclasses import replace

    from kasstroom.changes import Changes
    from kasstroom.organisations.model import Organisation

    creditor = deployed.books.get(Organisation, ORG)
    deployed.books.commit(Changes(update=(replace(creditor, name="Coöperatie\r\nX"),)))
    run(phone)
    sender = phone.sent[0].sender
    assert sender.isascii() and "\n" not in sender
    assert sender.endswith("<facturen@vandijk.example>")


def test_a_message_sent_again_opens_with_its_new_link_only(deployed, phone, api):
    phone.dies = "before"
    with pytest.raises(Killed):
        run(phone)
    phone.dies = ""
    (first,) = deployed.books.all_of(PaymentLink, ORG, "D1")
    later(deployed, minutes=16)
    for job in planned(deployed):
        run(phone, job)
    (link,) = deployed.books.all_of(PaymentLink, ORG, "D1")
    assert link.id == first.id
    assert link.token_hash != first.token_hash


def test_a_claim_whose_invoice_was_paid_meanwhile_is_not_sent(deployed, phone):
    from dataclasses import replace

    from kasstroom.changes import Changes

    phone.dies = "before"
    with pytest.raises(Killed):
        run(phone)
    phone.dies = ""
    case = deployed.books.get(DunningCase, ORG, "D1")
    deployed.books.commit(Changes(update=(replace(case, items=()),)))
    later(deployed, minutes=16)
    for job in planned(deployed):
        run(phone, job)
    assert phone.sent == []
    assert messages(deployed.books)[0].state is MessageState.CANCELLED


def test_a_busy_provider_is_tried_again_soon(deployed, phone):
    phone.error = Unavailable("channel_unavailable", "busy")
    assert run(phone) == {"batchItemFailures": []}
    phone.error = None
    later(deployed, minutes=3)
    for job in planned(deployed):
        run(phone, job)
    assert len(phone.sent) == 1


def test_a_refused_address_falls_back_to_the_next_channel(deployed, phone, monkeypatch):
    refusing, working = Phone(), Phone()
    refusing.error = Refused("message_refused", "no such address")
    every = {"email": refusing, "sms": working, "whatsapp": working}
    monkeypatch.setattr(phone.module, "channels", lambda *settings: every)
    run(phone)
    assert [m.to for m in working.sent] == ["+31612345678"]
    (message,) = messages(deployed.books)
    assert (message.channel, message.tried) == ("sms", ("email",))


def test_who_could_not_be_reached_is_reminded_once_there_is_an_address(deployed, phone, api):
    path = "/v1/debtors/D1"
    contact = api("debtors/api", "GET", path).body["contact"]
    api("debtors/api", "PATCH", path, {"contact": {}})
    run(phone)
    assert phone.sent == [] and planned(deployed) == []
    api("debtors/api", "PATCH", path, {"contact": contact})
    for job in planned(deployed):
        run(phone, job)
    assert len(phone.sent) == 1


def test_nothing_is_queued_at_night_or_on_sunday(deployed, phone):
    for wait in (timedelta(hours=11), timedelta(days=5)):
        set_clock(deployed.clock, NOW + wait)
        assert planned(deployed) == []


def test_a_job_that_comes_at_night_waits_for_the_morning(deployed, phone):
    later(deployed, hours=12)
    run(phone)
    assert phone.sent == []
    case = deployed.books.get(DunningCase, ORG, "D1")
    assert case.next_action_at.isoformat() == "2026-09-02T07:00:00+00:00"


def test_three_steps_over_the_weeks_and_then_silence(deployed, phone):
    for day in range(60):
        set_clock(deployed.clock, NOW + timedelta(days=day, hours=1))
        for job in planned(deployed):
            run(phone, job)
    assert [m.template for m in messages(deployed.books)].count("reminder") == 1
    assert sorted(m.template for m in messages(deployed.books)) == [
        "final_demand", "reminder", "second_reminder",
    ]  # fmt: skip
    assert len(phone.sent) == 3
