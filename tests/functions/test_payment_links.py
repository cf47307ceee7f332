"""Payment links by API and as pages: kinds, addresses, lists, paper, brakes, constant answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.events.payments import PaymentLinkReissued, PaymentLinkRevoked
from kasstroom.invoices.model import Invoice
from kasstroom.organisations.model import Language, Organisation
from kasstroom.payments.booking import record_all
from kasstroom.payments.model import AttemptState, PaymentAttempt, PaymentLink
from kasstroom.payments.throttle import MISS_ADDRESS, PAY_ADDRESS, PAY_LINK
from kasstroom_pages.typed_payment import nonce_of
from tests.functions.conftest import CONTEXT, load, problem, set_clock
from tests.lambda_http import http_event
from tests.pages.markup import Markup
from tests.people import NOW, ORG, debtor, eur, invoice, received
from tests.tills import FakeProviders

PATH = "/v1/payment-links"


def pressed(link) -> dict[str, str]:
    """What the button of a link's own page sends along."""
    return {"nonce": nonce_of(link.token)}


def body(value: str) -> dict[str, str]:
    return {"value": value, "currency": "EUR"}


@pytest.fixture
def shop(api, deployed, monkeypatch):
    """The API and the pages over it; one address of a visitor unless another is given."""
    providers = FakeProviders(NOW)
    module = load("payments/pay_page")
    monkeypatch.setenv("CHECKOUT_HOSTS", "www.mollie.com,checkout.stripe.com")
    monkeypatch.setattr(module, "provider_of", lambda: providers)

    def page(method, path, form=None, *, ip="192.0.2.1", language="", site=""):
        headers = {"content-type": "application/x-www-form-urlencoded"}
        headers |= {"sec-fetch-site": site} if site else {}
        headers |= {"accept-language": language} if language else {}
        event = http_event(method, path, headers, urlencode(form or {}).encode())
        event["requestContext"]["http"]["sourceIp"] = ip
        answer = module.handler(event, CONTEXT)
        return SimpleNamespace(
            status=answer["statusCode"], body=answer["body"], headers=answer["headers"],
            told=" ".join(Markup(answer["body"]).text.replace("\xa0", " ").split()),
        )  # fmt: skip

    def link(**more):
        made = api("payments/api", "POST", PATH, {"debtor": "D1"} | more)
        assert made.status == 201, made.body
        token = made.body["url"].rsplit("/", 1)[1]
        return SimpleNamespace(**made.body, token=token, page=f"/p/{token}", raw=made.body)

    def paid(value="", *, times=1):
        """The provider says that the newest attempt was paid, and the worker books it."""
        attempt = sorted(deployed.books.all_of(PaymentAttempt, ORG, "D1"), key=lambda a: a.id)[-1]
        provider = providers.each[attempt.provider]
        provider.becomes(attempt.provider_id, AttemptState.PAID)
        payment = provider.payments[attempt.provider_id]
        payment = replace(payment, amount=eur(value) if value else payment.amount, paid_at=NOW)
        record_all(deployed.books, ORG, attempt.id, payment, mode="test", now=NOW)

    return SimpleNamespace(
        books=deployed.books, clock=deployed.clock, providers=providers, page=page, link=link,
        paid=paid, api=lambda *a, **k: api("payments/api", *a, **k),
        pay=lambda link, **form: page("POST", f"{link.page}/pay", pressed(link) | form),
    )  # fmt: skip


def open_of(shop, number="F1"):
    return shop.books.get(Invoice, ORG, "D1", number).payable.minor


def changed(shop, kind, *key, **fields):
    known = shop.books.get(kind, ORG, *key)
    shop.books.commit(Changes(update=(replace(known, **fields),)))
    from kasstroom_aws import cached

    cached._known.clear()


# Kinds of links


def test_a_link_over_many_invoices_is_paid_in_one_go(shop):
    invoice(shop.books, "F2", "80.00")
    link = shop.link()
    assert (link.kind, link.amount, link.state) == ("all", body("330.00"), "open")
    assert shop.pay(link, shown="33000 EUR").status == 303
    shop.paid()
    assert (open_of(shop), open_of(shop, "F2")) == (0, 0)
    assert shop.api("GET", f"{PATH}/{link.id}").body["state"] == "paid"


