"""What we ask Stripe for: a Checkout Session over one amount."""

from __future__ import annotations

from typing import Any

from kasstroom.errors import Refused
from kasstroom.organisations.model import Language
from kasstroom.payments.ports import PaymentOrder

_LOCALES = {Language.NL: "nl", Language.EN: "en", Language.DE: "de", Language.FY: "nl"}
_UNITS_OF_ITS_OWN = frozenset({"ISK", "UGX"})
"""Stripe counts these in hundredths, unlike ISO 4217: a hundred times too much is not risked."""


def session_wish(order: PaymentOrder) -> Any:
    """The reference goes on the session and on the payment intent: Stripe copies neither to the
    other, and refunds and disputes only know the second."""
    if order.amount.currency in _UNITS_OF_ITS_OWN:
        raise Refused("currency_not_supported", "Stripe takes this currency in other units.")
    ours = {"reference": order.reference, "organisation": order.org}
    price = {
        "currency": order.amount.currency.lower(),
        "unit_amount": order.amount.minor,
        "product_data": {"name": order.description},
    }
    wish = {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": order.redirect_url,
        "cancel_url": order.redirect_url,
        "client_reference_id": order.reference,
        "metadata": ours,
        "payment_intent_data": {"metadata": ours, "description": order.description},
        "locale": _LOCALES[order.language],
    }
    if order.methods:
        # Since 2026-09-30 `payment_method_types` is refused: this filters what the account offers.
        wish["allowed_payment_method_types"] = list(order.methods)
    if order.expires_at:
        wish["expires_at"] = int(order.expires_at.timestamp())
    return wish
