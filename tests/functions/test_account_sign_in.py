"""Signing in at the desk with an account: through the real handlers, with a pool that signs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from kasstroom.changes import Changes
from kasstroom.ids import digest
from kasstroom.organisations.model import Organisation
from kasstroom.work.sessions import Session
from tests.functions.conftest import CONTEXT, load, set_clock
from tests.functions.desk import FORM, give_keys, key_of, token_in
from tests.lambda_http import http_event
from tests.people import NOW, ORG
from tests.staff_pool import CLIENT, Pool, jwks, private_key, serving, signed

PUBLIC = "https://betalen.vandijk.example"


@pytest.fixture
def pool(deployed, monkeypatch):
    with serving(Pool()) as served:
        monkeypatch.setenv("STAFF_SIGN_IN_URL", served.url)
        monkeypatch.setenv("STAFF_KEYS_URL", f"{served.url}/keys")
        served.clock = deployed.clock
        yield served


class Visitor:
    """A browser with both cookies; `elsewhere` is how it comes back from another site."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.cookies, self.sign_in = pool, {}, load("access/sign_in").handler

    def __call__(self, method, target, typed=None, *, elsewhere=False) -> SimpleNamespace:
        path = urlsplit(target).path
        names = ["ks_attempt"] if path == "/desk/signed-in" else []
        names += [] if elsewhere else ["ks_desk"]
        sent = {"cookie": "; ".join(f"{n}={self.cookies[n]}" for n in names if n in self.cookies)}
        body = urlencode(typed).encode() if typed is not None else b""
        sent |= FORM if typed is not None else {}
        ours = path.startswith(("/desk/sign-", "/desk/signed-"))
        handler = self.sign_in if ours else load("work/desk_page").handler
        answer = handler(http_event(method, target, sent, body), CONTEXT)
        for cookie in answer.get("cookies", []):
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
                if not morsel.value:
                    del self.cookies[name]
        return SimpleNamespace(
            status=answer["statusCode"], body=answer["body"], headers=answer["headers"],
            to=answer["headers"].get("Location", ""), cookies=answer.get("cookies", []),
        )  # fmt: skip

    def get(self, target: str, **how: bool) -> SimpleNamespace:
        return self("GET", target, **how)

    def begin(self, target: str = "/desk/sign-in") -> str:
        answer = self.get(target)
        assert answer.status == 303
        return answer.to

    def back(self, code: str, state: str, **more: str) -> SimpleNamespace:
        query = urlencode({"code": code, "state": state} | more)
        return self.get(f"/desk/signed-in?{query}", elsewhere=True)

    def through(self, target: str = "/desk/sign-in", user: str = "vandijk.anna", **claims):
        """The whole way, as that person; the page that comes back."""
        address = self.begin(target)
        return self.back(self.pool.code_for(address, user, **claims), state_in(address))


def state_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["state"][0]


def onward(answer: SimpleNamespace) -> str:
    return answer.headers["Refresh"].removeprefix("0; url=")


def test_somebody_with_an_account_comes_in(pool):
    anna = Visitor(pool)
    door = anna.get("/desk/login").body
    assert 'href="/desk/sign-in"' in door and 'name="key"' in door
    answer = anna.through()
    assert answer.status == 200 and onward(answer) == "/desk"
    queue = anna.get("/desk")
    assert queue.status == 200 and "Ingelogd als anna" in queue.body


def test_what_is_asked_of_the_pool_and_what_is_kept(pool):
    anna = Visitor(pool)
    answer = anna.get("/desk/sign-in?to=/desk/dashboard&lang=en")
    asked = {k: v[0] for k, v in parse_qs(urlsplit(answer.to).query).items()}
    assert answer.to.startswith(f"{pool.url}/oauth2/authorize?")
    assert asked.pop("state") and asked.pop("nonce") and asked.pop("code_challenge")
    assert asked == {
        "response_type": "code", "client_id": CLIENT, "redirect_uri": f"{PUBLIC}/desk/signed-in",
        "scope": "openid", "code_challenge_method": "S256",
    }  # fmt: skip
    (cookie,) = answer.cookies
    assert set(cookie.split("; ")[1:]) == {
        "Path=/desk/signed-in", "Max-Age=600", "HttpOnly", "Secure", "SameSite=Lax",
    }  # fmt: skip
    secret = anna.cookies["ks_attempt"].partition("~")[0]
    assert secret not in answer.to
    (attempt, session) = sorted(anna.through().cookies)
    assert "Max-Age=0" in attempt and "SameSite=Strict" in session and "HttpOnly" in session


@pytest.mark.parametrize(
    ("roles", "page"),
    [(["finance"], "/desk/dashboard"), (["auditor"], "/desk/dashboard"), (["sales"], "/desk"),
     (["collector"], "/desk"), (["credit_manager", "finance"], "/desk")],
)  # fmt: skip
def test_each_role_lands_on_its_own_page(pool, roles, page):
    assert onward(Visitor(pool).through(cognito__groups=roles)) == page


