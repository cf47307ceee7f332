"""Credit applications through their handlers: the page, the API, four eyes, the schedule."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from kasstroom.applications.model import ApplicationState, CreditApplication
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.credit.reviews import QueuedReview, Review, ReviewKind, ReviewState
from kasstroom.debtors.model import Debtor, DebtorKind
from tests.functions.conftest import CONTEXT, Api, load, problem, set_clock
from tests.people import NOW, ORG, debtor, eur

PATH = "/v1/credit-applications"
TYPED = {
    "name": "Bakkerij Jansen B.V.", "legal_form": "bv", "kvk": "8765 4321",
    "vat": "NL 0044.95.445.B01", "street": "Dorpsstraat", "house_number": "25 1",
    "postcode": "3511ed", "city": "Utrecht", "country": "NL", "contact_name": "Daniël Jansen",
    "email": "daan@jansen.example", "phone": "06 12 34 56 78", "iban": "nl91 abna 0417 1643 00",
    "requested": "€ 12.500,-", "terms_days": "30", "consent": "yes",
}  # fmt: skip
CONSUMER = {
    name: TYPED[name]
    for name in ("street", "house_number", "postcode", "city", "country", "email", "consent")
} | {"name": "D. Jansen", "requested": "400"}


def person(name: str, *roles: str) -> Api:
    caller = {"allowed": "yes", "org": ORG, "key": name, "scopes": "*", "roles": " ".join(roles)}
    return Api(caller)


ANNA, BRAM = person("anna", "credit_manager"), person("bram", "credit_manager")


@pytest.fixture
def opened(api):
    """Opens an application and gives its id and the path of its page."""

    def open_one(**given):
        answer = api("applications/api", "POST", PATH, {"language": "nl"} | given)
        assert answer.status == 201, answer.body
        return answer.body["id"], answer.body["url"].removeprefix("https://betalen.vandijk.example")

    return open_one


def get(path):
    return Api()("applications/form_page", "GET", path)


def nonce(html: str) -> str:
    return re.search(r'name="nonce" value="([0-9a-f]{32})"', html)[1]


def post(path, typed, *, fresh=True, **headers):
    """Fills the page in as a browser does: the nonce of the page, the fields, a button."""
    fields = dict(typed) | ({"nonce": nonce(get(path).body)} if fresh else {})
    sent = {"content_type": "application/x-www-form-urlencoded", "sec_fetch_site": "same-origin"}
    body = urlencode(fields).encode()
    return Api()("applications/form_page", "POST", path, body, **(sent | headers))


def shown(id):
    return Api()("applications/api", "GET", f"{PATH}/{id}").body


def decide(who, id, verdict="approved", note="Goede cijfers gezien", **more):
    body = {"verdict": verdict, "note": note} | more
    return who("applications/api", "POST", f"{PATH}/{id}/decision", body)


def stored(books, id, debtor):
    return books.get(CreditApplication, ORG, debtor, id)


def test_a_company_applies_on_the_page_and_a_credit_manager_approves(opened, deployed):
    id, path = opened()
    assert len(path.removeprefix("/apply/")) >= 22
    answer = post(path, TYPED)
    assert (answer.status, answer.headers["location"]) == (303, path)
    waiting = get(path)
    assert "Uw aanvraag is verstuurd" in waiting.body and shown(id)["reference"] in waiting.body
    seen = shown(id)
    number = seen["debtor"]
    assert re.fullmatch(r"K-[0-9A-Z]{8}", number)
    assert [step["state"] for step in seen["history"]] == ["draft", "submitted", "in_review"]
    assert [step["by"] for step in seen["history"]] == ["webshop", "buyer", "rules"]
    assert seen["data"]["address"] == {
        "street": "Dorpsstraat", "house_number": "25 1", "postcode": "3511 ED", "city": "Utrecht",
        "country": "NL",
    }  # fmt: skip
    assert (seen["data"]["phone"], seen["data"]["iban"]) == ("+31612345678", "NL91ABNA0417164300")
    assert deployed.books.find(Debtor, ORG, number) is None

    answer = decide(ANNA, id)
    assert (answer.status, answer.body["state"]) == (200, "approved")
    account = deployed.books.get(CreditAccount, ORG, number)
    own = account.limit_of(LimitSource.OWN)
    assert (own.amount, own.granted_by, own.reference) == (eur("12500.00"), "anna", id)
    assert account.terms_days == 30 and account.review_on == NOW.date() + timedelta(days=365)
    made = deployed.books.get(Debtor, ORG, number)
    assert (made.name, made.contact.email) == ("Bakkerij Jansen B.V.", "daan@jansen.example")
    assert deployed.books.lookup(ORG, "debtor_kvk", "87654321").debtor == number
    page = get(path).body
    assert "Uw aanvraag is goedgekeurd" in page and "12.500,00" in page and "30 dagen" in page
    assert "anna" not in page and "Goede cijfers" not in page


def test_looking_changes_nothing(opened, deployed):
    id, path = opened(debtor="D77", name="Bakkerij Jansen", email="daan@jansen.example")
    before = stored(deployed.books, id, "D77")
    for asked in ("", "?lang=en", "?lang=xx", "?saved=1"):
        assert get(path + asked).status == 200
    assert Api()("applications/form_page", "HEAD", path).status == 200
    assert stored(deployed.books, id, "D77") == before
    assert 'value="Bakkerij Jansen"' in get(path).body
    assert "Apply to buy on account" in get(f"{path}?lang=en").body


def test_the_page_has_the_headers_of_the_payers_page(opened):
    _, path = opened()
    headers = get(path).headers
    assert "script-src" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "no-store"


def test_what_was_typed_stays_and_every_fault_is_told(opened, deployed):
    id, path = opened(debtor="D77")
    wrong = TYPED | {"kvk": "1234", "postcode": "3511", "email": "daan@", "requested": "veel"}
    wrong = {name: value for name, value in wrong.items() if name != "consent"}
    answer = post(path, wrong)
    assert answer.status == 422
    for name in ("kvk", "postcode", "email", "requested", "consent"):
        assert f'<a href="#{name}">' in answer.body and f'id="fault-{name}"' in answer.body
    assert 'value="1234"' in answer.body and 'value="veel"' in answer.body
    assert stored(deployed.books, id, "D77").data.name == ""
    assert post(path, TYPED).status == 303


def test_a_draft_is_kept_and_goes_on_with_the_same_link(opened, deployed):
    id, path = opened(debtor="D77")
    answer = post(path, {"name": "Bakkerij Jansen", "kvk": "12", "action": "save"})
    assert (answer.status, answer.headers["location"]) == (303, f"{path}?saved=1")
    again = get(answer.headers["location"]).body
    assert "Uw gegevens zijn bewaard" in again and 'value="Bakkerij Jansen"' in again
    assert stored(deployed.books, id, "D77").state is ApplicationState.DRAFT


@pytest.mark.parametrize(
    ("typed", "headers"),
    [
        ({}, {}),
        ({"nonce": "0" * 32}, {}),
        ({"nonce": "known"}, {"sec_fetch_site": "cross-site"}),
    ],
)
def test_a_form_of_somebody_else_sends_nothing(opened, deployed, typed, headers):
    id, path = opened(debtor="D77")
    if typed.get("nonce") == "known":
        typed = {"nonce": nonce(get(path).body)}
    answer = post(path, TYPED | typed, fresh=False, **headers)
    assert answer.status == 409 and 'value="Bakkerij Jansen B.V."' in answer.body
    assert post(f"{path}/withdraw", typed, fresh=False, **headers).status == 200
    assert stored(deployed.books, id, "D77").state is ApplicationState.DRAFT


def test_a_page_that_was_open_beside_another_asks_to_look_again(opened):
    _, path = opened()
    old = nonce(get(path).body)
    assert post(path, TYPED | {"action": "save"}).status == 303
    answer = post(path, TYPED | {"nonce": old}, fresh=False)
    assert answer.status == 409 and "in een ander venster" in answer.body


def test_an_unknown_and_a_long_gone_link_answer_alike(opened, deployed):
    _, path = opened(email="daan@jansen.example", expires_in_days=1)
    unknown = get("/apply/0123456789abcdefghijkl")
    assert unknown.status == 404
    set_clock(deployed.clock, NOW + timedelta(days=2))
    expired = get(path)
    assert "De tijd voor deze aanvraag is voorbij" in expired.body
    assert "jansen" not in expired.body
    late = post(path, TYPED, fresh=False)
    assert (late.status, late.body) == (200, expired.body)
    set_clock(deployed.clock, NOW + timedelta(days=92))
    gone = get(path)
    assert (gone.status, gone.body) == (404, unknown.body)
    assert post("/apply/0123456789abcdefghijkl", TYPED, fresh=False).body == unknown.body


def test_the_schedule_expires_drafts_and_erases_what_was_typed(opened, deployed):
    draft, path = opened(debtor="D77", email="daan@jansen.example", expires_in_days=1)
    sent, sent_path = opened(debtor="D78", expires_in_days=1)
    post(sent_path, TYPED)
    set_clock(deployed.clock, NOW + timedelta(days=1, minutes=5))
    assert load("applications/expire").handler({}, CONTEXT) == {"expired": 1}
    assert load("applications/expire").handler({}, CONTEXT) == {"expired": 0}
    after = stored(deployed.books, draft, "D77")
    assert (after.state, after.data.email) == (ApplicationState.EXPIRED, "")
    assert shown(sent)["state"] == "in_review"


def test_the_buyer_withdraws_and_nobody_has_to_look(opened, deployed):
    id, path = opened(debtor="D77")
    post(path, TYPED)
    answer = post(f"{path}/withdraw?lang=en", {"nonce": nonce(get(path).body)}, fresh=False)
    assert (answer.status, answer.headers["location"]) == (303, f"{path}?lang=en")
    assert "The application was withdrawn" in get(answer.headers["location"]).body
    application = stored(deployed.books, id, "D77")
    assert application.history[-1].by == "buyer" and application.gone_at
    queued = deployed.books.get(QueuedReview, ORG, id=application.review_id)
    assert not queued.open
    assert (decide(ANNA, id).status, problem(decide(ANNA, id))) == (422, "application_not_waiting")


def test_a_consumer_is_asked_little_and_is_told_of_their_rights(opened, deployed):
    id, path = opened(debtor="D77", kind="consumer")
    form = get(path).body
    for name in ("kvk", "vat", "iban", "phone", "legal_form", "terms_days", "contact_name"):
        assert f'name="{name}"' not in form
    # What is not asked is not kept, also when somebody adds it to the form.
    assert post(path, CONSUMER | {"kvk": "87654321", "iban": TYPED["iban"]}).status == 303
    assert (shown(id)["data"]["kvk"], shown(id)["data"]["iban"]) == ("", "")
    review = deployed.books.get(Review, ORG, "D77", shown(id)["review"])
    assert review.natural_person and "natural_person" in review.reasons
    assert decide(ANNA, id, "rejected", "Te veel open").status == 200
    page = get(path).body
    assert "Uw aanvraag is niet goedgekeurd" in page and "recht op uitleg" in page
    assert "Te veel open" not in page


def test_regulated_credit_is_not_granted_to_a_consumer(opened):
    id, path = opened(kind="consumer")
    post(path, CONSUMER)
    answer = decide(ANNA, id, terms_days=90)
    assert (answer.status, problem(answer)) == (422, "regulated_credit")
    assert decide(ANNA, id, terms_days=30).status == 200


def test_above_the_policys_amount_two_people_have_to_agree(opened, deployed):
    id, path = opened(debtor="D77")
    post(path, TYPED | {"requested": "80.000"})
    first = decide(ANNA, id, note="Jaarrekening gezien").body
    assert first["state"] == "in_review" and first["first_approval"]["by"] == "anna"
    assert deployed.books.find(Debtor, ORG, "D77") is None
    assert "verstuurd" in get(path).body and "anna" not in get(path).body
    again = decide(ANNA, id)
    assert (again.status, problem(again)) == (403, "four_eyes")
    more = decide(BRAM, id, limit={"value": "90000.00", "currency": "EUR"})
    assert (more.status, problem(more)) == (403, "four_eyes")
    second = decide(BRAM, id).body
    assert (second["state"], second["verdict"]["by"]) == ("approved", "bram")
    account = deployed.books.get(CreditAccount, ORG, "D77")
    assert account.limit_of(LimitSource.OWN).amount == eur("80000.00")


def test_who_agreed_first_may_still_say_no(opened):
    id, path = opened()
    post(path, TYPED | {"requested": "80.000"})
    decide(ANNA, id)
    assert decide(ANNA, id, "rejected", "Bij nader inzien").body["state"] == "rejected"


def test_a_machine_and_the_one_who_sent_it_do_not_decide(opened, api):
    id, path = opened()
    post(path, TYPED)
    assert problem(decide(api, id)) == "role_required"
    own, _ = opened()
    data = filled(kvk="11112222")
    ANNA("applications/api", "PUT", f"{PATH}/{own}/data", data)
    ANNA("applications/api", "POST", f"{PATH}/{own}/submit", {"allow_duplicates": True})
    assert problem(decide(ANNA, own)) == "four_eyes"
    assert decide(BRAM, own).body["state"] == "approved"


def filled(**changes):
    return {
        "name": "Bakkerij Jansen B.V.", "kvk": "87654321", "vat": "NL004495445B01",
        "legal_form": "bv", "contact_name": "Daniël Jansen", "email": "daan@jansen.example",
        "address": {"street": "Kerkstraat 25 hs", "postcode": "3511ed", "city": "Utrecht"},
        "requested": {"value": "5000.00", "currency": "EUR"}, "consent": True,
    } | changes  # fmt: skip


def test_a_merchant_fills_it_in_and_sends_it_without_the_page(opened, api):
    id, _ = opened(debtor="D77")
    api("applications/api", "PUT", f"{PATH}/{id}/data", filled(kvk="1", consent=False))
    answer = api("applications/api", "POST", f"{PATH}/{id}/submit")
    assert (answer.status, problem(answer)) == (422, "application_incomplete")
    assert [e["pointer"] for e in answer.body["errors"]] == ["/body/kvk", "/body/consent"]
    assert api("applications/api", "PUT", f"{PATH}/{id}/data", filled()).status == 200
    answer = api("applications/api", "POST", f"{PATH}/{id}/submit")
    assert (answer.status, answer.body["state"]) == (200, "in_review")
    assert answer.body["submitted_by"] == "webshop"
    assert answer.body["data"]["address"]["house_number"] == "25 hs"
    late = api("applications/api", "PUT", f"{PATH}/{id}/data", filled())
    assert (late.status, problem(late)) == (422, "application_not_open")


def test_a_lookalike_stops_the_merchant_and_is_never_shown_to_the_buyer(opened, api, deployed):
    identifiers = [{"scheme": "kvk", "value": "87654321"}]
    known = {"number": "D9", "name": "Jansen", "identifiers": identifiers}
    assert api("debtors/api", "POST", "/v1/debtors", known).status == 201
    answer = api("applications/api", "POST", PATH, {"kvk": "87654321"})
    assert (answer.status, problem(answer)) == (409, "possible_duplicate")
    assert "debtor D9" in answer.body["detail"]
    assert api("applications/api", "POST", PATH, {"kvk": "87654321", "debtor": "D9"}).status == 201

    id, path = opened()
    api("applications/api", "PUT", f"{PATH}/{id}/data", filled())
    answer = api("applications/api", "POST", f"{PATH}/{id}/submit")
    assert (answer.status, problem(answer)) == (409, "possible_duplicate")
    assert post(path, TYPED).status == 303
    assert "D9" not in get(path).body
    assert {"kind": "debtor", "id": "D9", "same": "kvk"} in shown(id)["duplicates"]

    other, other_path = opened()
    post(other_path, TYPED | {"kvk": "11112222", "vat": ""})
    same = [like for like in shown(other)["duplicates"] if like["kind"] == "application"]
    assert same == [{"kind": "application", "id": id, "same": "email_and_name"}]


def test_the_rules_approve_a_company_that_is_known_well(opened, deployed):
    terms = {"auto_approve_up_to": {"value": "15000.00", "currency": "EUR"}, "lowest_score": 60}
    path = "/v1/credit-application-terms"
    assert problem(Api()("applications/api", "PUT", path, terms)) == "role_required"
    assert ANNA("applications/api", "PUT", path, terms).body["changed_by"] == "anna"
    from dataclasses import replace

    from kasstroom.credit.model import Profile

    debtor(deployed.books, "D9", kind=DebtorKind.COMPANY)
    account = deployed.books.get(CreditAccount, ORG, "D9")
    facts = Profile(registered=True, score=80, rating="A", screened_at=NOW - timedelta(days=2))
    deployed.books.commit(Changes(update=(replace(account, profile=facts),)))
    id, page = opened(debtor="D9")
    post(page, TYPED)
    seen = shown(id)
    assert (seen["state"], seen["verdict"]["by"]) == ("approved", "rules")
    assert seen["screened_at"] == "2026-08-30T08:00:00Z" and seen["facts"]["score"] == 80
    account = deployed.books.get(CreditAccount, ORG, "D9")
    assert account.limit_of(LimitSource.OWN).amount == eur("12500.00")


def test_the_desk_decides_by_the_review(opened, deployed):
    from functools import partial

    from kasstroom.access.model import Actor
    from kasstroom.applications.usecases import decide_review
    from kasstroom.settle import settle
    from kasstroom_aws.live import ground_of

    id, path = opened(debtor="D77")
    post(path, TYPED | {"requested": "80.000"})
    books, review_id = deployed.books, shown(id)["review"]

    def say(name, verdict=ReviewState.APPROVED):
        actor = Actor(name, ("credit_manager",))
        grounds = partial(ground_of, books)
        return settle(
            books,
            lambda: decide_review(
                books, ORG, "D77", review_id, verdict, actor, "gezien", NOW, grounds
            ),
        )

    first = say("anna")
    assert (first.state, first.asked_by) == (ReviewState.OPEN, "anna")
    second = say("bram")
    assert (second.state, second.kind) == (ReviewState.APPROVED, ReviewKind.APPLICATION)
    assert shown(id)["state"] == "approved"


def test_the_list_is_paged_and_can_ask_for_a_state(opened, api):
    ids = [opened(debtor=f"D7{n}")[0] for n in range(3)]
    _, path = opened()
    post(path, TYPED)
    first = api("applications/api", "GET", f"{PATH}?limit=2").body
    rest = api("applications/api", "GET", f"{PATH}?limit=50&cursor={first['next_cursor']}").body
    assert {item["id"] for item in (*first["items"], *rest["items"])} >= set(ids)
    assert rest["next_cursor"] is None
    waiting = api("applications/api", "GET", f"{PATH}?state=in_review").body["items"]
    assert [item["name"] for item in waiting] == ["Bakkerij Jansen B.V."]
    assert api("applications/api", "GET", f"{PATH}/app_unknown").status == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"expires_in_days": 0}, "invalid_expiry"),
        ({"return_url": "javascript:alert(1)"}, "invalid_url"),
        ({"return_url": "http://shop.example"}, "invalid_url"),
        ({"debtor": "../x"}, "invalid_number"),
        ({"kind": "consumer", "kvk": "12345678"}, "not_asked"),
        ({"debtor": "D1", "kind": "consumer"}, "kind_mismatch"),
        ({"nonsense": 1}, "invalid_request"),
    ],
)
def test_what_cannot_be_opened_says_why(api, body, code):
    answer = api("applications/api", "POST", PATH, body)
    assert (answer.status, problem(answer)) == (422, code)


def test_the_same_key_opens_one_application(api):
    once = api("applications/api", "POST", PATH, {"debtor": "D77"}, idempotency_key="k")
    again = api("applications/api", "POST", PATH, {"debtor": "D77"}, idempotency_key="k")
    assert once.body == again.body and again.headers["idempotent-replayed"] == "true"


def test_the_way_back_names_the_application(opened):
    id, path = opened(return_url="https://shop.example/kassa?x=1#top")
    post(path, TYPED)
    expected = f"https://shop.example/kassa?x=1&amp;application={id}&amp;state=submitted#top"
    assert f'href="{expected}"' in get(path).body
