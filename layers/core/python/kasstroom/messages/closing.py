"""The evening's round: what waits in the tray becomes a batch, once, whatever breaks off.

A letter enters the batch in one transaction with its place in the batch and the batch's counts;
files are made from what the batch holds, and stored before the batch is called closed. A letter
that comes later on the day goes with the next batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from kasstroom.changes import Changes, Work
from kasstroom.compliance.contact_hours import is_contact_day
from kasstroom.debtors.model import Channel
from kasstroom.events.letters import LetterBatchClosed
from kasstroom.messages.batches import (
    BatchLetter,
    BatchState,
    LetterBatch,
    folder_of,
    manifest,
    table,
)
from kasstroom.messages.model import WENT_OUT, Message, MessageState
from kasstroom.messages.tray import LetterStore, TrayLetter
from kasstroom.ports import Books, DueItem
from kasstroom.settle import settle
from kasstroom.time import day_of
from kasstroom.whole_list import whole_list

MOST_MERGED_PAGES = 1000
"""More in one file is a burden to every reader; the letters' own files are always there."""

Join = Callable[[Sequence[bytes]], bytes]
"""Several PDFs as one."""


@dataclass(frozen=True, slots=True)
class Round:
    batches: int = 0
    letters: int = 0


def close_batches(books: Books, store: LetterStore, join: Join, now: datetime) -> Round:
    """Every organisation's batch of this day, and whatever broke off before. On a Sunday or holiday
    nothing is handed over."""
    today = day_of(now)
    if not is_contact_day(today):
        return Round()
    waiting: dict[str, list[DueItem]] = defaultdict(list)
    for found in books.due(Work.PRINT, now):
        waiting[found.org].append(found)
    for org, letters in waiting.items():
        for found in letters:
            settle(books, lambda org=org, found=found: take(books, org, found, today, now))
    closing = [
        batch
        for found in books.due(Work.PRINT_BATCH, now)
        if (batch := books.find(LetterBatch, found.org, id=found.id))
    ] + [batch for org in waiting if (batch := books.find(LetterBatch, org, id=today.isoformat()))]
    return _finished(books, store, join, closing, now)


def take(books: Books, org: str, found: DueItem, day: date, now: datetime) -> tuple[Changes, bool]:
    """One letter into the day's batch; False when it stays where it is, or is withdrawn because its
    message went another way or stopped."""
    letter = books.find(TrayLetter, org, found.debtor, found.id)
    if letter is None or letter.due is None:
        return Changes(), False
    message = books.get(Message, org, letter.debtor, letter.message)
    if _is_being_sent(message):
        return Changes(), False
    if not _stands(message, letter):
        gone = replace(letter, withdrawn=f"message_{message.state}")
        return Changes(update=(gone,), check=(message,)), False
    batch = books.find(LetterBatch, org, id=day.isoformat())
    if batch and batch.state is not BatchState.CLOSING:
        return Changes(), False
    return _taken(batch or LetterBatch(org, day.isoformat(), now), letter, message), True


def _taken(batch: LetterBatch, letter: TrayLetter, message: Message) -> Changes:
    counted = replace(batch, letters=batch.letters + 1, pages=batch.pages + letter.pages)
    line = BatchLetter(
        letter.org, batch.id, letter.id, letter.debtor, letter.message, letter.file_key,
        letter.sha256, letter.pages, letter.addressee, letter.post, letter.colour,
    )  # fmt: skip
    moved = replace(letter, batch=batch.id)
    made = Changes(update=(counted,)) if batch.version else Changes(create=(counted,))
    return made + Changes(create=(line,), update=(moved,), check=(message,))


def _is_being_sent(message: Message) -> bool:
    """Its sender has not come back yet: it is confirmed, or sent again, and waits till then."""
    return message.state is MessageState.CLAIMED and message.channel is Channel.LETTER


def _stands(message: Message, letter: TrayLetter) -> bool:
    is_this = message.channel is Channel.LETTER and message.provider_id == letter.file_key
    return is_this and message.state in WENT_OUT


def _finished(
    books: Books, store: LetterStore, join: Join, batches: Sequence[LetterBatch], now: datetime
) -> Round:
    done = {(batch.org, batch.id): batch for batch in batches if batch.due}
    for batch in done.values():
        made = _files(books, store, join, batch)
        settle(books, lambda made=made: _closed(books, made, now))
    return Round(len(done), sum(batch.letters for batch in done.values()))


def _files(books: Books, store: LetterStore, join: Join, batch: LetterBatch) -> LetterBatch:
    letters = list(whole_list(books, BatchLetter, batch.org, batch.id))
    folder, told = folder_of(batch), manifest(batch, letters)
    made = replace(
        batch, manifest_key=f"{folder}manifest.json", table_key=f"{folder}manifest.csv",
        manifest_sha256=sha256(told).hexdigest(),
    )  # fmt: skip
    store.put(made.table_key, table(letters))
    if batch.pages <= MOST_MERGED_PAGES:
        made = replace(made, merged_key=f"{folder}letters.pdf")
        store.put(made.merged_key, join([store.get(letter.file_key) for letter in letters]))
    store.put(made.manifest_key, told)
    return made


def _closed(books: Books, made: LetterBatch, now: datetime) -> tuple[Changes, None]:
    known = books.get(LetterBatch, made.org, id=made.id)
    if known.state is not BatchState.CLOSING:
        return Changes(), None
    closed = replace(made, state=BatchState.CLOSED, closed_at=now)
    event = LetterBatchClosed(
        org=made.org, debtor="", subject=made.id, at=now, day=made.day, letters=made.letters,
        pages=made.pages, manifest_sha256=made.manifest_sha256,
    )  # fmt: skip
    return Changes(update=(closed,), events=(event,)), None
