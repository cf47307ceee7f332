"""How an organisation collects by direct debit: part of its settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NOTICE_DAYS = 14
"""The debtor is told of the amount and the day 14 calendar days before, unless another term was
agreed (pre-notification, SDD Core Rulebook)."""


class CollectPer(StrEnum):
    """One collection per invoice, so that the statement says which one; or one per debtor."""

    INVOICE = "invoice"
    DEBTOR = "debtor"


class FileFormat(StrEnum):
    """What the bank reads; `.02` is the older one, and asks for our BIC."""

    PAIN_008_08 = "pain.008.001.08"
    PAIN_008_02 = "pain.008.001.02"


@dataclass(frozen=True, slots=True)
class DirectDebitTerms:
    """`creditor_id` is the Incassant-ID the bank gave; empty: this organisation does not collect.
    `iban` is where the money comes in, empty: the organisation's own account. `notice_days` may be
    shorter than 14 when that was agreed with the debtors."""

    creditor_id: str = ""
    iban: str = ""
    bic: str = ""
    notice_days: int = NOTICE_DAYS
    per: CollectPer = CollectPer.INVOICE
    format: FileFormat = FileFormat.PAIN_008_08
