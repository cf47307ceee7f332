"""Own words through their door: kept, tried first, shown on a debtor's items, and sent."""

from __future__ import annotations

import json

import pytest

from tests.functions.conftest import CONTEXT, load, problem
from tests.people import debtor

FUNCTION = "messages/templates_api"
PATH = "/v1/templates"
MAIL = f"{PATH}/reminder/email/nl"
INTRO = "Goedemorgen {name}, wilt u naar {items} kijken?"


@pytest.fixture
def put(api):
    return lambda path, body, **headers: api(FUNCTION, "PUT", f"{PATH}/{path}", body, **headers)


def test_a_text_is_kept_listed_and_taken_back(api, put):
    assert api(FUNCTION, "GET", PATH).body == {"items": []}
    made = put("reminder/email/nl", {"intro": INTRO})
    assert made.status == 200 and made.body["version"] == 1
    assert made.body["history"][0]["changed_by"] == "webshop"
    shown = api(FUNCTION, "GET", MAIL).body
    assert shown == made.body and shown["own"]["intro"] == INTRO
    assert "{costs}" not in shown["placeholders"] and "url" in shown["placeholders"]
    assert len(api(FUNCTION, "GET", PATH).body["items"]) == 1
    assert api(FUNCTION, "DELETE", MAIL).body["own"] is None
    assert api(FUNCTION, "GET", PATH).body == {"items": []}
    assert problem(api(FUNCTION, "DELETE", MAIL)) == "template_not_found"


def test_the_same_request_again_is_one_version(put):
    once = [put("reminder/email/nl", {"intro": INTRO}, idempotency_key="k1") for _ in range(2)]
    assert once[0].body == once[1].body and once[1].headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("reminder/fax/nl", {"intro": "x"}, "template_not_found"),
        ("reminder/whatsapp/nl", {"intro": "x"}, "approved_elsewhere"),
        ("reminder/email/nl", {"intro": "{amuont}"}, "unknown_placeholder"),
        ("reminder/sms/nl", {"text": "{creditor} {items} {url}" + " woord" * 20}, "too_long"),
        ("thank_you/sms/nl", {"text": "{creditor} {amount}" + " woord" * 25}, "too_long"),
        ("fourteen_day_letter/email/nl", {"intro": "Betaal binnen 7 dagen."}, "letter_other_term"),
        (
            "fourteen_day_letter/letter/nl",
            {"paragraphs": ["Betaal dan onmiddellijk {amount}."]},
            "letter_at_once",
        ),
        (
            "fourteen_day_letter/letter/nl",
            {"paragraphs": ["Er komen administratiekosten bij."]},
            "letter_other_costs",
        ),
    ],
)
def test_what_is_refused_says_why(put, path, body, code):
    assert problem(put(path, body)) == code


def test_a_letter_keeps_the_words_of_the_law(api, put):
    assert put("fourteen_day_letter/email/nl", {"intro": "Wij missen {items}."}).status == 200
    asked = {"step": "fourteen_day_letter", "channel": "email", "language": "nl"}
    shown = api(FUNCTION, "POST", f"{PATH}/preview", asked).body
    assert "Wij missen facturen" in shown["text"] and shown["findings"] == []
    assert "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd" in shown["text"]


@pytest.mark.parametrize("channel", ["email", "sms", "whatsapp", "letter", "phone"])
@pytest.mark.parametrize("number", ["", "D1"])
def test_a_preview_of_every_channel(api, deployed, channel, number):
    asked = {"step": "second_reminder", "channel": channel, "debtor": number}
    shown = api(FUNCTION, "POST", f"{PATH}/preview", asked)
    assert shown.status == 200, shown.body
    assert ("F1" if number else "2026-0042") in shown.body["text"]
    assert bool(shown.body["html"]) == (channel == "email")
    assert shown.body["parts"] == (1 if channel == "sms" else 0)


def test_a_preview_names_what_is_open_or_says_that_nothing_is(api, deployed):
    debtor(deployed.books, "D9")
    asked = {"step": "reminder", "channel": "email", "debtor": "D9"}
    assert problem(api(FUNCTION, "POST", f"{PATH}/preview", asked)) == "nothing_open"
    asked["debtor"] = "D404"
    assert api(FUNCTION, "POST", f"{PATH}/preview", asked).status == 404
    asked["debtor"] = "D1"
    asked["blocks"] = {"intro": "{amuont}"}
    assert problem(api(FUNCTION, "POST", f"{PATH}/preview", asked)) == "unknown_placeholder"


def test_a_reminder_goes_out_in_the_own_words(api, put, monkeypatch):
    put("reminder/email/nl", {"intro": INTRO, "subject": "Even kijken: {items}"})
    sent = []

    class Post:
        def send(self, message):
            sent.append(message)
            return "provider-1"

    module = load("dunning/send_reminder")
    monkeypatch.setattr(module, "channels", lambda *_: {"email": Post()})
    body = json.dumps({"org": "vandijk", "debtor": "D1", "message_id": ""})
    record = {"messageId": "1", "body": body, "eventSource": "aws:sqs", "attributes": {}}
    assert module.handler({"Records": [record]}, CONTEXT) == {"batchItemFailures": []}
    (mail,) = sent
    assert mail.subject == "Even kijken: factuur F1"
    assert "Goedemorgen Klant D1, wilt u naar factuur F1 kijken?" in mail.text
    assert "Goedemorgen Klant D1" in mail.html
