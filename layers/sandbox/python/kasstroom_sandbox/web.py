"""API Gateway HTTP events in, answers out: the few things a small site needs."""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

MAX_BODY_BYTES = 256 * 1024


class HttpError(Exception):
    """An answer that ends the request; `body` is the JSON of the API's own error shape."""

    def __init__(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None):
        super().__init__(f"{status} {body}")
        self.status, self.body, self.headers = status, body, headers or {}


@dataclass(frozen=True)
class Request:
    """`body` is the raw bytes; header names are lower case; the last query value wins."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    accepts_html: bool
    raw_query: str = ""

    @classmethod
    def from_event(cls, event: dict[str, Any]) -> Request:
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        raw = event.get("body") or ""
        body = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
        return cls(
            method=event["requestContext"]["http"]["method"],
            path=event.get("rawPath") or "/",
            query=dict(parse_qsl(event.get("rawQueryString") or "", keep_blank_values=True)),
            headers=headers,
            body=body,
            accepts_html="text/html" in headers.get("accept", ""),
            raw_query=event.get("rawQueryString") or "",
        )

    @property
    def form(self) -> dict[str, str]:
        """Fields of a form; bytes that are no text become replacement characters."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True)
class Response:
    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def to_event(self) -> dict[str, Any]:
        body = self.body.encode("utf-8", "replace").decode()
        return {"statusCode": self.status, "headers": self.headers, "body": body}


def json_response(status: int, body: Any, content_type: str = "application/json") -> Response:
    text = json.dumps(body)
    headers = {"content-type": f"{content_type}; charset=utf-8", "cache-control": "no-store"}
    return Response(status, text, headers)


def redirect(url: str) -> Response:
    return Response(303, "", {"location": url, "cache-control": "no-store"})


View = Callable[..., Response]


class Site:
    """Routes of one function: pattern -> view; path parts arrive as keyword arguments."""

    def __init__(self) -> None:
        self._routes: list[tuple[str, re.Pattern[str], View]] = []

    def route(self, method: str, path: str, view: View) -> None:
        """`/checkout/{id}`: a part in braces matches one path segment."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
        self._routes.append((method, re.compile(f"{pattern}/?"), view))

    def answer(self, event: dict[str, Any]) -> dict[str, Any]:
        """Never raises for what a client sent; a bug of ours is a plain 500 in the log."""
        try:
            request = Request.from_event(event)
            return self._dispatch(request).to_event()
        except HttpError as error:
            response = json_response(error.status, error.body)
            return Response(
                error.status, response.body, response.headers | error.headers
            ).to_event()
        except Exception:
            logging.getLogger(__name__).exception("the sandbox has a bug")
            return json_response(500, {"title": "Internal Server Error", "status": 500}).to_event()

    def _dispatch(self, request: Request) -> Response:
        if len(request.body) > MAX_BODY_BYTES:
            raise problem(413, f"The body may hold {MAX_BODY_BYTES} bytes at most.")
        allowed = []
        for method, pattern, view in self._routes:
            found = pattern.fullmatch(request.path)
            if found and method == request.method:
                return view(request, **found.groupdict())
            if found:
                allowed.append(method)
        if allowed:
            allow = ", ".join(allowed)
            raise problem(405, f"This address takes {allow}.", {"allow": allow})
        raise problem(404, f"There is nothing at {request.path}.")


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> HttpError:
    titles = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
    titles |= {413: "Content Too Large", 422: "Unprocessable Content"}
    headers = {"content-type": "application/problem+json"} | (headers or {})
    return HttpError(status, {"status": status, "title": titles[status], "detail": detail}, headers)


def _no_constant(name: str) -> None:
    """`NaN` and `Infinity` are Python's own idea of JSON."""
    raise ValueError(name)


def json_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object in a body, or None when it is anything else."""
    try:
        parsed = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None
