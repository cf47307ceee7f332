"""One try to sign in, and what has to come back of it."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.attempts import attempt_of, begun, page_of_ours
from kasstroom.organisations.model import Language

PAGES = ["", "/desk", "/desk/dashboard?currency=EUR"]


@given(st.sampled_from(PAGES), st.sampled_from([None, *Language]))
def test_the_cookie_brings_the_attempt_back_as_it_was(to, language):
    attempt = begun(to, language, "old-session_token")
    assert attempt_of(attempt.cookie) == attempt


def test_what_others_see_does_not_give_away_what_they_do_not():
    attempt = begun("/desk", None)
    hashed = hashlib.sha256(attempt.verifier.encode()).digest()
    assert attempt.challenge == base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
    assert len({attempt.state, attempt.nonce, attempt.verifier, attempt.secret}) == 4
    assert 43 <= len(attempt.verifier) <= 128
    other = begun("/desk", None)
    assert not other.answers(attempt.state) and attempt.answers(attempt.state)


def test_the_page_to_go_to_belongs_to_the_attempt():
    """A cookie whose page was changed on the way answers no state any more."""
    attempt = begun("/desk", None)
    secret, rest = attempt.cookie.split("~", 1)
    changed = attempt_of(
        begun("/desk/dashboard", None).cookie.replace(begun("/desk", None).secret, secret)
    )
    assert changed and not changed.answers(attempt.state) and rest


@given(st.text(max_size=200))
def test_any_other_cookie_is_no_attempt_or_an_honest_one(cookie):
    found = attempt_of(cookie)
    assert found is None or page_of_ours(found.to) == found.to


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "//elsewhere.example", "https://elsewhere.example/desk", "/desk//elsewhere",
        "/desk/../v1", "/desk/%2e%2e", "/desk\\elsewhere", "/desk/x\n", "/desk\r\nSet-Cookie: a=b",
        "/deskelsewhere.example", "/desk@elsewhere.example", "/desk?next=https://elsewhere.example",
        "javascript:alert(1)", "/v1/debtors", "/p/token", "/desk/" + "a" * 61,
    ],
)  # fmt: skip
def test_only_a_page_of_the_desk_is_gone_to(path):
    assert page_of_ours(path) == ""
    assert begun(path, None).to == ""


@pytest.mark.parametrize(
    "path",
    ["/desk", "/desk/reviews/rev_0123456789ABCDEFGHJKMNPQRS", "/desk/dashboard",
     "/desk/dashboard?currency=EUR&as_of=2026-09-01", "/desk?kind=decision"],
)  # fmt: skip
def test_a_page_of_the_desk_is_gone_to(path):
    assert page_of_ours(path) == path
