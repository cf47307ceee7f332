"""The day a ledger entry counts on, for every figure and report of a past day."""

from __future__ import annotations

from datetime import date

from kasstroom.payments.model import Entry, EntryKind
from kasstroom.time import day_of

DOCUMENTS = frozenset({EntryKind.INVOICE, EntryKind.CREDIT_NOTE})
"""Entries that book a document: it is owed from its day of issue, whenever it reached us."""


def effective_on(entry: Entry, issued_on: date | None) -> date:
    """The Amsterdam day from which `entry` is in the figures.

    An invoice or credit note counts from its `issued_on` (that of the document the entry books;
    None when it is not known), money and corrections from the day they are booked on; nothing
    later than the day the entry was written, so that as of today everything counts.
    """
    counted = issued_on if entry.kind in DOCUMENTS else entry.booked_on
    written = day_of(entry.booked_at)
    return min(counted, written) if counted else written
