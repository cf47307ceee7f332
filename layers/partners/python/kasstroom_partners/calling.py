"""One HTTP call to somebody else's system: JSON in and out, within a time budget, never repeated.

What a caller may do about a failure is the whole answer: `Unavailable` when the same call may work
later, a status to judge otherwise. Neither headers nor addresses reach an error text: both can
hold a secret.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from kasstroom.errors import Unavailable

LARGEST_ANSWER_BYTES = 4 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024
_TOO_MANY_REQUESTS = 429


@cache
def _pool() -> urllib3.PoolManager:
    """Kept for the life of the process, so that a warm function keeps its connections."""
    return urllib3.PoolManager(num_pools=8, maxsize=4, retries=False)


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] = {},  # noqa: B006
    body: Any = None,
    budget_s: float = 2.0,
) -> tuple[int, Any]:
    """Status and body; None for an empty one, decimals as `Decimal`.

    `body` is sent as JSON unless it is None. Redirects are not followed. Raises Unavailable on a
    timeout, a lost connection, 429, 5xx, an answer that is not JSON or is larger than
    `LARGEST_ANSWER_BYTES`.
    """
    host = urlsplit(url).hostname or "the other side"
    ends = time.monotonic() + budget_s
    sent = {"Accept": "application/json", **headers}
    data = None
    if body is not None:
        sent["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    try:
        response = _pool().request(
            method, url, headers=sent, body=data, redirect=False, preload_content=False,
            timeout=urllib3.Timeout(total=budget_s),
        )  # fmt: skip
        raw = _read(response, ends, host)
    except (HTTPError, OSError) as error:
        detail = f"{host} does not answer in time ({type(error).__name__})."
        raise Unavailable("partner_unavailable", detail) from None
    if response.status == _TOO_MANY_REQUESTS or response.status >= 500:
        raise Unavailable("partner_unavailable", f"{host} is busy (status {response.status}).")
    return response.status, _parsed(raw, host)


def _read(response: urllib3.HTTPResponse, ends: float, host: str) -> bytes:
    """The body while there is time: a server that drips must not hold a checkout."""
    parts, size = [], 0
    try:
        while chunk := response.read1(_CHUNK_BYTES):
            size += len(chunk)
            parts.append(chunk)
            if size > LARGEST_ANSWER_BYTES or time.monotonic() > ends:
                response.close()
                detail = f"{host} answers too much, or too slowly."
                raise Unavailable("partner_unavailable", detail)
    finally:
        response.release_conn()
    return b"".join(parts)


def _parsed(raw: bytes, host: str) -> Any:
    if not raw.strip():
        return None
    try:
        return json.loads(raw, parse_float=Decimal)
    except ValueError:
        detail = f"{host} answered something that is not JSON."
        raise Unavailable("partner_unavailable", detail) from None
