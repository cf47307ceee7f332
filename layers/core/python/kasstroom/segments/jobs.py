"""The worker's messages: news of a debtor, a list of debtors, and the walk over everybody.

A walk is a chain of messages, one per page of the organisation's debtors; each puts its debtors in
the queue in small parts and then the next page. A crash repeats a page, which writes nothing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from kasstroom.changes import Work
from kasstroom.debtors.model import Listed
from kasstroom.events.credit import CreditHoldPlaced, CreditHoldReleased, CreditTermsChanged
from kasstroom.events.debtors import DebtorCreated, DebtorUpdated
from kasstroom.events.insurance import CoverDecided, CoverReduced, CoverStopped, CoverWithdrawn
from kasstroom.events.invoices import (
    InvoiceCharged,
    InvoiceCredited,
    InvoiceIssued,
    InvoiceReopened,
    InvoiceWrittenOff,
)
from kasstroom.events.payments import (
    ChargebackReversed,
    PaymentAllocated,
    PaymentChargedBack,
    PaymentReallocated,
    PaymentRefunded,
    RefundReturned,
)
from kasstroom.events.resolution import DisputeOpened, DisputeResolved
from kasstroom.events.screening import BureauRatingChanged, DebtorInsolvent, DebtorScreened
from kasstroom.events.segments import SegmentsChanged
from kasstroom.ports import Books
from kasstroom.segments.assigning import Assigned
from kasstroom.segments.model import SegmentSet
from kasstroom.segments.ports import SegmentQueue
from kasstroom.segments.usecases import assign, live_set
from kasstroom.settle import settle

AT_ONCE = 25
PAGE = 500
ALL_AGAIN, DAY = "everybody", "day"
FOLLOWED = tuple(
    event.TYPE
    for event in (
        DebtorCreated, DebtorUpdated, InvoiceIssued, InvoiceCredited, InvoiceReopened,
        InvoiceWrittenOff, InvoiceCharged, PaymentAllocated, PaymentChargedBack,
        ChargebackReversed, PaymentReallocated, PaymentRefunded, RefundReturned,
        DisputeOpened, DisputeResolved, CreditHoldPlaced, CreditHoldReleased, CreditTermsChanged,
        BureauRatingChanged, DebtorInsolvent, DebtorScreened, CoverDecided, CoverReduced,
        CoverWithdrawn, CoverStopped, SegmentsChanged,
    )
)  # fmt: skip
"""Events after which a debtor is looked at again; infra reads this too. That an invoice became
overdue is no event: the day is planned (`DebtorSegments.look_again_on`)."""


@dataclass(frozen=True, slots=True)
class Look:
    """Debtors to look at, and what made us."""

    org: str
    debtors: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Walk:
    """Everybody above `after`, for the set of this number."""

    org: str
    number: int
    after: str


def job_of(message: Mapping[str, Any]) -> Look | Walk:
    """A message of our own, or an event as the bus hands it over."""
    if event := message.get("detail"):
        org, cause = event["organisation"], event["type"]
        if cause == SegmentsChanged.TYPE:
            return Walk(org, event["data"]["number"], "")
        return Look(org, (event["debtor"],), cause)
    if "number" in message:
        return Walk(message["org"], message["number"], message["after"])
    return Look(message["org"], tuple(message["debtors"]), message["cause"])


def work(
    books: Books, queue: SegmentQueue, message: Mapping[str, Any], now: datetime
) -> Counter[str]:
    """How many debtors of the message became what (`Assigned`), or were queued."""
    job = job_of(message)
    chosen = live_set(books, job.org)
    if isinstance(job, Walk):
        return _walked(books, queue, job, chosen)
    return Counter(_looked(books, chosen, job, debtor, now) for debtor in job.debtors)


def _looked(books: Books, chosen: SegmentSet, job: Look, debtor: str, now: datetime) -> Assigned:
    return settle(books, lambda: assign(books, chosen, job.org, debtor, job.cause, now))


def _walked(books: Books, queue: SegmentQueue, job: Walk, chosen: SegmentSet) -> Counter[str]:
    """A walk for a set that does not count any more ends: another one goes over everybody."""
    if job.number != chosen.number:
        return Counter(superseded=1)
    page = books.listing(Listed, job.org, after=job.after, limit=PAGE)
    numbers = [listed.number for listed in page]
    for part in _parts(numbers):
        queue.look_at(job.org, part, ALL_AGAIN)
    if len(page) == PAGE:
        queue.walk(job.org, job.number, numbers[-1])
    return Counter(queued=len(numbers))


def _parts(numbers: Iterable[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(numbers)
    while part := tuple(islice(rest, AT_ONCE)):
        yield part


def queue_due(books: Books, queue: SegmentQueue, now: datetime) -> int:
    """Queues everybody whose day has come; returns how many."""
    queued = 0
    for org, due in groupby(books.due(Work.SEGMENTS, now), key=lambda item: item.org):
        for part in _parts(item.debtor for item in due):
            queue.look_at(org, part, DAY)
            queued += len(part)
    return queued
