"""Of an event the lake takes codes, amounts and numbers, and nothing anybody wrote."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from infra.schemas import event_sample
from kasstroom.events import catalogue
from kasstroom.reports.lake.events import (
    AMOUNTS,
    CODES,
    EVENTS,
    NUMBERS,
    REASONS_ARE_CODES,
    WITHHELD,
    WITHHELD_TYPES,
    event_row,
)  # fmt: skip
from kasstroom.reports.lake.names import Names
from tests.memory_books import MemoryBooks

ENVELOPE = {"org", "debtor", "subject", "at"}
CATALOGUE = catalogue()


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(MemoryBooks(), lambda: "ab" * 32)


def told(sample: dict[str, Any], names: Names) -> dict[str, Any]:
    made = event_row(sample, names)
    assert made
    return dict(zip((c.name for c in EVENTS.columns), made[2], strict=True))


def test_every_field_of_every_event_was_decided_about() -> None:
    have = {f.name for event in CATALOGUE for f in fields(event)} - ENVELOPE
    known = {*AMOUNTS, *CODES, *NUMBERS, "reason"}
    assert known.isdisjoint(WITHHELD)
    assert have == known | WITHHELD, "a new field stays in the books (WITHHELD) or goes to the lake"


def test_the_types_named_exist() -> None:
    assert {event.TYPE for event in CATALOGUE} >= WITHHELD_TYPES | REASONS_ARE_CODES


@pytest.mark.parametrize("event", CATALOGUE, ids=lambda event: event.TYPE)
def test_no_text_of_a_person_gets_through(event: Any, names: Names) -> None:
    sample = event_sample(event)
    written = "Wobbelien Kwispel, +31 6 12345678"
    sample["data"] = {
        name: written if isinstance(value, str) else value for name, value in sample["data"].items()
    }
    made = event_row(sample | {"debtor": "K77", "subject": "K77"}, names)
    if event.TYPE in WITHHELD_TYPES:
        assert made is None
        return
    assert made and not {"Wobbelien", "12345678", "K77"} & set(str(made[2]).split("'"))
    invoices = ("invoice", "credit_note")
    if not set(invoices) & sample["data"].keys():
        assert "Wobbelien" not in str(made[2])


def test_a_payment_is_told_with_its_amount_on_the_day_it_is_about(names: Names) -> None:
    event = next(e for e in CATALOGUE if e.TYPE == "payment.received")
    sample = event_sample(event) | {"time": "2026-08-31T22:30:00.000Z", "subject": "ent_1"}
    made = event_row(sample, names)
    assert made and made[:2] == ("vandijk", date(2026, 9, 1))
    row = told(sample, names)
    assert (row["amount_minor"], row["currency"], row["subject"]) == (41_230, "EUR", "ent_1")
    assert (row["provider"], row["method"]) == ("provider", "method")
    assert row["token"] == names.token("vandijk", "D1001") != "D1001"


def test_a_reason_is_told_where_it_is_a_code(names: Names) -> None:
    for event in CATALOGUE:
        sample = event_sample(event)
        if "reason" in sample["data"] and event.TYPE not in WITHHELD_TYPES:
            assert bool(told(sample, names)["reason"]) == (event.TYPE in REASONS_ARE_CODES)
