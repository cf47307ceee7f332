"""Stripe's payouts and their balance transactions as settlements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kasstroom.money import Money
from kasstroom.payments.reported import (
    ProviderSettlement,
    SettlementLine,
)
from kasstroom.time import day_of
from kasstroom_psp.settling import closed
from kasstroom_psp.stripe_shapes import NAME, Raw, at, money

AT_BANK = frozenset({"in_transit", "paid"})
_KINDS = {
    "charge": "payment",
    "payment": "payment",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund_returned",
    "payment_failure_refund": "refund",
    "stripe_fee": "fee",
    "tax_fee": "fee",
}


def is_payment(transaction: Raw) -> bool:
    return _KINDS.get(transaction["type"]) == "payment"


def settlement(
    payout: Raw, transactions: Iterable[Raw], sessions: Mapping[str, str]
) -> ProviderSettlement:
    """`transactions`: balance transactions of the payout with their source; `sessions`: payment
    intent to session. The payout's own transaction is the payment, not a line."""
    paid_out = money(payout["amount"], payout["currency"])
    lines = [_line(one, sessions) for one in transactions if one["type"] != "payout"]
    paid_on = day_of(at(payout["arrival_date"])) if payout["status"] == "paid" else None
    return ProviderSettlement(
        NAME, payout["id"], _on_statement(payout), paid_out, paid_on,
        closed(lines, paid_out, payout["id"]),
    )  # fmt: skip


def _on_statement(payout: Raw) -> str:
    """The bank's own trace id where Stripe knows it, else what it wrote on the statement."""
    trace = payout.get("trace_id") or {}
    return trace.get("value") or payout.get("statement_descriptor") or payout["id"]


def _line(raw: Raw, sessions: Mapping[str, str]) -> SettlementLine:
    """A payment and what is done with it carry the session's id; disputes their own."""
    source = raw.get("source") or {}
    source = source if isinstance(source, Mapping) else {"id": source}
    currency, kind = raw["currency"], _kind(raw, source)
    gross, fee = money(raw["amount"], currency), money(raw["fee"], currency)
    net = money(raw["net"], currency)
    if kind == "fee":
        gross, fee = Money.zero(gross.currency), -net
    id = source.get("id") or raw["id"]
    intent = source.get("payment_intent") or ""
    of = sessions.get(intent) or intent
    if kind == "payment":
        id = of or id
    ours = (source.get("metadata") or {}).get("reference") or ""
    return SettlementLine(kind, id, gross, fee, net, ours if kind == "payment" else "", of)


def _kind(raw: Raw, source: Raw) -> str:
    if source.get("object") == "dispute" or str(source.get("id", "")).startswith(("dp_", "du_")):
        return "chargeback" if raw["amount"] < 0 else "reversal"
    return _KINDS.get(raw["type"], "other")
