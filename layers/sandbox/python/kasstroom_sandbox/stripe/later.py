"""Stripe's objects that come after a payment, and those that tell of it. Pure."""

from __future__ import annotations

from typing import Any

from kasstroom_sandbox.stripe.books import Document, new_id
from kasstroom_sandbox.stripe.objects import API_VERSION


def refund(of: Document, amount: int, metadata: Document, now: int) -> Document:
    none = dict.fromkeys(
        "balance_transaction receipt_number source_transfer_reversal transfer_reversal".split()
    )
    return none | {
        "id": new_id("pyr"),
        "object": "refund",
        "amount": amount,
        "charge": of["id"],
        "created": now,
        "currency": of["currency"],
        "destination_details": {"type": of["payment_method_details"]["type"]},
        "metadata": metadata,
        "payment_intent": of["payment_intent"],
        "reason": None,
        "status": "pending",
    }


def dispute(of: Document, amount: int, now: int) -> Document:
    evidence: dict[str, Any] = {"due_by": now + 9 * 86_400, "has_evidence": False}
    evidence |= {"past_due": False, "submission_count": 0, "enhanced_eligibility": {}}
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": of["id"],
        "created": now,
        "currency": of["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": evidence,
        "is_charge_refundable": False,
        "livemode": of["livemode"],
        "metadata": {},
        "payment_intent": of["payment_intent"],
        "reason": "general",
        "status": "needs_response",
    }


def payout(amount: int, currency: str, live: bool, now: int) -> Document:
    none = dict.fromkeys(
        "application_fee application_fee_amount balance_transaction failure_balance_transaction"
        " failure_code failure_message original_payout payout_method reversed_by".split()
    )
    id = new_id("po")
    return none | {
        "id": id,
        "object": "payout",
        "amount": amount,
        "arrival_date": now,
        "automatic": True,
        "created": now,
        "currency": currency,
        "description": "STRIPE PAYOUT",
        "destination": "ba_kasstroom",
        "livemode": live,
        "metadata": {},
        "method": "standard",
        "reconciliation_status": "completed",
        "source_type": "bank_account",
        "statement_descriptor": f"STRIPE {id[-8:].upper()}",
        "status": "paid",
        "trace_id": {"status": "unsupported", "value": None},
        "type": "bank_account",
    }


def event(kind: str, about: Document, live: bool, now: int) -> Document:
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": now,
        "data": {"object": about},
        "livemode": live,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }


def endpoint(url: str, events: list[str], live: bool, now: int) -> Document:
    """Where events go; its secret is told once, when it is made."""
    return {
        "id": new_id("we"),
        "object": "webhook_endpoint",
        "api_version": API_VERSION,
        "application": None,
        "created": now,
        "description": None,
        "enabled_events": events,
        "livemode": live,
        "metadata": {},
        "status": "enabled",
        "url": url,
        "_secret": new_id("whsec", 32),
    }
