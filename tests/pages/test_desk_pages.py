"""The desk's pages in every state and language: markup, words, bars."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kasstroom_pages
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.credit.reasons import CODES
from kasstroom.credit.reviews import ReviewKind
from kasstroom.debtors.model import DebtorKind
from kasstroom.money import Money
from kasstroom.organisations.model import READ_AS, Language
from kasstroom.risk.model import PaymentBehaviour
from kasstroom.screening.model import Source
from kasstroom.work.figures import Age, AgedAmount, Habits
from kasstroom_pages.desk_bars import FULL, age_widths, limit_bar
from kasstroom_pages.desk_words import due, paying
from kasstroom_pages.words import words_of
from tests.pages.desk_samples import HABITS, TODAY, application, every_page, figures
from tests.pages.markup import Markup

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
    assert not page.all("script") and not page.all("style") and not page.all("iframe")
    attributes = [name for _, given in page.elements for name in given]
    assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert not [link for link in page.links if not re.match(r"/(?!/)|#\w", link)]
    assert page.all("html") == [{"lang": language.value}]
    assert len(page.all("h1")) == 1 and len(page.all("main")) == 1
    assert "\u202e" not in html


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_every_page_can_be_used_by_keyboard_and_ear(html, language):
    page = Markup(html)
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}
    labelled = {label["for"] for label in page.all("label")}
    shown = [f for tag in ("input", "textarea") for f in page.all(tag) if f.get("type") != "hidden"]
    assert {f["id"] for f in shown} == labelled
    ids = [given["id"] for _, given in page.elements if "id" in given]
    assert len(ids) == len(set(ids))
    named = [given[k] for _, given in page.elements for k in
             ("aria-labelledby", "aria-describedby") if k in given]  # fmt: skip
    assert {one for name in named for one in name.split()} <= set(ids)
    for svg in page.all("svg"):
        assert svg.get("aria-hidden") == "true" or (svg["role"] == "img" and svg["aria-label"])
    skipped = [given for tag, given in page.elements if "tabindex" in given and tag != "main"]
    assert all((g["class"], g["aria-hidden"]) == ("default", "true") for g in skipped)


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_the_language_takes_what_was_typed_along_and_enter_is_no_language(html, language):
    page = Markup(html)
    switches = [b for b in page.all("button") if b.get("name") == "switch"]
    links = [a for a in page.all("a") if "hreflang" in a]
    assert len(switches) + len(links) == 1
    forms = {form["id"] for form in page.all("form") if "id" in form}
    assert {b["form"] for b in switches} == forms
    for switch in switches:
        mine = [b for b in page.all("button") if b.get("form") == switch["form"]]
        assert mine[0]["class"] == "default" and "name" not in mine[0]
        assert "formnovalidate" in switch and switch["formaction"].endswith(switch["value"])


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_every_form_carries_the_token_of_its_session(html, language):
    page = Markup(html)
    actions = [form["action"] for form in page.all("form")]
    tokens = [f for f in page.all("input") if f.get("name") == "form"]
    assert all(form["method"] == "post" for form in page.all("form"))
    if not any(action.startswith("/desk/login") for action in actions):
        assert len(tokens) == len(actions)


def test_two_buttons_or_what_is_left_of_them():
    pages = every_page(Language.NL)
    verdicts = {
        name: [b["value"] for b in Markup(html).all("button") if b.get("name") == "verdict"]
        for name, html in pages.items()
    }
    assert verdicts["review limit"] == ["approved", "declined"]
    assert verdicts["again"] == ["declined"]
    assert verdicts["barred"] == verdicts["done decision"] == []
    (note,) = Markup(pages["review limit"]).all("textarea")
    assert "required" in note and note["maxlength"] == "500"


@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        (date(2026, 8, 30), ("bad", "2 dagen te laat")),
        (date(2026, 8, 31), ("bad", "1 dag te laat")),
        (date(2026, 9, 1), ("", "Vandaag")),
        (date(2026, 9, 2), ("", "Morgen")),
        (date(2026, 9, 3), ("", "Uiterlijk 3 september")),
        (date(2027, 1, 4), ("", "Uiterlijk 4 januari 2027")),
    ],
)
def test_when_it_is_due(due_on, told):
    assert due(due_on, TODAY, Language.NL) == told


def test_how_a_debtor_pays_in_sentences():
    assert paying(HABITS, Language.NL) == [
        "Betaalt gemiddeld 12 dagen te laat.", "34% van het geld kwam na de betaaldatum.",
        "Betaalde facturen: 14, de laatste op 1 september 2026.",
        "Beloften om te betalen: 1 gehouden, 2 niet.", "Keren dat de klant het niet eens was: 3.",
    ]  # fmt: skip
    nothing = CreditAccount("vandijk", "D1", behaviour=PaymentBehaviour()).behaviour
    unknown = Habits(0, nothing.days_late, nothing.late_percent, 0, 0, 0, None)
    assert paying(unknown, Language.NL) == ["Deze klant heeft nog niets betaald."]
    assert paying(replace(unknown, days_late=0), Language.EN) == ["Pays on time on average."]


@given(
    limit=st.integers(0, 10**11), opened=st.integers(-(10**9), 10**11),
    held=st.integers(0, 10**11), asked=st.integers(0, 10**11),
)  # fmt: skip
def test_the_bar_fills_its_width_in_order(limit, opened, held, asked):
    bar = limit_bar(figures(limit, opened, held), asked)
    end = 0
    for piece in bar.pieces:
        assert piece.x == end and piece.width >= 0 and piece.minor > 0
        end = piece.x + piece.width
    assert end == FULL or not bar.pieces
    beyond = max(0, opened) + held + asked - limit
    assert (bar.over_minor, bar.mark is None) == (max(0, beyond), beyond <= 0)
    assert bar.mark is None or 0 <= bar.mark <= FULL


def test_there_is_no_bar_without_a_limit():
    assert limit_bar(figures(None)) is None


@given(st.lists(st.integers(-(10**9), 10**9), max_size=5))
def test_the_largest_age_is_the_whole_width(minors):
    widths = [w for _, w in age_widths(AgedAmount(Age.CURRENT, Money(m)) for m in minors)]
    assert all(0 <= width <= FULL for width in widths)
    assert not minors or max(minors) <= 0 or max(widths) == FULL


FAMILIES = {
    "desk_code_": set(CODES), "desk_kind_": set(ReviewKind), "desk_kinds_": set(ReviewKind),
    "desk_age_": set(Age), "desk_source_": set(LimitSource), "desk_party_": set(DebtorKind),
    "desk_done_": {"approved", "declined"}, "desk_register_": set(Source),
}  # fmt: skip


@pytest.mark.parametrize("language", IN_FULL)
@pytest.mark.parametrize("family", FAMILIES)
def test_everything_that_has_a_code_has_words(language, family):
    assert FAMILIES[family] <= {key.removeprefix(family) for key in words_of(language)}


def test_no_word_of_the_desk_is_left_over():
    package = Path(kasstroom_pages.__file__).parent
    files = [*package.glob("desk*.py"), *package.glob("templates/desk*")]
    used = "\n".join(path.read_text() for path in files)
    built = re.compile(
        r"desk_(code|said|fact|same|alike|would|ask|subject|due_late|habit_late|money)_"
    )
    whole = {key for family, codes in FAMILIES.items() for key in map(family.__add__, codes)}
    words = [key for key in words_of(Language.NL) if key.startswith("desk_")]
    left = [key for key in words if not built.match(key) and key not in whole]
    assert [key for key in left if f'"{key}"' not in used] == []


def test_an_applicant_s_page_token_stays_out_of_sight():
    html = every_page(Language.NL)["review application"]
    assert application().token_hash not in html
