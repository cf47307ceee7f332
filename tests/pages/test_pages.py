"""What a debtor finds on each page, in each language and state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import Instalment
from kasstroom_pages.payer import (
    MAX_REFRESHES,
    nothing_to_pay_page,
    pay_page,
    return_page,
    trouble_page,
)
from kasstroom_pages.problem import Problem, docs_page, problem_page
from kasstroom_pages.views import FreeAmount, Notice, PayLine, ReturnState
from tests.pages.markup import Markup
from tests.pages.samples import HOSTILE, LINES, TODAY, VAN_DIJK, pay_view, return_view

PART = Instalment(2, 3, date(2026, 12, 1))
HOSTILE_ORG = replace(VAN_DIJK, name=HOSTILE, city=HOSTILE, phone=HOSTILE, brand_colour=HOSTILE)


def every_page(language: Language, organisation=VAN_DIJK) -> dict[str, str]:
    view = pay_view(language=language, organisation=organisation)
    given = {"language": language, "organisation": organisation}
    pages = {f"return {s}": return_page(return_view(s, **given)) for s in ReturnState}
    pages |= {f"problem {p}": problem_page(p, language, "1-abc") for p in Problem}
    pages |= {f"notice {n}": pay_page(replace(view, notice=n)) for n in Notice}
    return pages | {
        "pay": pay_page(view),
        "offline": pay_page(replace(view, online=False)),
        "free": pay_page(
            replace(view, free=FreeAmount(Money(2500), HOSTILE, "free_amount_unread"))
        ),
        "part": pay_page(replace(view, part_of=Money(200000), instalment=PART)),
        "held": pay_page(replace(view, held=Money(50000))),
        "ways": pay_page(replace(view, ways=(("ideal", "wero"), ("bancontact",), ("unheard",)))),
        "trouble": trouble_page(view, "/p/token"),
        "slow": return_page(return_view(ReturnState.PENDING, refreshes=MAX_REFRESHES, **given)),
        "nothing": nothing_to_pay_page(return_view(ReturnState.PAID, **given)),
    }


PAGES = [
    pytest.param(html, language, id=f"{name}-{language}")
    for language in Language
    for name, html in every_page(language).items()
]


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_every_page_keeps_to_the_strict_policy(html, language):
    page = Markup(html)
    assert not page.faults and not page.open
    assert not page.all("script") and not page.all("style") and not page.all("iframe")
    attributes = [name for _, given in page.elements for name in given]
    assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert not [link for link in page.links if link in ("", "#") or link.startswith("javascript:")]
    outside = [link for link in page.links if link.startswith(("http:", "https:", "//"))]
    assert set(outside) <= {"https://www.mollie.com/x"}
    assert page.all("html") == [{"lang": language.value}]
    assert page.text.count("!") == 0
    assert len(page.all("h1")) == 1 and len(page.all("main")) == 1


@pytest.mark.parametrize(("html", "language"), PAGES)
def test_previews_name_nobody_and_no_amount(html, language):
    previews = [m["content"] for m in Markup(html).all("meta") if "property" in m]
    assert len(previews) == 3
    assert not [text for text in previews if "Dijk" in text or any(c.isdigit() for c in text)]
    assert {"name": "robots", "content": "noindex,nofollow"} in Markup(html).all("meta")


@pytest.mark.parametrize("language", Language)
def test_hostile_names_stay_text(language):
    for name, html in every_page(language, HOSTILE_ORG).items():
        page = Markup(html)
        assert not page.all("script"), name
        assert not page.faults and not page.open, name
        assert "\u202e" not in html, name
        assert "alert(1)" not in "".join(page.links), name


def test_the_pay_page_answers_what_to_whom_and_how():
    page = Markup(pay_page(pay_view()))
    told = page.text.replace("\u00a0", " ")
    for fact in (
        "Van Dijk Bouwmaterialen B.V.",
        "KvK 12345678 · Utrecht",
        "9 dagen over de betaaldatum",
        "€ 1.186,85",
        "Factuur 2026-0042",
        "€ 986,85",
        "betaaldatum 12 november 2026",
        "Betalen met iDEAL | Wero",
        "NL91 ABNA 0417 1643 00",
        "RF18 5390 0754 7034",
        "21 december 2026",
        "betalen.vandijk.example",
        "pincode",
    ):
        assert fact in told, fact
    assert page.all("form") == [{"method": "post", "action": "/p/token/pay"}]
    assert page.all("input") == [
        {"type": "hidden", "name": "nonce", "value": "once"},
        {"type": "hidden", "name": "shown", "value": "118685 EUR"},
    ]
    (button,) = page.all("button")
    assert (button["name"], button["value"]) == ("method", "ideal")
    mails = [link for link in page.links if link.startswith("mailto:administratie@vandijk.example")]
    assert len(mails) == 1 and "RF18%205390" in mails[0]
    assert {"/p/token/paid", "/p/token/cannot-pay", "/p/token/disagree"} < set(page.links)
    assert "tel:0301234567" in page.links


def test_the_english_page_writes_amounts_and_dates_in_english():
    told = Markup(pay_page(pay_view(language=Language.EN))).text
    assert "€1,186.85" in told and "12 November 2026" in told
    assert "9 days past the payment date" in told


@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        (date(2026, 11, 20), "1 dag over de betaaldatum"),
        (date(2026, 11, 21), "Vandaag is de betaaldatum"),
        (date(2026, 11, 22), "U hebt nog 1 dag"),
        (date(2026, 12, 5), "U hebt nog 14 dagen"),
    ],
)
def test_the_pill_counts_from_the_first_betaaldatum(due_on, told):
    lines = (PayLine("1", due_on, Money(100)), PayLine("2", date(2027, 1, 1), Money(100)))
    assert told in Markup(pay_page(pay_view(lines=lines))).text


def test_a_credit_note_is_named_and_has_no_betaaldatum():
    lines = (LINES[0], PayLine("C-1", TODAY, Money(-1000)))
    told = Markup(pay_page(pay_view(lines=lines))).text
    assert "Creditnota C-1" in told and told.count("betaaldatum ") == 1


def test_a_part_is_told_apart_from_what_is_open():
    page = Markup(pay_page(pay_view(part_of=Money(200000), instalment=PART)))
    told = page.text.replace("\u00a0", " ")
    assert "Termijn 2 van 3, te betalen uiterlijk op 1 december 2026." in told
    assert "Dit is een deel van de € 2.000,00 die openstaat." in told
    assert "U hebt nog 10 dagen" in told


def test_what_cannot_be_read_is_said_at_the_field_and_reached_first():
    view = pay_view(free=FreeAmount(Money(2500), "veel", "free_amount_unread"))
    page = Markup(pay_page(view))
    (field,) = [given for given in page.all("input") if given["name"] == "amount"]
    assert field["value"] == "veel" and "autofocus" in field
    assert page.all("label") == [{"for": "amount"}]


def test_every_way_to_pay_is_a_button_with_one_that_stands_out():
    view = pay_view(ways=(("ideal", "wero"), ("bancontact",), ("unheard",)))
    page = Markup(pay_page(view))
    classes = [(b["value"], b["class"]) for b in page.all("button")]
    assert [c for _, c in classes] == ["button", "button quiet", "button quiet"]
    assert "Betalen met Bancontact" in page.text and "Betalen met unheard" in page.text


def test_an_amount_ideal_does_not_take_leaves_the_transfer():
    page = Markup(pay_page(pay_view(online=False)))
    assert not page.all("form") and "NL91 ABNA 0417 1643 00" in page.text
    foreign = pay_page(pay_view(total=Money(100, "USD"), online=False))
    assert 'class="qr"' not in foreign and 'class="qr"' in pay_page(pay_view())


def test_the_creditors_colour_comes_as_a_stylesheet():
    coloured = pay_view(organisation=replace(VAN_DIJK, brand_colour="#E4572E"))
    assert "/assets/brand-e4572e.css" in Markup(pay_page(coloured)).links
    assert not [link for link in Markup(pay_page(pay_view())).links if "brand-" in link]


def test_test_mode_is_told():
    assert "Testomgeving" not in pay_page(pay_view())
    assert "Testomgeving" in pay_page(pay_view(organisation=replace(VAN_DIJK, mode="test")))


def test_paid_shows_the_proof():
    told = Markup(return_page(return_view(ReturnState.PAID))).text.replace("\u00a0", " ")
    for fact in ("€ 986,85", "21 november 2026", "RF18 5390 0754 7034", "2026-0042"):
        assert fact in told, fact


def test_part_paid_offers_the_rest():
    page = Markup(return_page(return_view(ReturnState.PART_PAID)))
    assert "€\u00a0200,00" in page.text and "/p/token" in page.links


def test_pending_looks_again_and_gives_up_in_the_end():
    def refresh(asked: int) -> list[str]:
        html = return_page(return_view(ReturnState.PENDING, refreshes=asked))
        assert f"/p/token/return?n={asked + 1}" in Markup(html).links
        return [m["content"] for m in Markup(html).all("meta") if "http-equiv" in m]

    assert refresh(0) == ["3;url=/p/token/return?n=1"]
    assert refresh(MAX_REFRESHES - 1) == [f"3;url=/p/token/return?n={MAX_REFRESHES}"]
    assert refresh(MAX_REFRESHES) == []


@pytest.mark.parametrize("state", [s for s in ReturnState if s is not ReturnState.PENDING])
def test_only_pending_refreshes(state):
    metas = Markup(return_page(return_view(state))).all("meta")
    assert not [meta for meta in metas if "http-equiv" in meta]


@pytest.mark.parametrize("state", [ReturnState.FAILED, ReturnState.CANCELED, ReturnState.EXPIRED])
def test_not_paid_leads_back_and_shows_no_proof(state):
    page = Markup(return_page(return_view(state)))
    assert "/p/token" in page.links and "986,85" not in page.text


def test_gone_is_one_page_that_names_nobody():
    gone = problem_page(Problem.GONE)
    assert gone == problem_page(Problem.GONE, Language.NL)
    assert gone == problem_page(Problem.GONE, code="secret")
    assert gone != problem_page(Problem.GONE, Language.EN)


def test_the_docs_page_runs_files_only():
    page = Markup(docs_page())
    scripts = [script["src"] for script in page.all("script")]
    assert scripts == ["/docs/swagger-ui.js", "/docs/init.js"]
    assert not page.all("style") and "/openapi.json" in page.links
