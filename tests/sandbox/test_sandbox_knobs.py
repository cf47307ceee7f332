"""What the tester can make go wrong, and that it does go wrong."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from mollie.api.error import (
    ResponseError,
)

from tests.sandbox.driving import choose, mollie, send, turn, wish


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


def test_mollie_alone_can_be_down(world: Any) -> None:
    turn(world, mollie_down=True)
    for _ in range(3):
        with pytest.raises(ResponseError):
            mollie(world).payments.create(wish(world))
    turn(world, mollie_down=False)
    assert mollie(world).payments.create(wish(world)).is_open()
