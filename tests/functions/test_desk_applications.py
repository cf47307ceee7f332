"""An application at the desk: what the buyer told, whom it looks like, and the second person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kasstroom.applications.facts import Learned
from kasstroom.applications.model import CreditApplication
from kasstroom.applications.noting import note_facts
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, LimitSource, Profile
from kasstroom.credit.room import Ground
from kasstroom.debtors.model import Debtor
from kasstroom.settle import settle
from kasstroom.work import desk as the_desk
from tests.functions.conftest import Api, set_clock
from tests.functions.desk import Browser, give_keys, text
from tests.pages.markup import Markup
from tests.people import NOW, ORG, eur

PATH = "/v1/credit-applications"
DATA = {
    "name": "Bakkerij Jansen B.V.", "kvk": "87654321", "vat": "NL004495445B01",
    "legal_form": "bv", "contact_name": "Daniël Jansen", "email": "daan@jansen.example",
    "address": {"street": "Kerkstraat 25 hs", "postcode": "3511ed", "city": "Utrecht"},
    "requested": {"value": "80000.00", "currency": "EUR"}, "consent": True,
}  # fmt: skip
SALES = Api({"allowed": "yes", "org": ORG, "key": "bram", "scopes": "*", "roles": "sales"})


def apply(debtor: str, **changes) -> str:
    """Somebody of sales fills it in and sends it; the path of its page at the desk."""
    id = SALES("applications/api", "POST", PATH, {"language": "nl", "debtor": debtor}).body["id"]
    assert SALES("applications/api", "PUT", f"{PATH}/{id}/data", DATA | changes).status == 200
    sent = SALES("applications/api", "POST", f"{PATH}/{id}/submit", {"allow_duplicates": True})
    assert sent.body["state"] == "in_review", sent.body
    return f"/desk/reviews/{sent.body['review']}"


@pytest.fixture
def desk(deployed, books):
    give_keys(books)
    return books


def decided(person: Browser, path: str, **typed: str):
    return person.decide(path.rpartition("/")[2], **typed)


def test_the_application_shows_what_was_told_and_the_one_who_sent_it_is_told_to_wait(desk):
    path = apply("D77")
    told = text(Browser().sign_in("anna").get(path))
    for fact in ("Krijgt Bakkerij Jansen B.V. een limiet van € 80.000,00?", "87654321",
                 "Kerkstraat 25 hs, 3511 ED Utrecht", "daan@jansen.example",
                 "gevraagd door bram"):  # fmt: skip
        assert fact in told, fact
    assert "Bakkerij Jansen B.V." in text(Browser().sign_in("anna").get("/desk"))


def test_a_large_limit_needs_a_second_person_and_the_first_is_told_so(desk):
    path = apply("D77")
    anna, cato = Browser().sign_in("anna"), Browser().sign_in("cato")
    assert decided(anna, path).status == 303
    page = anna.get(path)
    assert "U hebt al akkoord gegeven" in text(page) and "Uw besluit" in text(page)
    verdicts = [b for b in Markup(page.body).all("button") if b.get("name") == "verdict"]
    assert [b["value"] for b in verdicts] == ["declined"]
    assert decided(anna, path).status == 403
    assert "<dt>Eerste akkoord van</dt><dd><bdi>anna</bdi></dd>" in cato.get(path).body
    assert desk.find(Debtor, ORG, "D77") is None
    assert decided(cato, path).status == 303
    limit = desk.get(CreditAccount, ORG, "D77").limit_of(LimitSource.OWN)
    assert (limit.amount, limit.granted_by) == (eur("80000.00"), "cato")
    assert the_desk.queue(desk, ORG, NOW).items == ()


def test_the_first_person_may_still_decline(desk):
    path, anna = apply("D77"), Browser().sign_in("anna")
    decided(anna, path)
    assert decided(anna, path, verdict="declined").status == 303
    assert "Afgewezen" in text(anna.get(path))


def test_a_possible_duplicate_stands_out(desk):
    first = apply("D77", requested={"value": "900.00", "currency": "EUR"})
    anna = Browser().sign_in("anna")
    assert decided(anna, first).status == 303
    told = text(anna.get(apply("D78")))
    assert "Lijkt op een klant die u al hebt" in told
    assert "Bakkerij Jansen B.V., klant D77: zelfde btw-nummer" in told


SMALL = {"requested": {"value": "7500.00", "currency": "EUR"}, "terms_days": 30}


def field(page, name: str) -> str:
    (found,) = (i["value"] for i in Markup(page.body).all("input") if i.get("name") == name)
    return found


def buttons(page) -> list[str]:
    named = (b.get("name") for b in Markup(page.body).all("button"))
    return [name for name in named if name in ("gather", "look")]


@pytest.mark.parametrize(
    ("language", "amount", "words"),
    [
        ("nl", "7.500", ("Limiet die u goedkeurt", "U kunt minder geven")),
        ("en", "7,500", ("Limit that you approve", "You can give less")),
    ],
)
def test_the_form_begins_with_what_was_asked(desk, language, amount, words):
    page = Browser().sign_in("anna").get(f"{apply('D77', **SMALL)}?lang={language}")
    assert (field(page, "amount"), field(page, "terms")) == (amount, "30")
    assert all(word in text(page) for word in words)


def test_less_is_approved_at_the_desk_and_shown_afterwards(desk):
    path, anna = apply("D77", **SMALL), Browser().sign_in("anna")
    assert decided(anna, path, amount="2.500,50", terms="14").status == 303
    account = desk.get(CreditAccount, ORG, "D77")
    assert account.limit_of(LimitSource.OWN).amount == eur("2500.50")
    assert account.terms_days == 14
    told = text(anna.get(path))
    assert "Goedgekeurd" in told and "€ 2.500,50, 14 dagen" in told


def test_as_it_stands_all_of_it_is_approved(desk):
    path, anna = apply("D77", **SMALL), Browser().sign_in("anna")
    page = anna.get(path)
    typed = {name: field(page, name) for name in ("amount", "terms")}
    assert decided(anna, path, **typed).status == 303
    account = desk.get(CreditAccount, ORG, "D77")
    assert (account.limit_of(LimitSource.OWN).amount, account.terms_days) == (eur("7500.00"), 30)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"amount": "7.500,01"}, "Dit bedrag kan niet"),
        ({"amount": "0"}, "Dit bedrag kan niet"),
        ({"amount": "veel"}, "Dit bedrag kan niet"),
        ({"terms": "366"}, "Deze betaaltermijn kan niet"),
        ({"terms": "een maand"}, "Deze betaaltermijn kan niet"),
        ({"terms": "²"}, "Deze betaaltermijn kan niet"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(desk, typed, told):
    path, anna = apply("D77", **SMALL), Browser().sign_in("anna")
    page = decided(anna, path, **({"amount": "2500", "terms": "14"} | typed))
    assert page.status == 422 and told in text(page)
    ((name, value),) = typed.items()
    assert field(page, name) == value
    assert desk.find(CreditAccount, ORG, "D77") is None


def test_the_second_person_starts_from_what_the_first_agreed_to(desk):
    path, anna, cato = apply("D77"), Browser().sign_in("anna"), Browser().sign_in("cato")
    assert decided(anna, path, amount="60000", terms="21").status == 303
    page = cato.get(path)
    assert (field(page, "amount"), field(page, "terms")) == ("60.000", "21")
    assert "amount" not in anna.get(path).body.partition("desk-decide")[2]
    assert decided(cato, path, amount="60.001").status == 422
    assert decided(cato, path, amount="60.000").status == 303
    assert desk.get(CreditAccount, ORG, "D77").limit_of(LimitSource.OWN).amount == eur("60000")


def test_the_registers_are_asked_again_from_the_page_and_the_note_stays(desk, deployed):
    path, anna = apply("D77", **SMALL), Browser().sign_in("anna")
    page = anna.get(path)
    assert "Er is nog geen antwoord van de registers" in text(page)
    assert buttons(page) == ["gather"]
    typed = {"form": anna.form(path), "note": "Ik bel eerst.", "amount": "2500", "terms": "14"}
    asked = anna("POST", path, typed | {"gather": "yes"})
    assert asked.status == 200 and "Het antwoord is onderweg" in text(asked)
    assert buttons(asked) == ["look"]
    assert "Ik bel eerst." in asked.body and field(asked, "amount") == "2500"
    noted(desk, Learned(Profile(rating="B", score=61), missing=("trade_register", "vat")))
    looked = anna("POST", path, typed | {"look": "yes"})
    told = text(looked)
    assert "Geen antwoord van: handelsregister, controle van het btw-nummer (VIES)" in told
    assert "Van deze aanvrager is nog te weinig bekend" in told and "Ik bel eerst." in looked.body
    assert "<dt>Score</dt><dd><bdi>61</bdi></dd>" in looked.body
    english = text(anna.get(f"{path}?lang=en"))
    assert "No answer from: trade register, check of the VAT number (VIES)" in english
    assert "Too little is known of this applicant yet" in english
    assert the_desk.queue(desk, ORG, NOW).waiting == {"application": 1}


def noted(books, heard):
    """What the worker does with an answer."""
    (application,) = books.all_of(CreditApplication, ORG, "D77")
    ground = lambda account: Ground(default_policy())  # noqa: E731
    answer = (ORG, "D77", application.id, heard, ground, NOW)
    settle(books, lambda: note_facts(books, *answer))


def test_an_answer_that_never_came_can_be_asked_for_again(desk, deployed):
    path, anna = apply("D77", **SMALL), Browser().sign_in("anna")
    typed = {"form": anna.form(path), "gather": "yes"}
    anna("POST", path, typed)
    set_clock(deployed.clock, NOW + timedelta(minutes=16))
    page = anna.get(path)
    assert "Er kwam geen antwoord" in text(page) and buttons(page) == ["gather"]


def test_only_who_may_decide_asks_the_registers(desk):
    path, bram = apply("D77", **SMALL), Browser().sign_in("bram")
    assert buttons(bram.get(path)) == []
    form = Markup(bram.get("/desk").body).all("input")[0]["value"]
    answer = bram("POST", path, {"form": form, "gather": "yes"})
    assert answer.status == 403
    anna = Browser().sign_in("anna")
    assert anna("POST", path, {"form": "0" * 64, "gather": "yes"}).status == 403
    (application,) = desk.all_of(CreditApplication, ORG, "D77")
    assert application.facts_request is None
