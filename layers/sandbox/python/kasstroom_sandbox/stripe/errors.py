"""Stripe's error objects."""

from __future__ import annotations

from typing import Any

from kasstroom_sandbox.web import HttpError


def stripe_error(
    status: int, message: str, *, code: str = "", param: str = "", kind: str = ""
) -> HttpError:
    """`param` names the parameter that is wrong."""
    kinds = {429: "invalid_request_error", 503: "api_error"}
    error: dict[str, Any] = {"type": kind or kinds.get(status, "invalid_request_error")}
    error["message"] = message
    if code or status == 429:
        error["code"] = code or "rate_limit"
    if param:
        error["param"] = param
    headers = {"content-type": "application/json"}
    if status in (429, 503):
        headers["stripe-should-retry"] = "true"
    return HttpError(status, {"error": error}, headers)


def missing(kind: str, id: str) -> HttpError:
    message = f"No such {kind}: '{id[:60]}'"
    return stripe_error(404, message, code="resource_missing", param="id")


def wrong(param: str, message: str) -> HttpError:
    return stripe_error(400, message, param=param, code="parameter_invalid")


def other_call() -> HttpError:
    message = "Keys for idempotent requests can only be used with the same parameters."
    return stripe_error(400, message, kind="idempotency_error")


def still_busy() -> HttpError:
    message = "There is currently another in-progress request using this idempotency key."
    return stripe_error(409, message, code="idempotency_key_in_use", kind="idempotency_error")
