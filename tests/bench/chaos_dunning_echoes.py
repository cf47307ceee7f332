"""What follows from what happened: who reacts to an event, and what providers report later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.dunning.fitting import work as fit_work
from kasstroom.events.calls import CallTaskCreated
from kasstroom.events.dunning import DunningBlocked, DunningProposed, StrategiesChanged
from kasstroom.events.letters import LetterPosted
from kasstroom.events.messages import MessageUndeliverable
from kasstroom.events.resolution import DisputeOpened
from kasstroom.messages.calls import CallState
from kasstroom.messages.model import MessageState, Outgoing, Receipt
from kasstroom.messages.sending import Sender
from kasstroom.messages.usecases import heard
from kasstroom.settle import settle
from tests.bench.chaos_dunning_life import Life
from tests.bench.chaos_dunning_turns import Task
from tests.bench.chaos_dunning_workers import EVERYBODY, Workers
from tests.bench.chaos_dunning_world import BY_PEOPLE, Post, write
from tests.bench.chaos_world import World
from tests.people import ORG
from tests.printing import Drawer

_SM = MessageState


class Echoes(Workers):
    def __init__(self, world: World, first_day: date) -> None:
        super().__init__(world)
        self.books.committed = self._committed
        self.life = Life(self.world, self.books, first_day)
        self.store = Drawer()
        self.post = Post(self.world, self.books, self.turns, self.store, self._taken)
        self.sender = Sender(self.books, self.post.channels(), self._write)

    def _committed(self, changes: Changes) -> None:
        self.judge.committed(changes, self.turns.task)
        for event in changes.events:
            self._follow(event)

    def _follow(self, event: Any) -> None:
        """Who reacts to what happens."""
        life, key = self.life, self.key(event.debtor) if event.debtor else EVERYBODY
        day, chance, later = 24 * 60, self.world.chance, self.later
        if isinstance(event, StrategiesChanged):
            told = {"detail": {"organisation": ORG, "debtor": ""}}
            later("fit", EVERYBODY, lambda now: self._fit(told, now), 0, 30)
        if not self.storm:
            return
        if isinstance(event, DunningProposed):
            later("looks_at", key, life.looks_at(event.subject), day // 2, 4 * day)
        elif isinstance(event, CallTaskCreated):
            later("calls", key, self._call(event.subject, key), day // 5, 2 * day)
        elif isinstance(event, LetterPosted) and chance(0.1):
            later("receipt", key, self._returned(event), 5 * day, 12 * day)
        elif isinstance(event, DisputeOpened) and chance(0.7):
            later("decides", key, life.decides(event.subject), day, 25 * day)
        elif isinstance(event, DunningBlocked) and (key == EVERYBODY or chance(0.5)):
            later("lifts", key, life.lifts(event.subject), day, (2 if key == "*" else 10) * day)
        elif isinstance(event, MessageUndeliverable) and chance(0.6):
            house = event.channel == Channel.LETTER
            later("moves", key, self.lazily("moves", event.debtor, house), day, 5 * day)

    def key(self, debtor: str) -> str:
        """Debtors go in pairs: some have the same telephone."""
        return f"P{int(debtor[1:]) // 2}"

    def _fit(self, message: Any, now: datetime) -> None:
        queue = SimpleNamespace(
            walk=lambda org, after: self.later(
                "fit", EVERYBODY, lambda at: self._fit({"org": org, "after": after}, at), 0, 10
            )
        )
        self.figures["cases fitted"] += fit_work(self.books, queue, message, now)

    def _call(self, id: str, key: str) -> Callable[[datetime], Any]:
        def do(now: datetime) -> None:
            after = self.life.calls(id)(now)
            if after.state is CallState.OPEN and self.storm:
                self.later("calls", key, self._call(id, key), 24 * 60, 48 * 60)

        return do

    def lazily(self, name: str, debtor: str, *more: Any) -> Callable[[datetime], Any]:
        """What it is about is looked up when it happens."""

        def do(now: datetime) -> None:
            act = getattr(self.life, name)(debtor, *more)
            if act:
                self.figures[f"act: {name}"] += 1
                act(now)

        return do

    def _write(self, draft: Any) -> Outgoing:
        self.life.tokens[draft.message.debtor] = draft.token
        return write(draft)

    def _taken(self, outgoing: Outgoing, channel: Channel, provider_id: str, task: Task) -> None:
        self.judge.handed_over(outgoing, channel, provider_id, task)
        if channel in BY_PEOPLE:
            return
        for state, after, facts in self._fate():
            if self.storm and self.world.strikes("receipt_lost"):
                continue
            if self.storm and self.world.strikes("receipt_late"):
                after += self.world.pick(60, 15 * 24 * 60)
            receipt = Receipt(
                ORG, outgoing.debtor, outgoing.message_id, state,
                self.world.clock + timedelta(minutes=after), provider_id, "told", channel,
                outgoing.attempt, **facts,
            )  # fmt: skip
            for _ in range(1 + (self.storm and self.world.strikes("receipt_twice"))):
                self._hear(receipt, after)

    def _fate(self) -> list[tuple[MessageState, int, dict[str, Any]]]:
        roll, soon = self.world.pick(1, 100), self.world.pick(0, 40)
        if not self.storm or roll > 14:
            read = [(_SM.READ, soon + self.world.pick(1, 600), {})] if roll > 60 else []
            return [(_SM.DELIVERED, soon, {}), *read]
        if roll > 13:
            return [(_SM.DELIVERED, soon, {}), (_SM.COMPLAINED, soon + 200, {})]
        if roll > 10:
            return [(_SM.BOUNCED, soon, {"again_minutes": 30})]
        return [(_SM.BOUNCED if roll > 4 else _SM.FAILED, soon, {"permanent": roll > 4})]

    def _hear(self, receipt: Receipt, after: int) -> None:
        self.later(
            "receipt", self.key(receipt.debtor),
            lambda now: settle(self.books, lambda: heard(self.books, receipt, now)), after,
            after + self.world.pick(0, 30),
        )  # fmt: skip

    def _returned(self, event: LetterPosted) -> Callable[[datetime], Any]:
        message = self.judge.messages[event.subject]
        receipt = Receipt(
            ORG, event.debtor, message.id, _SM.BOUNCED, self.world.clock + timedelta(days=8),
            message.provider_id, "returned", Channel.LETTER, message.attempt, permanent=True,
        )  # fmt: skip
        return lambda now: settle(self.books, lambda: heard(self.books, receipt, now))
