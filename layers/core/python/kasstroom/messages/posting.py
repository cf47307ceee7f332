"""The printer has taken a batch to the post: its letters get that day, from which the term of a
fourteen-day letter counts (the second post day after it, HR 25-11-2016, ECLI:NL:HR:2016:2704).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.debtors.model import Channel
from kasstroom.errors import NotFound, Refused
from kasstroom.events.letters import LetterPosted
from kasstroom.messages.batches import BatchLetter, BatchState, LetterBatch
from kasstroom.messages.model import Message
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import Day, day_of

AT_ONCE = 25
STEPS_PER_CALL = 40
"""Letters in one call: a thousand, well within the gateway's 30 s."""
ROLE = Role.COLLECTOR
"""Who handles letters: downloads them, and says when they were posted."""


@dataclass(frozen=True, slots=True)
class Posting(Command):
    """`posted_on`: the day the letters were handed to the post, not the day they were printed."""

    posted_on: Day


def batch_of(books: Books, org: str, id: str) -> LetterBatch:
    found = books.find(LetterBatch, org, id=id)
    if found is None:
        raise NotFound("letter_batch_not_found", f"There is no batch of letters {id}.")
    return found


def start(
    books: Books, org: str, id: str, asked: Posting, actor: Actor, now: datetime
) -> tuple[Changes, LetterBatch]:
    """Nothing when that day was told before. Refused for another day, or one before the batch or
    after today: a term that is counted from a wrong day makes the letter void."""
    actor.must_be(ROLE)
    batch = batch_of(books, org, id)
    if batch.posted_on == asked.posted_on:
        return Changes(), batch
    if batch.posted_on:
        detail = f"These letters were posted on {batch.posted_on}; a term runs from that day."
        raise Refused("already_posted", detail, "/body/posted_on")
    if batch.state is not BatchState.CLOSED:
        raise Refused("not_closed", "This batch is still being made; try again this evening.")
    if not batch.day <= asked.posted_on <= day_of(now):
        detail = f"Give the day the letters were posted: {batch.day} or later, and not after today."
        raise Refused("impossible_day", detail, "/body/posted_on")
    after = replace(
        batch, state=BatchState.POSTING, posted_on=asked.posted_on, posted_by=actor.name
    )
    return Changes(update=(after,)), after


def finish(books: Books, org: str, id: str, now: datetime) -> LetterBatch:
    """Gives the letters their day, as many as one call does: asked again it goes on."""
    for _ in range(STEPS_PER_CALL):
        batch = settle(books, lambda: _step(books, org, id, now))
        if batch.state is not BatchState.POSTING:
            break
    return batch_of(books, org, id)


def _step(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, LetterBatch]:
    batch = batch_of(books, org, id)
    if batch.state is not BatchState.POSTING:
        return Changes(), batch
    letters = books.listing(BatchLetter, org, id, after=batch.cursor, limit=AT_ONCE)
    if not letters:
        after = replace(batch, state=BatchState.POSTED)
        return Changes(update=(after,)), after
    after = replace(batch, cursor=letters[-1].id)
    return _dated(books, batch, letters, now) + Changes(update=(after,)), after


def _dated(
    books: Books, batch: LetterBatch, letters: Sequence[BatchLetter], now: datetime
) -> Changes:
    """A message that has gone another way since keeps what it became."""
    assert batch.posted_on
    found = [(books.get(Message, one.org, one.debtor, one.message), one) for one in letters]
    posted = [
        replace(message, posted_on=batch.posted_on)
        for message, one in found
        if message.channel is Channel.LETTER and message.provider_id == one.file_key
    ]
    events = tuple(
        LetterPosted(
            org=message.org,
            debtor=message.debtor,
            subject=message.id,
            at=now,
            batch=batch.id,
            posted_on=batch.posted_on,
            step=message.template,
        )  # fmt: skip
        for message in posted
    )
    return Changes(update=tuple(posted), events=events)
