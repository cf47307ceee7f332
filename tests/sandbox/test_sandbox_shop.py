"""The shop of the sandbox takes webhooks as a careful receiver does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kasstroom.settings import SandboxSettings
from kasstroom.webhooks.signature import HEADER, header_of
from kasstroom_sandbox.shop.site import shop_site
from tests.lambda_http import http_event

AT, SECRET = 1_788_249_600, "whsec_demo"
BODY = json.dumps({"type": "invoice.paid", "subject": "F<1>", "data": {"n": "€"}}).encode()
SENT_AS = "application/cloudevents+json; charset=utf-8"


@pytest.fixture
def shop(world: Any) -> Any:
    site = shop_site(SandboxSettings.from_env(), lambda: AT + 1.5)

    def ask(method: str, path: str = "/hooks", body: bytes = b"", **headers: str) -> Any:
        return site.answer(http_event(method, path, headers, body))

    answer = ask("PUT", "/hooks/settings", json.dumps({"secret": SECRET}).encode())
    assert json.loads(answer["body"]) == {"secrets": 1, "status": 204}
    return ask


def send(shop: Any, secret: str = SECRET, at: int = AT, delivery: str = "dlv_1") -> int:
    headers = {HEADER: header_of([secret], BODY, at), "Kasstroom-Delivery": delivery}
    return shop("POST", body=BODY, **headers, **{"content-type": SENT_AS})["statusCode"]


def seen(shop: Any) -> list[dict[str, Any]]:
    return json.loads(shop("GET", "/hooks?format=json")["body"])["hooks"]


def test_what_is_signed_is_taken_and_shown(shop: Any) -> None:
    assert send(shop) == 204
    (one,) = seen(shop)
    assert one["genuine"] and not one["again"] and one["event"] == json.loads(BODY)
    for language, said in (("nl", "handtekening klopt"), ("en", "signature is right")):
        html = shop("GET", f"/hooks?lang={language}", accept="text/html")["body"]
        assert said in html and "invoice.paid" in html and "F&lt;1&gt;" in html


@pytest.mark.parametrize(("secret", "at"), [("whsec_other", AT), (SECRET, AT - 400)])
def test_what_is_forged_or_old_is_refused_and_shown(shop: Any, secret: str, at: int) -> None:
    assert send(shop, secret, at) == 400
    assert [one["genuine"] for one in seen(shop)] == [False]
    assert "klopt niet" in shop("GET", "/hooks?lang=nl", accept="text/html")["body"]


def test_a_forged_one_does_not_make_the_real_one_known(shop: Any) -> None:
    send(shop, "whsec_other")
    assert send(shop) == 204 and not any(one["again"] for one in seen(shop))


def test_a_renewed_secret_is_one_more(shop: Any) -> None:
    shop("PUT", "/hooks/settings", b'{"secret": "whsec_new"}')
    assert [send(shop, s, delivery=s) for s in (SECRET, "whsec_new")] == [204, 204]


def test_the_tester_chooses_the_answer(shop: Any) -> None:
    shop("PUT", "/hooks/settings", b'{"status": 503}')
    assert send(shop) == 503 and seen(shop)[0]["status"] == 503


@pytest.mark.parametrize("wish", [b'{"status": 999}', b'{"statuz": 200}', b"[]", b"{"])
def test_a_wrong_wish_is_told(shop: Any, wish: bytes) -> None:
    assert shop("PUT", "/hooks/settings", wish)["statusCode"] == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff\xfe", b'{"type": 5}'])
def test_whatever_comes_in_can_be_shown(shop: Any, body: bytes) -> None:
    assert shop("POST", body=body)["statusCode"] == 400
    assert shop("GET", accept="text/html")["statusCode"] == 200


def test_the_page_is_empty_at_first(shop: Any) -> None:
    assert "Er kwam nog niets binnen" in shop("GET", accept="text/html")["body"]