def test_costs_and_interest_are_on_the_page_and_are_paid_with_it(shop):
    changed(shop, Invoice, "D1", "F1", costs_minor=4_000, interest_minor=25)
    link = shop.link(invoices=["F1"])
    # The case follows with the next booking; the page and the attempt ask the invoice itself.
    told = shop.page("GET", link.page).told
    assert "€ 290,25" in told and "€ 250,00" not in told
    shop.pay(link)
    assert shop.providers.each["mollie"].orders[0].amount == eur("290.25")


def test_an_instalment_is_paid_once_and_the_rest_stays_open(shop):
    part = {"number": 1, "of": 3, "due_on": "2026-10-01"}
    link = shop.link(amount=body("100.00"), instalment=part)
    assert (link.kind, link.instalment) == ("part", part)
    assert link.expires_at.startswith("2026-12-30"), "90 days after its day"
    told = shop.page("GET", link.page).told
    assert "Termijn 1 van 3, te betalen uiterlijk op 1 oktober 2026." in told
    assert "€ 100,00" in told and "Dit is een deel van de € 250,00 die openstaat." in told
    assert "U hebt nog 30 dagen" in told
    shop.pay(link)
    shop.paid()
    assert open_of(shop) == 15_000
    seen = shop.api("GET", f"{PATH}/{link.id}").body
    assert (seen["state"], seen["paid"]) == ("paid", body("100.00"))
    thanks = shop.page("GET", link.page)
    assert (thanks.status, "Bedankt" in thanks.told) == (200, True)
    assert "niets meer open" not in thanks.told, "there is: the other instalments"
    assert shop.pay(link).status == 200


def test_a_part_asks_no_more_than_what_is_still_open(shop):
    link = shop.link(amount=body("200.00"))
    changed(shop, Invoice, "D1", "F1", open=eur("120.00"))
    shop.pay(link)
    assert shop.providers.each["mollie"].orders[0].amount == eur("120.00")


def test_a_part_that_came_in_short_asks_the_rest(shop):
    link = shop.link(amount=body("100.00"))
    shop.pay(link)
    shop.paid("60.00")
    assert shop.api("GET", f"{PATH}/{link.id}").body["state"] == "open"
    shop.pay(link)
    assert shop.providers.each["mollie"].orders[-1].amount == eur("40.00")


def test_a_free_amount_pays_the_oldest_first(shop):
    invoice(shop.books, "F0", "80.00", due_on=NOW.date() - timedelta(days=60))
    link = shop.link(invoices=["F1", "F0"], free_amount={"minimum": body("25.00")})
    assert (link.kind, link.minimum, link.invoices) == ("free", body("25.00"), ["F0", "F1"])
    assert shop.pay(link, amount="100", shown="33000 EUR").status == 303
    shop.paid()
    assert (open_of(shop, "F0"), open_of(shop)) == (0, 23_000)
    assert shop.api("GET", f"{PATH}/{link.id}").body["state"] == "open"
    assert "€ 230,00" in shop.page("GET", link.page).told


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Vul in hoeveel u wilt betalen."),
        ("veel", "Dit lezen wij niet als een bedrag."),
        ("-5", "Dit lezen wij niet als een bedrag."),
        ("24,99", "U kunt niet minder betalen dan € 25,00."),
        ("250,01", "Er staat € 250,00 open."),
        ("0", "U kunt niet minder betalen dan € 25,00."),
        ("12,5o", "Dit lezen wij niet als een bedrag."),
        ("100,505", "Dit lezen wij niet als een bedrag."),
        ("9" * 25, "Er staat € 250,00 open."),
        ('"><b>', "Dit lezen wij niet als een bedrag."),
    ],
)
def test_a_wrong_amount_is_explained_and_kept(shop, typed, says):
    link = shop.link(free_amount={"minimum": body("25.00")})
    answer = shop.pay(link, amount=typed, shown="25000 EUR", lang="nl")
    assert (answer.status, says in answer.told) == (422, True), answer.told
    (field,) = [i for i in Markup(answer.body).all("input") if i["name"] == "amount"]
    assert (field["value"], field["aria-invalid"]) == (typed, "true")
    assert field["aria-describedby"] == "hint-amount fault-amount"
    assert shop.providers.each["mollie"].orders == []


