"""The world debtors are reminded in: books that find quickly and crash around writes, and providers
that are busy, refuse, answer late, or are not heard again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kasstroom.changes import Changes, Work
from kasstroom.debtors.model import Channel
from kasstroom.dunning.choosing import LiveStrategies
from kasstroom.dunning.claiming import Draft
from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.messages.calling import plan_call
from kasstroom.messages.letters import PrintedLetter
from kasstroom.messages.model import Outgoing
from kasstroom.messages.postal import postal_address
from kasstroom.messages.sending import OPTED_OUT, MessageChannel
from kasstroom.messages.tray import lay_in
from kasstroom.ports import DueItem
from kasstroom_aws.items import key_of, kind_of
from tests.bench.chaos_dunning_turns import Task, Turns
from tests.bench.chaos_world import Crash, CrashingBooks, Odds, World
from tests.memory_books import MemoryBooks

BY_PEOPLE = (Channel.LETTER, Channel.PHONE)


class AnswerLost(Exception):
    """The provider took it, and its answer never came: a time-out, which is no answer at all."""


@dataclass
class DunningOdds(Odds):
    """Chances of each fault, per call; `unavailable` is a busy provider. Of receipts and of what
    lies in a queue, per piece."""

    crash_before: float = 0.01
    crash_after: float = 0.01
    unavailable: float = 0.03
    answer_lost: float = 0.01
    crash_unsent: float = 0.01
    crash_sent: float = 0.01
    refused: float = 0.02
    opted_out: float = 0.003
    job_twice: float = 0.10
    job_late: float = 0.10
    receipt_lost: float = 0.08
    receipt_twice: float = 0.15
    receipt_late: float = 0.15
    clock_jump: float = 0.15


class IndexedBooks(MemoryBooks):
    """As strict as the books it is made from, and as quick with many debtors as with few.
    `committed` is told of every write, in the order in which they were made."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: dict[str, dict[str, Any]] = defaultdict(dict)
        self._due: dict[Work, dict[tuple[str, str], datetime]] = defaultdict(dict)
        self.committed: Callable[[Changes], None] = lambda _: None

    def commit(self, changes: Changes) -> None:
        super().commit(changes)
        for entity in (*changes.create, *changes.update):
            pk, sk = key_of(entity)
            stored = self._items[pk, sk]
            self._parts[pk][sk] = stored
            due = getattr(stored, "due", None)
            for work in [w for w in self._due if not due or w is not due.work]:
                self._due[work].pop((pk, sk), None)
            if due:
                self._due[due.work][pk, sk] = due.at
        self.events.clear()
        self.committed(changes)

    def all_of(self, kind: type, org: str, debtor: str) -> list[Any]:
        pk, sk = kind_of(kind).key(org, debtor, "")
        part = self._parts.get(pk, {})
        return [part[k] for k in sorted(part) if k.startswith(sk)]

    def listing(self, kind: type, org: str, part: str = "", *, after: str, limit: int) -> list[Any]:
        pk, start = kind_of(kind).key(org, part, after)
        prefix = kind_of(kind).key(org, part, "")[1]
        held = self._parts.get(pk, {})
        found = sorted(k for k in held if k.startswith(prefix) and (not after or k > start))
        return [held[k] for k in found[:limit]]

    def due(self, work: Work, until: datetime) -> Iterator[DueItem]:
        ready = [(key, at) for key, at in self._due[work].items() if at <= until]
        for (pk, sk), at in ready:
            org, _, debtor = pk.partition("#")[2].partition("#")
            yield DueItem(org, debtor, sk.partition("#")[2], at)


class StormBooks(CrashingBooks, IndexedBooks):
    """The machine stops around writes, and others go first between any two looks."""

    def __init__(self, world: World, turns: Turns) -> None:
        super().__init__(world)
        self._turns = turns

    def find(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        self._turns.switch()
        found = self.peek(kind, org, debtor, id)
        if kind is LiveStrategies:
            self._turns.task.live_version = found.version if found else 0
        return found

    def peek(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        """A look that nobody can come between: for those who watch."""
        return self._items.get(kind_of(kind).key(org, debtor, id))

    def all_of(self, kind: type, org: str, debtor: str) -> list[Any]:
        self._turns.switch()
        return super().all_of(kind, org, debtor)

    def commit(self, changes: Changes) -> None:
        self._turns.switch()
        super().commit(changes)


@dataclass
class Post:
    """Every channel. What it takes it tells `taken`, before anything can go wrong again."""

    world: World
    books: StormBooks
    turns: Turns
    store: Any
    taken: Callable[[Outgoing, Channel, str, Task], None]
    count: int = 0
    calm: bool = True

    def channels(self) -> dict[Channel, MessageChannel]:
        return {channel: _One(self, channel) for channel in Channel}

    def hand_over(self, call: Any) -> None:
        """`CallCentre`: colleagues look at the list."""

    def strikes(self, fault: str) -> bool:
        return not self.calm and self.world.strikes(fault)


@dataclass
class _One:
    post: Post
    channel: Channel

    def send(self, message: Outgoing) -> str:
        post, task = self.post, self.post.turns.task
        post.turns.switch()
        if post.strikes("crash_unsent"):
            raise Crash
        if post.strikes("unavailable"):
            raise Unavailable("channel_unavailable", "The provider is busy.")
        if self.channel not in BY_PEOPLE and post.strikes("refused"):
            raise Refused("message_refused", "The provider refused the message.")
        if self.channel is Channel.SMS and post.strikes("opted_out"):
            raise Refused(OPTED_OUT, "The owner of this number wants no more messages.")
        provider_id = self._took(message, task)
        post.taken(message, self.channel, provider_id, task)
        if post.strikes("crash_sent"):
            raise Crash
        if post.strikes("answer_lost"):
            raise AnswerLost
        return provider_id

    def _took(self, message: Outgoing, task: Task) -> str:
        post = self.post
        if self.channel is Channel.LETTER:
            return lay_in(post.books, post.store, message)
        if self.channel is Channel.PHONE:
            assert task.now
            return plan_call(post.books, post, message, task.now)
        post.count += 1
        return f"{self.channel}-{post.count}"


def write(draft: Draft) -> Outgoing:
    """In one word; `text` is the amount it asks for, `button` opens the page to pay on."""
    message, pages = draft.message, None
    if message.channel is Channel.LETTER:
        addressee = postal_address(draft.debtor)
        if not addressee:
            raise NotFound("address_not_found", "There is no address to print.")
        pages = PrintedLetter(message.id.encode(), 1, addressee, draft.now)
    ours = "+31850000000" if message.channel is Channel.SMS else "van@ons.example"
    return Outgoing(
        message.id, message.org, message.debtor, message.address, ours, message.language,
        str(message.amount.minor), button=draft.token, letter=pages,
    )  # fmt: skip
