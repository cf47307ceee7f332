"""Mollie pays out: everything that is paid and not yet settled, less what it costs.

Amounts inside a settlement have four decimals; only what is paid out is rounded.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kasstroom.ids import new_id
from kasstroom_sandbox.psp.payment import profile_of, refund_status, stamp
from kasstroom_sandbox.psp.provider import Document, Provider

FEES = {"ideal": Decimal("0.3200"), "wero": Decimal("0.3900"), "refund": Decimal("0.2500")}
VAT = Decimal("0.21")
_MOST = 1000


def settle(provider: Provider, mode: str, profile: str, now: datetime) -> Document | None:
    """A settlement that is at the bank; None when nothing waits for one."""
    mine = [
        payment
        for payment in provider.newest(_MOST)
        if (payment["mode"], payment["profileId"]) == (mode, profile)
    ]
    id = "stl_" + new_id("", now)[-10:]
    parts: dict[str, list[str]] = {"payments": [], "refunds": [], "chargebacks": []}
    total, costs, revenue = Decimal(0), Counter[str](), Counter[str]()
    for payment in mine:
        moved, took = _settled(payment, id, now, parts)
        if took is None:
            continue
        total += moved
        costs.update(took)
        revenue[payment["method"] or "ideal"] += 1
        provider.ledger.change(payment)
    if not any(parts.values()):
        return None
    total -= sum(_gross(kind) * count for kind, count in costs.items())
    settlement = _shape(id, total, costs, mode, now) | {"parts": parts, "profileId": profile}
    provider.store.put(f"SETTLEMENTS#{mode}#{profile}", f"{now.isoformat()}#{id}", settlement)
    return settlement


def settlements(provider: Provider, api_key: str) -> list[Document]:
    pk = f"SETTLEMENTS#{api_key.split('_')[0]}#{profile_of(api_key)}"
    return provider.store.newest(pk, _MOST)


def _settled(
    payment: Document, id: str, now: datetime, parts: dict[str, list[str]]
) -> tuple[Decimal, Counter[str] | None]:
    """What a payment and all that belongs to it add; each thing is settled once."""
    moved, costs = Decimal(0), Counter[str]()
    if payment["status"] == "paid" and not payment.get("settlementId"):
        payment["settlementId"] = id
        parts["payments"].append(payment["id"])
        moved += Decimal(payment["amount"]["value"])
        costs[payment["method"] if payment["method"] in FEES else "ideal"] += 1
    for refund in payment["refunds"]:
        if refund_status(refund, now) == "refunded" and not refund.get("settlementId"):
            refund["settlementId"] = id
            parts["refunds"].append(refund["id"])
            moved -= Decimal(refund["amount"]["value"])
            costs["refund"] += 1
    for chargeback in payment["chargebacks"]:
        if not chargeback.get("settlementId"):
            chargeback["settlementId"] = id
            parts["chargebacks"].append(chargeback["id"])
            moved -= Decimal(chargeback["amount"]["value"])
        if chargeback["reversedAt"] and not chargeback.get("reversalSettled"):
            chargeback["reversalSettled"] = id
            moved += Decimal(chargeback["amount"]["value"])
    return moved, costs if moved or costs else None


def _gross(kind: str) -> Decimal:
    return FEES[kind] * (1 + VAT)


def _shape(id: str, total: Decimal, costs: Counter[str], mode: str, now: datetime) -> Document:
    paid_out = total.quantize(Decimal("0.01"), ROUND_HALF_UP)
    listed = [_cost(kind, count) for kind, count in sorted(costs.items())]
    period = {"revenue": [], "costs": listed, "invoiceId": "inv_" + id[4:]}
    return {
        "resource": "settlement",
        "id": id,
        "reference": f"1234567.{now:%y%m}.{now:%d}",
        "createdAt": stamp(now),
        "settledAt": stamp(now),
        "status": "paidout",
        "amount": {"value": f"{paid_out:.2f}", "currency": "EUR"},
        "balanceId": "bal_kasstroom1",
        "periods": {f"{now:%Y}": {f"{now:%m}": period}},
        "mode": mode,
    }


def _cost(kind: str, count: int) -> Document:
    net = FEES[kind] * count
    vat = net * VAT
    four: Any = lambda value: {"value": f"{value:.4f}", "currency": "EUR"}  # noqa: E731
    return {
        "description": "Refunds iDEAL" if kind == "refund" else kind,
        "method": None if kind == "refund" else kind,
        "count": count,
        "rate": {"fixed": four(FEES[kind])},
        "amountNet": four(net),
        "amountVat": four(vat),
        "amountGross": four(net + vat),
    }
