"""Mollie's settlements in our words, with the same errors as its other shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from kasstroom.money import Money
from kasstroom.payments.reported import ProviderSettlement
from kasstroom.time import day_of
from kasstroom_psp.mollie_shapes import NAME, Raw, maybe, reference
from kasstroom_psp.settling import ExactLine, rounded

_AT_BANK = frozenset({"paidout", "processing", "processing-at-bank"})


def is_at_bank(raw: Raw, since: datetime) -> bool:
    """On its way to the bank or there, and not before `since`; the open one is still growing."""
    settled_at = maybe(raw.get("settledAt"))
    if raw["status"] not in _AT_BANK or not raw.get("reference"):
        return False
    return settled_at is None or settled_at >= since


def settlement(raw: Raw, parts: Mapping[str, list[Raw]]) -> ProviderSettlement:
    """`parts`: its payments, refunds and chargebacks. Fees are known per month and method, with
    four decimals, in `periods`."""
    amount, settled_at = raw["amount"], maybe(raw.get("settledAt"))
    paid_out = Money.of(Decimal(amount["value"]), amount["currency"])
    lines = [line for kind, listed in parts.items() for line in _moved(kind, listed)]
    lines += _fees(raw["id"], raw.get("periods") or {})
    paid_on = day_of(settled_at) if settled_at and raw["status"] == "paidout" else None
    return ProviderSettlement(
        NAME, raw["id"], raw["reference"], paid_out, paid_on, rounded(lines, paid_out, raw["id"])
    )


def _moved(kind: str, listed: list[Raw]) -> Iterator[ExactLine]:
    """`settlementAmount` is in the currency that is paid out; what goes back is negative."""
    for raw in listed:
        amount = abs(Decimal((raw.get("settlementAmount") or raw["amount"])["value"]))
        ours = reference(raw) if kind == "payment" else ""
        signed = amount if kind == "payment" else -amount
        of = raw["id"] if kind == "payment" else raw.get("paymentId") or ""
        yield ExactLine(kind, raw["id"], signed, reference=ours, payment_id=of)


def _fees(settlement_id: str, periods: Raw) -> Iterator[ExactLine]:
    for year, months in sorted(periods.items()):
        for month, period in sorted(months.items()):
            for number, cost in enumerate(period.get("costs") or (), 1):
                id = f"{settlement_id}:{year}-{month}:{number}"
                fee = Decimal(cost["amountGross"]["value"])
                yield ExactLine("fee", id, Decimal(0), fee)
