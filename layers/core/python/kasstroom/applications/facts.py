"""What registers were asked about an applicant, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.credit.model import Profile


class FactsState(StrEnum):
    """`asked`: the answer is on its way; `incomplete`: a source gave none."""

    ASKED = "asked"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class FactsRequest:
    """The last time the registers were asked. `missing` are the sources that did not answer."""

    asked_at: datetime
    asked_by: str
    answered_at: datetime | None = None
    missing: tuple[str, ...] = ()

    @property
    def state(self) -> FactsState:
        if self.answered_at is None:
            return FactsState.ASKED
        return FactsState.INCOMPLETE if self.missing else FactsState.COMPLETE


@dataclass(frozen=True, slots=True)
class Learned:
    """What registers say of an applicant: `doubts` are what only a person can judge, as codes of
    reasons; `missing` the sources that were asked and did not answer."""

    profile: Profile = Profile()
    doubts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
