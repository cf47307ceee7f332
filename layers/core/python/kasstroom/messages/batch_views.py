"""Batches of letters as the API shows them; who handles letters gets links to the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.access.model import Actor
from kasstroom.messages.batches import BatchLetter, BatchState, LetterBatch
from kasstroom.messages.letters import PostClass
from kasstroom.messages.posting import ROLE, batch_of
from kasstroom.messages.tray import LetterStore
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class LetterBatchView:
    """The links open the files for some minutes; they are empty for who does not have the role
    `collector`, and `letters_url` for a batch that is too large for one file."""

    id: str
    day: date
    state: BatchState
    letters: int
    pages: int
    created_at: datetime
    closed_at: datetime | None
    posted_on: date | None
    posted_by: str
    manifest_sha256: str
    manifest_url: str = ""
    table_url: str = ""
    letters_url: str = ""


@dataclass(frozen=True, slots=True)
class LetterBatchPage:
    """Oldest first. `next_cursor` null: this was the last page."""

    items: tuple[LetterBatchView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class BatchLetterView:
    message: str
    debtor: str
    addressee: tuple[str, ...]
    pages: int
    post: PostClass
    colour: bool
    sha256: str
    url: str


@dataclass(frozen=True, slots=True)
class BatchLetterPage:
    items: tuple[BatchLetterView, ...]
    next_cursor: str | None


def batch_view(batch: LetterBatch, store: LetterStore, actor: Actor) -> LetterBatchView:
    def url(key: str) -> str:
        return store.download_url(key) if key and ROLE in actor.roles else ""

    return LetterBatchView(
        batch.id, batch.day, batch.state, batch.letters, batch.pages, batch.created_at,
        batch.closed_at, batch.posted_on, batch.posted_by, batch.manifest_sha256,
        url(batch.manifest_key), url(batch.table_key), url(batch.merged_key),
    )  # fmt: skip


def batch_page(
    books: Books, store: LetterStore, org: str, actor: Actor, *, after: str, limit: int
) -> LetterBatchPage:
    found = books.listing(LetterBatch, org, after=after, limit=limit + 1)
    items = tuple(batch_view(batch, store, actor) for batch in found[:limit])
    return LetterBatchPage(items, found[limit - 1].id if len(found) > limit else None)


def letter_page(
    books: Books, store: LetterStore, org: str, id: str, actor: Actor, *, after: str, limit: int
) -> BatchLetterPage:
    """Forbidden without the role: each letter names a debtor and what is owed."""
    actor.must_be(ROLE)
    batch = batch_of(books, org, id)
    found = books.listing(BatchLetter, org, batch.id, after=after, limit=limit + 1)
    items = tuple(
        BatchLetterView(
            one.message,
            one.debtor,
            one.addressee,
            one.pages,
            one.post,
            one.colour,
            one.sha256,
            store.download_url(one.file_key),
        )  # fmt: skip
        for one in found[:limit]
    )
    return BatchLetterPage(items, found[limit - 1].id if len(found) > limit else None)
