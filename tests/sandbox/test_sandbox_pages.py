"""The provider's pages, and calls that mean no good."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.driving import KEY, choose, mollie, send, wish


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
