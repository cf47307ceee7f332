"""What one row of the lake is about: the debtor as the lake knows it, the day, and the entity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Entry
from kasstroom.reports.lake.names import Who
from kasstroom.reports.lake.shape import Column, text


@dataclass(frozen=True, slots=True)
class About:
    """`one` is the entity; `more` what a table needs beside it; no `who`: it is no debtor's."""

    who: Who | None
    as_of: date
    one: Any
    more: Any = None


@dataclass(frozen=True, slots=True)
class Landed:
    """A part of a ledger entry: on the document it landed on (`number`; `invoice` None: it is not
    in the books), or on none (`unallocated`)."""

    entry: Entry
    effective_on: date
    amount: Money
    part: str
    number: str | None
    invoice: Invoice | None


UNALLOCATED = "unallocated"

DEBTOR: tuple[Column, ...] = (
    text("debtor", "the debtor's number; of a natural person its token", lambda r: r.who.shown),
    text(
        "debtor_kind",
        "company, sole_trader, partnership, consumer; person: no longer in the books",
        lambda r: r.who.kind,
    ),
)
NAMED_DEBTOR: tuple[Column, ...] = (
    *DEBTOR,
    text("debtor_name", "the company's name; empty for a natural person", lambda r: r.who.name),
)
