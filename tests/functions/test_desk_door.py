"""Who gets in at the desk, and what throws them out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.access.model import ApiKey
from kasstroom.changes import Changes
from kasstroom.ids import digest
from kasstroom.work.sessions import Session
from tests.functions.conftest import API_KEY, set_clock
from tests.functions.desk import Browser, give_keys, key_of, token_in
from tests.people import NOW


@pytest.fixture
def desk(deployed, books):
    give_keys(books)
    return deployed


def test_the_cookie_is_for_our_own_pages_only(desk):
    anna = Browser().sign_in("anna")
    value, *attributes = anna.said.split("; ")
    assert value == f"ks_desk={anna.cookie}" and len(anna.cookie) >= 40
    assert set(attributes) == {
        "Path=/desk", "Max-Age=115200", "HttpOnly", "Secure", "SameSite=Strict",
    }  # fmt: skip
    assert anna.get("/desk").status == 200


def test_every_page_forbids_scripts_framing_and_keeping(desk):
    anna = Browser().sign_in("anna")
    for path in ("/desk", "/desk/login", "/desk/reviews/rev_x"):
        headers = anna.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src" not in policy
        assert "form-action 'self';" in policy and "frame-ancestors 'none'" in policy
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("ks_test_guessed", "Deze sleutel werkt hier niet"),
        ("", "Deze sleutel werkt hier niet"),
        (API_KEY, "hoort bij een systeem"),
    ],
)
def test_who_is_turned_away_is_told_why_and_gets_no_cookie(desk, key, told):
    visitor = Browser()
    answer = visitor("POST", "/desk/login", {"key": key})
    assert answer.status == 403 and told in answer.body
    assert visitor.said == "" and (not key or key not in answer.body)


def test_an_unknown_and_a_revoked_key_get_the_same_answer(desk, books):
    anna = books.get(ApiKey, "", id=digest(key_of("anna")))
    books.commit(Changes(update=(replace(anna, revoked_at=NOW),)))
    answers = [Browser()("POST", "/desk/login", {"key": k}) for k in (key_of("anna"), "nobody")]
    assert answers[0] == answers[1]


def test_another_site_can_sign_nobody_in_or_out(desk):
    stranger = Browser()
    typed = {"key": key_of("anna")}
    assert stranger("POST", "/desk/login", typed, sec_fetch_site="cross-site").status == 403
    assert stranger.cookie == ""
    anna = Browser().sign_in("anna")
    for form in ("", "0" * 64):
        anna("POST", "/desk/logout", {"form": form or "x"})
    anna("POST", "/desk/logout", {"form": anna.form("/desk")}, sec_fetch_site="same-site")
    assert anna.get("/desk").status == 200


def test_signing_out_ends_the_session_itself(desk, books):
    anna = Browser().sign_in("anna")
    token = anna.cookie
    answer = anna("POST", "/desk/logout", {"form": anna.form("/desk")})
    assert (answer.status, answer.to) == (303, "/desk/login?why=signed_out_now")
    assert anna.cookie == "" and "Max-Age=0" in anna.said
    assert "U bent uitgelogd" in anna.get(answer.to).body
    kept = Browser()
    kept.cookie = token
    assert kept.get("/desk").to.startswith("/desk/login")
    assert books.get(Session, "", id=digest(token)).gone_at <= NOW + timedelta(minutes=1)


@pytest.mark.parametrize("path", ["/desk", "/desk/reviews/rev_0123456789ABCDEFGHJKMNPQRS"])
def test_without_a_session_everything_leads_to_the_door(desk, path):
    visitor = Browser()
    answer = visitor.get(path)
    assert answer.status == 303 and answer.to.startswith("/desk/login")
    visitor.cookie = "made-up"
    assert "why=signed_out" in visitor.get(path).to


def test_after_signing_in_somebody_lands_where_they_were_going(desk):
    visitor = Browser()
    path = "/desk/reviews/rev_0123456789ABCDEFGHJKMNPQRS"
    door = visitor.get(visitor.get(path).to)
    assert 'name="to" value="rev_0123456789ABCDEFGHJKMNPQRS"' in door.body
    typed = {"key": key_of("anna"), "to": "rev_0123456789ABCDEFGHJKMNPQRS"}
    assert visitor("POST", "/desk/login", typed).to == path
    typed["to"] = "//elsewhere.example"
    assert visitor("POST", "/desk/login", typed).to == "/desk"


@pytest.mark.parametrize(("minutes", "inside"), [(58, True), (62, False)])
def test_an_hour_of_nothing_ends_it(desk, minutes, inside):
    anna = Browser().sign_in("anna")
    set_clock(desk.clock, NOW + timedelta(minutes=minutes))
    assert (anna.get("/desk").status == 200) is inside


def test_eight_hours_end_it_however_busy_somebody_was(desk):
    anna = Browser().sign_in("anna")
    for n in range(1, 10):
        set_clock(desk.clock, NOW + timedelta(minutes=50 * n))
        assert anna.get("/desk").status == 200
    set_clock(desk.clock, NOW + timedelta(minutes=482))
    assert anna.get("/desk").to == "/desk/login?why=signed_out"


def test_a_revoked_key_ends_the_session_at_once(desk, books):
    anna = Browser().sign_in("anna")
    assert anna.get("/desk").status == 200
    key = books.get(ApiKey, "", id=digest(key_of("anna")))
    books.commit(Changes(update=(replace(key, revoked_at=NOW),)))
    assert anna.get("/desk").to == "/desk/login?why=signed_out"


def test_the_language_is_the_organisation_s_until_somebody_chooses(desk):
    anna = Browser().sign_in("anna")
    assert "Niets te doen" in anna.get("/desk").body
    assert "Nothing to do" in anna.get("/desk?lang=en").body
    assert "Nothing to do" in anna.get("/desk").body
    assert "Sign in to Kasstroom" in Browser().get("/desk/login?lang=en").body
    chosen = Browser()
    chosen("POST", "/desk/login", {"key": key_of("anna"), "lang": "en"})
    assert "Nothing to do" in chosen.get("/desk?lang=fr").body


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a" * 5000, b"key=1&key=2"])
def test_a_form_that_is_none_of_ours_is_no_bug(desk, body):
    from tests.functions.conftest import CONTEXT, load
    from tests.lambda_http import http_event

    kind = {"content-type": "application/x-www-form-urlencoded"}
    event = http_event("POST", "/desk/login", kind, body)
    answer = load("work/desk_page").handler(event, CONTEXT)
    assert answer["statusCode"] == 400 and "<html" in answer["body"]


def test_every_form_of_a_session_carries_its_token(desk):
    anna, cato = Browser().sign_in("anna"), Browser().sign_in("cato")
    assert token_in(anna.get("/desk").body) != token_in(cato.get("/desk").body)
