"""A buyer at the application form: on a phone, by keyboard, without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from infra.local.seed import ORG, books
from kasstroom.applications.finding import by_id
from kasstroom.applications.model import SHOWN_DAYS
from kasstroom.changes import Changes

pytestmark = pytest.mark.usefixtures("told")
ADDRESS = {"street": "Kerkstraat", "house_number": "25 hs", "postcode": "3511ED"}
ADDRESS |= {"city": "Utrecht"}
COMPANY = {
    "name": "Schildersbedrijf De Kwast B.V.", "legal_form": "", "kvk": "7654321", "vat": "",
    **ADDRESS, "contact_name": "Noor Bakker", "email": "noor@dekwast.example",
    "phone": "06 12345678", "requested": "5.000,00", "terms_days": "30",
}  # fmt: skip
"""What is typed, field by field; a choice by its first letters. The KvK number lacks a digit."""
CONSUMER = {"name": "Jan de Boer", "email": "jan@boer", **ADDRESS, "requested": "750"}
WORDS = {
    "nl": {
        "bv": "Bes", "form": "Kopen op rekening aanvragen", "kvk": "KvK-nummer",
        "one": "Er is nog 1 ding dat niet klopt",
        "many": "Er zijn nog 2 dingen die niet kloppen",
        "wrong": "Een KvK-nummer heeft acht cijfers. Kijk op uw uittreksel van de KvK.",
        "sent": "Uw aanvraag is verstuurd", "reference": "Aanvraagnummer",
        "approved": "Uw aanvraag is goedgekeurd", "limit": "€ 5.000,00", "days": "30 dagen",
        "rejected": "Uw aanvraag is niet goedgekeurd",
        "explained": "U hebt recht op uitleg van een medewerker",
    },
    "en": {
        "bv": "Pri", "form": "Apply to buy on account", "kvk": "KvK number",
        "one": "There is 1 thing left to put right",
        "many": "There are 2 things left to put right",
        "wrong": "A KvK number has eight digits. It is on your extract from the register.",
        "sent": "Your application was sent", "reference": "Application number",
        "approved": "Your application was approved", "limit": "€5,000.00", "days": "30 days",
        "rejected": "Your application was not approved",
        "explained": "You have the right to an explanation by a person",
    },
}  # fmt: skip


def opened(stage, kind: str) -> dict[str, str]:
    """The shop asks a buyer in; the answer has the link."""
    asked = {"kind": kind, "language": "nl", "expires_in_days": 14}
    return stage.suite.post("/v1/credit-applications", asked)


def enter(phone, link: str, language: str) -> None:
    """The link is Dutch; who reads English takes the button on top of the page."""
    phone.page.goto(link)
    assert phone.language == "nl" and WORDS["nl"]["form"] in phone.told
    if language == "en":
        phone.press("button[name=switch]")
    assert phone.language == language and WORDS[language]["form"] in phone.told
    phone.fits()


def fill_in(phone, typed: dict[str, str]) -> None:
    for name, text in typed.items():
        phone.type(f"#{name}", text)
    phone.reach("#consent")
    phone.page.keyboard.press("Space")


def follow_fault(phone, name: str) -> None:
    """The list of faults has the focus, and its link leads to the field, which says what it is."""
    assert phone.has_focus("section.faults")
    phone.reach(f'.faults a[href="#{name}"]')
    phone.page.keyboard.press("Enter")
    assert phone.has_focus(f"#{name}")
    field = phone.page.locator(f"#{name}")
    assert field.get_attribute("aria-invalid") == "true"
    assert f"fault-{name}" in field.get_attribute("aria-describedby").split()


def thanked(phone, words: dict[str, str]) -> str:
    """The reference on the thank-you page; a reload sends nothing again."""
    told = phone.told
    phone.page.reload()
    assert phone.told == told
    assert words["sent"] in told
    phone.fits()
    found = re.search(rf"{words['reference']} ([0-9A-Z]{{4}}-[0-9A-Z]{{4}})", told)
    assert found, told
    return found[1]


@pytest.mark.parametrize(("language", "kvk"), [("nl", "76543210"), ("en", "76543229")])
def test_a_company_applies_puts_one_digit_right_and_reads_the_outcome(stage, phone, language, kvk):
    words, link = WORDS[language], opened(stage, "company")
    enter(phone, link["url"], language)
    assert phone.page.inner_text("label[for=kvk]") == words["kvk"]
    fill_in(phone, COMPANY | {"legal_form": words["bv"]})
    phone.press("button[value=send]")
    assert words["one"] in phone.told and words["wrong"] in phone.told
    kept = {name: phone.page.input_value(f"#{name}") for name in COMPANY}
    assert kept == COMPANY | {"legal_form": "bv"}
    assert phone.page.is_checked("#consent")
    assert stage.suite.get(f"/v1/credit-applications/{link['id']}")["state"] == "draft"
    phone.fits()
    follow_fault(phone, "kvk")
    phone.retype(kvk)
    phone.press("#kvk")
    reference = thanked(phone, words)
    seen = stage.suite.get(f"/v1/credit-applications/{link['id']}")
    assert (seen["state"], seen["reference"], seen["data"]["kvk"]) == ("in_review", reference, kvk)
    assert seen["language"] == language and seen["submitted_by"] == "buyer"

    given = {"verdict": "approved", "note": "Referenties gebeld."}
    stage.as_person("bram").post(f"/v1/credit-applications/{link['id']}/decision", given)
    phone.page.goto(link["url"])
    for fact in (words["approved"], words["limit"], words["days"], reference):
        assert fact in phone.told, fact
    assert phone.language == language and "Referenties" not in phone.told
    assert phone.complaints == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_consumer_is_asked_less_and_is_refused_by_a_person_only(stage, phone, language):
    words, link = WORDS[language], opened(stage, "consumer")
    enter(phone, link["url"], language)
    asked = phone.page.locator("form [name]:visible").evaluate_all("all => all.map(e => e.name)")
    assert [n for n in asked if n != "action"] == [*_order(CONSUMER), "consent"]
    for name, text in CONSUMER.items():
        phone.type(f"#{name}", text)
    phone.press("button[value=send]")
    assert words["many"] in phone.told
    assert phone.page.input_value("#name") == CONSUMER["name"]
    assert not phone.page.is_checked("#consent")
    follow_fault(phone, "email")
    phone.retype("jan@boer.example")
    phone.reach("#consent")
    phone.page.keyboard.press("Space")
    phone.press("button[value=send]", "Space")
    reference = thanked(phone, words)
    seen = stage.suite.get(f"/v1/credit-applications/{link['id']}")
    assert (seen["state"], seen["reference"]) == ("in_review", reference)

    given = {"verdict": "rejected", "note": "Inkomen onbekend."}
    stage.as_person("anna").post(f"/v1/credit-applications/{link['id']}/decision", given)
    phone.page.goto(link["url"])
    assert words["rejected"] in phone.told and words["explained"] in phone.told
    assert "Inkomen" not in phone.told and "anna" not in phone.told
    phone.fits()
    assert phone.complaints == []


def _order(typed: dict[str, str]) -> list[str]:
    """With the country, which stands on the Netherlands already."""
    names = list(typed)
    return [*names[: names.index("city") + 1], "country", *names[names.index("city") + 1 :]]


def test_another_language_keeps_what_was_typed(stage, phone):
    link = opened(stage, "company")
    enter(phone, link["url"], "nl")
    fill_in(phone, COMPANY | {"legal_form": "Bes"})
    phone.press("button[name=switch]")
    assert phone.language == "en" and WORDS["en"]["form"] in phone.told
    kept = {name: phone.page.input_value(f"#{name}") for name in COMPANY}
    assert kept == COMPANY | {"legal_form": "bv"}
    assert phone.page.is_checked("#consent") and phone.page.locator(".fault").count() == 0
    phone.fits()
    assert stage.suite.get(f"/v1/credit-applications/{link['id']}")["data"]["name"] == ""
    phone.press("#kvk")
    assert WORDS["en"]["one"] in phone.told, "Enter in a field sends it, and is no language"
    assert phone.complaints == []


def test_what_is_kept_for_later_is_there_with_the_same_link(stage, phone):
    link = opened(stage, "company")
    phone.page.goto(link["url"])
    phone.type("#name", COMPANY["name"])
    phone.type("#kvk", COMPANY["kvk"])
    phone.press("button[value=save]")
    assert "Uw gegevens zijn bewaard." in phone.told
    phone.page.goto(link["url"])
    assert phone.page.input_value("#name") == COMPANY["name"]
    assert phone.page.input_value("#kvk") == COMPANY["kvk"]
    assert stage.suite.get(f"/v1/credit-applications/{link['id']}")["state"] == "draft"


def test_a_link_that_is_over_tells_what_to_do_and_in_the_end_nothing(stage, phone):
    """As time would leave it: after the last day, and after it is shown no more."""
    link = opened(stage, "company")
    unknown = phone.page.goto(f"{stage.suite.url}/apply/{'x' * 22}")
    nothing = unknown.text()
    assert unknown.status == 404
    assert phone.told.startswith("Deze link werkt niet Misschien is de link verlopen")
    assert "betaald" not in phone.told and "factuur" not in phone.told
    _ended(stage, link["id"], ago=timedelta(days=1))
    assert phone.page.goto(link["url"]).status == 200
    assert "De tijd voor deze aanvraag is voorbij" in phone.told
    assert phone.page.locator("form").count() == 0
    _ended(stage, link["id"], ago=timedelta(days=SHOWN_DAYS + 1))
    over = phone.page.goto(link["url"])
    assert (over.status, over.text()) == (404, nothing)
    for name in ("Cache-Control", "Content-Security-Policy"):
        assert over.headers[name.lower()] == unknown.headers[name.lower()]


def _ended(stage, id: str, *, ago: timedelta) -> None:
    table, day = books(stage.environment), timedelta(days=14)
    application = by_id(table, ORG, id)
    over = stage.environment.clock.now() - ago
    first = replace(application.history[0], at=over - day)
    table.commit(Changes(update=(replace(application, expires_at=over, history=(first,)),)))