@pytest.mark.parametrize(
    ("typed", "minor", "lang"),
    [
        ("€ 1.000,50", 100_050, "nl"), ("99.95", 9_995, "nl"), ("1.000", 100_000, "nl"),
        ("1,000", 100_000, "en"), ("250 euro", 25_000, "nl"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(shop, typed, minor, lang):
    invoice(shop.books, "F2", "900.00")
    shop.pay(shop.link(free_amount={}), amount=typed, shown="115000 EUR", lang=lang)
    assert shop.providers.each["mollie"].orders[0].amount.minor == minor


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"invoices": ["F1", "F9"]}, "invoice_not_open", "/body/invoices/1"),
        ({"amount": body("250.01")}, "more_than_open", "/body/amount/value"),
        ({"amount": body("1.00"), "free_amount": {}}, "amount_twice", "/body/free_amount"),
        (
            {"free_amount": {"minimum": body("999.00")}},
            "more_than_open",
            "/body/free_amount/minimum/value",
        ),
    ],
)
def test_a_wrong_link_says_what_to_put_right(shop, more, code, pointer):
    answer = shop.api("POST", PATH, {"debtor": "D1"} | more)
    assert (answer.status, problem(answer)) == (422, code)
    assert answer.body["errors"][0]["pointer"] == pointer


def test_an_unknown_field_is_refused(shop):
    assert shop.api("POST", PATH, {"debtor": "D1", "free_amount": {"most": 1}}).status == 422


def test_what_is_disputed_is_left_out_and_said_to_be(shop):
    changed(shop, Invoice, "D1", "F1", disputed_minor=10_000)
    told = shop.page("GET", shop.link().page).told
    assert "€ 150,00" in told and "Over € 100,00 zoeken wij nog iets uit." in told


# What is too much for iDEAL, and other ways to pay


@pytest.mark.parametrize(("value", "currency"), [("50000.01", "EUR"), ("900.00", "SEK")])
def test_what_cannot_be_paid_online_can_be_transferred(shop, value, currency):
    from kasstroom.invoices.usecases import NewInvoice, book
    from kasstroom.money import Money
    from kasstroom.settle import settle

    debtor(shop.books, "D2")
    new = NewInvoice("G1", "D2", NOW.date(), Money.parse(value, currency), due_on=NOW.date())
    settle(shop.books, lambda: book(shop.books, ORG, new, terms_days=30, now=NOW))
    link = shop.link(debtor="D2")
    answer = shop.page("GET", link.page)
    page = Markup(answer.body)
    assert (answer.status, page.all("form")) == (200, [])
    assert "NL91 ABNA 0417 1643 00" in answer.told
    assert all(details == {"open": ""} for details in page.all("details"))
    assert ('class="qr"' in answer.body) == (currency == "EUR")
    assert (link.paper["epc_qr_svg"] is not None) == (currency == "EUR")
    assert shop.pay(link).status == 200


def test_other_ways_stand_below_ideal_when_the_organisation_offers_them(shop):
    changed(shop, Organisation, payment_methods=("creditcard", "wero", "bancontact", "ideal"))
    link = shop.link()
    answer = shop.page("GET", link.page)
    buttons = [(b["value"], b["class"]) for b in Markup(answer.body).all("button")]
    assert buttons == [
        ("ideal", "button"), ("creditcard", "button quiet"), ("bancontact", "button quiet"),
    ]  # fmt: skip
    assert "Betalen met iDEAL | Wero" in answer.told and "Betalen met Bancontact" in answer.told
    shop.pay(link, method="bancontact")
    shop.pay(link, method="ideal")
    orders = shop.providers.each["mollie"].orders
    assert [order.methods for order in orders] == [("bancontact",), ("ideal", "wero")]
    assert shop.pay(link, method="paypal").status == 200, "not offered: the page again"
    assert len(orders) == 2


