"""The pages for money in every state and language: markup, words, and the picture of a day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kasstroom_pages
from kasstroom.bank.sums import Fit
from kasstroom.organisations.model import Language
from kasstroom.payments.day_findings import FindingCode
from kasstroom.payments.differences import DifferenceKind
from kasstroom_pages.dashboard_assets import asset_file, money_style
from kasstroom_pages.money_picture import HEIGHT, Part, picture
from kasstroom_pages.words import words_of
from tests.pages.markup import Markup
from tests.pages.money_samples import LINE, SEVERAL, every_page

IN_FULL = (Language.NL, Language.EN)
PAGES = {language: every_page(language) for language in IN_FULL}
ALL = [
    pytest.param(html, language, id=f"{name}-{language}")
    for language, pages in PAGES.items()
    for name, html in pages.items()
]


@pytest.mark.parametrize(("html", "language"), ALL)
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


@pytest.mark.parametrize(("html", "language"), ALL)
def test_every_page_can_be_used_by_keyboard_and_ear(html, language):
    page = Markup(html)
    fields = [f for tag in ("input", "textarea") for f in page.all(tag)]
    shown = [f for f in fields if f.get("type") != "hidden"]
    assert {f["id"] for f in shown} == {label["for"] for label in page.all("label")}
    ids = [given["id"] for _, given in page.elements if "id" in given]
    assert len(ids) == len(set(ids))
    named = [given[k] for _, given in page.elements for k in
             ("aria-labelledby", "aria-describedby") if k in given]  # fmt: skip
    assert {one for name in named for one in name.split()} <= set(ids)
    for svg in page.all("svg"):
        assert svg.get("aria-hidden") == "true" or (svg["role"] == "img" and svg["aria-label"])
    assert all("scope" in head for head in page.all("th"))
    assert len(page.all("table")) == len(page.all("caption"))


@pytest.mark.parametrize(("html", "language"), ALL)
def test_every_form_carries_its_session_and_what_it_was_about(html, language):
    page = Markup(html)
    forms = [form for form in page.all("form") if form["action"].startswith("/desk/money")]
    fields = [f.get("name") for f in page.all("input")]
    assert all(form["method"] == "post" for form in page.all("form"))
    assert fields.count("version") == len(forms)
    assert fields.count("form") == len(page.all("form"))


@pytest.mark.parametrize(("html", "language"), ALL)
def test_no_key_and_no_placeholder_is_shown(html, language):
    text = Markup(html).text
    assert not re.search(r"[{}]|\bdesk_\w+|\bNone\b|\w+_\w+_\w+ \w+_", text)
    assert "!" not in text


def test_parts_for_several_debtors_are_one_button():
    page = PAGES[Language.NL][f"line {SEVERAL}"]
    first = page.split('class="card money-offer"')[1]
    for told in ('value="D1"', 'value="D2"', 'value="F-2026-0001"', 'value="F-2026-0009"',
                 'name="amount_2"'):  # fmt: skip
        assert told in first, told
    assert first.partition("</form>")[0].count('value="book"') == 1
    assert PAGES[Language.NL][f"line {LINE}"].count('class="card money-offer"') >= 1


@pytest.mark.parametrize("language", IN_FULL)
def test_every_code_has_words(language):
    known = words_of(language)
    for family, codes in (("code", Fit), ("differs", DifferenceKind), ("todo", DifferenceKind),
                          ("found", FindingCode)):  # fmt: skip
        assert [c for c in codes if f"desk_money_{family}_{c}" not in known] == []


def test_no_word_of_the_money_pages_is_left_over():
    package = Path(kasstroom_pages.__file__).parent
    files = [*package.glob("money*.py"), *package.glob("templates/desk*")]
    used = "\n".join(path.read_text() for path in files)
    built = re.compile(
        r"desk_money_(score|owner|by|kind|kinds|state|source|left|differs|entry|code|wait|fact|said"
        r"|todo|found|status|refund|news|paid|done|first|day_dot)_"
    )
    words = [key for key in words_of(Language.NL) if key.startswith("desk_money_")]
    left = [key for key in words if not built.match(key) and f'"{key}"' not in used]
    sides = {"ledger", "providers", "bank"}
    names = {*sides, "bank_text", "ledger_text", "providers_text"}
    fields = {"desk_money_debtor", "desk_money_invoices", "desk_money_amount"}
    assert [k for k in left if k.removeprefix("desk_money_day_") not in names | fields] == []


def test_the_sheet_is_one_of_the_files_that_are_kept():
    found = asset_file(money_style().rpartition("/")[2], "0" * 64 + ".js", lambda: b"")
    assert found and b".money-queue" in found.content


AMOUNTS = st.lists(st.integers(-(10**9), 10**11), max_size=6)


@given(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS))
def test_the_picture_stays_within_its_frame_and_is_in_proportion(columns):
    drawn = picture([[Part(str(n), "c1", m) for n, m in enumerate(c)] for c in columns])
    assert len(drawn.blocks) == sum(m > 0 for c in columns for m in c)
    for block in drawn.blocks:
        assert block.height > 0 and block.y >= 0 and block.y + block.height <= HEIGHT
    tallest = sorted(b.height for b in drawn.blocks)
    assert not tallest or tallest[-1] <= HEIGHT


def test_equal_sides_are_joined_by_a_level_band():
    same = [[Part("mollie", "c1", 500)]] * 2 + [[]]
    assert picture(same).bands == (("c1", "225,4 375,4 375,300 225,300"),)
