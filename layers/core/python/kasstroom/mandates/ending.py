"""What does not come after all: a collection cancelled, or a line the bank did not take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Conflict, NotFound, Refused
from kasstroom.events.mandates import CollectionCancelled, CollectionReturned, MandateSuspended
from kasstroom.mandates.collection import (
    Collecting,
    Collection,
    CollectionLine,
    CollectionState,
    LineState,
)
from kasstroom.mandates.consequences import held_for_talk, mourning
from kasstroom.mandates.exporting import next_group
from kasstroom.mandates.model import Mandate, MandateState
from kasstroom.mandates.planning import STEPS_PER_CALL, collection_of
from kasstroom.mandates.reasons import reason_of
from kasstroom.mandates.registering import mandate_of
from kasstroom.mandates.standing import freed, resumed
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.settle import settle

_ENDING = CollectionState.CANCELLING
_OPEN = (LineState.ANNOUNCED, LineState.COLLECTING)


@dataclass(frozen=True, slots=True)
class Cancellation(Command):
    """`reason` is kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejection(Command):
    """`reason` is the bank's code, such as AC01, from its status report (pain.002)."""

    reason: str


def start(
    books: Books, org: str, id: str, why: Cancellation, actor: Actor, now: datetime
) -> tuple[Changes, Collection]:
    """Nothing when that was done before. Once there may be a file: Forbidden for who is not of
    finance and does not know that the bank does not execute it."""
    collection = collection_of(books, org, id)
    if collection.state in (_ENDING, CollectionState.CANCELLED):
        return Changes(), collection
    if collection.state in (CollectionState.EXPORTING, CollectionState.EXPORTED):
        actor.must_be(Role.FINANCE)
    after = replace(
        collection, state=_ENDING, cursor="", reason=f"{actor.name}: {why.reason}", ended_at=now
    )
    return Changes(update=(after,)), after


def finish(books: Books, org: str, id: str, now: datetime) -> Collection:
    for _ in range(STEPS_PER_CALL):
        collection = settle(books, lambda: step(books, org, id, now))
        if collection.state is not _ENDING:
            break
    return collection_of(books, org, id)


def step(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, Collection]:
    """The lines of the next debtor; lines of which the money came in stay as they are."""
    collection = collection_of(books, org, id)
    if collection.state is not _ENDING:
        return Changes(), collection
    group = next_group(books, collection)
    if not group:
        done = replace(collection, state=CollectionState.CANCELLED, cursor="")
        return Changes(update=(done,)), done
    after = replace(collection, cursor=group[-1].id)
    changes = Changes(update=(after,))
    if lines := [line for line in group if line.state in _OPEN]:
        debtor = lines[0].debtor
        case = books.get(DunningCase, org, debtor)
        changes += cancelled(lines, books.get(Collecting, org, debtor), case, now)
    return changes, after


def cancelled(
    lines: Sequence[CollectionLine], collecting: Collecting, case: DunningCase, now: datetime
) -> Changes:
    """Pure: what was announced to this debtor does not take place."""
    first = lines[0]
    event = CollectionCancelled(
        org=first.org, debtor=first.debtor, subject=first.collection, at=now,
        collect_on=first.collect_on, amount=Money(sum(line.amount.minor for line in lines)),
        invoices=tuple(number for line in lines for number in line.invoices),
    )  # fmt: skip
    ended = tuple(replace(line, state=LineState.CANCELLED) for line in lines)
    return Changes(update=ended, events=(event,)) + released(lines, collecting, case, now)


def reject(
    books: Books, org: str, id: str, line_id: str, why: Rejection, actor: Actor, now: datetime
) -> tuple[Changes, CollectionLine]:
    """The bank did not execute it, so that no money moved. Conflict when it is not in a file, or
    its money came in: then it can only come back."""
    actor.must_be(Role.FINANCE)
    line = line_of(books, org, id, line_id)
    if not 1 <= len(why.reason) <= 35:
        raise Refused("invalid_reason", "Give the bank's code, such as AC01.", "/body/reason")
    if line.state is not LineState.COLLECTING:
        detail = f"This line is {line.state}; only one that the bank has can be rejected."
        raise Conflict("not_collecting", detail)
    return rejected(books, line, why.reason, now)


def rejected(
    books: Books, line: CollectionLine, reason: str, now: datetime, *, with_its_file: bool = False
) -> tuple[Changes, CollectionLine]:
    """`line` is collecting, and the bank did not take it, with this `reason`. One that is about the
    whole file (`with_its_file`), such as an account of ours, says nothing of the mandate."""
    org, code = line.org, reason.upper()
    mandate = mandate_of(books, org, line.mandate)
    # It did not count as a collection: the next one is the first again, and tells what this told.
    again = replace(
        mandate, collections=max(0, mandate.collections - 1),
        tell_account=mandate.tell_account or (line.tells_account and line.iban == mandate.iban),
    )  # fmt: skip
    after = replace(line, state=LineState.REJECTED, reason=code)
    collecting = books.get(Collecting, org, line.debtor)
    case = books.get(DunningCase, org, line.debtor)
    changes = Changes(update=(after,), events=(told_returned(after, line.amount, now),))
    if with_its_file:
        changes += released((line,), collecting, case, now)
    else:
        pause, quiet = mourning(case, code, now)
        held = held_for_talk(collecting, line, code)
        changes += pause + released((line,), held, quiet, now, stored=case)
        changes += after_reason(again, code, now)
    if not any(isinstance(entity, Mandate) for entity in changes.update):
        changes += Changes(update=(again,))
    return changes, after


def line_of(books: Books, org: str, id: str, line_id: str) -> CollectionLine:
    """NotFound when the collection has no such line."""
    line = books.find(CollectionLine, org, id, line_id)
    if line is None:
        raise NotFound("line_not_found", f"Collection {id} has no line {line_id}.")
    return line


def released(
    lines: Sequence[CollectionLine],
    collecting: Collecting,
    case: DunningCase,
    now: datetime,
    *,
    stored: DunningCase | None = None,
) -> Changes:
    """The invoices may be collected again, and reminders go on when nothing is on its way.
    `stored` is the case as it is in the books, where that is not `case`."""
    after = freed(collecting, (line.id for line in lines))
    resuming = resumed(case, after, now)
    return Changes(update=(after, *((resuming,) if resuming != (stored or case) else ())))


def after_reason(mandate: Mandate, code: str, now: datetime) -> Changes:
    """The mandate suspended, when the bank's reason says that it cannot be used."""
    reason = reason_of(code)
    if not reason.suspends or mandate.state is not MandateState.ACTIVE:
        return Changes()
    after = replace(mandate, state=MandateState.SUSPENDED, ended_at=now, reason=reason.code)
    event = MandateSuspended(
        org=mandate.org, debtor=mandate.debtor, subject=mandate.id, at=now,
        reference=mandate.reference, reason=reason.code, next_step=reason.next,
    )  # fmt: skip
    return Changes(update=(after,), events=(event,))


def told_returned(line: CollectionLine, amount: Money, now: datetime) -> CollectionReturned:
    reason = reason_of(line.reason)
    return CollectionReturned(
        org=line.org, debtor=line.debtor, subject=line.id, at=now, collection=line.collection,
        amount=amount, reason=reason.code, next_step=reason.next, invoices=line.invoices,
    )  # fmt: skip
