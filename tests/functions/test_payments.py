"""From the payer's click to the ledger, against a provider that does what providers do."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from kasstroom.errors import Unavailable
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import (
    AttemptState,
    Entry,
    EntryKind,
    PaymentAttempt,
    UnmatchedMoney,
)
from kasstroom.payments.reported import (
    ProviderPayment,
)
from kasstroom_pages.typed_payment import nonce_of
from tests.functions.conftest import CONTEXT, load, problem, set_clock
from tests.people import NOW, ORG, eur, invoice


class Provider:
    """Payments by idempotency key, as a real one keeps them."""

    name = "mollie"

    def __init__(self):
        self.payments: dict[str, ProviderPayment] = {}
        self.by_key: dict[str, str] = {}
        self.down = self.times_out = False
        self.canceled: list[str] = []
        self.host = "www.mollie.com"

    def __call__(self, org, name=""):
        return self

    def choices(self, org):
        return (self.name,)

    def create(self, order):
        if self.down:
            raise Unavailable("provider_unavailable", "down")
        known = self.by_key.get(order.idempotency_key)
        id = known or f"tr_{len(self.payments) + 1:04}"
        if known is None:
            self.by_key[order.idempotency_key] = id
            self.payments[id] = ProviderPayment(
                "mollie", id, "test", AttemptState.OPEN, order.amount, "ideal", order.reference,
                f"https://{self.host}/checkout/{id}", None, NOW + timedelta(minutes=15),
            )  # fmt: skip
        self.webhook = order.webhook_url
        if self.times_out:
            raise Unavailable("provider_unavailable", "no answer")
        return self.payments[id]

    def fetch(self, id):
        return self.payments[id]

    def cancel(self, id):
        self.canceled.append(id)

    def becomes(self, id, state, **more):
        from dataclasses import replace

        paid_at = datetime(2026, 9, 1, 8, 1, tzinfo=UTC) if state == "paid" else None
        self.payments[id] = replace(
            self.payments[id], state=AttemptState(state), paid_at=paid_at, **more
        )


@pytest.fixture
def shop(api, deployed, monkeypatch):
    """A link over F1 (250.00) with its pages, and a provider behind them."""
    provider = Provider()
    made = api("payments/api", "POST", "/v1/payment-links", {"debtor": "D1"}).body
    token = made["url"].rsplit("/", 1)[1]

    def page(method, path, form=""):
        module = load("payments/pay_page")
        monkeypatch.setattr(module, "provider_of", lambda: provider)
        event = {
            "version": "2.0", "rawPath": path, "rawQueryString": "", "headers": {},
            "requestContext": {"http": {"method": method, "path": path}, "stage": "$default",
                               "requestId": "r"},
            "isBase64Encoded": False, "body": form,
        }  # fmt: skip
        answer = module.handler(event, CONTEXT)
        return SimpleNamespace(
            status=answer["statusCode"], body=answer["body"], headers=answer["headers"]
        )

    def webhook(id, path=None):
        module = load("payments/mollie_webhook")
        path = path or urlsplit(provider.webhook).path
        event = {
            "version": "2.0", "rawPath": path, "rawQueryString": "",
            "headers": {"content-type": "application/x-www-form-urlencoded"},
            "requestContext": {"http": {"method": "POST", "path": path}, "stage": "$default",
                               "requestId": "r"},
            "body": base64.b64encode(f"id={id}".encode()).decode(), "isBase64Encoded": True,
        }  # fmt: skip
        answer = module.handler(event, CONTEXT)
        headers = {k.lower(): v for k, v in answer["headers"].items()}
        body = json.loads(answer["body"])
        return SimpleNamespace(status=answer["statusCode"], body=body, headers=headers)

    def work():
        """Runs the worker over everything in its queue."""
        module = load("payments/record_payment")
        monkeypatch.setattr(module, "provider_of", lambda: provider)
        url = deployed.queues["payments"]
        got = deployed.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        failed = []
        for message in got:
            record = {"messageId": "1", "body": message["Body"], "eventSource": "aws:sqs"}
            answer = module.handler({"Records": [record | {"attributes": {}}]}, CONTEXT)
            failed += answer["batchItemFailures"]
            deployed.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return failed

    return SimpleNamespace(
        provider=provider, token=token, page=page, webhook=webhook, work=work,
        books=deployed.books, clock=deployed.clock, link=made,
        pay=lambda: page("POST", f"/p/{token}/pay", f"nonce={nonce_of(token)}"),
    )  # fmt: skip


def booked(shop):
    return [e for e in shop.books.all_of(Entry, ORG, "D1") if e.kind is EntryKind.PAYMENT]


def open_of(shop, number="F1"):
    return shop.books.get(Invoice, ORG, "D1", number).open.minor


def attempts(shop):
    return shop.books.all_of(PaymentAttempt, ORG, "D1")


def test_looking_at_the_page_changes_nothing(shop):
    before = len(list(shop.books._item.scan()))
    assert shop.page("HEAD", f"/p/{shop.token}").status == 200
    for _ in range(3):
        answer = shop.page("GET", f"/p/{shop.token}")
    assert answer.status == 200
    assert "Van Dijk Bouwmaterialen" in answer.body
    assert "<script" not in answer.body
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert len(list(shop.books._item.scan())) == before
    assert shop.provider.payments == {}


def test_the_button_leads_to_the_bank_and_the_webhook_books_it(shop):
    answer = shop.pay()
    assert (answer.status, answer.headers["Location"]) == (
        303, "https://www.mollie.com/checkout/tr_0001",
    )  # fmt: skip
    shop.provider.becomes("tr_0001", "paid")
    assert shop.webhook("tr_0001").status == 200
    assert open_of(shop) == 25_000, "the webhook itself books nothing"
    assert shop.work() == []
    (entry,) = booked(shop)
    assert (entry.amount, open_of(shop)) == (eur("-250.00"), 0)
    page = shop.page("GET", f"/p/{shop.token}/return").body
    assert "250,00" in page and "refresh" not in page


def test_reminders_stop_when_the_money_is_in(shop):
    from kasstroom.dunning.model import DunningCase

    assert shop.books.get(DunningCase, ORG, "D1").next_action_at is not None
    paid(shop)
    assert shop.books.get(DunningCase, ORG, "D1").next_action_at is None


def paid(shop, **more):
    shop.pay()
    id = f"tr_{len(shop.provider.payments):04}"
    shop.provider.becomes(id, "paid", **more)
    shop.webhook(id)
    shop.work()
    return id


def test_the_same_webhook_five_times_books_once(shop):
    id = paid(shop)
    for _ in range(4):
        shop.webhook(id)
        assert shop.work() == []
    assert len(booked(shop)) == 1


def test_a_late_expired_report_takes_nothing_back(shop):
    id = paid(shop)
    shop.provider.becomes(id, "expired")
    shop.webhook(id)
    shop.work()
    assert open_of(shop) == 0
    assert attempts(shop)[0].state is AttemptState.PAID


def test_paid_after_a_failed_report_is_still_booked(shop):
    shop.pay()
    for state in ("failed", "paid"):
        shop.provider.becomes("tr_0001", state)
        shop.webhook("tr_0001")
        shop.work()
    assert open_of(shop) == 0


def test_how_far_the_payer_is_shows_as_soon_as_the_provider_told(shop, api):
    """A try that failed is news too, once, however often the provider calls."""

    def tries():
        found = api("payments/api", "GET", f"/v1/payment-links/{shop.link['id']}").body
        return [(one["state"], one["provider_id"]) for one in found["attempts"]]

    assert tries() == []
    shop.pay()
    assert tries() == [("open", "tr_0001")]
    shop.provider.becomes("tr_0001", "failed")
    for _ in range(2):
        shop.webhook("tr_0001")
        shop.work()
    assert tries() == [("failed", "tr_0001")]
    told = [json.loads(i.body) for i in shop.books._item.scan() if i.sk.startswith("EVT#")]
    (event,) = [one for one in told if one["type"] == "payment.not_completed"]
    assert (event["data"]["state"], event["data"]["link"]) == ("failed", shop.link["id"])
    assert event["data"]["amount"] == {"value": "250.00", "currency": "EUR"}


def test_two_clicks_are_one_payment(shop):
    assert shop.pay().headers["Location"] == shop.pay().headers["Location"]
    assert len(shop.provider.payments) == len(attempts(shop)) == 1


def test_a_time_out_after_creating_is_retried_with_the_same_key(shop):
    shop.provider.times_out = True
    answer = shop.pay()
    assert answer.status == 503
    assert "https://www.mollie.com" not in answer.body
    shop.provider.times_out = False
    assert shop.pay().status == 303
    assert len(shop.provider.payments) == len(attempts(shop)) == 1


def test_an_expired_attempt_makes_way_and_both_payments_are_kept(shop):
    shop.pay()
    set_clock(shop.clock, NOW + timedelta(minutes=14))
    shop.pay()
    assert len(attempts(shop)) == 2
    assert shop.provider.canceled == ["tr_0001"]
    for id in ("tr_0002", "tr_0001"):
        shop.provider.becomes(id, "paid")
        path = next(
            f"/webhooks/mollie/{ORG}/{a.id}/{signature(shop, a.id)}"
            for a in attempts(shop) if a.provider_id == id
        )  # fmt: skip
        shop.webhook(id, path)
        shop.work()
    assert open_of(shop) == 0
    assert len(booked(shop)) == 2
    (rest,) = shop.books.listing(UnmatchedMoney, ORG, after="", limit=9)
    assert (rest.amount, rest.owner) == (eur("250.00"), "credit_management")


def signature(shop, attempt_id):
    import os

    from kasstroom_aws.secrets import ProviderSecrets

    return ProviderSecrets(os.environ["PROVIDER_SECRET"]).signature(ORG, attempt_id)


def test_what_was_received_is_booked_also_when_it_is_less(shop):
    paid(shop, amount=eur("100.00"))
    assert open_of(shop) == 15_000
    page = shop.page("GET", f"/p/{shop.token}").body
    assert "150,00" in page


def test_too_much_waits_for_a_person(shop):
    paid(shop, amount=eur("260.00"))
    (rest,) = shop.books.listing(UnmatchedMoney, ORG, after="", limit=9)
    assert (open_of(shop), rest.amount) == (0, eur("10.00"))


def test_money_in_another_currency_is_kept_apart(shop):
    paid(shop, amount=Money(25_000, "SEK"))
    assert open_of(shop) == 25_000
    (rest,) = shop.books.listing(UnmatchedMoney, ORG, after="", limit=9)
    assert rest.amount == Money(25_000, "SEK")


@pytest.mark.parametrize("wrong", [{"mode": "live"}, {"reference": "att_other"}])
def test_a_payment_that_is_not_ours_is_not_booked(shop, wrong):
    paid(shop, **wrong)
    assert (open_of(shop), booked(shop)) == (25_000, [])


def test_a_second_payment_of_the_same_attempt_is_booked_too(shop):
    """The provider forgot our idempotency key and made two payments of one attempt: both paid."""
    from dataclasses import replace

    paid(shop)
    shop.provider.payments["tr_twin"] = replace(shop.provider.payments["tr_0001"], id="tr_twin")
    shop.webhook("tr_twin")
    assert shop.work() == []
    assert len(booked(shop)) == 2
    assert shop.books.listing(UnmatchedMoney, ORG, after="", limit=9)[0].amount == eur("250.00")


def test_a_forged_webhook_is_turned_away_without_a_look(shop):
    shop.pay()
    path = re.sub(r"/[0-9a-f]{32}$", "/" + "0" * 32, urlsplit(shop.provider.webhook).path)
    answer = shop.webhook("tr_0001", path)
    assert (answer.status, problem(answer)) == (400, "malformed_webhook")
    real = urlsplit(shop.provider.webhook).path
    for other in (path[:-1] + "é", real.replace(ORG, "jansen"), real.replace("att_", "att_0")):
        assert shop.webhook("tr_0001", other).status == 400, other
    for id in ("", "tr_", "../x", "tr_é", "tr_1&id=tr_2", "%ff", "\x00", "x" * 10_000_000):
        assert shop.webhook(id).status == 400, id[:20]
    assert shop.work() == []


def test_a_lost_webhook_is_found_by_the_sweep(shop):
    shop.pay()
    shop.provider.becomes("tr_0001", "paid")
    sweep = load("payments/sweep_attempts")
    assert sweep.handler({}, CONTEXT) == {"queued": 0}
    set_clock(shop.clock, NOW + timedelta(minutes=21))
    assert sweep.handler({}, CONTEXT) == {"queued": 1}
    shop.work()
    assert open_of(shop) == 0


def test_unknown_expired_and_revoked_links_look_the_same(shop, api):
    unknown = shop.page("GET", "/p/AAAAAAAAAAAAAAAAAAAAAA")
    api("payments/api", "DELETE", f"/v1/payment-links/{shop.link['id']}")
    revoked = shop.page("GET", f"/p/{shop.token}")
    other = api("payments/api", "POST", "/v1/payment-links", {"debtor": "D1"}).body
    set_clock(shop.clock, NOW + timedelta(days=91))
    expired = shop.page("GET", f"/p/{other['url'].rsplit('/', 1)[1]}")
    assert unknown.status == 404
    for answer in (revoked, expired):
        assert (answer.status, answer.body, answer.headers) == (
            unknown.status, unknown.body, unknown.headers,
        )  # fmt: skip
    assert shop.page("POST", f"/p/{shop.token}/pay").status == 404


def test_a_checkout_address_of_another_host_is_never_followed(shop):
    for host in ("evil.example", "www.mollie.com.evil.example", "www.mollie.com:444"):
        shop.provider.host = host
        shop.provider.payments.clear()
        shop.provider.by_key.clear()
        answer = shop.pay()
        assert answer.status != 303
        assert host not in answer.body


def test_a_paid_link_thanks_and_takes_no_second_payment(shop):
    paid(shop)
    assert shop.page("GET", f"/p/{shop.token}").status == 200
    assert shop.pay().status != 303
    assert len(shop.provider.payments) == 1


def test_the_ledger_agrees_after_all_kinds_of_payments(shop, api):
    invoice(shop.books, "F2", "80.00")
    paid(shop, amount=eur("100.00"))
    paid(shop)
    balances = api("debtors/api", "GET", "/v1/debtors/D1/statement").body["balances"]
    assert balances == [
        {
            "currency": "EUR",
            "balance": {"value": "80.00", "currency": "EUR"},
            "open": {"value": "80.00", "currency": "EUR"},
            "unallocated": {"value": "0.00", "currency": "EUR"},
            "balanced": True,
        }
    ]