def test_after_signing_in_somebody_lands_where_they_were_going(pool):
    wanted = "/desk/dashboard?currency=EUR"
    answer = Visitor(pool).through(f"/desk/sign-in?{urlencode({'to': wanted})}")
    assert onward(answer) == wanted


@pytest.mark.parametrize(
    "to", ["//elsewhere.example", "https://elsewhere.example", "/desk//elsewhere", "/desk\r\nX: y"]
)
def test_nobody_is_led_elsewhere(pool, to):
    answer = Visitor(pool).through(f"/desk/sign-in?{urlencode({'to': to})}")
    assert onward(answer) == "/desk" and "elsewhere" not in answer.body


def refused(answer, sentence: str, status: int = 403) -> None:
    assert answer.status == status and sentence in answer.body, answer.body
    assert "Refresh" not in answer.headers
    assert not [cookie for cookie in answer.cookies if cookie.startswith("ks_desk=")]
    assert [cookie for cookie in answer.cookies if cookie.startswith("ks_attempt=;")]


def test_a_code_of_somebody_else_signs_nobody_in(pool):
    """Login CSRF: an attacker sends their own code and state to a victim's browser."""
    attacker, victim = Visitor(pool), Visitor(pool)
    address = attacker.begin()
    code = pool.code_for(address, "vandijk.mallory")
    refused(victim.back(code, state_in(address)), "duurde te lang")
    victim.begin()
    refused(victim.back(code, state_in(address)), "duurde te lang")
    mine = victim.begin()
    refused(victim.back(code, state_in(mine)), "niet gelukt")
    assert victim.get("/desk").status == 303


@pytest.mark.parametrize("state", ["", "x", "0" * 64, "é"])
def test_a_wrong_state_goes_nowhere(pool, state):
    anna = Visitor(pool)
    code = pool.code_for(anna.begin())
    refused(anna.back(code, state), "duurde te lang")
    assert not pool.asked


def test_a_code_works_once_and_so_does_an_attempt(pool):
    anna = Visitor(pool)
    address = anna.begin()
    kept = dict(anna.cookies)
    code = pool.code_for(address)
    assert anna.back(code, state_in(address)).status == 200
    refused(anna.back(code, state_in(address)), "duurde te lang")
    anna.cookies = kept
    refused(anna.back(code, state_in(address)), "niet gelukt")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Another"},
        {"aud": "another-client"}, {"token_use": "access"}, {"nonce": "of another attempt"},
        {"exp": 1_000_000_000}, {"iat": 9_999_999_999},
    ],
)  # fmt: skip
def test_a_token_of_another_pool_client_or_moment_is_not_taken(pool, claims):
    refused(Visitor(pool).through(**claims), "niet gelukt")


def test_a_token_that_another_key_signed_is_not_taken(pool):
    private_key("mallory")
    pool.sign = lambda claims: signed(claims, key="mallory", header={"kid": "pool-key-1"})
    refused(Visitor(pool).through(), "niet gelukt")


@pytest.mark.parametrize(
    ("user", "claims", "sentence"),
    [
        ("vandijk.anna", {"cognito__groups": None}, "nog geen rol"),
        ("vandijk.anna", {"cognito__groups": ["boss"]}, "nog geen rol"),
        ("vandijk.anna", {"custom__org": None}, "geen organisatie"),
        ("vandijk.anna", {"custom__org": "other"}, "geen organisatie"),
        ("elsewhere.anna", {}, "geen organisatie"),
    ],
)
def test_an_account_without_role_or_organisation_is_told_what_to_do(pool, user, claims, sentence):
    answer = Visitor(pool).through(user=user, **claims)
    refused(answer, sentence)
    assert 'href="/desk/sign-out"' in answer.body


def test_another_organisation_s_person_is_theirs(pool, books):
    books.commit(Changes(create=(replace(books.get(Organisation, ORG), org="other"),)))
    other = Visitor(pool)
    other.through(user="other.anna")
    assert books.get(Session, "", id=digest(other.cookies["ks_desk"])).org == "other"


def test_who_breaks_it_off_is_told_in_their_language_and_nothing_is_echoed(pool):
    anna = Visitor(pool)
    state = state_in(anna.begin("/desk/sign-in?lang=en"))
    said = {"error": "access_denied", "error_description": "<script>alert(1)</script>"}
    query = urlencode({"state": state} | said)
    answer = anna.get(f"/desk/signed-in?{query}", elsewhere=True)
    refused(answer, "the sign-in was broken off")
    assert "script" not in answer.body and '<html lang="en"' in answer.body


@pytest.mark.parametrize("status", [500, 302, 429, 401])
def test_a_pool_that_does_not_answer_is_told_and_not_followed(pool, status):
    anna = Visitor(pool)
    address = anna.begin()
    code = pool.code_for(address)
    pool.status = status
    refused(anna.back(code, state_in(address)), "geen antwoord", 503)
    assert not [line for line in pool.asked if "elsewhere" in line]


