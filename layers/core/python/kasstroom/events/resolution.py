"""What happens in resolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeOpened(Event):
    """The amount is not asked for any more until somebody decides."""

    TYPE: ClassVar[str] = "dispute.opened"
    invoice: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeResolved(Event):
    """`outcome` is accepted (a credit note takes it off), rejected or withdrawn."""

    TYPE: ClassVar[str] = "dispute.resolved"
    invoice: str
    amount: Money
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReceived(Event):
    """The debtor answered on the page behind a link: `kind` is paid, cannot_pay or disagree;
    `subject` is the reply, or the dispute that it opened."""

    TYPE: ClassVar[str] = "reply.received"
    kind: str
    invoices: tuple[str, ...]
