"""Every fact we publish: one frozen dataclass each, its name on the bus beside it, one module per
context so that a function loads only what it emits.

The JSON is a CloudEvents 1.0 envelope in EventBridge `detail` with the dataclass as `data`.
Schemas and samples in `events/published` are generated from here (`make schemas`); within a version
a field is never lost or retyped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import ClassVar

SOURCE = "kasstroom"
CONTEXTS = (
    "applications",
    "bank",
    "calls",
    "checkout",
    "compliance",
    "credit",
    "debtors",
    "dunning",
    "insurance",
    "invoices",
    "letters",
    "mandates",
    "messages",
    "payments",
    "resolution",
    "screening",
    "segments",
    "webhooks",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`subject` is the id of what it is about; `at` is the instant it became true (UTC)."""

    TYPE: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    org: str
    debtor: str
    subject: str
    at: datetime


def catalogue() -> tuple[type[Event], ...]:
    """Every event of every context, in the order of their names."""
    modules = (import_module(f"{__name__}.{context}") for context in CONTEXTS)
    found = (item for module in modules for item in vars(module).values())
    events = (e for e in found if isinstance(e, type) and issubclass(e, Event) and e.TYPE)
    return tuple(sorted(events, key=lambda event: event.TYPE))
