"""Deciding at the desk, on the pages a person sees."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kasstroom.credit.reviews import ReviewKind, ReviewState
from kasstroom.work import desk as the_desk
from tests.functions.desk import Browser, give_keys, held, refer, review_of, text, wait_for
from tests.pages.markup import Markup
from tests.people import NOW


@pytest.fixture
def referred(api, books):
    give_keys(books)
    return refer(api, books)


@pytest.fixture
def anna(referred):
    return Browser().sign_in("anna")


def test_the_queue_says_who_how_much_what_why_and_when(anna, referred):
    page = anna.get("/desk")
    told = text(page)
    for fact in ("1 beoordeling wacht", "Klant D1", "€ 600,00", "Bestelling", "Morgen",
                 "Er zijn facturen die na de betaaldatum nog openstaan."):  # fmt: skip
        assert fact in told, fact
    assert f"/desk/reviews/{referred}" in Markup(page.body).links
    assert "te laat" not in told and "bad" not in page.body


def test_red_is_for_what_is_late_only(anna, books):
    late = wait_for(books, ReviewKind.PERIODIC, "D1", at=NOW - timedelta(days=3), amount=None)
    page = anna.get("/desk")
    assert "1 is te laat" in text(page) and "2 dagen te laat" in text(page)
    assert page.body.count('class="when small bad"') == 1
    assert page.body.index(late) < page.body.index("Morgen")


def test_a_page_of_the_queue_leads_to_the_next(anna, books):
    for n in range(the_desk.PAGE):
        wait_for(books, ReviewKind.LIMIT, f"lpr_{n}", at=NOW + timedelta(seconds=n), days=3)
    seen, path = [], "/desk?kind="
    while path:
        page = Markup(anna.get(path).body)
        seen += [link for link in page.links if link.startswith("/desk/reviews/")]
        path = next((link for link in page.links if "cursor=" in link), "")
    assert len(seen) == len(set(seen)) == the_desk.PAGE + 1
    only = Markup(anna.get("/desk?kind=decision").body)
    assert len([link for link in only.links if link.startswith("/desk/reviews/")]) == 1
    assert "Van deze soort wacht er niets" in text(anna.get("/desk?kind=application"))


def test_the_review_asks_one_question_and_shows_what_matters(anna, referred):
    page = anna.get(f"/desk/reviews/{referred}")
    told = text(page)
    for fact in (
        "Mag Klant D1 voor € 600,00 op rekening kopen?", "bestelling WEB-1001", "regels: overdue",
        "Er zijn facturen die na de betaaldatum nog openstaan.",
        "De klant betaalt eerst € 250,00 aan oude facturen.",
        "€ 4.750,00 vrij van € 5.000,00", "Deze klant heeft nog niets betaald.",
        "Over deze klant is niet eerder besloten.",
    ):  # fmt: skip
        assert fact in told, fact
    (bar,) = [svg for svg in Markup(page.body).all("svg") if svg.get("role") == "img"]
    assert "vrij" in bar["aria-label"] and "5.000,00" in bar["aria-label"]


def test_approving_holds_the_amount_and_says_who_when_and_why(anna, books, referred):
    other = wait_for(books, ReviewKind.PERIODIC, "D1", days=14, amount=None)
    answer = anna.decide(referred, note="Betaalt al tien jaar.\r\nZie het dossier.")
    assert (answer.status, answer.to) == (303, f"/desk/reviews/{referred}")
    assert held(books) == 60000
    done = anna.get(answer.to)
    told = text(done)
    for fact in ("Goedgekeurd", "anna", "1 september 2026, 10:00",
                 "Betaalt al tien jaar. Zie het dossier."):  # fmt: skip
        assert fact in told, fact
    assert f"/desk/reviews/{other}" in Markup(done.body).links
    assert not Markup(done.body).all("textarea")


def test_a_lower_amount_can_be_approved(anna, books, referred):
    assert anna.decide(referred, amount="€ 250,50").status == 303
    assert held(books) == 25050
    assert "€ 250,50" in text(anna.get(f"/desk/reviews/{referred}"))


@pytest.mark.parametrize("amount", ["veel", "600,01", "0"])
def test_an_amount_that_cannot_be_is_asked_again(anna, books, referred, amount):
    answer = anna.decide(referred, amount=amount)
    assert answer.status == 422 and "Dit bedrag kan niet" in text(answer)
    assert f'value="{amount}"' in answer.body and ">Betaalt goed</textarea>" in answer.body
    assert held(books) == 0


def test_declining_holds_nothing_whatever_was_typed(anna, books, referred):
    assert anna.decide(referred, verdict="declined", amount="250").status == 303
    assert held(books) == 0
    assert review_of(books, referred).state is ReviewState.DECLINED
    assert "Er wacht niets meer." in text(anna.get(f"/desk/reviews/{referred}"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"note": ""}, "Schrijf op waarom"),
        ({"note": "  \r\n "}, "Schrijf op waarom"),
        ({"note": "x" * 501}, "niet meer dan 500 tekens"),
        ({"verdict": ""}, "Kies goedkeuren of afwijzen"),
        ({"verdict": "open"}, "Kies goedkeuren of afwijzen"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(anna, books, referred, typed, told):
    answer = anna.decide(referred, **({"note": "Mijn <b>reden</b>"} | typed))
    assert answer.status == 422 and told in text(answer)
    if "note" not in typed:
        assert "Mijn &lt;b&gt;reden&lt;/b&gt;</textarea>" in answer.body
    assert review_of(books, referred).state is ReviewState.OPEN


def test_every_note_of_five_hundred_characters_fits_in_the_form(anna, books, referred):
    anna.decide(referred, verdict="declined", note="€" * 499 + "😀")
    assert review_of(books, referred).note == "€" * 499 + "😀"
