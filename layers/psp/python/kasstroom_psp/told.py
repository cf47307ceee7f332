"""What a signed webhook makes us look at. Nothing it says is believed: the payment is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kasstroom_psp.mollie_shapes import payment_of_event
from kasstroom_psp.signatures import forged

_ATTEMPT = re.compile(r"att_[0-9A-Z]{26}", re.ASCII)
_STRIPE_PAYMENT = re.compile(r"(?:cs|pi)_[A-Za-z0-9_]{4,200}", re.ASCII)
_MOLLIE_EVENT = re.compile(r"event_[A-Za-z0-9]{4,64}", re.ASCII)
_MOLLIE_KINDS = ("payment.", "refund.", "chargeback.")
_OF_A_PAYMENT = ("checkout.session", "payment_intent", "charge", "refund", "dispute")
_OURS_ON = ("checkout.session", "payment_intent", "charge")
"""Objects whose metadata carries our attempt; on a refund it carries our refund."""


@dataclass(frozen=True, slots=True)
class Told:
    """`provider_id` is anything the provider's `fetch` takes; `attempt_id` may be empty."""

    provider_id: str
    attempt_id: str = ""


def by_stripe(body: bytes, mode: str) -> Told | None:
    """None for an event about something else, or of the other mode. Refused `malformed_webhook`
    for what is no snapshot event."""
    event = _json(body)
    told = _mapping(_mapping(event.get("data")).get("object"))
    if event.get("object") != "event" or not told:
        raise forged()
    live = event.get("livemode")
    if live is not (mode == "live") or told.get("object") not in _OF_A_PAYMENT:
        return None
    kind, metadata = told["object"], _mapping(told.get("metadata"))
    intent = told.get("payment_intent")
    own = kind in ("checkout.session", "payment_intent")
    id = told.get("id") if own else _mapping(intent).get("id") or intent
    if not isinstance(id, str) or not _STRIPE_PAYMENT.fullmatch(id):
        return None
    return Told(id, _attempt(metadata.get("reference")) if kind in _OURS_ON else "")


def by_mollie(body: bytes) -> Told | None:
    """None for an event about something else. An event that does not say which payment it is
    about stands for it itself."""
    event = _json(body)
    if payment_id := payment_of_event(event):
        entity = _mapping(_mapping(event.get("_embedded")).get("entity")) or event
        ours = _mapping(entity.get("metadata")).get("reference")
        return Told(payment_id, _attempt(ours) if entity.get("resource") == "payment" else "")
    if event.get("resource") != "event":
        raise forged()
    id, kind = event.get("id"), event.get("type")
    about = isinstance(kind, str) and kind.startswith(_MOLLIE_KINDS)
    return Told(id) if about and isinstance(id, str) and _MOLLIE_EVENT.fullmatch(id) else None


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        parsed = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise forged() from None
    if not isinstance(parsed, Mapping):
        raise forged()
    return parsed


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _attempt(value: Any) -> str:
    return value if isinstance(value, str) and _ATTEMPT.fullmatch(value) else ""