def test_a_provider_that_is_down_is_not_seen_by_the_payer(shop):
    shop.providers.each["mollie"].down = True
    answer = shop.pay(shop.link())
    assert answer.headers["Location"] == "https://checkout.stripe.com/stripe_1"


def test_a_previous_payment_that_is_paid_says_thanks(shop):
    link = shop.link()
    shop.pay(link)
    shop.providers.each["mollie"].becomes("mollie_1", AttemptState.PAID)
    set_clock(shop.clock, NOW + timedelta(minutes=14))
    answer = shop.pay(link)
    assert (answer.status, "Bedankt, uw betaling is binnen" in answer.told) == (200, True)
    assert "niet nog een keer te betalen" in answer.told
    assert len(shop.providers.each["mollie"].orders) == 1


def test_an_amount_that_changed_is_shown_before_it_is_paid(shop):
    link = shop.link()
    changed(shop, Invoice, "D1", "F1", open=eur("120.00"))
    answer = shop.pay(link, shown="25000 EUR")
    assert (answer.status, "Het bedrag is veranderd" in answer.told) == (409, True)
    assert shop.pay(link, shown="12000 EUR").status == 303


def test_what_is_no_form_of_ours_gets_the_page_again(shop):
    link = shop.link()
    answer = shop.page("POST", f"{link.page}/pay", {"amount": "9" * 9000})
    assert (answer.status, "Druk nog een keer" in answer.told) == (409, True)


def test_only_the_button_of_the_page_itself_starts_a_payment(shop):
    """A scanner that posts to what it finds, another site that sends a form, a page of another
    link: each gets the page, to press on."""
    link, other = shop.link(), shop.link()
    (field,) = [
        i["value"] for i in Markup(shop.page("GET", link.page).body).all("input")
        if i["name"] == "nonce"
    ]  # fmt: skip
    assert field == pressed(link)["nonce"] != pressed(other)["nonce"]
    for form, site in (
        ({}, ""), ({"nonce": ""}, ""), ({"nonce": "é"}, ""), (pressed(other), "same-origin"),
        (pressed(link), "cross-site"), (pressed(link), "same-site"),
    ):  # fmt: skip
        answer = shop.page("POST", f"{link.page}/pay", form, site=site)
        assert (answer.status, "Druk nog een keer" in answer.told) == (409, True)
    assert shop.providers.each["mollie"].orders == []
    started = shop.page("POST", f"{link.page}/pay", pressed(link), site="same-origin")
    assert started.status == 303


def test_the_address_of_the_button_shows_the_page_when_it_is_opened(shop):
    """After a fault the browser stands there; closed and opened again it asks with GET."""
    link = shop.link()
    assert shop.page("GET", f"{link.page}/pay").body == shop.page("GET", link.page).body
    assert shop.page("HEAD", f"{link.page}/pay").status == 200
    assert shop.providers.each["mollie"].orders == []


@pytest.mark.parametrize("asked", ["9" * 5000, "-1", "٣", "", "1e3", "7"])
def test_the_counter_of_the_return_page_is_a_hint(shop, asked):
    link = shop.link()
    shop.pay(link)
    answer = shop.page("GET", f"{link.page}/return?{urlencode({'n': asked})}")
    assert answer.status == 200
    following = 8 if asked == "7" else 1
    assert f"{link.page}/return?n={following}" in Markup(answer.body).links


def test_who_did_not_go_to_a_bank_is_not_told_to_wait_for_one(shop):
    link = shop.link()
    answer = shop.page("GET", f"{link.page}/return")
    assert (answer.status, "Betalen met iDEAL" in answer.told) == (200, True)


def test_the_proof_says_what_came_in_and_not_what_was_asked(shop):
    link = shop.link()
    shop.pay(link)
    shop.paid("100.00")
    told = shop.page("GET", f"{link.page}/return").told
    assert "Betaald€ 100,00" in told
    assert "Er staat nog € 150,00 open" in told
    assert "€ 250,00" not in told


