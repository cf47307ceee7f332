"""The payment provider, driven by Mollie's own Python client over HTTP."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from mollie.api.error import (
    BadRequestError,
    NotFoundError,
    UnauthorizedError,
    UnprocessableEntityError,
)

from tests.sandbox.driving import KEY, choose, mollie, send, wish


def test_a_new_payment_has_all_that_mollie_promises(world: Any) -> None:
    payment = mollie(world).payments.create(wish(world), idempotency_key="k1")
    assert re.fullmatch(r"tr_[A-Za-z0-9]{10}", payment.id)
    required = (
        "resource id mode createdAt amount description method metadata status profileId "
        "sequenceType redirectUrl webhookUrl _links"
    ).split()
    assert [name for name in required if name not in payment] == []
    assert payment["resource"] == "payment"
    assert payment.is_open()
    assert payment.mode == "test"
    assert payment.amount == {"value": "1186.85", "currency": "EUR"}
    assert payment.metadata == {"org": "vandijk", "attempt": "att_1"}
    assert payment.checkout_url == f"{world.psp_url}/checkout/{payment.id}"
    assert payment["profileId"].startswith("pfl_")


def test_create_answers_201_and_hal(world: Any) -> None:
    status, headers, text = send(
        "POST",
        f"{world.psp_url}/mollie/v2/payments",
        json.dumps(wish(world)).encode(),
        {"authorization": f"Bearer {KEY}", "content-type": "application/json"},
    )
    assert status == 201
    assert headers["content-type"].startswith("application/hal+json")
    assert json.loads(text)["_links"]["self"]["type"] == "application/hal+json"


def test_a_payer_pays_and_the_shop_hears_of_it(world: Any) -> None:
    payment = mollie(world).payments.create(wish(world))
    status, headers, _ = choose(world, payment.id, "paid")
    assert (status, headers["location"]) == (303, f"{world.shop_url}/p/token/return")
    assert world.calls == []
    assert world.deliver() == []
    assert world.calls == [
        (
            "/webhooks/mollie/org/att/sig",
            "application/x-www-form-urlencoded",
            f"id={payment.id}".encode(),
        )
    ]
    paid = mollie(world).payments.get(payment.id)
    assert paid.is_paid()
    assert paid.status == "paid"
    assert paid.checkout_url is None
    assert paid.details == {
        "consumerName": "T. Tester",
        "consumerAccount": "NL91ABNA0417164300",
        "consumerBic": "ABNANL2A",
    }
    assert paid.amount_remaining == {"value": "1186.85", "currency": "EUR"}


@pytest.mark.parametrize("outcome", ["failed", "canceled", "expired"])
def test_other_endings_are_final_too(world: Any, outcome: str) -> None:
    payment = mollie(world).payments.create(wish(world))
    choose(world, payment.id, outcome)
    status, _, page = choose(world, payment.id, "paid")
    assert status == 200
    assert "vast" in page
    assert mollie(world).payments.get(payment.id).status == outcome
    assert len(world.queued()) == 1


def test_leaving_it_open_changes_nothing(world: Any) -> None:
    payment = mollie(world).payments.create(wish(world))
    status, headers, _ = choose(world, payment.id, "open")
    assert (status, headers["location"]) == (303, f"{world.shop_url}/p/token/return")
    assert mollie(world).payments.get(payment.id).is_open()
    assert world.queued() == []


def test_who_cancels_goes_to_the_cancel_address(world: Any) -> None:
    cancel = f"{world.shop_url}/p/token/cancelled"
    payment = mollie(world).payments.create(wish(world, cancelUrl=cancel))
    assert choose(world, payment.id, "canceled")[1]["location"] == cancel


def test_the_merchant_can_cancel_while_it_is_open(world: Any) -> None:
    client = mollie(world)
    payment = client.payments.create(wish(world))
    assert client.payments.delete(payment.id).is_canceled()
    assert len(world.queued()) == 1
    with pytest.raises(UnprocessableEntityError):
        client.payments.delete(payment.id)


def test_ideal_expires_after_fifteen_minutes_and_says_so_once(world: Any) -> None:
    client = mollie(world)
    payment = client.payments.create(wish(world))
    world.turn_clock(14 * 60)
    assert client.payments.get(payment.id).is_open()
    world.turn_clock(15 * 60 + 1)
    expired = client.payments.get(payment.id)
    assert expired.is_expired()
    assert expired.expired_at == payment.expires_at
    assert client.payments.get(payment.id).is_expired()
    assert len(world.queued()) == 1
    assert choose(world, payment.id, "paid")[0] == 200
    assert client.payments.get(payment.id).is_expired()


def test_the_same_key_and_call_give_the_same_payment(
    world: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client = mollie(world)
    first = client.payments.create(wish(world), idempotency_key="k1")
    with caplog.at_level(logging.WARNING):
        again = client.payments.create(wish(world), idempotency_key="k1")
    assert again == first
    assert "Idempotent-Replayed" in caplog.text
    assert client.payments.list().count == 1


def test_the_same_key_with_other_parameters_is_refused(world: Any) -> None:
    client = mollie(world)
    client.payments.create(wish(world), idempotency_key="k1")
    other = wish(world, amount={"currency": "EUR", "value": "1.00"})
    with pytest.raises(BadRequestError):
        client.payments.create(other, idempotency_key="k1")


def test_a_refusal_is_replayed_as_well(world: Any) -> None:
    client = mollie(world)
    for _ in range(2):
        with pytest.raises(UnprocessableEntityError) as refused:
            client.payments.create(wish(world, description=""), idempotency_key="k1")
        assert refused.value.field == "description"


def test_an_hour_later_the_key_is_forgotten(world: Any) -> None:
    client = mollie(world)
    first = client.payments.create(wish(world), idempotency_key="k1")
    world.turn_clock(3700)
    assert client.payments.create(wish(world), idempotency_key="k1").id != first.id


@pytest.mark.parametrize("header", [None, "Bearer ", "Basic abc", "Bearer nonsense", "Bearer é"])
def test_a_missing_or_malformed_key_is_unauthorized(world: Any, header: str | None) -> None:
    headers = {"authorization": header} if header else {}
    url = f"{world.psp_url}/mollie/v2/payments/tr_0123456789"
    status, found, text = send("GET", url, headers=headers)
    assert status == 401
    assert found["content-type"].startswith("application/hal+json")
    assert json.loads(text)["status"] == 401


def test_a_revoked_key_is_unauthorized(world: Any) -> None:
    with pytest.raises(UnauthorizedError):
        mollie(world, "test_kasstroom_revoked").payments.list()


def test_a_key_sees_its_own_mode_and_profile_only(world: Any) -> None:
    payment = mollie(world, "live_kasstroom_2026").payments.create(wish(world))
    assert payment.mode == "live"
    for key in (KEY, "live_other_2026"):
        with pytest.raises(NotFoundError):
            mollie(world, key).payments.get(payment.id)
        assert mollie(world, key).payments.list().count == 0
    assert mollie(world, "live_kasstroom_2027").payments.get(payment.id).id == payment.id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": None}, "amount"),
        ({"amount": {"currency": "EUR", "value": 10.0}}, "amount.value"),
        ({"amount": {"currency": "EUR", "value": "10.0"}}, "amount.value"),
        ({"amount": {"currency": "EUR", "value": "-1.00"}}, "amount.value"),
        ({"amount": {"currency": "EUR", "value": "٣.00"}}, "amount.value"),
        ({"amount": {"currency": "EUR", "value": "0.00"}}, "amount"),
        ({"amount": {"currency": "EUR", "value": "50000.01"}}, "amount"),
        ({"amount": {"currency": "USD", "value": "10.00"}}, "amount.currency"),
        ({"amount": {"currency": "euro", "value": "10.00"}}, "amount.currency"),
        ({"description": "x" * 256}, "description"),
        ({"description": 7}, "description"),
        ({"redirectUrl": None}, "redirectUrl"),
        ({"redirectUrl": "javascript:alert(1)"}, "redirectUrl"),
        ({"redirectUrl": "http://[broken"}, "redirectUrl"),
        ({"cancelUrl": "/relative"}, "cancelUrl"),
        ({"webhookUrl": "https://example.org/hook"}, "webhookUrl"),
        ({"webhookUrl": "ftp://127.0.0.1/hook"}, "webhookUrl"),
        ({"method": "sofort"}, "method"),
        ({"method": {"a": 1}}, "method"),
        ({"locale": "Dutch"}, "locale"),
        ({"sequenceType": "recurring"}, "sequenceType"),
        ({"metadata": {"text": "x" * 2000}}, "metadata"),
    ],
)
def test_a_wrong_wish_names_the_field(world: Any, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UnprocessableEntityError) as refused:
        mollie(world).payments.create(wish(world, **changes))
    assert refused.value.field == field


@pytest.mark.parametrize("method", [None, ["ideal"], ["ideal", "bancontact"], "wero"])
def test_the_method_may_be_left_to_the_payer(world: Any, method: Any) -> None:
    payment = mollie(world).payments.create(wish(world, method=method))
    choose(world, payment.id, "paid")
    assert mollie(world).payments.get(payment.id).method in ("ideal", "wero")


def test_a_part_of_a_paid_payment_is_refunded(world: Any) -> None:
    client = mollie(world)
    payment = client.payments.create(wish(world))
    fifty = {"amount": {"currency": "EUR", "value": "50.00"}, "description": "Retour"}
    with pytest.raises(UnprocessableEntityError):
        payment.refunds.create(fifty)
    choose(world, payment.id, "paid")
    refund = payment.refunds.create(fifty)
    assert refund.id.startswith("re_")
    assert refund.status == "pending"
    paid = client.payments.get(payment.id)
    assert paid.status == "paid"
    assert paid.amount_refunded["value"] == "50.00"
    assert paid.amount_remaining["value"] == "1136.85"
    with pytest.raises(UnprocessableEntityError):
        payment.refunds.create({"amount": {"currency": "EUR", "value": "1136.86"}})
    world.turn_clock(61)
    assert [one.status for one in payment.refunds.list()] == ["refunded"]
