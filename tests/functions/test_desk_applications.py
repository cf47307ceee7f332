"""An application at the desk: what the buyer told, whom it looks like, and the second person."""

from __future__ import annotations

import pytest

from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.debtors.model import Debtor
from kasstroom.work import desk as the_desk
from tests.functions.conftest import Api
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
    assert [b["value"] for b in Markup(page.body).all("button") if "value" in b] == ["declined"]
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
