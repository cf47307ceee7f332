"""The registers of the sandbox on a port, and the product's settings that lead there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from functions.sandbox.registers import handler
from kasstroom.settings import RegisterSettings
from tests.lambda_http import serve
from tests.sandbox.driving import send


@contextmanager
def open_registers() -> Iterator[str]:
    """The address of `/registers`; the sandbox's settings are in the environment."""
    handler._site.cache_clear()
    with serve(handler.handler) as url:
        yield f"{url}/registers"
    handler._site.cache_clear()


def settings(url: str, secret: str = "provider") -> RegisterSettings:
    parts = ("kvk", "vies", "creditsafe/v1", "cir", "sanctions")
    return RegisterSettings(secret, *(f"{url}/{part}" for part in parts))


def ask(method: str, url: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    raw = None if body is None else json.dumps(body).encode()
    sent = {"content-type": "application/json"} | headers
    status, _, text = send(method, url, raw, sent)
    return status, json.loads(text) if text else None


def turn(url: str, **knobs: Any) -> None:
    status, answer = ask("PUT", f"{url}/knobs", knobs)
    assert status == 200, answer


def change(url: str, kvk: str, **facts: Any) -> Any:
    status, answer = ask("PATCH", f"{url}/companies/{kvk}", facts)
    assert status == 200, answer
    return answer
