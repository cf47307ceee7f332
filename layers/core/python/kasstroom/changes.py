"""What a decision wants written: committed as one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from kasstroom.events import Event

T = TypeVar("T")


class Work(StrEnum):
    """The kinds of work the `due` index holds; a scheduler asks one question: what is due?"""

    DUNNING = "dunning"
    RESERVATION_EXPIRY = "reservation_expiry"
    ATTEMPT_SWEEP = "attempt_sweep"
    REFUND = "refund"
    MESSAGE_CLAIM = "message_claim"
    PRINT = "print"
    PRINT_BATCH = "print_batch"
    NOTICE = "notice"
    COLLECTION = "collection"
    THANKS = "thanks"
    CREDIT_REVIEW = "credit_review"
    APPLICATION = "application"
    COVER = "cover"
    INSURER_JOB = "insurer_job"
    SCREENING = "screening"
    WEBHOOK = "webhook"
    LEARNING = "learning"
    SEGMENTS = "segments"
    BANK_LINE = "bank_line"
    REPORT_RUN = "report_run"
    REPORT_SCHEDULE = "report_schedule"


@dataclass(frozen=True, slots=True)
class Due:
    """Work that has to be looked at, at the earliest at this instant."""

    work: Work
    at: datetime


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that points at a debtor's item and can exist once per organisation."""

    org: str
    kind: str
    value: str
    debtor: str
    target: str


@dataclass(frozen=True, slots=True)
class Changes:
    """`create` must not exist yet; `update` and `check` must still have the version they were read
    with (the commit raises it by one for `update`); events leave through the outbox.
    """

    create: tuple[Any, ...] = ()
    update: tuple[Any, ...] = ()
    check: tuple[Any, ...] = ()
    events: tuple[Event, ...] = ()

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.create + other.create,
            self.update + other.update,
            self.check + other.check,
            self.events + other.events,
        )

    def __bool__(self) -> bool:
        return bool(self.create or self.update or self.events)


@dataclass(frozen=True, slots=True)
class Versioned:
    """State that changes: `version` is the one it was read with, 0 when it is new."""

    version: int = field(default=0, kw_only=True)


class Command:
    """What a caller asks for. A field we do not know is refused, not ignored."""

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid", "str_max_length": 500, "str_strip_whitespace": True}


def next_version(entity: T) -> T:
    return replace(entity, version=entity.version + 1)  # type: ignore[type-var, attr-defined]
