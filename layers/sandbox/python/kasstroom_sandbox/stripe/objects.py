"""Stripe's objects as its API of 2026-10-28 shows them. Pure: `now` is seconds since 1970."""

from __future__ import annotations

from kasstroom_sandbox.stripe.books import Document, new_id

API_VERSION = "2026-10-28.endive"
FEES_MINOR = {"ideal": 29, "wero": 35, "card": 75}
DISPUTE_FEE_MINOR = 2000
DEFAULT_LIFE_SECONDS = 86_400
PAYER = {"name": "T. Tester", "email": "t.tester@example.org"}


def session(wish: Document, live: bool, now: int, sandbox_url: str) -> Document:
    """An open Checkout Session for a checked wish."""
    id = new_id("cs_live" if live else "cs_test")
    item = wish["line_items"][0]
    price, count = item["price_data"], int(item.get("quantity", 1))
    total = int(price["unit_amount"]) * count
    none = dict.fromkeys(
        "adaptive_pricing after_expiration allow_promotion_codes billing_address_collection"
        " client_secret consent consent_collection customer customer_account customer_details"
        " customer_email invoice invoice_creation payment_intent payment_link"
        " payment_method_configuration_details phone_number_collection recovered_from"
        " saved_payment_method_options setup_intent shipping_address_collection shipping_cost"
        " submit_type subscription collected_information permissions wallet_options"
        " origin_context currency_conversion integration_identifier managed_payments".split()
    )
    return none | {
        "id": id,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": wish.get("cancel_url"),
        "client_reference_id": wish.get("client_reference_id"),
        "created": now,
        "currency": price["currency"],
        "custom_fields": [],
        "custom_text": dict.fromkeys(
            ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
        ),
        "customer_creation": "if_required",
        "discounts": [],
        "expires_at": int(wish.get("expires_at") or now + DEFAULT_LIFE_SECONDS),
        "livemode": live,
        "locale": wish.get("locale"),
        "metadata": wish.get("metadata") or {},
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": {},
        "allowed_payment_method_types": wish.get("allowed_payment_method_types"),
        "payment_method_types": wish.get("allowed_payment_method_types") or ["ideal", "card"],
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "success_url": wish["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted",
        "url": f"{sandbox_url}/checkout/{id}",
        "_intent": wish.get("payment_intent_data") or {},
        "_name": price["product_data"]["name"],
    }


def intent(of: Document, method: str, paid: bool, now: int) -> Document:
    """The payment intent a session makes when a payer tries to pay."""
    amount, wanted = of["amount_total"], of["_intent"]
    none = dict.fromkeys(
        "application application_fee_amount automatic_payment_methods canceled_at"
        " cancellation_reason customer customer_account last_payment_error latest_charge"
        " next_action on_behalf_of payment_method payment_method_configuration_details processing"
        " receipt_email review setup_future_usage shipping source statement_descriptor"
        " statement_descriptor_suffix transfer_data transfer_group".split()
    )
    id = new_id("pi")
    return none | {
        "id": id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": amount if paid else 0,
        "capture_method": "automatic_async",
        "client_secret": f"{id}_secret_{new_id('s')[2:]}",
        "confirmation_method": "automatic",
        "created": now,
        "currency": of["currency"],
        "description": wanted.get("description"),
        "livemode": of["livemode"],
        "metadata": wanted.get("metadata") or {},
        "payment_method_options": {},
        "payment_method_types": of["payment_method_types"] or [method],
        "status": "succeeded" if paid else "requires_payment_method",
        "_session": of["id"],
    }


def charge(of: Document, method: str, now: int) -> Document:
    """The money of a payment intent; metadata is copied once, when it is made."""
    none = dict.fromkeys(
        "application application_fee application_fee_amount balance_transaction"
        " calculated_statement_descriptor customer failure_balance_transaction failure_code"
        " failure_message on_behalf_of receipt_email receipt_number receipt_url review shipping"
        " source source_transfer statement_descriptor statement_descriptor_suffix transfer_data"
        " transfer_group".split()
    )
    details: Document = {"type": method, method: {}}
    if method == "ideal":
        details["ideal"] = {
            "bank": "abn_amro", "bic": "ABNANL2A", "generated_sepa_debit": None,
            "generated_sepa_debit_mandate": None, "iban_last4": "4300", "transaction_id": None,
            "verified_name": PAYER["name"],
        }  # fmt: skip
    return none | {
        "id": new_id("py"),
        "object": "charge",
        "amount": of["amount"],
        "amount_captured": of["amount"],
        "amount_refunded": 0,
        "billing_details": {"address": None, "phone": None, "tax_id": None} | PAYER,
        "captured": True,
        "created": now,
        "currency": of["currency"],
        "description": of["description"],
        "disputed": False,
        "fraud_details": {},
        "livemode": of["livemode"],
        "metadata": of["metadata"],
        "outcome": None,
        "paid": True,
        "payment_intent": of["id"],
        "payment_method": new_id("pm"),
        "payment_method_details": details,
        "refunded": False,
        "status": "succeeded",
    }


def transaction(
    kind: str, amount: int, fee: int, source: Document, now: int, category: str = ""
) -> Document:
    """A line of the balance; `amount` has the sign of what it does to the balance."""
    fees = {"amount": fee, "application": None, "currency": source["currency"]}
    fees |= {"description": "Stripe processing fees", "type": "stripe_fee"}
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now,
        "balance_type": "payments",
        "created": now,
        "currency": source["currency"],
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [fees] if fee else [],
        "net": amount - fee,
        "reporting_category": category or kind,
        "source": source["id"],
        "status": "available",
        "type": kind,
    }
