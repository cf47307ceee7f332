"""A debtor answers on the page behind a link: through the handler, as browsers and scanners do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.dunning.model import BlockReason, DunningCase
from kasstroom.organisations.model import Language
from kasstroom.payments.model import LinkKind, PaymentLink
from kasstroom.payments.throttle import REPLY_LINK
from kasstroom.resolution.model import Dispute
from kasstroom.resolution.reply_model import DebtorReply, ReplyKind
from kasstroom_pages.templates import say
from kasstroom_pages.views import ReplyLinks
from tests.functions.conftest import CONTEXT, load, problem, set_clock
from tests.lambda_http import http_event
from tests.pages.markup import Markup
from tests.people import NOW, ORG, eur, invoice, received

FORM = "application/x-www-form-urlencoded"
PATHS = ("paid", "cannot-pay", "disagree")
NL = say(Language.NL)


@pytest.fixture
def world(api, deployed):
    """A link over F1 (250.00) and F2 (80.00) of D1, and a browser."""
    invoice(deployed.books, "F2", "80.00")
    token = made(api)

    def browse(method, path, typed=None, token=token, **headers):
        body = urlencode(typed or {}).encode()
        sent = {"content-type": FORM} | {k.replace("_", "-"): v for k, v in headers.items()}
        event = http_event(method, f"/p/{token}{path}", sent, body)
        function = "payments/pay_page" if path in ("", "/pay") else "resolution/reply_page"
        answer = load(function).handler(event, CONTEXT)
        return SimpleNamespace(
            status=answer["statusCode"], body=answer.get("body", ""), headers=answer["headers"]
        )

    return SimpleNamespace(
        browse=browse, token=token, books=deployed.books, api=api, clock=deployed.clock
    )


def made(api, **more) -> str:
    body = {"debtor": "D1", "invoices": ["F1", "F2"]} | more
    return api("payments/api", "POST", "/v1/payment-links", body).body["url"].rsplit("/", 1)[1]


def text(answer) -> str:
    return " ".join(Markup(answer.body).text.split())


def case(world) -> DunningCase:
    return world.books.get(DunningCase, ORG, "D1")


def written(world) -> tuple:
    books = world.books
    return (
        books.all_of(DebtorReply, ORG, "D1"), books.all_of(Dispute, ORG, "D1"), case(world).version
    )  # fmt: skip


def pressed(world, path, typed, **more):
    """Presses the button and follows where it leads."""
    answer = world.browse("POST", path, typed, sec_fetch_site="same-origin", **more)
    assert answer.status == 303, text(answer)
    assert answer.headers["Location"] == f"/p/{world.token}{path}"
    return world.browse("GET", path)


@pytest.mark.parametrize("path", PATHS)
def test_opening_a_page_changes_nothing_and_tells_no_more_than_the_payment_page(world, path):
    before = written(world)
    page = world.browse("GET", f"/{path}")
    assert (page.status, world.browse("HEAD", f"/{path}").status) == (200, 200)
    assert written(world) == before
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    markup = Markup(page.body)
    assert page.body.count("<form") == page.body.count('type="submit"') == 1
    assert "F1" in markup.text and "250,00" in markup.text
    told = page.body.replace(world.token, "")  # Its random letters may spell anything.
    for personal in ("Klant", "klant.example", "612345678", "D1"):
        assert not re.search(rf"\b{personal}\b", told), personal
    assert "<script" not in page.body and "style=" not in page.body


def test_the_mails_lead_here():
    links = ReplyLinks.of("")
    assert (links.paid, links.cannot_pay, links.disagree) == tuple(f"/{path}" for path in PATHS)
    assert [f"/{kind.replace('_', '-')}" for kind in ReplyKind] == [f"/{path}" for path in PATHS]


def test_already_paid(world):
    typed = {"invoice_1": "F1", "paid_on": "2026-08-28", "account": "NL91 ABNA 0417 1643 00"}
    page = pressed(world, "/paid", typed)
    assert NL("reply_paid_done") in text(page) and "8 september 2026" in text(page)
    assert "4300" not in page.body and "28 augustus" not in page.body  # The mail may be sent on.
    (reply,) = world.books.all_of(DebtorReply, ORG, "D1")
    assert (reply.invoices, reply.account_end, str(reply.paid_on)) == (
        ("F1",), "4300", "2026-08-28",
    )  # fmt: skip
    (item,) = [item for item in case(world).items if item.number == "F1"]
    assert [block.reason for block in item.blocks] == [BlockReason.SAYS_PAID]
    more = text(world.browse("GET", "/paid?more=1"))
    assert "F2" in more and "F1" not in more


def test_already_paid_with_nothing_filled_in_and_pressed_twice(world):
    for _again in range(2):
        pressed(world, "/paid", {"invoice_1": "F1", "invoice_2": "F2"})
    assert len(world.books.all_of(DebtorReply, ORG, "D1")) == 1
    set_clock(world.clock, NOW + timedelta(days=8))
    assert NL("reply_paid_over") in text(world.browse("GET", "/paid"))


def test_cannot_pay(world):
    page = pressed(world, "/cannot-pay", {"text": "Ik kan 20 euro per maand betalen"})
    assert NL("reply_cannot_pay_done") in text(page)
    assert "20 euro" not in page.body and "RF" in text(page)
    assert [block.reason for block in case(world).blocks] == [BlockReason.CANNOT_PAY]
    pressed(world, "/cannot-pay", {"text": "nog eens"})
    listed = world.api("resolution/api", "GET", "/v1/replies").body["items"]
    assert [(item["kind"], item["text"]) for item in listed] == [
        ("cannot_pay", "Ik kan 20 euro per maand betalen")
    ]
    id = listed[0]["id"]
    done = world.api("resolution/api", "POST", f"/v1/replies/{id}/done", {"note": "regeling"})
    assert (done.status, done.body["done_by"], done.body["note"]) == (200, "webshop", "regeling")
    assert world.api("resolution/api", "GET", "/v1/replies").body["items"] == []
    unknown = world.api("resolution/api", "POST", "/v1/replies/rpl_404/done", {"note": ""})
    assert problem(unknown) == "reply_not_found"


def test_a_person_hears_of_debt_help_and_a_company_does_not(world):
    assert NL("reply_debt_help") not in text(world.browse("GET", "/cannot-pay"))
    known = world.books.get(Debtor, ORG, "D1")
    world.books.commit(Changes(update=(replace(known, kind=DebtorKind.CONSUMER),)))
    page = world.browse("GET", "/cannot-pay")
    assert "gemeente" in text(page)
    assert "gemeente" not in text(world.browse("GET", "/paid"))


def test_who_may_pay_a_part_is_led_there(world):
    (link,) = world.books.all_of(PaymentLink, ORG, "D1")
    page = pressed(world, "/cannot-pay", {"text": ""})
    assert NL("reply_part_online") not in text(page)
    world.books.commit(Changes(update=(replace(link, kind=LinkKind.FREE),)))
    page = world.browse("GET", "/cannot-pay")
    assert NL("reply_part_online") in text(page) and f'href="/p/{world.token}"' in page.body


def test_does_not_agree_with_a_part_and_then_with_the_rest(world):
    typed = {"invoice_1": "F1", "reason": "wrong_amount", "amount": "100,00", "text": "Korting"}
    page = pressed(world, "/disagree", typed)
    assert "100,00" in text(page) and "230,00" in text(page) and "Korting" not in page.body
    (dispute,) = world.books.all_of(Dispute, ORG, "D1")
    assert (dispute.amount, dispute.opened_by, dispute.detail) == (
        eur("100.00"), "debtor", "Korting",
    )  # fmt: skip
    assert "230,00" in text(world.browse("GET", ""))
    again = world.browse("GET", "/disagree?more=1")
    assert "F2" in text(again) and "F1" not in text(again)
    pressed(world, "/disagree", {"reason": "damaged"})
    received(world.books, "150.00", "F1")
    for path in ("", "/disagree", "/paid", "/cannot-pay"):
        page = world.browse("GET", path)
        assert (page.status, NL("reply_nothing_asked") in text(page)) == (200, True), path
    assert world.browse("POST", "/pay").status == 200


@pytest.mark.parametrize(
    ("path", "typed", "word"),
    [
        ("/paid", {}, "reply_fault_none"),
        ("/paid", {"invoice_1": "F9"}, "reply_fault_none"),
        ("/paid", {"invoice_1": "F1", "paid_on": "2026-09-02"}, "reply_fault_future"),
        ("/paid", {"invoice_1": "F1", "paid_on": "31-2-2026"}, "reply_fault_day"),
        ("/paid", {"invoice_1": "F1", "paid_on": "1-1-2020"}, "reply_fault_day"),
        ("/paid", {"invoice_1": "F1", "account": "12"}, "reply_fault_account"),
        ("/cannot-pay", {"text": "a" * 501}, "reply_fault_long"),
        ("/cannot-pay", {"text": "a\u202eb"}, "reply_fault_unseen"),
        ("/disagree", {"invoice_1": "F1"}, "reply_fault_reason"),
        ("/disagree", {"invoice_1": "F1", "reason": "x"}, "reply_fault_reason"),
        (
            "/disagree",
            {"invoice_1": "F1", "reason": "other", "amount": "250,01"},
            "free_amount_too_high",
        ),
        ("/disagree", {"invoice_1": "F1", "reason": "other", "amount": "ja"}, "free_amount_unread"),
        (
            "/disagree",
            {"invoice_1": "F1", "invoice_2": "F2", "reason": "other", "amount": "1"},
            "reply_fault_many",
        ),
    ],
)
def test_what_cannot_be_read_is_asked_again_and_nothing_happens(world, path, typed, word):
    before = written(world)
    page = world.browse("POST", path, typed)
    assert page.status == 422 and 'role="alert"' in page.body
    assert NL(word, most="").split("  ")[0].split("€")[0][:20] in text(page)
    assert written(world) == before
    assert "\u202e" not in page.body


@pytest.mark.parametrize("path", PATHS)
def test_hostile_text_stays_text(world, path):
    hostile = '"><script>alert(1)</script>'
    typed = dict.fromkeys(("text", "amount", "account", "paid_on", "reason", "invoice_9"), hostile)
    page = world.browse("POST", f"/{path}", typed | {"text": hostile + "a" * 501})
    assert page.status == 422 and "<script" not in page.body


@pytest.mark.parametrize("path", PATHS)
def test_a_form_of_somebody_else_and_what_is_no_form(world, path):
    before = written(world)
    typed = {"invoice_1": "F1", "reason": "other"}
    foreign = world.browse("POST", f"/{path}", typed, sec_fetch_site="cross-site")
    assert foreign.status == 409 and NL("notice_press_again") in text(foreign)
    event = http_event("POST", f"/p/{world.token}/{path}", {"content-type": FORM}, b"\xff\xfe")
    assert load("resolution/reply_page").handler(event, CONTEXT)["statusCode"] == 409
    large = world.browse("POST", f"/{path}", {"text": "a" * 20_000})
    assert large.status == 409 and written(world) == before


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_opens_nothing_answers_as_the_payment_page_does(world, method, path):
    expired, unknown = world.token, "A" * 22
    reference = world.browse("GET", "", token=unknown)
    answer = world.browse(method, f"/{path}", token=unknown)
    assert (answer.status, answer.body) == (404, reference.body)
    set_clock(world.clock, NOW + timedelta(days=91))
    answer = world.browse(method, f"/{path}", token=expired)
    assert (answer.status, answer.body) == (404, reference.body)


def test_a_paid_link_thanks(world):
    received(world.books, "330.00", "F1", "F2")
    for path in PATHS:
        page = world.browse("GET", f"/{path}")
        assert page.status == 200 and NL("nothing_title") in text(page), path
        assert world.browse("POST", f"/{path}", {"reason": "other"}).status == 303


def test_somebody_who_presses_very_often_waits(world):
    statuses = [
        world.browse("POST", "/paid", {"account": "x"}).status for _ in range(REPLY_LINK.most + 1)
    ]
    assert statuses == [422] * REPLY_LINK.most + [429]


@pytest.mark.parametrize("language", Language)
def test_every_language_is_its_own(world, language):
    t = say(language)
    (link,) = world.books.all_of(PaymentLink, ORG, "D1")
    world.books.commit(Changes(update=(replace(link, language=language),)))
    for path in PATHS:
        page = world.browse("GET", f"/{path}")
        assert t(f"reply_{path.replace('-', '_')}_title") in text(page)
        assert f'lang="{language}"' in page.body
