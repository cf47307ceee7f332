"""What a debtor answers to a message, on the page behind its link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.money import Money
from kasstroom.resolution.model import DisputeReason

DEBTOR = "debtor"
"""Who set, opened or said something that came through a link."""


class ReplyKind(StrEnum):
    PAID = "paid"
    CANNOT_PAY = "cannot_pay"
    DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class SaysPaid:
    """Without `invoices` all of the link. `account_end`: the last four of the IBAN it was paid
    from."""

    invoices: tuple[str, ...] = ()
    paid_on: date | None = None
    account_end: str = ""


@dataclass(frozen=True, slots=True)
class Disagrees:
    """Without `amount` all that is still asked of the invoice."""

    invoice: str
    reason: DisputeReason
    amount: Money | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class DebtorReply(Versioned):
    """`paid` or `cannot_pay`, about `invoices` (of the latter: all that is open); who disagrees has
    a dispute. Reminders pause until `until`. A person who dealt with it says so in `note`."""

    org: str
    debtor: str
    id: str
    kind: ReplyKind
    link: str
    invoices: tuple[str, ...]
    said_at: datetime
    until: datetime
    text: str = ""
    paid_on: date | None = None
    account_end: str = ""
    done_at: datetime | None = None
    done_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class QueuedReply(Versioned):
    """The reply in the organisation's list, the oldest first. What nobody has to look at any more
    goes (`gone_at`): done some weeks ago, or said to be paid and the pause is over."""

    org: str
    id: str
    debtor: str
    kind: ReplyKind
    done_at: datetime | None = None
    gone_at: datetime | None = None