def test_a_pool_that_is_not_there_is_told(pool, monkeypatch):
    monkeypatch.setenv("STAFF_SIGN_IN_URL", "http://127.0.0.1:9")
    anna = Visitor(pool)
    answer = anna.back("code", state_in(anna.begin("/desk/sign-in?lang=en")))
    refused(answer, "does not answer", 503)


def test_keys_that_change_are_asked_for_again_and_made_up_ones_only_once(pool):
    anna = Visitor(pool)
    assert anna.through().status == 200
    pool.sign = lambda claims: signed(claims, key="made-up")
    for _ in range(3):
        refused(anna.through(), "niet gelukt")
    assert pool.asked.count("GET /keys") == 1
    later = Visitor(pool)
    pool.keys = jwks("pool-key-2")
    pool.sign = lambda claims: signed(claims, key="pool-key-2")
    assert later.through().status == 200


def test_after_a_quarter_of_an_hour_the_account_is_asked_again_without_a_word(pool, books):
    anna = Visitor(pool)
    anna.through(cognito__groups=["credit_manager", "finance"])
    set_clock(pool.clock, NOW + timedelta(minutes=16))
    away = anna.get("/desk?kind=limit")
    assert (away.status, away.to) == (303, "/desk/sign-in?to=%2Fdesk%3Fkind%3Dlimit")
    answer = anna.through(away.to, cognito__groups=["sales"])
    assert onward(answer) == "/desk?kind=limit"
    assert books.get(Session, "", id=digest(anna.cookies["ks_desk"])).roles == ("sales",)


def test_a_form_that_took_longer_is_still_taken_and_one_of_before_the_renewal_too(pool):
    anna = Visitor(pool)
    anna.through()
    form = token_in(anna.get("/desk").body)
    set_clock(pool.clock, NOW + timedelta(minutes=20))
    anna.through()
    answer = anna("POST", "/desk/logout", {"form": form})
    assert answer.to == "/desk/sign-out"


def test_a_role_that_is_taken_away_counts_for_forms_within_half_an_hour(pool):
    anna = Visitor(pool)
    anna.through()
    set_clock(pool.clock, NOW + timedelta(minutes=31))
    path = "/desk/reviews/rev_0123456789ABCDEFGHJKMNPQRS"
    answer = anna("POST", path, {"form": "f" * 64, "note": "Betaalt goed"})
    assert answer.status == 403 and 'name="look"' in answer.body and "Betaalt goed" in answer.body
    assert re.search(r'href="/desk/sign-in\?to=[^"]+" target="_blank"', answer.body)


def test_signing_out_goes_by_the_pool_too(pool):
    anna = Visitor(pool)
    anna.through()
    kept = anna.cookies["ks_desk"]
    answer = anna("POST", "/desk/logout", {"form": token_in(anna.get("/desk").body)})
    assert (answer.status, answer.to) == (303, "/desk/sign-out") and "ks_desk" not in anna.cookies
    passing = anna.get("/desk/sign-out")
    asked = parse_qs(urlsplit(onward(passing)).query)
    assert onward(passing).startswith(f"{pool.url}/logout?")
    assert asked == {"client_id": [CLIENT], "logout_uri": [f"{PUBLIC}/desk/signed-out"]}
    assert "U bent uitgelogd" in anna.get("/desk/signed-out", elsewhere=True).body
    anna.cookies["ks_desk"] = kept
    assert anna.get("/desk").to.startswith("/desk/login")


def test_a_personal_key_still_opens_the_desk_and_signs_out_here(pool, books):
    give_keys(books)
    anna = Visitor(pool)
    assert anna("POST", "/desk/login", {"key": key_of("anna")}).to == "/desk"
    answer = anna("POST", "/desk/logout", {"form": token_in(anna.get("/desk").body)})
    assert answer.to == "/desk/login?why=signed_out_now"


@pytest.mark.parametrize(
    ("role", "posted", "status"),
    [("auditor", False, 200), ("auditor", True, 403), ("finance", True, 403), ("sales", True, 404)],
)
def test_a_page_of_the_desk_is_for_its_roles(pool, role, posted, status):
    person = Visitor(pool)
    person.through(cognito__groups=[role])
    form = token_in(person.get("/desk").body)
    if not posted:
        assert person.get("/desk").status == status
        return
    path = "/desk/reviews/rev_0123456789ABCDEFGHJKMNPQRS"
    answer = person("POST", path, {"form": form, "verdict": "approved", "note": "x"})
    assert answer.status == status
    assert ("niet voor u" in answer.body) is (status == 403)


def test_every_page_of_the_way_is_kept_by_nobody_and_runs_no_script(pool):
    anna = Visitor(pool)
    shown = [anna.get("/desk/sign-in"), anna.get("/desk/sign-out"), anna.get("/desk/signed-out"),
             anna.through(), anna.get("/desk/signed-in")]  # fmt: skip
    for answer in shown:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
