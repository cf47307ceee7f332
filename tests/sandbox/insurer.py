"""The credit insurer of the sandbox on a port, and its knobs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from functions.sandbox.insurer import handler
from tests.lambda_http import serve
from tests.sandbox.driving import send


@contextmanager
def open_insurer() -> Iterator[str]:
    """The address of `/insurer`; the sandbox's other settings are in the environment."""
    handler._site.cache_clear()
    with serve(handler.handler) as url:
        os.environ["SANDBOX_URL"] = url
        yield f"{url}/insurer"
    handler._site.cache_clear()


def ask(method: str, url: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    raw = None if body is None else json.dumps(body).encode()
    sent = {"content-type": "application/json"} | headers
    status, _, text = send(method, url, raw, sent)
    return status, json.loads(text) if text else None


def turn(url: str, **knobs: Any) -> None:
    status, answer = ask("PUT", f"{url}/knobs", knobs)
    assert status == 200, answer
