"""Every debtor on the strategies that are in force, after these or its segments changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from kasstroom.changes import Changes
from kasstroom.debtors.model import Listed
from kasstroom.dunning.choosing import LiveStrategies, fitted
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.events.dunning import StrategiesChanged
from kasstroom.events.segments import DebtorRestrictedSegmentChanged, DebtorSegmentChanged
from kasstroom.ports import Books
from kasstroom.segments.model import DebtorSegments
from kasstroom.settle import settle

AT_A_TIME = 200
"""Debtors per message: a walk that is broken off goes on where it was."""


FOLLOWED = (
    StrategiesChanged.TYPE,
    DebtorSegmentChanged.TYPE,
    DebtorRestrictedSegmentChanged.TYPE,
)
"""Events after which debtors are looked at; infra reads this too."""


class FitQueue(Protocol):
    def walk(self, org: str, after: str) -> None:
        """Asks for the debtors above `after` ("" for all)."""
        ...


def work(books: Books, queue: FitQueue, message: Mapping[str, Any], now: datetime) -> int:
    """An event of one debtor or for all, or our own message to walk on; how many cases changed."""
    told = message.get("detail", {})
    org, debtor = told.get("organisation") or message["org"], told.get("debtor", "")
    if debtor:
        return int(settle(books, lambda: fit(books, org, debtor, now)))
    return walk(books, queue, org, message.get("after", ""), now)


def fit(books: Books, org: str, debtor: str, now: datetime) -> tuple[Changes, bool]:
    """One debtor's case as the strategies in force have it; nothing when it is so already."""
    case = books.find(DunningCase, org, debtor)
    if case is None:
        return Changes(), False
    live = books.find(LiveStrategies, org) or LiveStrategies(org)
    known = books.find(DebtorSegments, org, debtor)
    after = rescheduled(fitted(case, live, known.segments if known else (), now), now)
    return (Changes(update=(after,)), True) if after != case else (Changes(), False)


def walk(books: Books, queue: FitQueue, org: str, after: str, now: datetime) -> int:
    """Fits the next debtors and asks for those behind them; returns how many changed."""
    page = books.listing(Listed, org, after=after, limit=AT_A_TIME)
    changed = sum(
        settle(books, lambda number=one.number: fit(books, org, number, now)) for one in page
    )
    if len(page) == AT_A_TIME:
        queue.walk(org, page[-1].number)
    return changed
