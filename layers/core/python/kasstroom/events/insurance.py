"""What happens in credit insurance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRequested(Event):
    """`request` is a word of EDIFACT list 4505, such as new or increase."""

    TYPE: ClassVar[str] = "cover.requested"
    insurer: str
    request: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRequestFailed(Event):
    """The insurer could not take the request; a person has to look."""

    TYPE: ClassVar[str] = "cover.request.failed"
    insurer: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverDecided(Event):
    """`response` is a word of EDIFACT list 4507, `reason` of 4509 or empty."""

    TYPE: ClassVar[str] = "cover.decided"
    insurer: str
    response: str
    granted: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverReduced(Event):
    TYPE: ClassVar[str] = "cover.reduced"
    granted: Money
    previous: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverWithdrawn(Event):
    """For new deliveries; what was delivered before stays covered."""

    TYPE: ClassVar[str] = "cover.withdrawn"
    previous: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverExpiring(Event):
    """New deliveries are covered until `valid_to`, that day counted."""

    TYPE: ClassVar[str] = "cover.expiring"
    granted: Money
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverExtensionEnding(Event):
    """The oldest unpaid invoice comes near the end of the maximum extension period."""

    TYPE: ClassVar[str] = "cover.extension.ending"
    due_on: date
    stop_on: date
    overdue: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverStopped(Event):
    """The maximum extension period is over: new deliveries are not covered."""

    TYPE: ClassVar[str] = "cover.stopped"
    due_on: date
    stop_on: date
    overdue: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverIdle(Event):
    """A cover without exposure costs money and may be given back."""

    TYPE: ClassVar[str] = "cover.idle"
    granted: Money
    idle_since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurerOverdueDue(Event):
    """An overdue has to be reported to the insurer, at the latest on `report_by`."""

    TYPE: ClassVar[str] = "insurer.overdue.due"
    due_on: date
    report_by: date
    overdue: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurerOverdueReported(Event):
    """`kind` is OVD (overdue), EXP (due date extended) or RES (payment rescheduled)."""

    TYPE: ClassVar[str] = "insurer.overdue.reported"
    kind: str
    due_on: date
    overdue: Money
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFiled(Event):
    TYPE: ClassVar[str] = "claim.filed"
    cause: str
    debt: Money
    expected: Money
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDecided(Event):
    """`verdict` is approved or rejected."""

    TYPE: ClassVar[str] = "claim.decided"
    verdict: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPaid(Event):
    TYPE: ClassVar[str] = "claim.paid"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveContributed(Event):
    """Money was set aside for what no insurer pays."""

    TYPE: ClassVar[str] = "reserve.contributed"
    amount: Money
    balance: Money
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveDrawn(Event):
    """A loss was taken from the reserve: `because` is uninsured or rejected_claim."""

    TYPE: ClassVar[str] = "reserve.drawn"
    amount: Money
    balance: Money
    because: str
    invoice: str
    by: str
