"""Calls as the API shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.dunning.model import DunningCase
from kasstroom.messages.calling import task_of
from kasstroom.messages.calls import CallState, CallTask, CallTry, QueuedCall
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.ports import Books
from kasstroom.whole_list import whole_list


@dataclass(frozen=True, slots=True)
class CallLine:
    """`tries` is how often was called already; `due` whether the moment to call has come."""

    id: str
    debtor: str
    name: str
    phone: str
    amount: Money
    due_at: datetime
    due: bool
    tries: int


@dataclass(frozen=True, slots=True)
class CallPage:
    """Open calls, the one due first on top. `next_cursor` null: this was the last page."""

    items: tuple[CallLine, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class CallTaskView:
    """`amount` is what the script says; `still_open` what is open now of its invoices: nothing left
    means that there is nothing to call about."""

    id: str
    debtor: str
    name: str
    phone: str
    language: Language
    state: CallState
    script: str
    amount: Money
    still_open: Money
    invoices: tuple[str, ...]
    message: str
    created_at: datetime
    due_at: datetime
    tries: tuple[CallTry, ...]
    follow_up_on: date | None


def call_page(books: Books, org: str, now: datetime, *, after: str, limit: int) -> CallPage:
    calls = (call for call in whole_list(books, QueuedCall, org) if call.open)
    places = sorted((_place(call), call) for call in calls if _place(call) > after)
    shown = places[:limit]
    items = tuple(
        CallLine(c.id, c.debtor, c.name, c.phone, c.amount, c.due_at, c.due_at <= now, c.tries)
        for _, c in shown
    )
    return CallPage(items, shown[-1][0] if len(places) > limit else None)


def _place(call: QueuedCall) -> str:
    """Sorts by the moment to call; no two calls have the same."""
    return f"{int(call.due_at.timestamp()):012d}.{call.id}"


def show(books: Books, org: str, id: str) -> CallTaskView:
    task, _ = task_of(books, org, id)
    return call_task_view(books, task)


def call_task_view(books: Books, t: CallTask) -> CallTaskView:
    case = books.find(DunningCase, t.org, t.debtor)
    items = case.items if case else ()
    left = sum(item.open.minor for item in items if item.number in t.invoices)
    return CallTaskView(
        t.id, t.debtor, t.name, t.phone, t.language, t.state, t.script, t.amount,
        Money(left, t.amount.currency), t.invoices, t.message, t.created_at, t.due_at, t.tries,
        t.follow_up_on,
    )  # fmt: skip
