"""The set everybody starts with: who needs care first, then what is worth a way of its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.segments.model import BUILT_IN, SegmentSet
from kasstroom.segments.reading import read


def _is(fact: str, value: bool | int | str) -> dict[str, Any]:
    return {"fact": fact, "is": value}


def _at_least(fact: str, value: int | str) -> dict[str, Any]:
    return {"fact": fact, "ge": value}


def _at_most(fact: str, value: int) -> dict[str, Any]:
    return {"fact": fact, "le": value}


DOCUMENT: dict[str, Any] = {
    "currency": "EUR",
    "conditions": {
        "enough_history": _at_least("paid_invoices", 3),
        "person_in_insolvency": {"all": [_is("natural_person", True), _is("insolvent", True)]},
    },
    "segments": [
        {
            "name": "vulnerable",
            "description": "People first: who asks for care is helped, not chased.",
            "priority": 10,
            "when": {"any": [_is("vulnerable", True), {"use": "person_in_insolvency"}]},
        },
        {
            "name": "key_accounts",
            "description": "Worth EUR 50,000 a year or more: a person calls before a letter goes.",
            "priority": 20,
            "when": _at_least("relation_value", "50000.00"),
        },
        {
            "name": "good_payers",
            "description": "Pays on time, or nearly: a friendly word is enough.",
            "priority": 30,
            "when": {
                "all": [
                    {"use": "enough_history"},
                    _at_most("year_days_late", 3),
                    _at_most("year_late_percent", 25),
                    _at_most("oldest_overdue_days", 14),
                    _is("promises_broken", 0),
                ]
            },
        },
        {
            "name": "slow_payers",
            "description": "Pays late as a rule, or leaves something open for long.",
            "priority": 40,
            "when": {
                "any": [
                    {"all": [{"use": "enough_history"}, _at_least("year_days_late", 15)]},
                    {"all": [{"use": "enough_history"}, _at_least("year_late_percent", 60)]},
                    _at_least("promises_broken", 2),
                    _at_least("oldest_overdue_days", 45),
                ]
            },
        },
        {
            "name": "new",
            "description": "Known for less than three months, and little was paid so far.",
            "priority": 50,
            "when": {"all": [{"fact": "known_days", "lt": 90}, {"not": {"use": "enough_history"}}]},
        },
        {
            "name": "consumers",
            "description": "Private persons: the law of consumers, plain words, contact hours.",
            "priority": 60,
            "when": _is("kind", "consumer"),
        },
        {
            "name": "business",
            "description": "Companies, sole traders and partnerships.",
            "priority": 70,
            "when": {"not": _is("kind", "consumer")},
        },
    ],
}


@cache
def built_in() -> SegmentSet:
    return read(BUILT_IN, DOCUMENT)
