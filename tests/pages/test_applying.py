"""The application form and what became of it: valid, labelled, both languages, keyboard only."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from kasstroom.applications.model import LEGAL_FORMS, Applicant, ApplicationState
from kasstroom.applications.validation import DETAILS, Fault, faults_of
from kasstroom.applications.views import BuyerView
from kasstroom.debtors.model import NATURAL_PERSONS, Address, DebtorKind
from kasstroom.money import Money
from kasstroom.organisations.model import READ_AS, Language
from kasstroom_pages.apply_fields import OPTIONAL, asked_of, countries, fault_text
from kasstroom_pages.apply_pages import FormView, StateView, form_page, state_page
from kasstroom_pages.assets import asset
from kasstroom_pages.colours import MINIMUM_CONTRAST, contrast
from kasstroom_pages.problem import Problem, problem_page
from kasstroom_pages.words import apply_en, apply_nl
from kasstroom_partners.identities import CheckedIdentities
from tests.pages.markup import Markup
from tests.pages.samples import HOSTILE, VAN_DIJK

API_ONLY = {"missing", "not_asked", "wrong_currency"}
"""Codes without a sentence of their own: the form asks nothing else, in euros."""
NEVER_EMPTY = OPTIONAL - {"vat"} | {"consent", "country"}
SHOWN = [s for s in ApplicationState if s not in ("draft", "in_review")]
HOSTILE_ORG = replace(VAN_DIJK, name=HOSTILE, city=HOSTILE, phone=HOSTILE)


def buyer(state=ApplicationState.DRAFT, kind=DebtorKind.COMPANY, **changes):
    granted = {"limit": Money(1_250_000), "terms_days": 30}
    given = {
        "reference": "7K3M-91QX", "state": state, "kind": kind,
        "natural_person": kind in NATURAL_PERSONS, "language": Language.NL,
        "expires_on": date(2026, 12, 21), "changed_on": date(2026, 11, 21), "return_url": "",
    }  # fmt: skip
    more = granted if state is ApplicationState.APPROVED else {}
    return BuyerView(**(given | more | changes))


def form(kind=DebtorKind.COMPANY, language=Language.NL, *, organisation=VAN_DIJK, **changes):
    given = {
        "organisation": organisation, "application": buyer(kind=kind, language=language),
        "typed": {}, "faults": (), "nonce": "once", "action": "/apply/token",
        "domain": "https://betalen.vandijk.example",
    }  # fmt: skip
    return form_page(FormView(**(given | changes)))


def all_wrong(kind):
    """Every field of the form, wrong at once."""
    data = Applicant(vat="x", iban="x", phone="x", address=Address(country="XX1"))
    data = replace(data, terms_days=0)
    if kind is DebtorKind.CONSUMER:
        data = Applicant(address=Address(country="XX1"))
    return faults_of(data, kind, CheckedIdentities())


def outcome(state, kind=DebtorKind.COMPANY, language=Language.NL, organisation=VAN_DIJK, **more):
    view = buyer(state, kind, language=language, **more)
    return state_page(StateView(organisation, view, "once", "/apply/token", "betalen.example"))


def every_page(language, organisation=VAN_DIJK):
    hostile = dict.fromkeys(asked_of(DebtorKind.COMPANY), HOSTILE)
    pages = {
        f"form {kind} {notice}": form(kind, language, organisation=organisation, notice=notice)
        for kind in DebtorKind
        for notice in ("", "saved", "again", "too_large", "unread")
    }
    pages |= {
        f"wrong {kind}": form(kind, language, organisation=organisation, faults=all_wrong(kind))
        for kind in DebtorKind
    }
    pages |= {
        f"{state} {kind}": outcome(state, kind, language, organisation, return_url="https://s.nl/x")
        for state in SHOWN
        for kind in (DebtorKind.COMPANY, DebtorKind.CONSUMER)
    }
    return pages | {"hostile": form(language=language, organisation=organisation, typed=hostile)}


IN_FULL = [language for language in Language if language not in READ_AS]
PAGES = [
    pytest.param(html, language, id=f"{name}-{language}")
    for language in IN_FULL
    for name, html in every_page(language).items()
]


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_every_page_keeps_to_the_strict_policy(html, language):
    page = Markup(html)
    assert not page.faults and not page.open
    assert not page.all("script") and not page.all("style")
    attributes = [name for _, given in page.elements for name in given]
    assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert page.all("html") == [{"lang": language.value}]
    assert len(page.all("h1")) == 1 and len(page.all("main")) == 1
    assert page.text.replace(HOSTILE, "").count("!") == 0
    outside = {link for link in page.links if link.startswith("http")}
    assert outside <= {"https://s.nl/x"}


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_every_field_has_a_label_and_every_reference_a_target(html, language):
    page = Markup(html)
    ids = [given["id"] for _, given in page.elements if "id" in given]
    assert len(ids) == len(set(ids))
    labels = {given["for"] for given in page.all("label")}
    fields = [f for tag in ("input", "select") for f in page.all(tag) if f.get("type") != "hidden"]
    assert {field["id"] for field in fields} == labels
    told = [i for f in fields for i in f.get("aria-describedby", "").split()]
    told += [g["aria-labelledby"] for _, g in page.elements if "aria-labelledby" in g]
    told += [link[1:] for link in page.links if link.startswith("#")]
    assert set(told) <= set(ids)


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_previews_name_nobody(html, language):
    previews = [m["content"] for m in Markup(html).all("meta") if "property" in m]
    assert len(previews) == 3 and not [text for text in previews if "Dijk" in text]
    assert not [text for text in previews if "betaal" in text.lower() or "pay" in text.lower()]


@pytest.mark.parametrize("language", IN_FULL)
def test_hostile_names_stay_text(language):
    for name, html in every_page(language, HOSTILE_ORG).items():
        page = Markup(html)
        assert not page.all("script") and not page.faults and not page.open, name
        assert "\u202e" not in html, name


@pytest.mark.parametrize("kind", DebtorKind)
@pytest.mark.parametrize("language", IN_FULL)
def test_faults_are_told_twice_on_top_with_a_link_and_at_the_field(kind, language):
    faults = all_wrong(kind)
    page = Markup(form(kind, language, faults=faults))
    assert [link for link in page.links if link.startswith("#")] == [f"#{f.field}" for f in faults]
    fields = {f["id"]: f for tag in ("input", "select") for f in page.all(tag) if "id" in f}
    for fault in faults:
        field = fields[fault.field]
        assert field["aria-invalid"] == "true"
        assert f"fault-{fault.field}" in field["aria-describedby"].split()
        assert page.text.count(fault_text(fault, kind, language)) == 2
    summary = next(g for tag, g in page.elements if g.get("class") == "card faults")
    assert summary["role"] == "alert" and summary["tabindex"] == "-1" and "autofocus" in summary


@pytest.mark.parametrize("kind", DebtorKind)
def test_what_is_optional_says_so_and_the_rest_is_required(kind):
    html = form(kind)
    page = Markup(html)
    for name in asked_of(kind):
        (field,) = [f for t in ("input", "select") for f in page.all(t) if f.get("name") == name]
        assert ("aria-required" in field) is (name not in OPTIONAL)
    assert html.count("(niet verplicht)") == len(OPTIONAL & set(asked_of(kind)))


def test_a_consumer_is_asked_no_more_than_needed():
    assert set(asked_of(DebtorKind.CONSUMER)) == {
        "name", "email", "street", "house_number", "postcode", "city", "country", "requested",
        "consent",
    }  # fmt: skip
    assert {"kvk", "vat", "iban", "legal_form"} <= set(asked_of(DebtorKind.COMPANY))
    assert "legal_form" not in asked_of(DebtorKind.SOLE_TRADER)


def test_what_was_typed_comes_back_as_it_was():
    typed = {"name": 'A & "B"', "requested": "vijf", "country": "BE", "terms_days": "45"}
    page = Markup(form(typed=typed))
    values = {f.get("name"): f.get("value") for f in page.all("input")}
    assert (values["name"], values["requested"]) == ('A & "B"', "vijf")
    chosen = {option["value"] for option in page.all("option") if "selected" in option}
    assert {"BE", "45"} <= chosen


def test_the_language_can_be_changed_and_the_form_keeps_it():
    page = Markup(form())
    assert page.all("form")[0]["action"] == "/apply/token?lang=nl"
    default, switch = (b for b in page.all("button") if b.get("form") == "application")
    assert (switch["formaction"], switch["lang"]) == ("/apply/token?lang=en", "en")
    assert (default["class"], default["tabindex"], default.get("name")) == ("default", "-1", None)
    over = Markup(outcome(ApplicationState.SUBMITTED))
    assert [a["lang"] for a in over.all("a") if "hreflang" in a] == ["en"]
    assert dict(countries(Language.NL))["BE"] == "België"
    assert countries(Language.EN)[0] == ("NL", "Netherlands")


@pytest.mark.parametrize("state", SHOWN)
def test_only_what_waits_can_be_withdrawn(state):
    actions = [f["action"] for f in Markup(outcome(state)).all("form")]
    expected = ["/apply/token/withdraw?lang=nl"] if state == "submitted" else []
    assert actions == expected


def test_the_decision_is_told_with_what_it_means():
    told = Markup(outcome(ApplicationState.APPROVED)).text.replace("\u00a0", " ")
    for fact in ("€ 12.500,00", "30 dagen", "21 november 2026", "7K3M-91QX"):
        assert fact in told, fact
    rejected = Markup(outcome(ApplicationState.REJECTED)).text
    assert "12.500" not in rejected and "recht op uitleg" not in rejected
    person = Markup(outcome(ApplicationState.REJECTED, DebtorKind.SOLE_TRADER)).text
    assert "recht op uitleg van een medewerker" in person


def test_the_expired_page_names_no_application():
    expired = Markup(outcome(ApplicationState.EXPIRED)).text
    assert "7K3M-91QX" not in expired and "Vraag" in expired


@pytest.mark.parametrize("language", IN_FULL)
def test_every_word_of_the_form_is_used(language):
    """On some page, in some state: a word nobody reads is nobody's."""
    words = {Language.NL: apply_nl.WORDS, Language.EN: apply_en.WORDS}[language]
    pages = every_page(language)
    asked = {(kind, field) for kind in DebtorKind for field in asked_of(kind)}
    faults = [(kind, Fault(field, "missing")) for kind, field in asked if field not in NEVER_EMPTY]
    faults += [(DebtorKind.COMPANY, Fault("name", code)) for code in DETAILS.keys() - API_ONLY]
    texts = [fault_text(fault, kind, language) for kind, fault in faults]
    html = [*pages.values(), form(language=language, privacy_url="https://vandijk.example/privacy")]
    html += [form(language=language, faults=all_wrong(DebtorKind.COMPANY)[:1])]
    html += [problem_page(Problem.NO_APPLICATION, language)]
    told = "\n".join((*html, *texts))
    seen = re.sub(r"\s+", " ", told.replace("&#39;", "'"))
    unused = []
    for key, text in words.items():
        pieces = [p for p in re.split(r"\{\w+\}", text) if p.strip()]
        if not all(" ".join(piece.split()) in seen for piece in pieces):
            unused.append(key)
    assert unused == []


def test_every_legal_form_has_a_name():
    for kind, forms in LEGAL_FORMS.items():
        values = [option["value"] for option in Markup(form(kind)).all("option")]
        assert set(forms) <= set(values)


def test_the_red_of_a_fault_is_readable_in_light_and_dark():
    css = asset("kasstroom.css")[0].decode()
    part = css.split("/* The application to buy on account")[1].split(".languages")[0]
    for paper, tokens in zip(("#ffffff", "#141b1d"), part.split("@media"), strict=True):
        found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", tokens))
        assert contrast(found["bad"], paper) >= MINIMUM_CONTRAST
        assert contrast(found["field"], paper) >= 3  # WCAG 2.2, success criterion 1.4.11


@pytest.mark.parametrize(("asked", "read"), [("de", "en"), ("fy", "nl")])
def test_the_form_is_read_in_a_language_that_it_is_in(asked, read):
    """Wholly: words, amounts and what a screen reader is told."""
    assert form(language=Language(asked)).startswith(f'<!doctype html>\n<html lang="{read}">')
