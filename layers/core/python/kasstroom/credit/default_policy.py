"""The policy an organisation starts with, as a document like its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.policy_document import read

DEFAULT = "default"
_ARREARS: dict[str, Any] = {"fact": "overdue", "gt": "25.00"}
DOCUMENT: dict[str, Any] = {
    "currency": "EUR",
    "conditions": {"in_arrears": _ARREARS},
    "rules": [
        {
            "id": "on_hold",
            "when": {"fact": "hold", "is": True},
            "outcome": "declined",
            "reason": "blocked",
            "alternatives": ["prepay"],
        },
        {
            "id": "insolvent",
            "when": {"fact": "insolvent", "is": True},
            "outcome": "declined",
            "reason": "insolvent_or_ceased",
            "alternatives": ["prepay"],
        },
        {
            "id": "not_registered",
            "when": {"fact": "registered", "is": False},
            "outcome": "refer",
            "reason": "insolvent_or_ceased",
            "alternatives": ["prepay"],
        },
        {
            "id": "sanctions",
            "when": {"fact": "sanctions", "is": "possible"},
            "outcome": "refer",
            "reason": "adverse_information",
        },
        {
            "id": "long_overdue",
            "when": {"all": [{"use": "in_arrears"}, {"fact": "oldest_overdue_days", "gt": 28}]},
            "outcome": "declined",
            "reason": "in_arrears",
            "alternatives": ["prepay", "settle_overdue"],
        },
        {
            "id": "overdue",
            "when": {
                "all": [
                    {"use": "in_arrears"},
                    {"fact": "oldest_overdue_days", "gt": 7},
                    {"fact": "oldest_overdue_days", "le": 28},
                ]
            },
            "outcome": "refer",
            "reason": "in_arrears",
            "alternatives": ["prepay", "settle_overdue"],
        },
        {
            "id": "source_missing",
            "when": {"fact": "sources_missing", "is": True},
            "outcome": "refer",
            "reason": "provider_unavailable",
            "alternatives": ["prepay"],
        },
        {
            "id": "cover_stopped",
            "when": {"fact": "cover_state", "in": ["stopped", "expired"]},
            "outcome": "refer",
            "reason": "cover_expired",
            "alternatives": ["prepay"],
        },
        {
            "id": "no_limit",
            "when": {"fact": "limit", "known": False},
            "outcome": "refer",
            "reason": "insufficient_data",
            "alternatives": ["prepay", "apply_for_limit"],
        },
        {
            "id": "order_cap",
            "when": {"fact": "above_order_cap", "is": True},
            "outcome": "approved_partial",
            "reason": "order_above_max",
            "alternatives": ["prepay", "part_prepayment", "lower_amount"],
        },
        {
            "id": "above_limit",
            "when": {"fact": "shortfall", "gt": "0.00"},
            "outcome": "approved_partial",
            "reason": "limit_exceeded",
            "alternatives": ["prepay", "part_prepayment", "lower_amount"],
        },
        {
            "id": "above_group_limit",
            "when": {"fact": "group_shortfall", "gt": "0.00"},
            "outcome": "approved_partial",
            "reason": "limit_exceeded",
            "alternatives": ["prepay", "part_prepayment", "lower_amount"],
        },
    ],
}


@cache
def default_policy() -> CreditPolicy:
    return read(DEFAULT, 1, DOCUMENT)
