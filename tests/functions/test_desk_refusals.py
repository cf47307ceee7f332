"""What cannot be decided at the desk, by whom and from where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount, Hold
from kasstroom.credit.reviews import ReviewKind, ReviewState, review_opened
from kasstroom.debtors.model import Debtor
from kasstroom.organisations.model import Organisation
from tests.functions.desk import (
    Browser,
    give_keys,
    held,
    refer,
    review_of,
    text,
    token_in,
    wait_for,
)
from tests.pages.markup import Markup
from tests.people import NOW, ORG, debtor, eur


@pytest.fixture
def referred(api, books):
    give_keys(books)
    return refer(api, books)


@pytest.fixture
def anna(referred):
    return Browser().sign_in("anna")


@pytest.mark.parametrize("form", ["", "0" * 64, "é"])
def test_a_form_without_the_session_s_token_decides_nothing(anna, books, referred, form):
    answer = anna.decide(referred, form=form, note="Mijn reden")
    assert answer.status == 403 and "Er is niets besloten" in text(answer)
    assert "Mijn reden</textarea>" in answer.body
    assert review_of(books, referred).state is ReviewState.OPEN


def test_a_form_of_another_session_decides_nothing(anna, books, referred):
    cato = Browser().sign_in("cato")
    answer = anna.decide(referred, form=cato.form(f"/desk/reviews/{referred}"))
    assert answer.status == 403 and held(books) == 0


def test_another_site_cannot_press_the_button(anna, books, referred):
    path = f"/desk/reviews/{referred}"
    typed = {"form": anna.form(path), "verdict": "approved", "note": "x"}
    assert anna("POST", path, typed, sec_fetch_site="cross-site").status == 403
    assert anna("POST", path, typed | {"form": ""}, sec_fetch_site="").status == 403
    anna.cookie = ""
    assert anna("POST", path, typed).to == f"/desk/login?to={referred}"
    assert held(books) == 0


def test_reading_decides_nothing(anna, books, referred):
    anna.get(f"/desk/reviews/{referred}?verdict=approved&note=x&form=x")
    assert review_of(books, referred).state is ReviewState.OPEN


def test_pressing_twice_decides_once(anna, books, referred):
    path = f"/desk/reviews/{referred}"
    typed = {"form": anna.form(path), "verdict": "approved", "note": "Goed"}
    first, second = (anna("POST", path, typed) for _ in range(2))
    assert first.to == second.to == path
    assert held(books) == 60000


def test_who_comes_second_is_told_that_nothing_was_kept(anna, books, referred):
    cato = Browser().sign_in("cato")
    form = cato.form(f"/desk/reviews/{referred}")
    anna.decide(referred)
    answer = cato.decide(referred, form=form, verdict="declined")
    assert answer.status == 409 and "Een collega was u voor" in text(answer)
    assert review_of(books, referred).decided_by == "anna" and held(books) == 60000


def test_without_the_role_somebody_may_look_and_is_told_why_not_more(books, referred):
    bram = Browser().sign_in("bram")
    page = bram.get(f"/desk/reviews/{referred}")
    assert "Beslissen mag alleen iemand met de rol kredietbeheerder" in text(page)
    assert not Markup(page.body).all("textarea")
    typed = {"form": token_in(page.body), "verdict": "approved", "note": "x"}
    answer = bram("POST", f"/desk/reviews/{referred}", typed)
    assert answer.status == 403 and review_of(books, referred).state is ReviewState.OPEN


def test_who_asked_cannot_decide(anna, books):
    mine = wait_for(books, ReviewKind.PERIODIC, "D1", asked_by="anna", amount=None)
    page = anna.get(f"/desk/reviews/{mine}")
    assert "Een collega moet hierover beslissen" in text(page)
    typed = {"form": token_in(page.body), "verdict": "approved", "note": "x"}
    assert anna("POST", f"/desk/reviews/{mine}", typed).status == 403
    assert Browser().sign_in("cato").decide(mine).status == 303


def test_a_natural_person_is_a_human_being(anna, books):
    id = wait_for(books, ReviewKind.PERIODIC, "D1", natural_person=True, amount=None)
    assert "artikel 22 AVG" in text(anna.get(f"/desk/reviews/{id}"))


def test_reviews_of_another_organisation_are_not_there(anna, books, referred):
    give_keys(books, "anders")
    books.commit(Changes(create=(replace(books.get(Organisation, ORG), org="anders", version=0),)))
    stranger = Browser().sign_in("anna", "anders")
    assert "Niets te doen" in text(stranger.get("/desk"))
    page = stranger.get(f"/desk/reviews/{referred}")
    assert page.status == 404 and "Klant D1" not in page.body
    typed = {"form": stranger.form("/desk"), "verdict": "approved", "note": "x"}
    assert stranger("POST", f"/desk/reviews/{referred}", typed).status == 404
    assert review_of(books, referred).state is ReviewState.OPEN


def test_a_hold_that_came_meanwhile_is_shown(anna, books, referred):
    account = books.get(CreditAccount, ORG, "D1")
    books.commit(Changes(update=(replace(account, hold=Hold("Faillissement", NOW)),)))
    assert "Nieuw krediet staat stil: Faillissement" in text(anna.get(f"/desk/reviews/{referred}"))


def test_hostile_names_stay_text(anna, books):
    debtor(books, "D9", limit="100.00")
    hostile = replace(books.get(Debtor, ORG, "D9"), name="<script>alert(1)</script>\u202e")
    books.commit(Changes(update=(hostile,)))
    books.commit(review_opened(ORG, "D9", ReviewKind.PERIODIC, "D9", NOW, days=1, amount=eur("1")))
    for path in ("/desk", *(x for x in Markup(anna.get("/desk").body).links if "/rev_" in x)):
        page = anna.get(path)
        assert not Markup(page.body).all("script") and "\u202e" not in page.body
