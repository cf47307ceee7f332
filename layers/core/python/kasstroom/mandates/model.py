"""Direct debit: what a debtor signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.mandates.calendar import lapses_on


class Scheme(StrEnum):
    """`CORE`: anybody; the debtor may have the money back for 8 weeks without a reason. `B2B`: no
    consumers; no refund, and the debtor's own bank must know the mandate."""

    CORE = "CORE"
    B2B = "B2B"


class MandateState(StrEnum):
    """`suspended`: a return said that it cannot be used. `expired`: 36 months unused, or one that
    was for a single collection, which was made."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    EXPIRED = "expired"


class SequenceType(StrEnum):
    """Which collection of a mandate it is: the first, a next one, or the only one."""

    FIRST = "FRST"
    RECURRENT = "RCUR"
    ONE_OFF = "OOFF"


@dataclass(frozen=True, slots=True)
class Mandate(Versioned):
    """`reference` is what the debtor signed under, unique per organisation and at the banks; `id`
    follows from it. `state` is what was decided; `state_on` also knows what time does to it.
    `collections` counts the lines that went to the bank. `reason` says why it ended.
    `tell_account`: the account is another one since, and the bank has to hear of it with the next
    collection."""

    org: str
    debtor: str
    id: str
    reference: str
    scheme: Scheme
    iban: str
    holder: str
    signed_on: date
    created_at: datetime
    created_by: str = ""
    evidence: str = ""
    recurrent: bool = True
    state: MandateState = MandateState.ACTIVE
    collections: int = 0
    last_collected_on: date | None = None
    ended_at: datetime | None = None
    reason: str = ""
    tell_account: bool = False

    def state_on(self, day: date) -> MandateState:
        if self.state is not MandateState.ACTIVE:
            return self.state
        used_up = not self.recurrent and self.collections > 0
        lapsed = day >= lapses_on(max(self.last_collected_on or self.signed_on, self.signed_on))
        return MandateState.EXPIRED if used_up or lapsed else MandateState.ACTIVE


@dataclass(frozen=True, slots=True)
class ListedMandate:
    """A mandate in the organisation's list."""

    org: str
    id: str
    debtor: str
