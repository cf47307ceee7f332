"""What an entity contributes to the figures: whole numbers per cell, from what is stored and from
nothing else. Not from today's date either, so that a count of last night and one of now agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kasstroom.bank.model import BankLine
from kasstroom.credit.decision import Decision
from kasstroom.credit.model import CreditAccount
from kasstroom.invoices.model import Invoice
from kasstroom.messages.calls import CallTask
from kasstroom.messages.model import Message
from kasstroom.payments.model import Entry, UnmatchedMoney
from kasstroom.reports.contributing.bank import of_bank_line, of_unmatched_money
from kasstroom.reports.contributing.credit import of_credit_account, of_decision
from kasstroom.reports.contributing.invoices import of_invoice
from kasstroom.reports.contributing.ledger import of_entry
from kasstroom.reports.contributing.messages import of_call_task, of_message
from kasstroom.reports.contributing.resolution import of_dispute
from kasstroom.reports.measures import Cell
from kasstroom.reports.sources import Known
from kasstroom.resolution.model import Dispute

_OF: dict[type, Callable[[Any, Known], dict[Cell, int]]] = {
    Entry: of_entry,
    Invoice: of_invoice,
    Dispute: of_dispute,
    Message: of_message,
    CallTask: of_call_task,
    BankLine: of_bank_line,
    UnmatchedMoney: of_unmatched_money,
    Decision: of_decision,
    CreditAccount: of_credit_account,
}
COUNTED: tuple[type, ...] = tuple(_OF)
"""The kinds that contribute."""


def contributions(entity: Any, known: Known) -> dict[Cell, int]:
    """Cells that are not zero; `known` answers what the entity does not say itself."""
    return _OF[type(entity)](entity, known)
