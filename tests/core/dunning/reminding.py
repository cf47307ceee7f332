"""A debtor in the books that is reminded: what the tests of dunning share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.debtors.model import Address, Debtor
from kasstroom.dunning.claiming import Draft, claim
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.steps import Facts
from kasstroom.dunning.strategy import Step, Strategy, track_of
from kasstroom.messages.model import Message, MessageState
from kasstroom.messages.ways import address_of, in_order
from kasstroom.settle import settle
from kasstroom.time import AMSTERDAM
from tests.people import ORG

BOSS = Actor("bea", (Role.CREDIT_MANAGER,))
HOME = Address("Kerkstraat", "25", "1234 AB", "Utrecht", "NL")


def at(text: str) -> datetime:
    """An instant by the clock of Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def strategy(*steps: Step, id: str = "own", **more: Any) -> Strategy:
    return Strategy(id, steps, **more)


def on(case: DunningCase, plan: Strategy) -> DunningCase:
    return replace(case, track=track_of(plan))


def facts_of(debtor: Debtor, plan: Strategy, **more: Any) -> Facts:
    channels = (*in_order(debtor), *{c for step in plan.steps for c in step.channels})
    ways = {c: address_of(debtor, c) for c in channels}
    return Facts(debtor, plan, tuple((c, a) for c, a in ways.items() if a), **more)


def case_of(books: Any, number: str = "D1") -> DunningCase:
    return books.get(DunningCase, ORG, number)


def claimed(books: Any, now: datetime, number: str = "D1") -> Draft | None:
    return settle(books, lambda: claim(books, ORG, number, now))


def sent(books: Any, now: datetime, number: str = "D1") -> Message | None:
    """Claimed, and handed to the provider at once."""
    draft = claimed(books, now, number)
    if draft is None:
        return None
    message = books.get(Message, ORG, number, draft.message.id)
    went = replace(message, state=MessageState.SENT, sent_at=now)
    books.commit(Changes(update=(went,)))
    return went


def played(books: Any, start: datetime, days: int, number: str = "D1") -> list[tuple[str, str]]:
    """Each morning at ten: the day and the step of what went out."""
    went = []
    for day in range(days):
        now = start + timedelta(days=day)
        message = sent(books, now, number)
        if message:
            went.append((now.date().isoformat(), message.template))
    return went
