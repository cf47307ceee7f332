"""Mollie's error objects."""

from __future__ import annotations

from typing import Any

from kasstroom_sandbox.web import HttpError

HAL = "application/hal+json"
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized Request",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    422: "Unprocessable Entity",
    429: "Too Many Requests",
    503: "Service Unavailable",
}


def mollie_error(status: int, detail: str, field: str = "") -> HttpError:
    """`field` names the parameter that is wrong."""
    body: dict[str, Any] = {"status": status, "title": _TITLES[status], "detail": detail}
    if field:
        body["field"] = field
    documentation = {"href": "https://docs.mollie.com/overview/handling-errors"}
    body["_links"] = {"documentation": documentation | {"type": "text/html"}}
    headers = {"content-type": f"{HAL}; charset=utf-8"}
    if status in (429, 503):
        headers["retry-after"] = "1"
    return HttpError(status, body, headers)


def wrong(field: str, detail: str) -> HttpError:
    return mollie_error(422, detail, field)
