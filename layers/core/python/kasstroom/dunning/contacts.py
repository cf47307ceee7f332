"""What is said to a debtor beside reminders counts too: thanks, notices of direct debit, calls."""

from __future__ import annotations

from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.compliance.contact_frequency import Contact
from kasstroom.dunning.blocks import with_block
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.pausing import NewPause, noted
from kasstroom.ports import Books


def one_more(
    books: Books, org: str, debtor: str, contact: Contact, at: datetime,
    pause: NewPause | None = None, by: str = "",
) -> Changes:  # fmt: skip
    """The case that knows of it, in the same transaction; `at` may be later than now. `pause` is
    what the debtor said that makes reminders wait."""
    case = books.find(DunningCase, org, debtor)
    if case is None:
        return Changes()
    known = case.contacted(contact, at)
    if pause is None:
        return Changes(update=(known,))
    changes, _, block = noted(org, pause, by, at)
    return changes + Changes(update=(with_block(known, block, at),))
