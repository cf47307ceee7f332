"""A collection of which nobody made the file in time does not stay as it is: it is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.changes import Changes, Work
from kasstroom.mandates.collection import NOT_AT_THE_BANK, Collection, CollectionState
from kasstroom.mandates.ending import finish
from kasstroom.mandates.planning import collection_of
from kasstroom.ports import Books
from kasstroom.settle import settle

LAPSED = "kasstroom: no file was made in time for the bank"


def lapse_due(books: Books, now: datetime) -> int:
    """Cancels what nobody made a file of in time, so that its invoices are free again and its
    debtors hear of it; goes on with what broke off. Returns how many collections that were."""
    found = [(due.org, due.id) for due in books.due(Work.COLLECTION, now)]
    for org, id in found:
        settle(books, lambda org=org, id=id: lapse(books, org, id, now))
        finish(books, org, id, now)
    return len(found)


def lapse(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, Collection]:
    """Nothing when there is a file, or still time for one."""
    collection = collection_of(books, org, id)
    if collection.state not in NOT_AT_THE_BANK or not collection.due or collection.due.at > now:
        return Changes(), collection
    after = replace(
        collection, state=CollectionState.CANCELLING, cursor="", reason=LAPSED, ended_at=now
    )
    return Changes(update=(after,)), after
