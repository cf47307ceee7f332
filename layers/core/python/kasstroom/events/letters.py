"""What happens to letters on their way to the post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kasstroom.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBatchClosed(Event):
    """The letters of an evening lie ready for the printer; `subject` is the batch."""

    TYPE: ClassVar[str] = "letter_batch.closed"
    day: date
    letters: int
    pages: int
    manifest_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPosted(Event):
    """A letter was handed to the post on this day; `subject` is its message."""

    TYPE: ClassVar[str] = "letter.posted"
    batch: str
    posted_on: date
    step: str