def test_nobody_is_sent_to_pay_again_while_an_earlier_payment_may_be_paid(shop):
    link = shop.link()
    shop.pay(link)
    shop.providers.each["mollie"].down = True
    set_clock(shop.clock, NOW + timedelta(minutes=14))
    answer = shop.pay(link)
    assert (answer.status, "Hebt u al betaald?" in answer.told) == (503, True)
    assert "Er is geen geld afgeschreven" not in answer.told
    shop.providers.each["stripe"].down = True
    set_clock(shop.clock, NOW + timedelta(minutes=16))
    assert "Er is geen geld afgeschreven" in shop.pay(link).told, "its page is over"


# Paper, new addresses, lists


def test_paper_has_an_address_to_type_and_a_transfer(shop):
    link = shop.link()
    paper = link.paper
    assert paper["address"] == f"betalen.vandijk.example/p/{link.token}"
    assert paper["code"].replace(" ", "") == link.token and len(paper["code"].split()) == 6
    assert (paper["iban"], paper["reference"]) == ("NL91ABNA0417164300", link.reference)
    assert paper["amount"] == body("250.00")
    assert paper["epc_qr_svg"].startswith("<svg") and paper["epc_qr_svg"] != link.qr_svg
    typed = shop.page("GET", f"/p/{paper['code'].replace(' ', '%20')}")
    assert (typed.status, "250,00" in typed.told) == (200, True)
    assert f'action="{link.page}/pay"' in typed.body


def test_a_new_address_replaces_the_old_one(shop):
    link = shop.link()
    again = shop.api("POST", f"{PATH}/{link.id}/reissue", idempotency_key="once")
    assert (again.status, again.body["id"]) == (200, link.id)
    assert again.body["reference"] == link.reference and again.body["url"] != link.url
    assert shop.page("GET", link.page).status == 404
    assert shop.page("GET", "/p/" + again.body["url"].rsplit("/", 1)[1]).status == 200
    same = shop.api("POST", f"{PATH}/{link.id}/reissue", idempotency_key="once")
    assert same.body == again.body
    assert events(shop, PaymentLinkReissued) == 1


def events(shop, kind):
    rows = [i for i in shop.books._item.scan() if i.sk.startswith("EVT#")]
    return sum(f'"{kind.TYPE}"' in row.body or kind.TYPE in row.body for row in rows)


def test_an_expired_link_gets_a_new_address_and_an_ended_one_does_not(shop):
    link = shop.link()
    set_clock(shop.clock, NOW + timedelta(days=91))
    assert shop.api("GET", f"{PATH}/{link.id}").body["state"] == "expired"
    again = shop.api("POST", f"{PATH}/{link.id}/reissue").body
    assert again["state"] == "open" and again["expires_at"] > link.expires_at
    shop.api("DELETE", f"{PATH}/{link.id}")
    refused = shop.api("POST", f"{PATH}/{link.id}/reissue")
    assert (refused.status, problem(refused)) == (422, "link_ended")


def test_archived_is_out_of_the_list_and_opens_nothing(shop):
    keep, put_away = shop.link(), shop.link()
    shop.pay(put_away)
    done = shop.api("POST", f"{PATH}/{put_away.id}/archive").body
    assert (done["state"], done["ended_for"]) == ("archived", "archived")
    assert [i["id"] for i in shop.api("GET", PATH).body["items"]] == [keep.id]
    listed = shop.api("GET", f"{PATH}?state=archived").body["items"]
    assert [i["id"] for i in listed] == [put_away.id]
    assert shop.page("GET", put_away.page).status == 404
    assert shop.api("POST", f"{PATH}/{put_away.id}/archive").body == done
    assert events(shop, PaymentLinkRevoked) == 1
    shop.paid()
    assert open_of(shop) == 0, "money that comes in on it is booked all the same"


