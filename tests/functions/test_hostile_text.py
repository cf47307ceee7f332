"""Characters that nobody can see, and forms too large to read: told where, and nothing is kept."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest

from kasstroom.applications.model import CreditApplication
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reviews import ReviewState
from kasstroom.debtors.model import Debtor
from kasstroom_pages.applying import LONGEST_FORM as APPLY_FORM
from kasstroom_pages.desk_door import LONGEST_FORM as DESK_FORM
from tests.functions.conftest import Api, problem
from tests.functions.desk import Browser, give_keys, refer, review_of, text
from tests.functions.test_applications import TYPED, get, nonce, post
from tests.people import ORG

UNSEEN = ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\u2069", "\u200f"]
hostile = pytest.mark.parametrize("character", UNSEEN, ids=ascii)


@hostile
@pytest.mark.parametrize(
    ("method", "path", "body", "pointer"),
    [
        ("POST", "/v1/debtors", {"number": "D8", "name": "Jan{}sen"}, "/body/name"),
        (
            "POST", "/v1/debtors",
            {"number": "D8", "name": "Jansen", "address": {"city": "Ede{}"}}, "/body/address/city",
        ),
        (
            "POST", "/v1/debtors",
            {"number": "D8", "name": "J", "identifiers": [{"scheme": "erp", "value": "1{}"}]},
            "/body/identifiers/0/value",
        ),
        ("PUT", "/v1/debtors/D1/credit", {"hold": {"reason": "Stop{}"}}, "/body/hold/reason"),
        ("POST", "/v1/debtors", {"number": "D8", "na{}me": "x"}, "/body/na{}me"),
    ],
)  # fmt: skip
def test_the_api_points_at_the_text_and_keeps_nothing(
    api, books, method, path, body, pointer, character
):
    before = books.get(CreditAccount, ORG, "D1")
    sent = json.dumps(body).replace("{}", json.dumps(character)[1:-1]).encode()
    answer = api("debtors/api", method, path, sent)
    assert (answer.status, problem(answer)) == (422, "invalid_request")
    (told,) = answer.body["errors"]
    assert (told["pointer"], told["code"]) == (
        pointer.replace("{}", character), "forbidden_character",
    )  # fmt: skip
    assert books.find(Debtor, ORG, "D8") is None
    assert books.get(CreditAccount, ORG, "D1") == before


def test_a_note_may_have_lines_and_text_is_kept_in_one_form(api, books):
    reason = "Stop:\r\n\tdossier 12"
    answer = api("debtors/api", "PUT", "/v1/debtors/D1/credit", {"hold": {"reason": reason}})
    assert answer.status == 200 and answer.body["hold"]["reason"] == "Stop:\n\tdossier 12"
    name = unicodedata.normalize("NFD", "Daniël Müller")
    made = api("debtors/api", "POST", "/v1/debtors", {"number": "D8", "name": name})
    assert made.status == 201 and books.get(Debtor, ORG, "D8").name == "Daniël Müller"
    lines = api("debtors/api", "POST", "/v1/debtors", {"number": "D9", "name": "een\ntwee"})
    assert lines.body["errors"][0]["pointer"] == "/body/name"


def test_half_a_character_is_no_text(api):
    answer = api("debtors/api", "POST", "/v1/debtors", b'{"number": "D8", "name": "\\ud800"}')
    assert (answer.status, problem(answer)) == (422, "invalid_request")


@pytest.fixture
def opened(api, books):
    asked = {"language": "nl", "debtor": "D77"}
    answer = api("applications/api", "POST", "/v1/credit-applications", asked)
    id = answer.body["id"]
    path = answer.body["url"].removeprefix("https://betalen.vandijk.example")
    return path, lambda: books.get(CreditApplication, ORG, "D77", id)


@hostile
@pytest.mark.parametrize("action", ["send", "save"])
@pytest.mark.parametrize("field", ["name", "city", "contact_name", "requested"])
def test_the_form_says_which_field_and_keeps_nothing(opened, field, action, character):
    path, stored = opened
    before = stored()
    typed = TYPED | {field: f"{TYPED[field][:2]}{character}{TYPED[field][2:]}", "action": action}
    answer = post(path, typed)
    assert answer.status == 422 and character not in answer.body
    assert f'id="fault-{field}"' in answer.body and "een teken dat niemand kan zien" in answer.body
    assert 'value="8765 4321"' in answer.body
    assert stored() == before


def test_what_is_pasted_from_a_sheet_is_one_line_in_one_form(opened):
    path, stored = opened
    name = unicodedata.normalize("NFD", "Daniël\tJansen")
    assert post(path, TYPED | {"contact_name": name, "action": "save"}).status == 303
    assert stored().data.contact_name == "Daniël Jansen"


@pytest.mark.parametrize(("lang", "told"), [("nl", "is te groot"), ("en", "is too large")])
@pytest.mark.parametrize("path_of", ["{}", "{}/withdraw"])
def test_an_application_that_is_too_large_is_told_so_on_the_form(opened, lang, told, path_of):
    path, stored = opened
    assert post(path, {"name": "Bakkerij Jansen", "action": "save"}).status == 303
    before = stored()
    large = TYPED | {"name": "x" * APPLY_FORM, "nonce": nonce(get(path).body)}
    answer = post(f"{path_of.format(path)}?lang={lang}", large, fresh=False)
    assert answer.status == 413 and told in answer.body
    assert f"{APPLY_FORM // 1024} kB" in answer.body.replace("\n", " ")
    assert 'value="Bakkerij Jansen"' in answer.body and f'lang="{lang}"' in answer.body
    assert nonce(answer.body) == nonce(get(path).body) and stored() == before


def test_what_is_no_form_keeps_the_applicant_on_the_form(opened):
    path, _ = opened
    kind = {"content_type": "application/x-www-form-urlencoded"}
    answer = Api()("applications/form_page", "POST", path, b"name=1&name=2", **kind)
    assert answer.status == 400 and "konden niet lezen" in answer.body
    assert 'name="nonce"' in answer.body
    unknown = Api()("applications/form_page", "POST", f"/apply/{'x' * 22}", b"\xff", **kind)
    assert unknown.status == 404 and "Deze link werkt niet" in unknown.body


@pytest.fixture
def referred(api, books):
    give_keys(books)
    return refer(api, books)


@hostile
def test_a_note_at_the_desk_is_told_and_decides_nothing(referred, books, character):
    answer = Browser().sign_in("anna").decide(referred, note=f"Betaalt{character} goed")
    assert answer.status == 422 and "een teken dat niemand kan zien" in text(answer)
    assert "Betaalt goed</textarea>" in answer.body and character not in answer.body
    assert review_of(books, referred).state is ReviewState.OPEN


@pytest.mark.parametrize(("lang", "told"), [("nl", "is te groot"), ("en", "is too large")])
def test_a_note_that_is_too_large_leaves_the_reviewer_on_the_review(referred, books, lang, told):
    anna = Browser().sign_in("anna")
    anna.get(f"/desk?lang={lang}")
    answer = anna.decide(referred, note="x" * DESK_FORM)
    assert answer.status == 413 and told in text(answer)
    assert f"{DESK_FORM // 1024} kB" in text(answer)
    assert 'id="note"' in answer.body and "link" not in text(answer)
    assert review_of(books, referred).state is ReviewState.OPEN


@pytest.mark.parametrize(("lang", "told"), [("nl", "is te groot"), ("en", "is too large")])
def test_a_key_that_is_too_large_is_told_at_the_door(referred, lang, told):
    answer = Browser()("POST", f"/desk/login?lang={lang}", {"key": "x" * DESK_FORM})
    assert answer.status == 413 and told in text(answer) and 'id="key"' in answer.body


@pytest.mark.parametrize("wrong", [{}, {"kvk": "12", "requested": "veel"}])
def test_another_language_keeps_the_typing_and_checks_and_stores_nothing(opened, wrong):
    path, stored = opened
    before = stored()
    answer = post(f"{path}?lang=en", TYPED | wrong | {"switch": "en"})
    assert answer.status == 200 and "Apply to buy on account" in answer.body
    for value in ("Daniël Jansen", (TYPED | wrong)["kvk"], (TYPED | wrong)["requested"]):
        assert f'value="{value}"' in answer.body
    assert re.search(r'name="consent" value="yes" checked', answer.body)
    assert "fault-" not in answer.body and stored() == before
    stale = post(f"{path}?lang=en", {"nonce": "0", "name": "X", "switch": "en"}, fresh=False)
    assert stale.status == 409 and 'value="X"' in stale.body
