"""Letters from the tray to the post, and calls from the list to their outcome, by API."""

from __future__ import annotations

import urllib.request
from datetime import timedelta

import pytest

from kasstroom.debtors.model import Channel
from kasstroom.messages.model import Message, MessageState
from kasstroom.settings import LetterSettings
from kasstroom_aws.channels import by_people
from kasstroom_letters.pdf import letter_pdf
from tests.functions.conftest import CONTEXT, NOW, ORG, Api, load, problem, set_clock
from tests.pages.letters import letter
from tests.printing import EVENING, claimed, moved_to, outgoing

CALLER = {"allowed": "yes", "org": ORG, "scopes": "*"}
BATCH = "/v1/letter-batches/2026-09-01"
LETTERS, CALLS = "messages/letters_api", "messages/calls_api"


@pytest.fixture
def collector(deployed):
    return Api(CALLER | {"key": "piet", "roles": "collector"})


@pytest.fixture
def sent(deployed):
    """Sends a message over a channel, as the reminder's sender does."""

    def send(channel, id="msg_1"):
        from kasstroom.messages.sending import Sender, deliver

        moved_to(deployed.books, "D1")
        people = by_people(deployed.books, LetterSettings("letters"), lambda: NOW)
        note = claimed(deployed.books, id, channel)
        pdf = letter_pdf(letter())
        write = lambda draft: outgoing(draft, pdf=pdf)  # noqa: E731
        return deliver(Sender(deployed.books, people, write), note)

    return send


def evening(deployed, moment=EVENING):
    set_clock(deployed.clock, moment)
    return load("messages/close_print_batch").handler({}, CONTEXT)


def test_letters_go_from_the_tray_to_the_post(deployed, sent, collector):
    sent(Channel.LETTER), sent(Channel.LETTER, "msg_2")
    assert evening(deployed) == {"batches": 1, "letters": 2}
    assert evening(deployed) == {"batches": 0, "letters": 0}
    (batch,) = collector(LETTERS, "GET", "/v1/letter-batches").body["items"]
    assert (batch["state"], batch["letters"], batch["pages"]) == ("closed", 2, 4)
    page = collector(LETTERS, "GET", f"{BATCH}/letters?limit=1").body
    assert page["items"][0]["addressee"][0] == "Klant D1" and page["next_cursor"] == "msg_1"
    answer = collector(LETTERS, "POST", f"{BATCH}/posted", {"posted_on": "2026-09-01"})
    assert (answer.status, answer.body["state"]) == (200, "posted")
    assert answer.body["posted_by"] == "piet"
    posted = deployed.books.get(Message, ORG, "D1", "msg_2")
    assert (posted.state, str(posted.posted_on)) == (MessageState.SENT, "2026-09-01")


def test_the_printer_s_file_holds_every_letter(deployed, sent, collector):
    from io import BytesIO

    import boto3
    from pypdf import PdfReader

    sent(Channel.LETTER), sent(Channel.LETTER, "msg_2")
    evening(deployed)
    key = "letters/vandijk/2026-09-01/batch/letters.pdf"
    body = boto3.client("s3").get_object(Bucket="letters", Key=key)["Body"].read()
    assert PdfReader(BytesIO(body)).get_num_pages() == 2
    batch = collector(LETTERS, "GET", BATCH).body
    assert key in batch["letters_url"] and "manifest.json" in batch["manifest_url"]
    assert urllib.request.Request(batch["table_url"]).host.startswith("letters.s3")


def test_a_machine_sees_the_batch_and_none_of_its_letters(deployed, sent, api):
    sent(Channel.LETTER)
    evening(deployed)
    batch = api(LETTERS, "GET", BATCH).body
    assert batch["letters"] == 1 and not batch["manifest_url"] and not batch["letters_url"]
    assert problem(api(LETTERS, "GET", f"{BATCH}/letters")) == "role_required"
    asked = {"posted_on": "2026-09-01"}
    assert problem(api(LETTERS, "POST", f"{BATCH}/posted", asked)) == "role_required"
    assert problem(api(LETTERS, "GET", "/v1/letter-batches/x")) == "letter_batch_not_found"


def test_a_day_that_cannot_be_is_pointed_at(deployed, sent, collector):
    sent(Channel.LETTER)
    evening(deployed)
    answer = collector(LETTERS, "POST", f"{BATCH}/posted", {"posted_on": "2026-12-01"})
    assert (answer.status, problem(answer)) == (422, "impossible_day")
    assert answer.body["errors"][0]["pointer"] == "/body/posted_on"


def test_a_call_is_listed_made_and_ended(deployed, sent, collector):
    task = sent(Channel.PHONE).provider_id
    (line,) = collector(CALLS, "GET", "/v1/call-tasks").body["items"]
    assert (line["id"], line["phone"], line["due"]) == (task, "+31612345678", True)
    shown = collector(CALLS, "GET", f"/v1/call-tasks/{task}").body
    assert (shown["script"], shown["still_open"]["value"]) == ("Goedemorgen", "250.00")
    body = {"outcome": "reached_promise", "notes": "vrijdag", "follow_up_on": "2026-09-04"}
    done = collector(CALLS, "POST", f"/v1/call-tasks/{task}/outcome", body, idempotency_key="k1")
    assert (done.status, done.body["state"]) == (200, "done")
    again = collector(CALLS, "POST", f"/v1/call-tasks/{task}/outcome", body, idempotency_key="k1")
    assert again.body == done.body
    late = collector(CALLS, "POST", f"/v1/call-tasks/{task}/outcome", body)
    assert problem(late) == "call_closed"
    assert collector(CALLS, "GET", "/v1/call-tasks").body["items"] == []
    assert deployed.books.get(Message, ORG, "D1", "msg_1").state is MessageState.DELIVERED


def test_nobody_home_is_called_again_another_day(deployed, sent, collector):
    task = sent(Channel.PHONE).provider_id
    path = f"/v1/call-tasks/{task}/outcome"
    answer = collector(CALLS, "POST", path, {"outcome": "no_answer"})
    assert (answer.body["state"], answer.body["due_at"]) == ("open", "2026-09-02T12:00:00Z")
    set_clock(deployed.clock, NOW + timedelta(days=1))
    wrong = collector(CALLS, "POST", path, {"outcome": "hung_up"})
    assert wrong.status == 422