def test_the_list_has_the_newest_first_of_all_or_of_one_debtor(shop):
    debtor(shop.books, "D2")
    invoice(shop.books, "G1", "10.00", debtor="D2")
    made = []
    for minute in range(5):
        set_clock(shop.clock, NOW + timedelta(minutes=minute))
        made.insert(0, shop.link(debtor="D2" if minute % 2 else "D1"))
    for query, expected in (("", made), ("&debtor=D1", made[::2]), ("&debtor=D9", [])):
        seen, cursor = [], ""
        for _ in range(9):
            page = shop.api("GET", f"{PATH}?limit=2{query}&cursor={cursor}").body
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == [link.id for link in expected], query
    assert shop.api("GET", f"{PATH}?state=paid").body["items"] == []
    assert shop.api("GET", f"{PATH}?state=nonsense").status == 422


def test_a_list_shows_no_token(shop):
    link = shop.link()
    (seen,) = shop.api("GET", PATH).body["items"]
    assert {"url", "qr_svg", "paper"}.isdisjoint(seen)
    assert link.token not in str(shop.api("GET", PATH).body)


def test_a_link_follows_an_invoice_that_the_bank_paid_and_calls_off_what_is_open(shop, monkeypatch):
    link = shop.link()
    shop.pay(link)
    received(shop.books, "250.00", "F1", source="bank")
    module = load("payments/follow_links")
    monkeypatch.setattr(module, "provider_of", lambda: shop.providers)
    news = {"detail": {"organisation": ORG, "debtor": "D1", "subject": "F1"}}
    record = {"messageId": "1", "body": json.dumps(news), "eventSource": "aws:sqs"}
    answer = module.handler({"Records": [record | {"attributes": {}}]}, CONTEXT)
    assert answer == {"batchItemFailures": []}
    seen = shop.api("GET", f"{PATH}/{link.id}").body
    assert (seen["state"], seen["paid"]) == ("paid", body("0.00"))
    assert shop.providers.each["mollie"].canceled == ["mollie_1"]
    assert "Er staat niets meer open" in shop.page("GET", link.page).told


def test_who_gets_the_message_forwarded_reads_nothing_about_the_debtor(shop):
    link = shop.link()
    pages = [shop.page("GET", link.page)]
    shop.pay(link)
    pages.append(shop.page("GET", f"{link.page}/return"))
    shop.paid()
    pages += [shop.page("GET", f"{link.page}/return"), shop.page("GET", link.page)]
    known = shop.books.get(Debtor, ORG, "D1")
    for secret in (known.name, known.contact.email, known.contact.phone, "D1"):
        assert not [page for page in pages if secret in page.told], secret


# Constant answers, and brakes


def ended(shop, how):
    """A link that opens nothing, for this reason."""
    link = shop.link()
    if how == "revoked":
        shop.api("DELETE", f"{PATH}/{link.id}")
    elif how == "archived":
        shop.api("POST", f"{PATH}/{link.id}/archive")
    elif how == "replaced":
        shop.api("POST", f"{PATH}/{link.id}/reissue")
    elif how == "credited":
        changed(shop, Invoice, "D1", "F1", open=eur("0.00"))
    elif how == "expired":
        set_clock(shop.clock, NOW + timedelta(days=91))
    return link


@pytest.mark.parametrize("how", ["revoked", "archived", "replaced", "credited", "expired"])
def test_whatever_opens_nothing_answers_byte_for_byte_the_same(shop, how):
    link = ended(shop, how)
    for method, rest in (
        ("GET", ""), ("HEAD", ""), ("GET", "/return"), ("HEAD", "/return"), ("GET", "/pay"),
        ("POST", "/pay"),
    ):  # fmt: skip
        for language in ("", "en-GB,nl;q=0.8"):
            here = shop.page(method, link.page + rest, language=language)
            nowhere = shop.page(method, f"/p/{'A' * 22}{rest}", language=language)
            assert (here.status, here.body, here.headers) == (
                nowhere.status, nowhere.body, nowhere.headers,
            )  # fmt: skip
            assert here.status == 404
            assert ("does not work" in here.told) == bool(language)


def test_a_page_that_opens_costs_no_write_and_is_not_braked(shop):
    link = shop.link()
    before = shop.books._item._get_connection().scan()["Items"]
    for _ in range(MISS_ADDRESS.most + 2):
        assert shop.page("GET", link.page).status == 200
    assert shop.books._item._get_connection().scan()["Items"] == before


