"""A payment at the provider: how it begins, ends and looks. Pure: `now` is a value."""

from __future__ import annotations

import hashlib
import secrets
import string
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

Document = dict[str, Any]

EXPIRES_AFTER_MINUTES = {
    "ideal": 15, "wero": 15, "bancontact": 60, "creditcard": 30, "banktransfer": 14 * 24 * 60
}  # fmt: skip
OUTCOMES = ("paid", "failed", "canceled", "expired")
PAYER = {
    "consumerName": "T. Tester",
    "consumerAccount": "NL91ABNA0417164300",
    "consumerBic": "ABNANL2A",
}
REFUND_TAKES = timedelta(minutes=1)
_BASE62 = string.ascii_letters + string.digits
_MOMENT = {
    "paid": "paidAt",
    "failed": "failedAt",
    "canceled": "canceledAt",
    "expired": "expiredAt",
}


def stamp(instant: datetime) -> str:
    """`2026-11-21T09:30:00+00:00`, as Mollie writes instants."""
    return instant.replace(microsecond=0).isoformat()


def new_payment_id() -> str:
    return "tr_" + "".join(secrets.choice(_BASE62) for _ in range(10))


def profile_of(api_key: str) -> str:
    """`test_shop_2026` and `live_shop_2027` are keys of one profile: the word after the mode."""
    digest = hashlib.sha256(api_key.split("_")[1].encode()).digest()
    return "pfl_" + "".join(_BASE62[byte % 62] for byte in digest[:10])


def opened(wish: Document, payment_id: str, api_key: str, now: datetime) -> Document:
    """A new open payment for a checked wish; it expires by itself (iDEAL: 15 minutes)."""
    method = wish.get("method")
    offered = method if isinstance(method, list) else [method] if method else []
    forced = offered[0] if len(offered) == 1 else None
    expires_after = timedelta(minutes=EXPIRES_AFTER_MINUTES.get(forced or "ideal", 15))
    return {
        "id": payment_id,
        "mode": api_key.split("_")[0],
        "profileId": profile_of(api_key),
        "createdAt": stamp(now),
        "expiresAt": stamp(now + expires_after),
        "status": "open",
        "amount": {"value": wish["amount"]["value"], "currency": wish["amount"]["currency"]},
        "description": wish["description"],
        "method": forced,
        "offered": offered,
        "metadata": wish.get("metadata"),
        "sequenceType": wish.get("sequenceType", "oneoff"),
        "redirectUrl": wish["redirectUrl"],
        "cancelUrl": wish.get("cancelUrl"),
        "webhookUrl": wish.get("webhookUrl"),
        "locale": wish.get("locale"),
        "refunds": [],
        "chargebacks": [],
    }


def ended(
    payment: Document, outcome: str, now: datetime, shows_at: datetime, chosen: str = ""
) -> Document:
    """The open payment with its outcome; until `shows_at` everybody still sees it open. `chosen`:
    the method the payer picked of those offered."""
    offered = payment["offered"]
    method = chosen if chosen in offered else payment["method"] or [*offered, "ideal"][0]
    return payment | {
        "status": outcome,
        "method": method,
        _MOMENT[outcome]: stamp(now),
        "shows_at": shows_at.isoformat(),
    }


def expiry_due(payment: Document, now: datetime) -> bool:
    """An open payment whose time is over; nobody has written that down yet."""
    return payment["status"] == "open" and now >= datetime.fromisoformat(payment["expiresAt"])


def shown_status(payment: Document, now: datetime) -> str:
    """What the outside may see now."""
    shows_at = payment.get("shows_at")
    if shows_at and now < datetime.fromisoformat(shows_at):
        return "open"
    return "expired" if expiry_due(payment, now) else payment["status"]


def refunded(payment: Document) -> Decimal:
    """What went back, or is on its way: a bounced refund is not."""
    gone = (one for one in payment["refunds"] if not one.get("failedAt"))
    return sum((Decimal(one["amount"]["value"]) for one in gone), Decimal(0))


def charged_back(payment: Document) -> Decimal:
    taken = (one for one in payment["chargebacks"] if not one["reversedAt"])
    return sum((Decimal(one["amount"]["value"]) for one in taken), Decimal(0))


def refund_status(refund: Document, now: datetime) -> str:
    """`queued` while the balance is too low, `pending` for a minute, then the money is back; it
    bounces when the account is closed."""
    if refund.get("failedAt"):
        return "failed"
    begins = datetime.fromisoformat(refund.get("queuedUntil") or refund["createdAt"])
    if now < begins:
        return "queued"
    return "refunded" if now - begins >= REFUND_TAKES else "pending"


def to_hal(payment: Document, now: datetime, sandbox_url: str) -> Document:
    """The payment as Mollie's API shows it."""
    status = shown_status(payment, now)
    api_url = f"{sandbox_url}/mollie/v2/payments/{payment['id']}"
    names = ("id", "mode", "createdAt", "amount", "description", "method", "metadata")
    hal = {"resource": "payment"} | {name: payment[name] for name in names}
    hal |= {"status": status, "isCancelable": status == "open", "profileId": payment["profileId"]}
    names = ("sequenceType", "redirectUrl", "cancelUrl", "webhookUrl", "locale", "expiresAt")
    hal |= {name: payment[name] for name in names if payment[name] is not None}
    hal["_links"] = {"self": _link(api_url, "application/hal+json")}
    if status == "open":
        hal["_links"]["checkout"] = _link(f"{sandbox_url}/checkout/{payment['id']}")
    else:
        hal |= _ending(payment, status)
    for name in ("refunds", "chargebacks"):
        if payment[name]:
            hal["_links"][name] = _link(f"{api_url}/{name}", "application/hal+json")
    hal["_links"]["dashboard"] = _link(f"{sandbox_url}/psp/payments/{payment['id']}")
    hal["_links"]["documentation"] = _link(f"{sandbox_url}/psp")
    return hal


def _ending(payment: Document, status: str) -> Document:
    ending = {_MOMENT[status]: payment.get(_MOMENT[status]) or payment["expiresAt"]}
    if status != "paid":
        return ending
    back, currency = refunded(payment), payment["amount"]["currency"]
    taken = charged_back(payment)
    remaining = Decimal(payment["amount"]["value"]) - back - taken
    ending |= {
        "amountRefunded": {"value": f"{back:.2f}", "currency": currency},
        "amountRemaining": {"value": f"{remaining:.2f}", "currency": currency},
        "settlementAmount": payment["amount"],
        "countryCode": "NL",
        "details": PAYER,
    }
    if payment["chargebacks"]:
        ending["amountChargedBack"] = {"value": f"{taken:.2f}", "currency": currency}
    if payment.get("settlementId"):
        ending["settlementId"] = payment["settlementId"]
    return ending


def _link(href: str, kind: str = "text/html") -> Document:
    return {"href": href, "type": kind}
