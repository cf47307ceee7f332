"""Errors as RFC 9457 problem documents: one table from error class to what to do."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from kasstroom.errors import (
    Conflict,
    Duplicate,
    Forbidden,
    KasstroomError,
    NotFound,
    Refused,
    TooLarge,
    Unavailable,
)

CONTENT_TYPE = "application/problem+json"

HTTP_STATUS: dict[type[KasstroomError], int] = {
    NotFound: 404,
    Forbidden: 403,
    TooLarge: 413,
    Refused: 422,
    Duplicate: 409,
    Conflict: 409,
    Unavailable: 503,
}
RETRY: dict[type[KasstroomError], bool] = {
    NotFound: False,
    Refused: False,
    Duplicate: False,
    Conflict: True,
    Unavailable: True,
}


MOST_LISTED = 50

PLAIN = {
    "unexpected_keyword_argument": "There is no such field.",
    "extra_forbidden": "There is no such field.",
    "missing": "This field is required.",
    "missing_argument": "This field is required.",
}
"""What the validator says in its own words, in the caller's."""


def _row(table: dict[type[KasstroomError], Any], error: KasstroomError) -> Any:
    return next(table[cls] for cls in type(error).__mro__ if cls in table)


def status_of(error: KasstroomError) -> int:
    return _row(HTTP_STATUS, error)


def retries(error: KasstroomError) -> bool:
    """Whether a queue should deliver the message again."""
    return _row(RETRY, error)


def problem(
    status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """`type` is a stable code; `errors` point at fields by JSON pointer."""
    document: dict[str, Any] = {
        "type": f"urn:kasstroom:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        document["errors"] = errors
    return document


def of_error(error: KasstroomError) -> dict[str, Any]:
    if mistakes := getattr(error, "mistakes", ()):
        return problem(status_of(error), error.code, error.detail, _in_body(mistakes))
    errors = [{"pointer": error.pointer, "code": error.code, "detail": error.detail}]
    return problem(status_of(error), error.code, error.detail, errors if error.pointer else None)


def _in_body(mistakes: tuple[Any, ...]) -> list[dict[str, str]]:
    """Every mistake of a document that was sent as the body; their pointers begin in it."""
    return [{"pointer": f"/body{m.pointer}", "code": m.code, "detail": m.detail} for m in mistakes]


def of_validation(errors: list[dict[str, Any]]) -> dict[str, Any]:
    """What the caller has to fix, field by field, from pydantic's findings: the first MOST_LISTED,
    since a large body can be wrong in a hundred thousand places."""
    listed = [
        {
            "pointer": _pointer(error),
            "code": error["type"],
            "detail": PLAIN.get(error["type"], error["msg"]),
        }
        for error in errors[:MOST_LISTED]
    ]
    if any(error["type"] == "json_invalid" for error in errors):
        return problem(400, "malformed_json", "The body is not valid JSON.", listed)
    first = f"{listed[0]['pointer']}: {listed[0]['detail']}" if listed else "See errors."
    return problem(422, "invalid_request", f"The request has invalid fields. {first}", listed)


def _pointer(error: dict[str, Any]) -> str:
    """RFC 6901. What is no JSON has no place in it; the validator gives a character instead."""
    where = error["loc"][:1] if error["type"] == "json_invalid" else error["loc"]
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in where)


def dumps(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False)