def test_who_guesses_is_braked_and_others_are_not(shop):
    statuses = [
        shop.page("GET", f"/p/{n:022d}", ip="2001:db8::1").status
        for n in range(MISS_ADDRESS.most + 2)
    ]
    assert statuses == [404] * MISS_ADDRESS.most + [429] * 2
    assert shop.page("GET", f"/p/{'B' * 22}", ip="2001:db8::2").status == 429, "one connection"
    assert shop.page("GET", f"/p/{'B' * 22}", ip="2001:db8:0:1::1").status == 404
    set_clock(shop.clock, NOW + timedelta(seconds=61))
    assert shop.page("GET", f"/p/{'B' * 22}", ip="2001:db8::1").status == 404


def test_the_brake_answers_the_same_in_two_languages(shop):
    link = ended(shop, "revoked")
    for n in range(MISS_ADDRESS.most):
        shop.page("GET", f"/p/{n:022d}")
    answers = [shop.page("GET", path) for path in (link.page, f"/p/{'B' * 22}")]
    assert answers[0].body == answers[1].body and answers[0].headers == answers[1].headers
    assert (answers[0].status, answers[0].headers["Retry-After"]) == (429, "60")
    assert "Even wachten" in answers[0].told
    assert "Please wait a moment" in shop.page("GET", link.page, language="en").told


def test_a_link_can_be_pressed_so_often_a_minute(shop):
    link, other = shop.link(), shop.link()
    ips = [f"192.0.2.{n}" for n in range(PAY_LINK.most + 1)]
    # Spaces in it are the same token.
    spaced = [f"{link.page}{'%20' * n}/pay" for n in range(len(ips))]
    here = pressed(link)
    pairs = zip(spaced, ips, strict=True)
    statuses = [shop.page("POST", path, here, ip=ip).status for path, ip in pairs]
    assert statuses == [303] * PAY_LINK.most + [429]
    assert shop.pay(other).status == 303
    assert len(shop.providers.each["mollie"].payments) == 2


def test_an_address_can_press_so_often_a_minute(shop, monkeypatch):
    from kasstroom.payments import throttle

    module = load("payments/pay_page")
    monkeypatch.setattr(module, "PAY_ADDRESS", replace(PAY_ADDRESS, most=3))
    monkeypatch.setattr(module, "provider_of", lambda: shop.providers)
    assert throttle.PAY_ADDRESS.most > PAY_LINK.most, "an office has more than one payer"
    statuses = [shop.pay(shop.link()).status for _ in range(4)]
    assert statuses == [303, 303, 303, 429]


def test_counters_hold_no_address(shop):
    shop.page("GET", f"/p/{'A' * 22}", ip="192.0.2.77")
    shop.pay(shop.link())
    items = str(shop.books._item._get_connection().scan()["Items"])
    assert "BRAKE#" in items and "192.0.2" not in items


# Two tabs on a real table


def test_presses_at_once_make_one_payment(atomic, shop):
    from concurrent.futures import ThreadPoolExecutor

    link = shop.link()
    shop.providers.each["mollie"].slow = 0.02
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: shop.pay(link), range(4)))
    going = {a.headers["Location"] for a in answers if a.status == 303}
    assert going == {"https://www.mollie.com/mollie_1"}
    assert {a.status for a in answers} <= {303, 503}
    (kept,) = shop.books.all_of(PaymentLink, ORG, "D1")
    (attempt,) = shop.books.all_of(PaymentAttempt, ORG, "D1")
    assert kept.attempt_id == attempt.id


def test_a_page_in_english_for_an_english_debtor(shop):
    debtor(shop.books, "D3", language=Language.EN)
    invoice(shop.books, "H1", "75.00", debtor="D3")
    link = shop.link(debtor="D3", free_amount={})
    told = shop.page("GET", link.page).told
    assert (
        "How much do you want to pay?" in told
        and "At most €75.00." in told
        and "oldest" not in told
    )
    assert re.search(r"Write it like 125", shop.pay(link, amount="x").told)
