"""Examples of the calculations, made by calculating: what the documentation shows is what the code
answers."""

from __future__ import annotations

import json
from typing import Any

PATH = "/v1/calculations/"


def add_calculations(paths: dict[str, Any]) -> None:
    """OpenAPI `examples` of each request and its answer."""
    for name, (asked, calculate) in _calculators().items():
        operation = paths[f"{PATH}{name}"]["post"]
        request = operation["requestBody"]["content"]["application/json"]
        answer = operation["responses"]["200"]["content"]["application/json"]
        request["examples"], answer["examples"] = {}, {}
        for title, (summary, body) in _CASES[name].items():
            told = _answered(asked, calculate, body)
            request["examples"][title] = {"summary": summary, "value": body}
            answer["examples"][title] = {"summary": summary, "value": told}


def _answered(asked: type, calculate: Any, body: dict[str, Any]) -> Any:
    from kasstroom_aws.shapes import from_json, to_plain

    return to_plain(calculate(from_json(asked, json.dumps(body))))


def _calculators() -> dict[str, tuple[type, Any]]:
    from kasstroom.compliance import allocation_calculation as allocation
    from kasstroom.compliance import costs_calculation as costs
    from kasstroom.compliance import interest_calculation as interest
    from kasstroom.compliance import letter_calculation as letter
    from kasstroom.compliance import reference_calculation as reference

    return {
        "collection-costs": (costs.CostsAsked, costs.costs_calculation),
        "interest": (interest.InterestAsked, interest.interest_calculation),
        "allocation": (allocation.AllocationAsked, allocation.allocation_calculation),
        "fourteen-day-letter": (letter.LetterAsked, letter.letter_calculation),
        "payment-reference": (reference.ReferenceAsked, reference.reference_calculation),
    }


def _eur(value: str) -> dict[str, str]:
    return {"value": value, "currency": "EUR"}


_CASES: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {
    "collection-costs": {
        "consumer": (
            "A consumer, with the VAT of a collection service",
            {"debtor": "consumer", "principals": [_eur("412.30")], "vat": True},
        ),
        "several_invoices": (
            "A business with three small invoices",
            {"debtor": "business", "principals": [_eur("100.00")] * 3},
        ),
    },
    "interest": {
        "commercial": (
            "Between businesses, over a change of the rate",
            {
                "principal": _eur("10000.00"), "due_on": "2025-12-31", "paid_on": "2026-09-30",
                "claim": "commercial",
            },
        ),
        "contract": (
            "A rate that was agreed: simple interest",
            {
                "principal": _eur("10000.00"), "due_on": "2025-12-31", "paid_on": "2026-09-30",
                "claim": "commercial", "contract_rate": "12",
            },
        ),
    },
    "allocation": {
        "costs_first": (
            "A part of what is owed",
            {
                "paid": _eur("500.00"),
                "debts": [
                    {
                        "id": "F2026-0042", "due_on": "2026-06-30", "principal": _eur("1000.00"),
                        "costs": _eur("150.00"), "interest": _eur("15.12"),
                    }
                ],
            },
        ),
    },
    "fourteen-day-letter": {
        "over_christmas": ("By post, over Christmas", {"sent_on": "2026-12-23", "channel": "post"}),
    },
    "payment-reference": {
        "made": ("Made from a number", {"kind": "rf", "number": "INV20260042"}),
        "checked": (
            "Checked as a customer typed it",
            {"kind": "betalingskenmerk", "reference": "5000 0567 8901 2345"},
        ),
    },
}  # fmt: skip
