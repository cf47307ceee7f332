"""The letters of one evening, for the printer: one batch per organisation and day.

`closing`: letters are being taken and its files made; a batch that broke off goes on. `posting`:
its letters are being given their posting day.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.formula_free import formula_free
from kasstroom.messages.letters import PostClass
from kasstroom.settings import LETTER_PREFIX
from kasstroom.time import iso

COLUMNS = (
    "message", "debtor", "file", "pages", "sha256", "address", "post", "colour",
)  # fmt: skip


class BatchState(StrEnum):
    CLOSING = "closing"
    CLOSED = "closed"
    POSTING = "posting"
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class LetterBatch(Versioned):
    """`id` is its day. `merged_key` is empty when there are too many pages for one file; `cursor`
    is the last letter that got its posting day."""

    org: str
    id: str
    created_at: datetime
    state: BatchState = BatchState.CLOSING
    letters: int = 0
    pages: int = 0
    manifest_key: str = ""
    manifest_sha256: str = ""
    table_key: str = ""
    merged_key: str = ""
    closed_at: datetime | None = None
    posted_on: date | None = None
    posted_by: str = ""
    cursor: str = ""

    @property
    def day(self) -> date:
        return date.fromisoformat(self.id)

    @property
    def due(self) -> Due | None:
        closing = self.state is BatchState.CLOSING
        return Due(Work.PRINT_BATCH, self.created_at) if closing else None


@dataclass(frozen=True, slots=True)
class BatchLetter:
    """A letter as it went to the printer; never changed."""

    org: str
    batch: str
    id: str
    debtor: str
    message: str
    file_key: str
    sha256: str
    pages: int
    addressee: tuple[str, ...]
    post: PostClass
    colour: bool


def folder_of(batch: LetterBatch) -> str:
    return f"{LETTER_PREFIX}{batch.org}/{batch.id}/batch/"


def manifest(batch: LetterBatch, letters: Sequence[BatchLetter]) -> bytes:
    """What the printer is told, as JSON; the same bytes for the same letters."""
    told = {
        "organisation": batch.org,
        "batch": batch.id,
        "created_at": iso(batch.created_at),
        "letters": [{**_facts(letter), "address": list(letter.addressee)} for letter in letters],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def table(letters: Sequence[BatchLetter]) -> bytes:
    """The same as CSV, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for letter in letters:
        facts = {**_facts(letter), "address": " | ".join(letter.addressee)}
        writer.writerow([formula_free(str(facts[name])) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _facts(letter: BatchLetter) -> dict[str, object]:
    return {
        "message": letter.message,
        "debtor": letter.debtor,
        "file": letter.file_key,
        "pages": letter.pages,
        "sha256": letter.sha256,
        "post": letter.post.value,
        "colour": "colour" if letter.colour else "black",
    }
