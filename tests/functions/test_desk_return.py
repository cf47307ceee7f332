"""What a reviewer typed is still there: after the session ended, and in another language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.access.model import ApiKey
from kasstroom.changes import Changes
from kasstroom.credit.reviews import ReviewState
from kasstroom.ids import digest
from kasstroom.organisations.model import Organisation
from kasstroom_pages.desk_asked import MOST_KEPT
from tests.functions.conftest import set_clock
from tests.functions.desk import Browser, give_keys, held, key_of, refer, review_of, text
from tests.pages.markup import Markup
from tests.people import NOW, ORG

NOTE = 'Gebeld met "Jan" & <b>Piet</b>.\nBetaalt vrijdag.'


@pytest.fixture
def referred(api, books):
    give_keys(books)
    give_keys(books, "anders")
    books.commit(Changes(create=(replace(books.get(Organisation, ORG), org="anders", version=0),)))
    return refer(api, books)


def hidden(page: str) -> dict[str, str]:
    fields = Markup(page).all("input")
    return {f["name"]: f["value"] for f in fields if f.get("type") == "hidden"}


def typed_too_late(deployed, referred, *, minutes=62, **typed):
    """Anna types, and her session is over when she presses: her browser and what she sees."""
    anna = Browser().sign_in("anna")
    path = f"/desk/reviews/{referred}"
    filled = {"form": anna.form(path), "verdict": "approved", "note": NOTE, "amount": "250,00"}
    set_clock(deployed.clock, NOW + timedelta(minutes=minutes))
    return anna, anna("POST", path, filled | typed)


@pytest.mark.parametrize("minutes", [62, 9 * 60, 30 * 60])
def test_after_signing_in_again_the_typing_is_back_and_nothing_is_decided(
    deployed, referred, books, minutes
):
    anna, door = typed_too_late(deployed, referred, minutes=minutes)
    assert door.status == 403 and "wat u typte, staat er dan nog" in text(door)
    assert "Location" not in door.headers and "<b>Piet" not in door.body
    kept = hidden(door.body)
    assert (kept["note"], kept["amount"], kept["to"]) == (NOTE, "250,00", referred)
    assert "verdict" not in kept
    old = anna.cookie
    back = anna("POST", "/desk/login", kept | {"key": key_of("anna")})
    assert back.status == 200 and anna.cookie not in ("", old)
    assert "Hier staat wat u typte" in text(back)
    assert "&lt;b&gt;Piet&lt;/b&gt;.\nBetaalt vrijdag.</textarea>" in back.body
    assert 'value="250,00"' in back.body
    assert review_of(books, referred).state is ReviewState.OPEN and held(books) == 0

    (token,) = set(re.findall(r'name="form" value="([0-9a-f]{64})"', back.body))
    assert token != kept["form"]
    filled = {"form": token, "verdict": "approved", "note": NOTE, "amount": "250,00"}
    assert anna("POST", f"/desk/reviews/{referred}", filled).status == 303
    assert review_of(books, referred).note == NOTE and held(books) == 25000


def test_a_wrong_key_and_another_language_on_the_way_lose_nothing(deployed, referred):
    anna, door = typed_too_late(deployed, referred)
    again = anna("POST", "/desk/login", hidden(door.body) | {"key": "ks_test_mistyped"})
    assert again.status == 403 and hidden(again.body)["note"] == NOTE
    english = anna("POST", "/desk/login?lang=en", hidden(again.body) | {"switch": "en", "key": "x"})
    assert english.status == 200 and "Sign in to Kasstroom" in english.body
    assert hidden(english.body)["note"] == NOTE and 'value="x"' not in english.body
    back = anna("POST", "/desk/login?lang=en", hidden(english.body) | {"key": key_of("anna")})
    assert "Here is what you typed" in text(back) and "Betaalt vrijdag." in back.body


def test_the_door_speaks_the_language_of_the_session_that_ended(deployed, referred):
    anna = Browser().sign_in("anna")
    path = f"/desk/reviews/{referred}?lang=en"
    filled = {"form": anna.form(path), "note": NOTE}
    set_clock(deployed.clock, NOW + timedelta(minutes=62))
    door = anna("POST", path.partition("?")[0], filled)
    assert "what you typed will still be there" in text(door)
    back = anna("POST", "/desk/login?lang=en", hidden(door.body) | {"key": key_of("anna")})
    assert "Here is what you typed" in text(back)


@pytest.mark.parametrize(("name", "org"), [("cato", ORG), ("anna", "anders")])
def test_it_is_for_nobody_else(deployed, referred, name, org):
    anna, door = typed_too_late(deployed, referred)
    answer = anna("POST", "/desk/login", hidden(door.body) | {"key": key_of(name, org)})
    assert (answer.status, answer.to) == (303, f"/desk/reviews/{referred}")
    assert "vrijdag" not in answer.body + anna.get(answer.to).body


def test_a_new_key_of_the_same_person_is_the_same_person(deployed, referred, books):
    anna, door = typed_too_late(deployed, referred)
    old = books.get(ApiKey, "", id=digest(key_of("anna")))
    new = replace(old, key_hash=digest("ks_test_new"), version=0)
    books.commit(Changes(create=(new,), update=(replace(old, revoked_at=NOW),)))
    back = anna("POST", "/desk/login", hidden(door.body) | {"key": "ks_test_new"})
    assert back.status == 200 and "Betaalt vrijdag." in back.body


@pytest.mark.parametrize(
    ("headers", "cookie"), [({"sec_fetch_site": "cross-site"}, True), ({}, False)]
)
def test_another_site_puts_nothing_on_the_page(deployed, referred, headers, cookie):
    anna = Browser().sign_in("anna")
    path = f"/desk/reviews/{referred}"
    filled = {"form": anna.form(path), "note": NOTE}
    set_clock(deployed.clock, NOW + timedelta(minutes=62))
    anna.cookie = anna.cookie if cookie else ""
    answer = anna("POST", path, filled, **headers)
    assert answer.status == 303 and answer.to.endswith(f"to={referred}")


def test_a_token_that_is_made_up_brings_nothing_back(deployed, referred):
    anna, door = typed_too_late(deployed, referred, form="0" * 64)
    answer = anna("POST", "/desk/login", hidden(door.body) | {"key": key_of("anna")})
    assert answer.status == 303


def test_no_more_is_carried_than_fits_in_the_form_again(deployed, referred):
    long = {"note": "é" * 1300, "amount": "9" * 900, "na!me": "x", "gather": "yes", "look": "yes"}
    anna, door = typed_too_late(deployed, referred, **long)
    kept = hidden(door.body)
    assert sum(map(len, kept.values())) <= MOST_KEPT + len(referred)
    assert not {"na!me", "verdict", "gather", "look"} & kept.keys()
    assert anna("POST", "/desk/login", kept | {"key": key_of("anna")}).status == 200


def test_when_a_colleague_decided_meanwhile_the_decision_is_shown(deployed, referred):
    anna, door = typed_too_late(deployed, referred)
    Browser().sign_in("cato").decide(referred)
    answer = anna("POST", "/desk/login", hidden(door.body) | {"key": key_of("anna")})
    assert (answer.status, answer.to) == (303, f"/desk/reviews/{referred}")


def test_another_language_decides_nothing_and_keeps_the_typing(referred, books):
    anna = Browser().sign_in("anna")
    path = f"/desk/reviews/{referred}"
    filled = {"form": anna.form(path), "note": NOTE, "amount": "te veel", "switch": "en"}
    answer = anna("POST", f"{path}?lang=en", filled)
    assert answer.status == 200 and 'lang="en"' in answer.body
    assert "Betaalt vrijdag.</textarea>" in answer.body and 'value="te veel"' in answer.body
    assert 'role="alert"' not in answer.body
    assert review_of(books, referred).state is ReviewState.OPEN
    assert 'lang="en"' in anna.get("/desk").body


def test_enter_in_the_amount_asks_what_was_meant(referred, books):
    answer = Browser().sign_in("anna").decide(referred, verdict="", note=NOTE)
    assert answer.status == 422 and "Kies goedkeuren of afwijzen." in text(answer)
    assert review_of(books, referred).state is ReviewState.OPEN
