"""What a debtor does not agree with: a dispute over an invoice, or a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.money import Money


class DisputeReason(StrEnum):
    NOT_DELIVERED = "not_delivered"
    DAMAGED = "damaged"
    WRONG_GOODS = "wrong_goods"
    WRONG_AMOUNT = "wrong_amount"
    NOT_ORDERED = "not_ordered"
    ALREADY_PAID = "already_paid"
    CREDIT_EXPECTED = "credit_expected"
    OTHER = "other"


class DisputeState(StrEnum):
    """`accepted`: the debtor is right, and the amount stays held until a credit note takes it off.
    `rejected` and `withdrawn`: it may be asked for again."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


HOLDING = frozenset({DisputeState.OPEN, DisputeState.ACCEPTED})
"""States in which nobody is reminded of the amount."""


@dataclass(frozen=True, slots=True)
class Dispute(Versioned):
    """`amount` is the part of `invoice` that is disputed; `decided_by` and `note` say who ended it
    and why."""

    org: str
    debtor: str
    id: str
    invoice: str
    amount: Money
    reason: DisputeReason
    detail: str
    opened_at: datetime
    opened_by: str
    state: DisputeState = DisputeState.OPEN
    decided_at: datetime | None = None
    decided_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListedDispute:
    """A dispute in the organisation's list; `place` sorts the newest first."""

    org: str
    place: str
    debtor: str
    id: str
