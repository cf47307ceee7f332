"""A colleague at the desk: signs in, reads, decides. On a phone, by keyboard, no JavaScript."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.e2e.at_the_desk import (
    WORDS,
    open_review,
    proposed,
    referred,
    session_over,
    sign_in,
)
from tests.e2e.phone import phone_in_hand

pytestmark = pytest.mark.usefixtures("told")


@pytest.mark.parametrize(
    ("language", "verdict", "key"), [("nl", "approved", "Enter"), ("en", "declined", "Space")]
)
def test_an_order_is_decided_with_a_note_by_keyboard_only(stage, phone, language, verdict, key):
    decision, id = referred(stage)
    words = WORDS[language]
    sign_in(stage, phone, "anna", language)
    phone.fits()
    assert words["queue"] in phone.told and decision["name"] in phone.told
    phone.press(f'a[href="/desk/reviews/{id}"]')
    for fact in (words["question"].format(**decision), words["why"], words["over"]):
        assert fact in phone.told, fact
    phone.fits()
    phone.reach(".desk-jump")
    phone.page.keyboard.press("Enter")
    phone.reach(f"button[value={verdict}]")
    phone.page.keyboard.press("Enter")
    assert phone.has_focus("#note"), "the browser asks for the reason first"
    phone.page.keyboard.type("Gebeld: betaalt vrijdag.")
    phone.press(f"button[value={verdict}]", key)
    told = phone.told
    assert words[verdict] in told and "anna" in told and "Gebeld: betaalt vrijdag." in told
    phone.fits()
    phone.page.reload()
    assert phone.told == told
    seen = stage.suite.get(f"/v1/credit-checks/{decision['id']}")["reviewed"]
    assert (seen["verdict"], seen["by"]) == (verdict, "anna")
    held = stage.suite.get(f"/v1/debtors/{decision['debtor']}/credit")["reserved"]["value"]
    assert held == ("600.00" if verdict == "approved" else "0.00")
    assert phone.complaints == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_decides_second_is_told_so_and_nothing_changes(stage, browser, phone, language):
    decision, id = referred(stage)
    sign_in(stage, phone, "anna", language)
    open_review(stage, phone, id)
    with phone_in_hand(browser) as other:
        sign_in(stage, other, "bram")
        open_review(stage, other, id)
        other.type("#note", "Bram heeft gebeld.")
        other.press("button[value=declined]")
    phone.type("#note", "Anna vindt het goed.")
    phone.press("button[value=approved]")
    for fact in (WORDS[language]["late"], WORDS[language]["declined"], "Bram heeft gebeld."):
        assert fact in phone.told, fact
    assert phone.page.locator("#note").count() == 0
    seen = stage.suite.get(f"/v1/credit-checks/{decision['id']}")["reviewed"]
    assert (seen["verdict"], seen["by"], seen["reservation"]) == ("declined", "bram", None)
    phone.fits()
    assert phone.complaints == []


def test_what_somebody_asked_for_another_decides(stage, browser, phone):
    number, name, id = proposed(stage)
    sign_in(stage, phone, "anna")
    open_review(stage, phone, id)
    assert WORDS["nl"]["mine"] in phone.told
    assert phone.page.locator("button[name=verdict]").count() == 0
    with phone_in_hand(browser) as other:
        sign_in(stage, other, "bram")
        open_review(stage, other, id)
        assert f"Mag de limiet van {name} naar € 80.000,00?" in other.told
        other.fits()
        other.type("#note", "Project bekeken.")
        other.press("button[value=approved]")
        assert "Goedgekeurd" in other.told
    limit = stage.suite.get(f"/v1/debtors/{number}/credit")["limit"]
    assert limit["value"] == "80000.00"


def test_the_session_is_a_cookie_for_our_own_pages_and_ends_when_somebody_signs_out(stage, phone):
    sign_in(stage, phone, "bram")
    context = phone.page.context
    (cookie,) = context.cookies()
    assert (cookie["name"], cookie["path"], cookie["sameSite"]) == ("ks_desk", "/desk", "Strict")
    assert cookie["secure"] and cookie["httpOnly"]
    phone.press(".desk-top button")
    assert WORDS["nl"]["out"] in phone.told and context.cookies() == []
    phone.page.goto(f"{stage.suite.url}/desk")
    assert urlsplit(phone.page.url).path == "/desk/login"
    context.add_cookies([cookie])
    phone.page.goto(f"{stage.suite.url}/desk")
    assert "U bent niet meer ingelogd." in phone.told and context.cookies() == []
    assert phone.complaints == []


def test_what_somebody_types_outlives_another_language_and_the_session(stage, phone):
    decision, id = referred(stage)
    sign_in(stage, phone, "anna")
    open_review(stage, phone, id)
    phone.type("#note", "Gebeld: betaalt vrijdag.")
    phone.press("header button[name=switch]")
    assert phone.language == "en"
    assert phone.page.input_value("#note") == "Gebeld: betaalt vrijdag."
    phone.fits()
    session_over(stage, phone)
    phone.press("button[value=approved]")
    assert "Sign in again: what you typed will still be there." in phone.told
    phone.fits()
    phone.type("#key", stage.access.people["anna"])
    phone.press("#key")
    assert "Here is what you typed before you were signed out." in phone.told
    assert phone.page.input_value("#note") == "Gebeld: betaalt vrijdag."
    assert "vrijdag" not in phone.page.url
    phone.fits()
    phone.press("button[value=approved]")
    assert WORDS["en"]["approved"] in phone.told and "betaalt vrijdag" in phone.told
    seen = stage.suite.get(f"/v1/credit-checks/{decision['id']}")["reviewed"]
    assert (seen["verdict"], seen["by"]) == ("approved", "anna")
    assert phone.complaints == []


def test_a_key_of_a_system_and_a_made_up_key_open_nothing(stage, phone):
    for key, told in (
        (stage.access.api_key, "Deze sleutel hoort bij een systeem."),
        ("ks_test_verzonnen", "Deze sleutel werkt hier niet."),
    ):
        phone.page.goto(f"{stage.suite.url}/desk/login")
        phone.type("#key", key)
        phone.press("#key")
        assert told in phone.told and phone.page.input_value("#key") == ""
        assert key not in phone.page.content() and phone.page.context.cookies() == []
        phone.fits()
    phone.page.goto(f"{stage.suite.url}/desk")
    assert urlsplit(phone.page.url).path == "/desk/login"
    assert phone.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1440, "light")])
def test_the_desk_fits(stage, browser, width, scheme):
    reviews = (referred(stage)[1], proposed(stage)[2])
    size = {"width": width, "height": 900}
    with phone_in_hand(browser, viewport=size, color_scheme=scheme) as phone:
        sign_in(stage, phone, "anna")
        phone.fits()
        for id in reviews:
            open_review(stage, phone, id)
            phone.fits()
        assert phone.complaints == []


def test_when_nothing_waits_the_desk_says_so(stage, phone):
    for review in list(stage.suite.every("/v1/credit-reviews")):
        path, given = f"/v1/credit-reviews/{review['id']}/decision", {"verdict": "declined"}
        for name in ("anna", "bram"):
            answer = stage.as_person(name).call("POST", path, given | {"note": "Opgeruimd."})
            if answer.status == 200:
                break
        assert answer.status == 200, answer.text
    for language in ("nl", "en"):
        phone.page.context.clear_cookies()
        sign_in(stage, phone, "anna", language)
        assert WORDS[language]["empty"] in phone.told
        assert phone.page.locator(".desk-kinds").count() == 0
        phone.fits()
    assert phone.complaints == []
