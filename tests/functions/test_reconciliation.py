"""A day in one look through the API, and where its findings lead."""

from __future__ import annotations

from datetime import date, timedelta

from kasstroom.money import Money
from kasstroom.payments.differences import DifferenceKind, differs
from kasstroom.payments.provider_days import Day, keep_days
from kasstroom.payments.reported import NewsKind, ProviderNews
from tests.functions.conftest import Api, problem, set_clock
from tests.people import NOW, ORG

API = "payments/reconciliation_api"
TOMORROW = NOW + timedelta(days=1)


def test_a_day_says_whether_it_is_right_and_each_difference_leads_somewhere(api, deployed):
    books = deployed.books
    item = ProviderNews(NewsKind.PAYMENT, "tr_9", "tr_9", Money(500), NOW, True)
    dollars = ProviderNews(NewsKind.REFUND, "re_1", "tr_1", Money(700, "USD"), NOW, True)
    seen = Day().with_one(item, None, agrees=False).with_one(dollars, dollars.amount, agrees=True)
    keep_days(books, ORG, "mollie", {date(2026, 9, 1): seen}, TOMORROW)
    differs(books, ORG, "mollie", item, DifferenceKind.NOT_IN_LEDGER, None, TOMORROW)
    set_clock(deployed.clock, TOMORROW)
    day = api(API, "GET", "/v1/reconciliation?on=2026-09-01").body
    assert (day["status"], day["complete"]) == ("differs", False)
    assert "2026-09-01 is not right" in day["explanation"]
    assert [f["code"] for f in day["findings"]] == ["difference", "statement_missing"]
    (side,) = day["providers"]
    assert (side["status"], side["difference"]["value"]) == ("differs", "5.00")
    assert day["in_transit"] == {
        "count": 0, "amount": {"value": "0.00", "currency": "EUR"}, "payouts": [],
    }  # fmt: skip
    link = day["findings"][0]["link"]
    shown = api(API, "GET", link).body
    assert (shown["provider_id"], shown["on"]) == ("tr_9", "2026-09-01")
    assert api(API, "POST", f"{link}/resolve", {"note": "the other shop"}).status == 200
    after = api(API, "GET", "/v1/reconciliation?on=2026-09-01").body
    assert [f["code"] for f in after["findings"]] == ["statement_missing"]
    (usd,) = api(API, "GET", "/v1/reconciliation?on=2026-09-01&currency=USD").body["providers"]
    assert (usd["amount"]["value"], usd["booked"]["value"]) == ("-7.00", "-7.00")


def test_another_organisation_sees_nothing_of_it(api, deployed):
    item = ProviderNews(NewsKind.PAYMENT, "tr_9", "tr_9", Money(500), NOW, True)
    differs(deployed.books, ORG, "mollie", item, DifferenceKind.NOT_IN_LEDGER, None, NOW)
    (one,) = api(API, "GET", "/v1/payment-differences").body["items"]
    path = f"/v1/payment-differences/{one['id']}"
    other = Api({"allowed": "yes", "org": "jansen", "key": "k", "scopes": "*", "roles": ""})
    answer = other(API, "GET", path)
    assert (answer.status, problem(answer)) == (404, "difference_not_found")
    assert other(API, "GET", "/v1/payment-differences").body["items"] == []
    assert api(API, "GET", path).status == 200
