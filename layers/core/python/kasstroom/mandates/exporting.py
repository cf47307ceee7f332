"""A planned collection becomes the file for the bank, once: asked again it is the same file.

Each debtor's lines are settled in one transaction with the open items they were compared with, so
that nothing that was paid meanwhile is in the file. The file is made of the stored lines only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import takewhile

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.errors import Conflict, Refused
from kasstroom.events.mandates import CollectionExported
from kasstroom.mandates.calendar import last_file_day
from kasstroom.mandates.collection import (
    Collection,
    CollectionLine,
    CollectionState,
    LineState,
)
from kasstroom.mandates.eligible import MOST_ITEMS, Standing, fixed
from kasstroom.mandates.model import Mandate
from kasstroom.mandates.notices import notice_of, told_on
from kasstroom.mandates.planning import STEPS_PER_CALL, collection_of
from kasstroom.mandates.ports import FileStore, FileWriter
from kasstroom.mandates.settings import creditor_of
from kasstroom.mandates.standing import freed, paused, resumed, standing_of
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.settings import COLLECTION_PREFIX
from kasstroom.settle import settle
from kasstroom.time import day_of
from kasstroom.whole_list import whole_list

_MAKING = CollectionState.EXPORTING


def start(
    books: Books, org: str, id: str, actor: Actor, now: datetime
) -> tuple[Changes, Collection]:
    """From here on the lines are settled. Nothing when that was done before; Refused before the
    plan is ready, or when the day is too near for the bank; Forbidden for who is not of finance."""
    actor.must_be(Role.FINANCE)
    collection = collection_of(books, org, id)
    if collection.state in (_MAKING, CollectionState.EXPORTED):
        return Changes(), collection
    if collection.state is not CollectionState.PLANNED:
        detail = f"This collection is {collection.state}; only a planned one is exported."
        raise Refused("not_planned", detail)
    if day_of(now) > (last := last_file_day(collection.collect_on)):
        detail = f"The bank took the file until {last}; cancel this collection and plan a new one."
        raise Refused("too_late", detail)
    organisation = books.get(Organisation, org)
    after = replace(
        collection, state=_MAKING, cursor="", creditor=creditor_of(organisation),
        format=organisation.direct_debit.format, exported_at=now, exported_by=actor.name,
    )  # fmt: skip
    return Changes(update=(after,)), after


def finish(
    books: Books, store: FileStore, write: FileWriter, org: str, id: str, now: datetime
) -> Collection:
    """Settles the lines and makes the file, or as much as one call does: asked again it goes on."""
    for _ in range(STEPS_PER_CALL):
        collection, left = settle(books, lambda: step(books, org, id, now))
        if not left:
            break
    if collection.state is _MAKING and not left:
        _make(books, store, write, org, id, now)
    return collection_of(books, org, id)


def step(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, tuple[Collection, bool]]:
    """The lines of the next debtor; False when there is none left."""
    collection = collection_of(books, org, id)
    group = next_group(books, collection)
    if collection.state is not _MAKING or not group:
        return Changes(), (collection, False)
    after = replace(collection, cursor=group[-1].id)
    changes = _settled(books, collection, group, now) + Changes(update=(after,))
    return changes, (after, True)


def next_group(books: Books, collection: Collection) -> tuple[CollectionLine, ...]:
    """The lines of one debtor, those after the cursor: they stand together."""
    found = books.listing(
        CollectionLine, collection.org, collection.id, after=collection.cursor,
        limit=MOST_ITEMS + 1,
    )  # fmt: skip
    return tuple(takewhile(lambda line: line.debtor == found[0].debtor, found))[:MOST_ITEMS]


def lines_of(books: Books, org: str, id: str) -> Iterator[CollectionLine]:
    """All of them, in the order of their numbers."""
    return whole_list(books, CollectionLine, org, id)


def _settled(
    books: Books, collection: Collection, group: Sequence[CollectionLine], now: datetime
) -> Changes:
    lines = [line for line in group if line.state is LineState.ANNOUNCED]
    if not lines:
        return Changes()
    debtor = lines[0].debtor
    mandate = books.get(Mandate, collection.org, debtor, lines[0].mandate)
    standing = standing_of(books, collection.org, debtor, mandate)
    if standing is None:
        raise Conflict("debtor_incomplete", f"The books of debtor {debtor} are not complete.")
    told = notice_of(books, collection.org, debtor, collection.id)
    if told:
        lines = [replace(line, announced_on=told_on(told)) for line in lines]
    terms = books.get(Organisation, collection.org).direct_debit
    return written(standing, fixed(lines, standing, terms.notice_days), now)


def written(standing: Standing, lines: Sequence[CollectionLine], now: datetime) -> Changes:
    """Pure: the settled lines with the mandate's history, the claims and the pause in reminders."""
    kept = [line for line in lines if line.state is LineState.COLLECTING]
    collecting = freed(standing.collecting, (line.id for line in lines))
    collecting = collecting.with_lines(kept)
    changes = Changes(update=(*lines, collecting))
    if not kept:
        case = resumed(standing.case, collecting, now)
        return changes + Changes(update=(case,) if case != standing.case else ())
    mandate = standing.mandate
    assert mandate
    used = replace(
        mandate, collections=mandate.collections + len(kept), tell_account=False,
        last_collected_on=lines[0].collect_on,
    )  # fmt: skip
    return changes + Changes(update=(used, paused(standing.case, lines[0].collect_on, now)))


def in_file(lines: Iterator[CollectionLine]) -> list[CollectionLine]:
    """What went to the bank, whatever became of it."""
    return [line for line in lines if line.sequence]


def _make(
    books: Books, store: FileStore, write: FileWriter, org: str, id: str, now: datetime
) -> None:
    collection = collection_of(books, org, id)
    lines = in_file(lines_of(books, org, id))
    made = replace(collection, state=CollectionState.EXPORTED, cursor="", file_lines=len(lines))
    if lines:
        content = write(collection, lines)
        key = f"{COLLECTION_PREFIX}{org}/{collection.message_id}.xml"
        # Stored first: who finds the collection exported finds the file too.
        store.put(key, content)
        total = Money(sum(line.amount.minor for line in lines))
        digest = sha256(content).hexdigest()
        made = replace(made, file_key=key, file_sha256=digest, file_total=total)
    settle(books, lambda: _exported(books, made, now))


def _exported(books: Books, made: Collection, now: datetime) -> tuple[Changes, None]:
    known = collection_of(books, made.org, made.id)
    if known.state is not _MAKING:
        return Changes(), None
    event = CollectionExported(
        org=made.org, debtor="", subject=made.id, at=now, message_id=made.message_id,
        collect_on=made.collect_on, lines=made.file_lines, amount=made.file_total,
    )  # fmt: skip
    return Changes(update=(replace(made, version=known.version),), events=(event,)), None
