"""Calls a webhook the way Mollie does: a form with one field, and 15 seconds to answer."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

from kasstroom.errors import Refused, Unavailable
from kasstroom.time import Clock
from kasstroom_sandbox.psp.ledger import Ledger
from kasstroom_sandbox.targets import allowed_target

TIMEOUT_SECONDS = 15


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A webhook that answers with a redirect was not delivered."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def deliver(message: dict[str, Any], ledger: Ledger, clock: Clock, sandbox_url: str) -> None:
    """Refused: not a place to call. Unavailable: no 2xx answer, so the queue tries again."""
    url, payment_id = str(message.get("url", "")), str(message.get("id", ""))
    if not allowed_target(url, sandbox_url):
        ledger.note_delivery(payment_id, clock(), "refused")
        raise Refused("webhook_target", "Webhooks go to this machine only.")
    result = _post(url, urlencode({"id": payment_id}).encode())
    ledger.note_delivery(payment_id, clock(), result)
    if not result.startswith("2"):
        raise Unavailable("webhook_failed", f"The webhook of {payment_id} gave {result}.")


def _post(url: str, body: bytes) -> str:
    """The status code, or the kind of failure when there was no answer."""
    opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mollie HTTP"}
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
