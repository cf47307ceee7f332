"""Calls a webhook: Mollie's is a form with one field, a bureau's is JSON, and those of Mollie's
events and of Stripe are signed when they leave; 15 seconds to answer."""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from kasstroom.errors import Refused, Unavailable
from kasstroom.time import Clock
from kasstroom_sandbox.psp.ledger import Ledger
from kasstroom_sandbox.targets import allowed_target

TIMEOUT_SECONDS = 15
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mollie HTTP"}
_JSON = {"Content-Type": "application/json", "User-Agent": "Creditsafe notifier"}


_SIGNED = {
    "mollie": {"Content-Type": "application/json", "User-Agent": "Mollie HTTP"},
    "stripe": {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Stripe/1.0"},
}


def signature(scheme: str, secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The header a provider signs with; Stripe's holds the moment of this very call."""
    if scheme == "mollie":
        return {"X-Mollie-Signature": f"sha256={_hmac(secret, body)}"}
    seconds = int(now.timestamp())
    signed = _hmac(secret, f"{seconds}.".encode() + body)
    return {"Stripe-Signature": f"t={seconds},v1={signed}"}


def _hmac(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A webhook that answers with a redirect was not delivered."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def deliver(message: dict[str, Any], ledger: Ledger, clock: Clock, sandbox_url: str) -> None:
    """Refused: not a place to call. Unavailable: no 2xx answer, so the queue tries again."""
    url, payment_id = str(message.get("url", "")), str(message.get("id", ""))
    told, scheme = message.get("json"), message.get("scheme")
    if not allowed_target(url, sandbox_url):
        ledger.note_delivery(payment_id, clock(), "refused")
        raise Refused("webhook_target", "Webhooks go to this machine only.")
    if scheme:
        body = str(message["body"]).encode()
        signed = signature(str(scheme), str(message["secret"]), body, clock())
        result = _post(url, body, _SIGNED[str(scheme)] | signed)
    elif told is None:
        result = _post(url, urlencode({"id": payment_id}).encode(), _FORM)
    else:
        result = _post(url, json.dumps(told).encode(), _JSON)
    ledger.note_delivery(payment_id, clock(), result)
    if not result.startswith("2"):
        raise Unavailable("webhook_failed", f"The webhook of {payment_id or url} gave {result}.")


def _post(url: str, body: bytes, headers: dict[str, str]) -> str:
    """The status code, or the kind of failure when there was no answer."""
    opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return str(error.code)
    except TimeoutError:
        return "timeout"
    except (OSError, ValueError) as error:
        return type(error).__name__
