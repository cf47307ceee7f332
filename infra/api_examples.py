"""Examples of the checkout decision, one for every outcome, made by deciding them: what the
documentation shows is what the code answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
CHECKS = "/v1/credit-checks"


def credit_checks() -> tuple[dict[str, Any], dict[str, Any]]:
    """OpenAPI `examples` of the request and of the answer, by the name of the outcome."""
    from kasstroom.credit.asking import CreditCheck
    from kasstroom_aws.shapes import from_json

    asked, answered = {}, {}
    for name, (summary, body, account) in _cases().items():
        request = from_json(CreditCheck, json.dumps(body))
        asked[name] = {"summary": summary, "value": body}
        answered[name] = {"summary": summary, "value": _answer(name, request, account)}
    return asked, answered


def _answer(name: str, request: Any, account: Any) -> Any:
    from kasstroom.credit.deciding import Asked, decide
    from kasstroom.credit.policy_document import read
    from kasstroom.credit.room import Ground
    from kasstroom.credit.views import decision_view
    from kasstroom.organisations.model import Language
    from kasstroom_aws.shapes import to_plain

    asked = Asked(request, f"example-{name}", "fingerprint", NOW)
    policy = read("default", 7, _document())
    decision = decide(account, asked, Ground(policy))[1]
    return to_plain(decision_view(decision, request.language or Language.EN))


def _document() -> dict[str, Any]:
    from kasstroom.credit.default_policy import DOCUMENT

    first_large = {
        "id": "first_order_large",
        "when": {
            "all": [
                {"fact": "first_order", "is": True},
                {"fact": "order_amount", "gt": "2500.00"},
                {"fact": "shortfall", "le": "0.00"},
            ]
        },
        "outcome": "approved_with_conditions",
        "reason": "new_company",
        "condition": {"kind": "part_prepayment", "percent": 30},
    }
    return DOCUMENT | {"rules": [*DOCUMENT["rules"], first_large]}


def _eur(value: str) -> dict[str, str]:
    return {"value": value, "currency": "EUR"}


def _cases() -> dict[str, tuple[str, dict[str, Any], Any]]:
    from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
    from kasstroom.money import Money
    from kasstroom.risk.model import PaymentBehaviour

    own = CreditLimit(LimitSource.OWN, Money(500_000), "anna", NOW)
    known = CreditAccount(
        "vandijk", "10090", limits=(own,), orders=3, behaviour=PaymentBehaviour(paid_invoices=4)
    )
    late = replace(known, open_by_due={date(2026, 7, 1): 41_230})
    somewhat_late = replace(known, open_by_due={date(2026, 8, 20): 41_230})
    new = replace(known, orders=0, behaviour=PaymentBehaviour())
    order = {"debtor": "10090", "order_reference": "WEB-1001", "language": "en"}
    lines = [
        {"name": "Steenwol 10 cm", "quantity": 20, "amount": _eur("1100.00"), "sku": "SW-10"},
        {"name": "Bezorgen", "kind": "shipping_fee", "amount": _eur("150.00")},
    ]
    address = {
        "street": "Stationsplein", "house_number": "9-1a", "postcode": "3511ED",
        "city": "Utrecht", "country": "NL",
    }  # fmt: skip
    return {
        "approved": (
            "Within the limit: the amount is held",
            order | {
                "amount": _eur("1250.00"), "lines": lines, "billing_address": address,
                "term_days": 30,
            },
            known,
        ),
        "approved_partial": (
            "Above the limit, and the shop accepts a part",
            order | {"amount": _eur("6200.00"), "accept_partial": True},
            known,
        ),
        "approved_with_conditions": (
            "A large first order: a part in advance",
            order | {"amount": _eur("4000.00")},
            new,
        ),
        "refer": (
            "Something late: a person looks, and the buyer may be told so",
            order | {"amount": _eur("600.00")},
            somewhat_late,
        ),
        "declined": (
            "Long overdue invoices: pay these first",
            order | {"amount": _eur("600.00")},
            late,
        ),
        "soft_check": (
            "Only asking: nothing is held and nothing is promised",
            order | {"amount": _eur("1250.00"), "commit": False},
            known,
        ),
        "prepaid": (
            "Paid in advance: always possible",
            order | {"amount": _eur("600.00"), "prepaid": _eur("600.00")},
            late,
        ),
    }  # fmt: skip
