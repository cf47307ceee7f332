"""The figures follow the books through a storm, by news that comes late, twice and again.

`Follower` is told of every commit of a run and makes records of it, as the table's stream does: in
order per debtor, in shards, at least once. Its workers feed them to the product's own incremental
count. A worker goes on for a while whenever the run commits something, and stops in the middle of
what it reads and counts, so that the books and the other workers move under its hands; the same
seed stops it there again. `kept_in_step` then drains the news and asks whether every figure is what
the books say (`chaos_figures_check`).
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from zlib import crc32

from kasstroom.changes import Changes
from kasstroom.errors import Conflict
from kasstroom.reports.adding_up import refresh_all
from kasstroom.reports.contributions import COUNTED
from kasstroom_aws.changed import changed
from kasstroom_aws.items import key_of, kind_of
from kasstroom_aws.keys import BODY, KIND, PK, SK
from tests.bench.chaos_figures_store import Onlooker, RoughFigures
from tests.bench.chaos_world import Crash, CrashingBooks
from tests.memory_figures import MemoryFigures

SHARDS, ZOMBIES, MOST_RECORDS = 4, 2, 400
"""A zombie is a call that its queue gave up as timed out, and that goes on all the same."""
GOES_ON, MEETS, CRASHES, TWICE, SLEEPS = 0.05, 0.004, 0.15, 0.10, 0.2
"""Chances: per commit that a worker goes on; per look that others go first; per batch that it
crashes, that a zombie works on it at the same time or later, and that its shard then waits."""
LONGEST_SLEEP = 1000
"""In commits."""
MOST_STEPS = 2_000_000

Written = tuple[str, str, str, str]
"""Keys, kind, and the day an invoice was settled on: what a record is made of."""


@dataclass
class Shard:
    """Records in the order they were written; `taken` of them are done. Asleep until `at`."""

    records: list[Written] = field(default_factory=list)
    taken: int = 0
    at: int = 0


class Worker:
    """One thread, that goes on for a step whenever it is told to."""

    def __init__(self, follower: Follower, shard: Shard | None) -> None:
        self.shard, self.busy, self.gate = shard, False, threading.Semaphore(0)
        self.store = RoughFigures(follower.kept, follower.met, follower.told)
        threading.Thread(target=follower.work, args=(self,), daemon=True).start()


class Follower:
    """`kept` are the figures, `told` counts what happened, `wrong` says what must not be."""

    def __init__(self, books: CrashingBooks, seed: int, *, lose: int = 0) -> None:
        """`lose`: the record with this number never comes, to prove that it is missed."""
        self._dice, self._back = Random(f"figures {seed}"), threading.Semaphore(0)
        self.books, self.kept = Onlooker(books, self.met), MemoryFigures()
        self.told, self.wrong = Counter[str](), list[str]()
        self._shards = [Shard() for _ in range(SHARDS)]
        self._again: list[list[Written]] = []
        self._lose, self._commits, self._over = lose, 0, False
        self._now: Worker | None = None
        shards = (*self._shards, *[None] * ZOMBIES)
        self._workers = [Worker(self, shard) for shard in shards]
        self._stream = books
        books.heard = self.heard

    def heard(self, changes: Changes) -> None:
        """What was just written, commit by commit; then perhaps a worker goes on for a bit."""
        self.books.noticed(changes)
        self._commits += 1
        for written in _written(changes):
            self.told["news"] += 1
            if self.told["news"] != self._lose:
                shard = self._shards[crc32(written[0].encode()) % SHARDS]
                shard.records.append(written)
        if self._dice.random() < GOES_ON:
            self._step()

    def drained(self) -> None:
        """All news is counted, and nobody works any more."""
        for _ in range(MOST_STEPS):
            self._commits += LONGEST_SLEEP
            if not self._step():
                break
        if any(shard.taken < len(shard.records) for shard in self._shards):
            self.wrong.append("the news never ended")
        self._over, self._stream.heard = True, self.books.noticed
        for worker in self._workers:
            worker.gate.release()

    def met(self) -> None:
        """Somebody else may go on here."""
        if self._now and self._dice.random() < MEETS:
            self._stopped(self._now)

    def work(self, worker: Worker) -> None:
        worker.gate.acquire()
        while not self._over:
            batch = self._batch(worker)
            worker.busy = True
            self._deliver(worker, batch)
            worker.busy = False
            self._stopped(worker)

    def _step(self) -> bool:
        ready = [one for one in self._workers if one.busy or self._waits(one)]
        if ready:
            self._now = self._dice.choice(ready)
            self._now.gate.release()
            self._back.acquire()
            self._now = None
        return bool(ready)

    def _stopped(self, worker: Worker) -> None:
        self._back.release()
        worker.gate.acquire()

    def _waits(self, worker: Worker) -> bool:
        """Whether there is something for it."""
        shard = worker.shard
        if shard is None:
            return bool(self._again)
        return shard.taken < len(shard.records) and shard.at <= self._commits

    def _batch(self, worker: Worker) -> list[Written]:
        if worker.shard is None:
            return self._again.pop(self._dice.randrange(len(self._again)))
        first = worker.shard.taken
        batch = worker.shard.records[first : first + self._dice.randint(1, MOST_RECORDS)]
        if self._dice.random() < TWICE:
            self.told["doubled"] += len(batch)
            self._again.append(batch)
        return batch

    def _deliver(self, worker: Worker, batch: list[Written]) -> None:
        """What crashed stays in its shard, and is the beginning of the next batch."""
        crashes = self._dice.random() < CRASHES
        worker.store.crash_in = self._dice.randint(1, len(batch)) if crashes else 0
        worker.store.crash_after = self._dice.random() < 0.5
        try:
            news = changed([_record(one) for one in batch], COUNTED)
            moved = refresh_all(self.books, worker.store, news, pause=lambda _: self.met())
            self.told["moved"] += moved
        except (Crash, Conflict) as error:
            self.told["crashes" if isinstance(error, Crash) else "given back"] += 1
            return
        except Exception as error:  # a bug of ours: the run has to show it
            self.wrong.append(f"counting failed: {error!r}")
        if worker.shard:
            worker.shard.taken += len(batch)
            if self._dice.random() < SLEEPS:
                worker.shard.at = self._commits + self._dice.randint(20, LONGEST_SLEEP)


def _written(changes: Changes) -> Iterator[Written]:
    """As far as anybody listens."""
    for entity in (*changes.create, *changes.update):
        if isinstance(entity, COUNTED):
            settled = getattr(entity, "settled_on", None)
            kind = kind_of(type(entity)).name
            yield (*key_of(entity), kind, settled.isoformat() if settled else "")


def _record(written: Written) -> dict[str, Any]:
    """As the stream brings it."""
    pk, sk, kind, settled = written
    image = {KIND: {"S": kind}, BODY: {"S": f'{{"settled_on": "{settled}"}}'}}
    return {"dynamodb": {"Keys": {PK: {"S": pk}, SK: {"S": sk}}, "NewImage": image}}
