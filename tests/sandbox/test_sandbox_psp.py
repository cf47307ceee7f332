"""The payment provider, driven by Mollie's own Python client over HTTP."""

from __future__ import annotations

import json
import logging
import re
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

import pytest
from mollie.api.client import Client
from mollie.api.error import (
    BadRequestError,
    NotFoundError,
    ResponseError,
    UnauthorizedError,
    UnprocessableEntityError,
)

KEY = "test_kasstroom_2026"


def mollie(world: Any, key: str = KEY) -> Client:
    client = Client(api_endpoint=f"{world.psp_url}/mollie", timeout=(2, 5), retry=0)
    client.set_api_key(key)
    return client


def wish(world: Any, **changes: Any) -> dict[str, Any]:
    return {
        "amount": {"currency": "EUR", "value": "1186.85"},
        "description": "Factuur 2026-0042 en 2026-0057",
        "redirectUrl": f"{world.shop_url}/p/token/return",
        "webhookUrl": f"{world.shop_url}/webhooks/mollie/org/att/sig",
        "method": "ideal",
        "locale": "nl_NL",
        "metadata": {"org": "vandijk", "attempt": "att_1"},
    } | changes


def send(
    method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], str]:
    """An HTTP call that follows no redirect; status, headers, body."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    request = urllib.request.Request(url, body, headers or {}, method=method)
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=10)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        found = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, found, answer.read().decode()


def choose(world: Any, payment_id: str, outcome: str) -> tuple[int, dict[str, str], str]:
    body = urlencode({"outcome": outcome}).encode()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return send("POST", f"{world.psp_url}/checkout/{payment_id}", body, headers)


def turn(world: Any, **knobs: Any) -> None:
    body = json.dumps(knobs).encode()
    headers = {"content-type": "application/json"}
    status, _, text = send("PUT", f"{world.psp_url}/psp/knobs", body, headers)
    assert status == 200, text


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


def test_duplicates_and_delay_reach_the_queue(world: Any) -> None:
    turn(world, duplicates=2)
    payment = mollie(world).payments.create(wish(world))
    choose(world, payment.id, "paid")
    assert world.deliver() == []
    assert [body for _, _, body in world.calls] == [f"id={payment.id}".encode()] * 3
    turn(world, duplicates=0, delay_seconds=1)
    late = mollie(world).payments.create(wish(world))
    choose(world, late.id, "paid")
    assert world.queued() == []
    time.sleep(1.1)
    assert len(world.queued()) == 1


def test_a_lost_webhook_never_comes_until_the_tester_sends_it(world: Any) -> None:
    turn(world, lost_webhook=True, duplicates=3)
    payment = mollie(world).payments.create(wish(world))
    choose(world, payment.id, "paid")
    assert mollie(world).payments.get(payment.id).is_paid()
    assert world.queued() == []
    status, headers, _ = send("POST", f"{world.psp_url}/psp/payments/{payment.id}/webhook", b"")
    assert (status, headers["location"]) == (303, f"/psp/payments/{payment.id}")
    assert len(world.queued()) == 1


def test_an_early_webhook_finds_an_open_payment(world: Any) -> None:
    turn(world, out_of_order=True)
    payment = mollie(world).payments.create(wish(world))
    choose(world, payment.id, "paid")
    assert len(world.queued()) == 1
    assert mollie(world).payments.get(payment.id).is_open()
    world.turn_clock(4)
    assert mollie(world).payments.get(payment.id).is_paid()
    time.sleep(3.1)
    assert len(world.queued()) == 1


def test_a_silent_cancel_leaves_it_open_without_a_word(world: Any) -> None:
    turn(world, silent_cancel=True)
    payment = mollie(world).payments.create(wish(world))
    assert choose(world, payment.id, "canceled")[0] == 303
    assert mollie(world).payments.get(payment.id).is_open()
    assert world.queued() == []


@pytest.mark.parametrize("code", [429, 503])
def test_an_outage_lasts_as_many_calls_as_asked(world: Any, code: int) -> None:
    turn(world, fail_next=2, fail_with=code)
    client = mollie(world)
    for _ in range(2):
        with pytest.raises(ResponseError) as failed:
            client.payments.create(wish(world), idempotency_key="k1")
        assert failed.value.status == code
    assert client.payments.create(wish(world), idempotency_key="k1").is_open()


@pytest.mark.parametrize(
    "knobs",
    [
        {"delay_seconds": 901},
        {"delay_seconds": -1},
        {"delay_seconds": "5"},
        {"duplicates": True},
        {"lost_webhook": "yes"},
        {"fail_with": 500},
        {"nonsense": 1},
    ],
)
def test_a_wrong_knob_changes_nothing(world: Any, knobs: dict[str, Any]) -> None:
    body = json.dumps(knobs).encode()
    status, headers, text = send("PUT", f"{world.psp_url}/psp/knobs", body)
    assert status == 422
    assert headers["content-type"] == "application/problem+json"
    assert json.loads(text)["detail"]
    assert json.loads(send("GET", f"{world.psp_url}/psp/knobs")[2])["delay_seconds"] == 0


def test_the_form_turns_knobs_and_resets_them(world: Any) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    form = {"delay_seconds": "5", "duplicates": "1", "fail_next": "0", "fail_with": "429"}
    body = urlencode(form | {"lost_webhook": "on"}).encode()
    assert send("POST", f"{world.psp_url}/psp/knobs", body, headers)[0] == 303
    knobs = json.loads(send("GET", f"{world.psp_url}/psp/knobs")[2])
    assert (knobs["delay_seconds"], knobs["lost_webhook"], knobs["out_of_order"]) == (
        5,
        True,
        False,
    )
    assert send("POST", f"{world.psp_url}/psp/knobs", b"reset=1", headers)[0] == 303
    assert not json.loads(send("GET", f"{world.psp_url}/psp/knobs")[2])["lost_webhook"]
    assert send("POST", f"{world.psp_url}/psp/knobs", b"duplicates=x", headers)[0] == 422


def test_the_pages_are_there_in_two_languages_under_a_strict_policy(world: Any) -> None:
    hostile = "<script>alert(1)</script> & {{ 7*7 }}"
    payment = mollie(world).payments.create(wish(world, description=hostile, locale=None))
    for path in ("/psp", f"/psp/payments/{payment.id}", f"/checkout/{payment.id}"):
        for language, marker in (("nl", "Oefenomgeving"), ("en", "Sandbox")):
            headers = {"accept": "text/html", "accept-language": language}
            status, found, html = send("GET", world.psp_url + path, headers=headers)
            assert status == 200, path
            assert marker in html
            assert f'lang="{language}"' in html
            assert "<script>" not in html
            assert "{{ 7*7 }}" in html
            assert "default-src 'none'" in found["content-security-policy"]
    assert world.shop_url in found["content-security-policy"]
    assert send("GET", f"{world.psp_url}/checkout/sandbox.css")[1]["content-type"].startswith(
        "text/css"
    )


def test_the_control_page_speaks_json_to_scripts(world: Any) -> None:
    payment = mollie(world).payments.create(wish(world))
    choose(world, payment.id, "paid")
    world.deliver()
    state = json.loads(send("GET", f"{world.psp_url}/psp?format=json")[2])
    assert state["knobs"]["duplicates"] == 0
    row = state["payments"][0]
    assert (row["id"], row["status"]) == (payment.id, "paid")
    assert [one["result"] for one in row["webhooks"]] == ["200"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/mollie/v2/payments", b"{"),
        ("POST", "/mollie/v2/payments", b"[]"),
        ("POST", "/mollie/v2/payments", b"[" * 100_000),
        ("POST", "/mollie/v2/payments", b"\xff\xfe\x00"),
        ("POST", "/mollie/v2/payments", b'{"metadata": NaN}'),
        ("POST", "/mollie/v2/payments", b"x" * 300_000),
        ("POST", "/mollie/v2/payments", b""),
        ("GET", "/mollie/v2/payments/tr_0123456789", None),
        ("GET", "/mollie/v2/payments/tr_" + "x" * 3000, None),
        ("GET", "/mollie/v2/payments/%00%ff", None),
        ("GET", "/mollie/v2/payments?limit=many", None),
        ("GET", "/mollie/v2/payments?limit=99999999999999", None),
        ("DELETE", "/mollie/v2/payments/tr_0123456789", None),
        ("PATCH", "/mollie/v2/payments/tr_0123456789", b"{}"),
        ("POST", "/mollie/v2/payments/tr_0123456789/refunds", b"{}"),
        ("GET", "/mollie/v2/customers", None),
        ("GET", "/checkout/tr_0123456789", None),
        ("GET", "/checkout/..%2f..%2fetc%2fpasswd", None),
        ("POST", "/checkout/tr_0123456789", b"outcome=paid"),
        ("PUT", "/psp/knobs", b"null"),
        ("PUT", "/psp/knobs", b'{"fail_with": {}}'),
        ("GET", "/psp/payments/x", None),
        ("POST", "/psp/payments/x/webhook", b""),
    ],
)
def test_hostile_calls_are_refused_and_never_break_it(
    world: Any, method: str, path: str, body: bytes | None
) -> None:
    headers = {"authorization": f"Bearer {KEY}", "content-type": "application/json"}
    status, _, text = send(method, world.psp_url + path, body, headers)
    assert 400 <= status < 500, text


def test_an_unknown_outcome_is_refused(world: Any) -> None:
    payment = mollie(world).payments.create(wish(world))
    assert choose(world, payment.id, "authorized")[0] == 422
    assert choose(world, payment.id, "")[0] == 422
    assert mollie(world).payments.get(payment.id).is_open()


def test_odd_text_survives_the_round_trip(world: Any) -> None:
    odd = "Daniël \u202e 😀 Ω \ud800"
    payment = mollie(world).payments.create(wish(world, description=odd, metadata={"t": odd}))
    assert mollie(world).payments.get(payment.id).metadata == {"t": odd}
    assert send("GET", f"{world.psp_url}/checkout/{payment.id}")[0] == 200


def test_both_languages_say_the_same_things() -> None:
    from kasstroom_sandbox.words import WORDS

    assert WORDS["nl"].keys() == WORDS["en"].keys()
    assert not [text for words in WORDS.values() for text in words.values() if "!" in text]
