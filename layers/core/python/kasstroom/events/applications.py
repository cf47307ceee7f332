"""What happens to credit applications; what the applicant told stays with the application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationCreated(Event):
    TYPE: ClassVar[str] = "application.created"
    kind: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSubmitted(Event):
    """The applicant may be screened now; `by` is buyer or the name of an API key."""

    TYPE: ClassVar[str] = "application.submitted"
    kind: str
    requested: Money
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFactsAsked(Event):
    """A person asks the registers again; `by` is the name of their key."""

    TYPE: ClassVar[str] = "application.facts_asked"
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDecided(Event):
    """`verdict` is approved or rejected, `by` a person or rules. `limit` is what was granted of
    what was `requested`, zero when rejected; `terms_days` the payment term, zero when rejected."""

    TYPE: ClassVar[str] = "application.decided"
    verdict: str
    by: str
    limit: Money
    requested: Money
    terms_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationWithdrawn(Event):
    TYPE: ClassVar[str] = "application.withdrawn"
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationExpired(Event):
    """Nobody sent it in time; what was typed is erased."""

    TYPE: ClassVar[str] = "application.expired"
