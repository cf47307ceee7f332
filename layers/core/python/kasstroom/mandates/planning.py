"""A collection planned: its lines, and the debtors told, one debtor per transaction.

Each transaction moves the collection's cursor, so that a plan that broke off goes on where it was
and nobody is announced twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.compliance.contact_hours import next_contact
from kasstroom.errors import NotFound, Refused
from kasstroom.events.mandates import CollectionAnnounced
from kasstroom.ids import new_id
from kasstroom.mandates.calendar import earliest_day, settles, settling_day
from kasstroom.mandates.collection import (
    Collection,
    CollectionLine,
    CollectionState,
    Skipped,
)
from kasstroom.mandates.eligible import Standing, Wanted, wanted
from kasstroom.mandates.model import ListedMandate, Scheme
from kasstroom.mandates.registering import usable
from kasstroom.mandates.settings import creditor_of
from kasstroom.mandates.standing import paused, standing_of
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import Day, day_of

MOST_DEBTORS = 500
MOST_LINES = 99_999
MOST_SKIPPED = 200
FURTHEST_DAYS = 180
STEPS_PER_CALL = 100
"""Debtors in one call: some ten reads and one commit each, well within the gateway's 30 s."""
LOOKED_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class NewCollection(Command):
    """`debtors` empty: everybody with a mandate of this scheme. `due_by`: invoices due on that day
    or before, usually the day of collection."""

    collect_on: Day
    scheme: Scheme = Scheme.CORE
    debtors: tuple[str, ...] = ()
    due_by: Day | None = None


def new_collection_id(now: datetime) -> str:
    return new_id("col", now)


def collection_of(books: Books, org: str, id: str) -> Collection:
    found = books.find(Collection, org, id=id)
    if found is None:
        raise NotFound("collection_not_found", f"There is no collection {id}.")
    return found


def start(
    books: Books, org: str, id: str, asked: NewCollection, actor: Actor, now: datetime
) -> tuple[Changes, Collection]:
    """The collection without lines yet. Refused when there is no time to tell the debtors, when
    banks do not settle that day, or when the organisation cannot collect."""
    organisation = books.get(Organisation, org)
    creditor_of(organisation)
    terms = organisation.direct_debit
    _on_a_day(asked.collect_on, day_of(next_contact(now)), terms.notice_days)
    debtors = tuple(dict.fromkeys(asked.debtors))
    if len(debtors) > MOST_DEBTORS:
        detail = f"Name at most {MOST_DEBTORS} debtors, or none for everybody with a mandate."
        raise Refused("too_many_debtors", detail, "/body/debtors")
    made = Collection(
        org, id, asked.scheme, terms.per, asked.collect_on, asked.due_by or asked.collect_on, now,
        actor.name, debtors=debtors, format=terms.format,
    )  # fmt: skip
    return Changes(create=(made,)), made


def go_on(books: Books, org: str, id: str, now: datetime) -> Collection:
    """Plans until it is ready, or as much as one call does; asked again it goes on."""
    for _ in range(STEPS_PER_CALL):
        collection = settle(books, lambda: step(books, org, id, now))
        if collection.state is not CollectionState.PLANNING:
            break
    return collection_of(books, org, id)


def step(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, Collection]:
    """As far as the next debtor of whom something is collected, who is told in the same commit."""
    collection = collection_of(books, org, id)
    if collection.state is not CollectionState.PLANNING:
        return Changes(), collection
    places = list(_places(books, collection))
    for cursor, debtor, listed in places:
        collection = replace(collection, cursor=cursor)
        standing, want = _looked_at(books, collection, debtor, listed)
        if want.why:
            collection = _skipping(collection, Skipped(debtor, want.why))
        if standing and want.parts:
            creditor = creditor_of(books.get(Organisation, org))
            return _announced(collection, standing, want, creditor.creditor_id, now)
    if len(places) < LOOKED_AT_ONCE:
        collection = replace(collection, state=CollectionState.PLANNED, cursor="")
    return Changes(update=(collection,)), collection


def _places(books: Books, collection: Collection) -> Iterator[tuple[str, str, str]]:
    """The cursor behind it, a debtor, and the mandate it was found by."""
    if collection.debtors:
        at = int(collection.cursor or 0)
        for nth, debtor in enumerate(collection.debtors[at : at + LOOKED_AT_ONCE], at + 1):
            yield str(nth), debtor, ""
        return
    for listed in books.listing(
        ListedMandate, collection.org, after=collection.cursor, limit=LOOKED_AT_ONCE
    ):
        yield listed.id, listed.debtor, listed.id


def _looked_at(
    books: Books, collection: Collection, debtor: str, listed: str
) -> tuple[Standing | None, Wanted]:
    """Found by another mandate than the one to collect with, a debtor is somewhere else in the
    list."""
    mandate = usable(books, collection.org, debtor, collection.scheme, collection.collect_on)
    if listed and (mandate is None or mandate.id != listed):
        return None, Wanted()
    standing = standing_of(books, collection.org, debtor, mandate)
    if standing is None:
        return None, Wanted(why="debtor_not_found")
    want = wanted(
        standing, collection.per, collection.collect_on, collection.due_by, named=not listed
    )
    if collection.lines + len(want.parts) > MOST_LINES:
        return standing, Wanted(why="collection_full")
    if not listed and want == Wanted():
        return standing, Wanted(why="nothing_due")
    return standing, want


def _announced(
    collection: Collection, standing: Standing, want: Wanted, creditor_id: str, now: datetime
) -> tuple[Changes, Collection]:
    mandate = standing.mandate
    assert mandate
    lines = tuple(
        CollectionLine(
            collection.org, collection.id, f"{collection.message_id}-{nth:05d}", mandate.debtor,
            mandate.id, part.invoices, part.amount, None, collection.collect_on,
        )
        for nth, part in enumerate(want.parts, collection.lines + 1)
    )  # fmt: skip
    taken = standing.collecting.with_lines(lines)
    total = Money(sum(line.amount.minor for line in lines))
    after = replace(
        collection, lines=collection.lines + len(lines), announced=collection.announced + total
    )
    event = CollectionAnnounced(
        org=collection.org, debtor=mandate.debtor, subject=collection.id, at=now, amount=total,
        collect_on=collection.collect_on,
        invoices=tuple(n for line in lines for n in line.invoices),
        mandate=mandate.reference, creditor_id=creditor_id, account_end=mandate.iban[-4:],
    )  # fmt: skip
    # The debtor need not do anything: no reminder says otherwise while the money is on its way.
    waits = paused(standing.case, collection.collect_on, now)
    return Changes(lines, (taken, after, waits), (mandate,), (event,)), after


def _skipping(collection: Collection, one: Skipped) -> Collection:
    if len(collection.skipped) >= MOST_SKIPPED:
        return replace(collection, skipped_more=collection.skipped_more + 1)
    return replace(collection, skipped=(*collection.skipped, one))


def _on_a_day(collect_on: date, today: date, notice_days: int) -> None:
    earliest = earliest_day(today, notice_days)
    at = "/body/collect_on"
    if collect_on < earliest:
        detail = f"Debtors are told {notice_days} days before, and the bank has the file a working"
        detail += f" day before: collect on {earliest} or later."
        raise Refused("too_soon", detail, at)
    if collect_on > today + timedelta(days=FURTHEST_DAYS):
        raise Refused("too_far", f"Plan at most {FURTHEST_DAYS} days ahead.", at)
    if not settles(collect_on):
        detail = f"Banks do not settle on {collect_on}; choose {settling_day(collect_on)}."
        raise Refused("no_settling_day", detail, at)
