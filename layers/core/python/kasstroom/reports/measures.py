"""What is counted, all day long, so that a figure needs no walk through the books.

A cell is one number: a measure of one currency, on one day or as it stands now, split by the
dimensions of its measure. Every entity of the books contributes whole numbers to cells
(`kasstroom.reports.contributions`); a cell is the sum over all entities, so it can be kept up to
date change by change, and counted again from nothing to prove it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Measure(StrEnum):
    """Amounts are minor units, signed as in the ledger: what debtors owe more is positive."""

    OPEN = "open"
    OPEN_MOVED = "open_moved"
    OPEN_ITEMS = "open_items"
    OPEN_BY_ISSUE = "open_by_issue"
    UNALLOCATED = "unallocated"
    UNALLOCATED_MOVED = "unallocated_moved"
    CHARGES = "charges"
    CHARGES_MOVED = "charges_moved"
    SOLD = "sold"
    SOLD_ITEMS = "sold_items"
    BOOKED = "booked"
    BOOKED_ITEMS = "booked_items"
    SETTLED = "settled"
    LOST = "lost"
    DISPUTED = "disputed"
    OPEN_DISPUTED = "open_disputed"
    DISPUTES_OPENED = "disputes_opened"
    DISPUTES_DECIDED = "disputes_decided"
    DISPUTE_DAYS = "dispute_days"
    MESSAGES = "messages"
    REMINDED = "reminded"
    CALLS = "calls"
    PROMISES = "promises"
    PROMISED = "promised"
    BANK_LINES = "bank_lines"
    UNMATCHED = "unmatched"
    DECISIONS = "decisions"
    ASKED = "asked"
    GRANTED = "granted"
    LIMIT = "limit"
    EXPOSURE = "exposure"
    AT_RISK = "at_risk"
    EXPECTED_LOSS = "expected_loss"


@dataclass(frozen=True, slots=True)
class Shape:
    """`money`: minor units of a currency, else a count. `daily`: by the day it counts on, else as
    it stands now. `parts` names the dimensions, in their order."""

    money: bool
    daily: bool
    parts: tuple[str, ...]
    means: str


def _now(*parts: str, means: str, money: bool = True) -> Shape:
    return Shape(money, False, parts, means)


def _each_day(*parts: str, means: str, money: bool = True) -> Shape:
    return Shape(money, True, parts, means)


SHAPES: dict[Measure, Shape] = {
    Measure.OPEN: _now("kind", "due_on", means="open principal of invoices and credit notes"),
    Measure.OPEN_MOVED: _each_day(
        "kind", "due_on", means="what was added to or taken off the open principal that day"
    ),
    Measure.OPEN_ITEMS: _now("kind", "due_on", means="items with something open", money=False),
    Measure.OPEN_BY_ISSUE: _now("kind", "issued_on", means="open principal by day of issue"),
    Measure.UNALLOCATED: _now(means="money of debtors that no invoice took; negative"),
    Measure.UNALLOCATED_MOVED: _each_day(means="what that moved by that day"),
    Measure.CHARGES: _now("part", means="open collection costs and interest"),
    Measure.CHARGES_MOVED: _each_day("part", means="what these moved by that day"),
    Measure.SOLD: _each_day("kind", means="invoiced and credited, by day of issue"),
    Measure.SOLD_ITEMS: _each_day("kind", means="documents, by day of issue", money=False),
    Measure.BOOKED: _each_day("entry_kind", means="ledger entries, by the day they count on"),
    Measure.BOOKED_ITEMS: _each_day("entry_kind", means="ledger entries", money=False),
    Measure.SETTLED: _each_day(
        "days_late", means="invoices fully paid that day, by days after the due date"
    ),
    Measure.LOST: _each_day(
        "policy", means="written off less claimed again, positive, by the policy that granted the"
        " credit; empty: none known",
    ),
    Measure.DISPUTED: _now("reason", means="held by disputes of what is still to be paid"),
    Measure.OPEN_DISPUTED: _now(
        "due_on", means="what disputes hold of the open principal of invoices, by due date"
    ),
    Measure.DISPUTES_OPENED: _each_day("reason", means="disputes opened", money=False),
    Measure.DISPUTES_DECIDED: _each_day("state", means="disputes ended", money=False),
    Measure.DISPUTE_DAYS: _each_day(means="how many days those took together", money=False),
    Measure.MESSAGES: _each_day(
        "template", "channel", "state", means="messages by the day they were made", money=False
    ),
    Measure.REMINDED: _each_day(
        "template", "channel", "result",
        means="reminders that went out that day, `paid` when all they asked was paid in 14 days,"
        " else `not`", money=False,
    ),
    Measure.CALLS: _each_day("outcome", means="calls made", money=False),
    Measure.PROMISES: _each_day(
        "result", means="promises to pay by the day promised, `kept` or `not`", money=False
    ),
    Measure.PROMISED: _each_day("result", means="what was promised for that day"),
    Measure.BANK_LINES: _each_day(
        "kind", "how", means="bank lines by what became of them: `automatic`, `person`, `waiting`,"
        " `set_aside`", money=False,
    ),
    Measure.UNMATCHED: _now(
        "where", means="received and waiting for a person: `bank`, a receipt of which no debtor is"
        " known, `debtor`, money of a debtor without an invoice (in `unallocated` too)",
    ),
    Measure.DECISIONS: _each_day("policy", "outcome", means="credit decisions", money=False),
    Measure.ASKED: _each_day("policy", "outcome", means="credit asked for"),
    Measure.GRANTED: _each_day("policy", "outcome", means="credit granted"),
    Measure.LIMIT: _now(
        "source", "until", means="credit limits by source and last day, empty: no end"
    ),
    Measure.EXPOSURE: _now(
        "cover", means="open of accounts: `covered` by an insurer or `uncovered`, and of which"
        " `above_limit`",
    ),
    Measure.AT_RISK: _now(
        "rating", means="what no insurer pays of accounts (EAD), by rating; `insolvent`, `unknown`"
    ),
    Measure.EXPECTED_LOSS: _now(
        means="PD x LGD x EAD of accounts by the terms we start with, rounded per account"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """`currency` is empty for counts, `on` None for what stands now."""

    measure: Measure
    currency: str = ""
    on: date | None = None
    parts: tuple[str, ...] = ()


Cells = Mapping[Cell, int]
"""What is not named is zero."""
