"""A small HTTP client of the suite, as a webshop would write it: standard library only."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any

from infra.local.place import NotReady

PATIENCE_S = 60


@dataclass(frozen=True)
class Answer:
    """`body` as it came; `json` parses it."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"null")

    @property
    def text(self) -> str:
        return self.body.decode()


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other: the caller looks where it points."""

    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_StayHere, urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Suite:
    """`url` without a slash at the end; `key` empty for public pages."""

    url: str
    key: str = ""

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request, whatever its status; `body` bytes go as they are, others as JSON."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} if data is not None else {}
        if self.key:
            sent["Authorization"] = f"Bearer {self.key}"
        if method == "POST" and self.key:
            sent["Idempotency-Key"] = str(uuid.uuid4())
        url = path if path.startswith("http") else self.url + path
        request = urllib.request.Request(url, data, sent | (headers or {}), method=method)
        try:
            with _OPENER.open(request, timeout=PATIENCE_S) as got:
                return Answer(got.status, got.headers, got.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def _expect(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = self.call(method, path, body, **more)
        if answer.status >= 300:
            said = answer.text[:600]
            raise NotReady(f"{method} {path} answered {answer.status} instead of success: {said}")
        return answer.json

    def get(self, path: str) -> Any:
        return self._expect("GET", path)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self._expect("POST", path, body, **more)

    def put(self, path: str, body: Any) -> Any:
        return self._expect("PUT", path, body)

    def patch(self, path: str, body: Any) -> Any:
        return self._expect("PATCH", path, body)

    def submit(self, path: str, form: dict[str, str]) -> Answer:
        """A form as a browser posts it; the answer is often a redirect, which is not followed."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.call("POST", path, urllib.parse.urlencode(form).encode(), headers)

    def every(self, path: str, **query: str) -> Iterator[Any]:
        """All items of a list, page by page."""
        cursor = ""
        while True:
            asked = {"limit": 100, **query} | ({"cursor": cursor} if cursor else {})
            page = self.get(f"{path}?{urllib.parse.urlencode(asked)}")
            yield from page["items"]
            cursor = page.get("next_cursor") or ""
            if not cursor:
                return
