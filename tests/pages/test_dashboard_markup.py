"""The dashboard and its lists as pages: markup, words, the same numbers as a table."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from kasstroom.organisations.model import Language
from kasstroom.reports.dashboard import Moved
from kasstroom_pages.dashboard_charts import charts
from kasstroom_pages.dashboard_figures import BETTER, SAME, WORSE, texts
from kasstroom_pages.dashboard_pages import dashboard_page, figures_of
from kasstroom_pages.words import words_of
from tests.pages.dashboard_samples import FILES, NOW, empty, every_page, full, none_known, place
from tests.pages.markup import Markup

IN_FULL = (Language.NL, Language.EN)
PAGES = [
    pytest.param(html, language, id=f"{name}-{language}")
    for language in IN_FULL
    for name, html in every_page(language).items()
]


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_every_page_keeps_to_the_strict_policy(html, language):
    page = Markup(html)
    assert not page.faults and not page.open
    scripts = page.all("script")
    assert all(s.get("src", "").startswith("/desk/assets/") for s in scripts if "type" not in s)
    assert all(s["type"] == "application/json" for s in scripts if "src" not in s)
    assert not page.all("style") and not page.all("iframe")
    attributes = [name for _, given in page.elements for name in given]
    assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert not [link for link in page.links if not re.match(r"/(?!/)|#\w", link)]
    assert page.all("html") == [{"lang": language.value}]
    assert len(page.all("h1")) == 1 and len(page.all("main")) == 1
    assert "\u202e" not in html


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_every_page_can_be_used_by_keyboard_and_ear(html, language):
    page = Markup(html)
    ids = [given["id"] for _, given in page.elements if "id" in given]
    assert len(ids) == len(set(ids))
    named = [given[k] for _, given in page.elements for k in
             ("aria-labelledby", "aria-describedby") if k in given]  # fmt: skip
    assert {one for name in named for one in name.split()} <= set(ids)
    for svg in page.all("svg"):
        assert svg["aria-hidden"] == "true"
    for canvas in page.all("canvas"):
        assert canvas["tabindex"] == "0" and canvas["role"] == "img"
    assert all("scope" in head for head in page.all("th"))
    assert len(page.all("table")) - page.text.count(_largest(language)) <= len(page.all("caption"))


def _largest(language: Language) -> str:
    """The one table without a caption stands right below its heading."""
    return words_of(language)["dash_top"]


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_no_key_and_no_placeholder_is_shown(html, language):
    text = Markup(html).text.partition('{"currency"')[0]
    assert not re.search(r"[{}]|\bdash_\w+|\bNone\b", text)
    assert "!" not in text


def test_the_first_view_answers_the_questions_in_their_order():
    page = Markup(every_page(Language.NL)["full"])
    order = [page.text.index(words_of(Language.NL)[f"dash_{part}"]) for part in
             ("open", "late", "coming", "risk", "since")]  # fmt: skip
    assert order == sorted(order)
    text = page.text.replace("\xa0", " ")
    for told in ("€ 1.270", "€ 1.000", "€ 400", "tussen € 300 en € 550", "100 dagen te laat",
                 "▼ € 30 minder", "bijgewerkt om 14:03:12"):  # fmt: skip
        assert told in text, told


def test_every_figure_leads_to_its_list():
    links = set(Markup(every_page(Language.NL)["full"]).links)
    for name in (
        "open", "late", "received", "disputes", "uncovered", "over-limit", "unmatched", "due-soon",
        "reminders", "risks", "bucket-days_91_120", "decisions-refer",
    ):  # fmt: skip
        assert f"/desk/lists/{name}" in links, name
    several = Markup(every_page(Language.NL)["none"]).links
    assert "/desk/lists/open?currency=EUR" in several
    assert "/desk/dashboard?currency=USD" in several


@pytest.mark.parametrize("language", IN_FULL)
def test_a_chart_has_a_finding_and_its_numbers_as_a_table(language):
    html = dashboard_page(full(), place(language), FILES, NOW)
    page, text = Markup(html), Markup(html).text
    drawn = charts(full(), language)
    assert len(page.all("canvas")) == len(page.all("details")) == len(drawn) == 6
    for chart in drawn:
        found_ = figures_of(full(), place(language))["texts"][f"found_{chart.name}"][0]
        assert found_ and found_ in text
        for label, _, values in chart.rows:
            assert label in text and all(value in text for value in values)
        assert all(len(s.values) == len(s.texts) == len(chart.labels) for s in chart.series)
    data = json.loads(re.findall(r'id="figures">(.*?)</script>', html)[0])
    assert [one["name"] for one in data["charts"]] == [chart.name for chart in drawn]


def test_no_figure_is_said_and_never_nought():
    page = Markup(dashboard_page(none_known(), place(), FILES, NOW))
    assert "geen cijfer" in page.text and "geen cijfer van vorige week" in page.text
    assert (
        "Nog geen verwachting" in page.text and "Er is nog niet over krediet besloten" in page.text
    )


def test_nothing_yet_says_what_to_do():
    page = Markup(dashboard_page(empty(), place(), FILES, NOW))
    assert "Hier komen uw cijfers" in page.text and not page.all("canvas")
    assert "Niemand is te laat" in Markup(every_page(Language.NL)["empty late"]).text


@pytest.mark.parametrize(
    ("name", "moved", "tone", "sign"),
    [
        ("late", Moved(100, 300), BETTER, "▼"), ("late", Moved(300, 100), WORSE, "▲"),
        ("late", Moved(5, 5), SAME, "="), ("late", Moved(5, None), SAME, "geen cijfer"),
        ("open", Moved(900, 100), SAME, "▲"), ("received", Moved(100, 900), WORSE, "▼"),
        ("received", Moved(900, 100), BETTER, "▲"), ("disputes", Moved(3, 1), WORSE, "▲"),
    ],
)  # fmt: skip
def test_a_change_has_an_arrow_and_words(name, moved, tone, sign):
    live = texts(replace(full(), **{name: moved}), Language.NL)[f"moved_{name}"]
    assert live.tone == tone and live.text.startswith(sign) and " " in live.text


def test_a_name_cannot_end_the_data_block():
    board = replace(full(), decisions=(("</script><script>", 1),))
    with pytest.raises(KeyError):
        dashboard_page(board, place(), FILES, NOW)
    html = dashboard_page(full(), place(), FILES, NOW)
    block = re.findall(r'id="figures">(.*?)</script>', html, re.DOTALL)[0]
    assert not set("<>&") & set(block)
