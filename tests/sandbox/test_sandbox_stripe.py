"""The Stripe-shaped provider, driven by Stripe's own Python client over HTTP."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
import stripe

from tests.sandbox.driving import choose, send, turn
from tests.shared import shared

KEY = "sk_test_vandijk_2026"


def client(world: Any, key: str = KEY) -> Any:
    return stripe.StripeClient(
        key,
        base_addresses={"api": f"{world.psp_url}/stripe"},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=(2, 10)),
    ).v1


def wish(world: Any, **changes: Any) -> dict[str, Any]:
    price = {"currency": "eur", "unit_amount": 118685, "product_data": {"name": "2026-0042"}}
    return {
        "mode": "payment",
        "allowed_payment_method_types": ["ideal"],
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": f"{world.shop_url}/p/token/return",
        "cancel_url": f"{world.shop_url}/p/token/return",
        "client_reference_id": "att_1",
        "metadata": {"reference": "att_1"},
        "payment_intent_data": {"metadata": {"reference": "att_1"}},
        "locale": "nl",
    } | changes


def paid(world: Any) -> Any:
    sessions = client(world).checkout.sessions
    session = sessions.create(wish(world))
    choose(world, session.id, "paid")
    return sessions.retrieve(session.id)


def endpoint(world: Any, *events: str) -> Any:
    asked = {"url": f"{world.shop_url}/hooks", "enabled_events": list(events) or ["*"]}
    return client(world).webhook_endpoints.create(asked)


def act(world: Any, id: str, action: str, body: bytes = b"") -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert send("POST", f"{world.psp_url}/psp/payments/{id}/{action}", body, headers)[0] == 303


def events(world: Any) -> list[str]:
    return [one.type for one in client(world).events.list({"limit": 100}).data]


def everything(world: Any) -> dict[str, dict[str, Any]]:
    """One of each kind of object, after a payment that went through all there is."""
    api, session = client(world), paid(world)
    api.refunds.create({"payment_intent": session.payment_intent, "amount": 100})
    act(world, session.id, "chargeback", b"amount=10.00")
    send("POST", f"{world.psp_url}/psp/settlements?format=json", b"")
    lists = {
        "checkout.session": api.checkout.sessions, "payment_intent": api.payment_intents,
        "charge": api.charges, "event": api.events, "refund": api.refunds,
        "dispute": api.disputes, "payout": api.payouts,
        "balance_transaction": api.balance_transactions,
    }  # fmt: skip
    return {kind: resource.list().data[0].to_dict() for kind, resource in lists.items()}


def test_every_object_has_the_fields_of_stripe_s_own_types(world: Any) -> None:
    shapes = json.loads(shared("data/psp/stripe-16.1.0-shapes.json").read_text())["objects"]
    for kind, made in everything(world).items():
        typed = shapes[kind]["fields"]
        assert set(made) <= set(typed), (kind, set(made) - set(typed))
        needed = {n for n, t in typed.items() if not t.startswith(("Optional", "ClassVar"))}
        assert needed <= set(made), (kind, needed - set(made))
        fits = {"int": int, "str": str, "bool": bool}
        for name, value in made.items():
            if expected := fits.get(typed[name]):
                assert type(value) is expected, (kind, name, value)


def test_what_we_ask_for_are_parameters_stripe_has(world: Any) -> None:
    params = json.loads(shared("data/psp/stripe-16.1.0-shapes.json").read_text())["params"]
    from kasstroom_sandbox.stripe.wishes import KNOWN, KNOWN_OF_REFUND

    assert set(params["checkout.session.create"]["SessionCreateParams"]) >= KNOWN
    assert set(params["refund.create"]["RefundCreateParams"]) >= KNOWN_OF_REFUND


@pytest.mark.parametrize("name", ["issuer", "payment_method_types"])
def test_a_parameter_that_stripe_has_not_or_no_more_is_named(world: Any, name: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client(world).checkout.sessions.create(wish(world, **{name: "abn"}))
    assert (refused.value.param, refused.value.code) == (name, "parameter_unknown")


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"mode": "subscription"}, "mode"),
        ({"line_items": []}, "line_items"),
        ({"allowed_payment_method_types": ["sofort2"]}, "allowed_payment_method_types[0]"),
        ({"success_url": "javascript:alert(1)"}, "success_url"),
        ({"expires_at": 1}, "expires_at"),
        ({"expires_at": int(time.time()) + 600}, "expires_at"),
        ({"expires_at": int(time.time()) + 100_000}, "expires_at"),
        ({"metadata": {"a": "x" * 501}}, "metadata"),
    ],
)
def test_a_wrong_wish_names_the_parameter(world: Any, changes: Any, param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client(world).checkout.sessions.create(wish(world, **changes))
    assert refused.value.param == param


@pytest.mark.parametrize(
    ("price", "param"),
    [
        ({"unit_amount": 0}, "line_items[0][price_data][unit_amount]"),
        ({"unit_amount": "1.5"}, "line_items[0][price_data][unit_amount]"),
        ({"currency": "EUR"}, "line_items[0][price_data][currency]"),
        ({"currency": "usd"}, "line_items"),
        ({"unit_amount": 5_000_001}, "line_items"),
        ({"product_data": {"name": ""}}, "line_items[0][price_data][product_data][name]"),
    ],
)
def test_a_wrong_price_names_the_parameter(world: Any, price: Any, param: str) -> None:
    asked = wish(world)
    asked["line_items"][0]["price_data"] |= price
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client(world).checkout.sessions.create(asked)
    assert refused.value.param == param


def test_the_same_key_and_call_give_the_same_session(world: Any) -> None:
    sessions = client(world).checkout.sessions
    first = sessions.create(wish(world), {"idempotency_key": "k1"})
    again = sessions.create(wish(world), {"idempotency_key": "k1"})
    assert again.id == first.id
    assert again.last_response.headers["idempotent-replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError):
        sessions.create(wish(world, locale="en"), {"idempotency_key": "k1"})
    world.turn_clock(23 * 3600)
    assert sessions.create(wish(world), {"idempotency_key": "k1"}).id == first.id
    world.turn_clock(25 * 3600)
    assert sessions.create(wish(world), {"idempotency_key": "k1"}).id != first.id


def test_a_key_in_use_is_a_conflict(world: Any) -> None:
    from datetime import UTC, datetime

    from kasstroom_sandbox.psp.ledger import Replays
    from kasstroom_sandbox.store import Store

    Replays(Store("sandbox")).claim("test:vandijk", "k1", "x", datetime.now(UTC))
    url = f"{world.psp_url}/stripe/v1/refunds"
    headers = {"authorization": f"Bearer {KEY}", "idempotency-key": "k1"}
    assert send("POST", url, b"amount=1", headers)[0] == 400, "another call: other parameters"


def test_events_are_signed_as_stripe_s_own_library_expects(world: Any) -> None:
    hook = endpoint(world)
    session = paid(world)
    assert world.deliver() == []
    assert len(world.calls) == len(world.heads) == 3
    seen = []
    for (path, _, body), headers in zip(world.calls, world.heads, strict=True):
        assert path == "/hooks"
        event = stripe.Webhook.construct_event(body, headers["stripe-signature"], hook.secret)
        seen.append(event.type)
    assert sorted(seen) == [
        "charge.succeeded", "checkout.session.completed", "payment_intent.succeeded",
    ]  # fmt: skip
    row = json.loads(send("GET", f"{world.psp_url}/psp/payments/{session.id}?format=json")[2])
    assert [one["result"] for one in row["webhooks"]] == ["200"] * 3


def test_an_endpoint_gets_what_it_asked_for_until_it_is_gone(world: Any) -> None:
    hook = endpoint(world, "checkout.session.completed")
    paid(world)
    assert world.deliver() == [] and len(world.calls) == 1
    client(world).webhook_endpoints.delete(hook.id)
    paid(world)
    assert world.queued() == []


def test_the_knobs_turn_stripe_s_webhooks_as_well(world: Any) -> None:
    endpoint(world, "checkout.session.completed")
    turn(world, duplicates=2)
    paid(world)
    assert world.deliver() == [] and len(world.calls) == 3
    turn(world, duplicates=0, lost_webhook=True)
    session = paid(world)
    assert world.queued() == []
    send("POST", f"{world.psp_url}/psp/payments/{session.id}/webhook", b"")
    assert len(world.queued()) == 1


def test_an_early_event_finds_an_open_session(world: Any) -> None:
    endpoint(world, "checkout.session.completed", "payment_intent.succeeded")
    turn(world, out_of_order=True)
    session = paid(world)
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert len(world.queued()) == 1
    world.turn_clock(4)
    session = client(world).checkout.sessions.retrieve(session.id)
    assert (session.status, session.payment_status) == ("complete", "paid")
    time.sleep(3.1)
    assert len(world.queued()) == 1


@pytest.mark.parametrize(("code", "error"), [(429, stripe.RateLimitError), (503, stripe.APIError)])
def test_an_outage_lasts_as_many_calls_as_asked(world: Any, code: int, error: type) -> None:
    turn(world, fail_next=1, fail_with=code)
    sessions = client(world).checkout.sessions
    with pytest.raises(error):
        sessions.create(wish(world), {"idempotency_key": "k1"})
    assert sessions.create(wish(world), {"idempotency_key": "k1"}).status == "open"


def test_a_failed_try_leaves_the_session_open(world: Any) -> None:
    sessions = client(world).checkout.sessions
    session = sessions.create(wish(world))
    choose(world, session.id, "failed")
    assert sessions.retrieve(session.id).status == "open"
    assert events(world) == ["payment_intent.payment_failed"]
    choose(world, session.id, "paid")
    assert sessions.retrieve(session.id).payment_status == "paid"


def test_only_an_open_session_expires_and_says_so_once(world: Any) -> None:
    sessions = client(world).checkout.sessions
    session = sessions.create(wish(world))
    assert sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        sessions.expire(session.id)
    assert events(world) == ["checkout.session.expired"]
    assert choose(world, session.id, "paid")[0] == 200
    assert sessions.retrieve(session.id).status == "expired"


def test_refunds_and_disputes_tell_the_whole_story(world: Any) -> None:
    api, session = client(world), paid(world)
    refund = api.refunds.create({"payment_intent": session.payment_intent, "amount": 5000})
    act(world, session.id, "bounce", f"of={refund.id}".encode())
    act(world, session.id, "chargeback")
    dispute = api.disputes.list().data[0]
    act(world, session.id, "reverse", f"of={dispute.id}".encode())
    assert events(world) == [
        "charge.dispute.funds_reinstated", "charge.dispute.closed",
        "charge.dispute.funds_withdrawn", "charge.dispute.created",
        "refund.failed", "refund.updated", "charge.refunded", "refund.created",
        "payment_intent.succeeded", "charge.succeeded", "checkout.session.completed",
    ]  # fmt: skip
    lines = api.balance_transactions.list({"limit": 100}).data
    assert sum(line.amount for line in lines) == session.amount_total


def test_lists_come_in_pages_and_by_filter(world: Any) -> None:
    sessions = client(world).checkout.sessions
    made = [sessions.create(wish(world)).id for _ in range(5)]
    listed = sessions.list({"limit": 2})
    assert (len(listed.data), listed.has_more) == (2, True)
    assert [one.id for one in listed.auto_paging_iter()] == made[::-1]
    assert sessions.list({"created": {"gt": int(time.time()) + 60}}).data == []
    with pytest.raises(stripe.InvalidRequestError):
        sessions.list({"limit": 101})


@pytest.mark.parametrize("key", ["", "sk_test_", "pk_test_abcdef", "sk_test_vandijk_revoked"])
def test_a_key_that_is_none_is_unauthorized_and_not_repeated(world: Any, key: str) -> None:
    headers = {"authorization": f"Bearer {key}"}
    status, _, text = send("GET", f"{world.psp_url}/stripe/v1/events", headers=headers)
    assert status == 401
    assert len(key) < 8 or key not in text


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "checkout/sessions", b"\xff\xfe"),
        ("POST", "checkout/sessions", b"a[b]=1&a=2&a[c]=3"),
        ("POST", "checkout/sessions", b"a=1&a[b]=2"),
        ("POST", "checkout/sessions", b"[" * 5000),
        ("POST", "checkout/sessions", b"a" + b"[b]" * 500 + b"=1"),
        ("POST", "checkout/sessions", b"&".join(b"a=1" for _ in range(600))),
        ("POST", "refunds", b"payment_intent=pi_nobody"),
        ("POST", "refunds", b"payment_intent[a]=1"),
        ("GET", "checkout/sessions?limit=many", None),
        ("GET", "checkout/sessions?created[gte]=soon", None),
        ("GET", "checkout/sessions?created[near]=1", None),
        ("GET", "checkout/sessions?starting_after=cs_x", None),
        ("GET", "checkout/sessions/evt_1", None),
        ("GET", "refunds/%00", None),
        ("GET", "refunds/" + "x" * 3000, None),
        ("PUT", "refunds", b""),
    ],
)
def test_what_makes_no_sense_is_an_error_of_the_caller(
    world: Any, method: str, path: str, body: bytes | None
) -> None:
    headers = {"authorization": f"Bearer {KEY}"}
    status, _, text = send(method, f"{world.psp_url}/stripe/v1/{path}", body, headers)
    assert 400 <= status < 500, text
    assert json.loads(text)


def test_both_providers_are_on_the_same_pages(world: Any) -> None:
    session = client(world).checkout.sessions.create(wish(world))
    assert re.fullmatch(r"cs_test_[A-Za-z0-9]{20}", session.id)
    headers = {"accept": "text/html", "accept-language": "nl"}
    for path in ("/psp", f"/psp/payments/{session.id}", f"/checkout/{session.id}"):
        status, found, html = send("GET", world.psp_url + path, headers=headers)
        assert status == 200 and "1.186,85" in html, path
    assert "Stripe" in send("GET", f"{world.psp_url}/psp", headers=headers)[2]
