"""Five thousand debtors are reminded for ninety days while everything goes wrong, before a judge.

Run: `make chaos-dunning` (or `.venv/bin/python -m tests.bench.chaos_dunning [debtors] [seed]`).
The product's own use cases plan, claim, send, confirm and book; workers meet at every look into the
books and crash around every write and every call of a provider; queues deliver twice and late,
receipts come late, twice, never and in any order, clocks jump. A judge that knows the rules by
itself watches every write and every message (`chaos_dunning_judge`), and at the end the figures
that followed the books must be what they say (`chaos_figures`). Prints what happened, and ends with
1 when a rule was broken. The same seed plays the same ninety days.
"""

from __future__ import annotations

import heapq
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from kasstroom.dunning.usecases import plan_due, remind, resume
from kasstroom.messages import posting
from kasstroom.messages.batches import BatchLetter, BatchState, LetterBatch
from kasstroom.messages.closing import close_batches
from kasstroom.messages.posting import Posting
from kasstroom.payments.sweeping import sweep
from kasstroom.reports.measures import Cell
from kasstroom.settle import settle
from tests.bench.chaos_dunning_audit import audit, ended
from tests.bench.chaos_dunning_echoes import Echoes
from tests.bench.chaos_dunning_life import BOSS
from tests.bench.chaos_dunning_plans import FIRST, MILD, SECOND
from tests.bench.chaos_dunning_turns import Task, taking_turns
from tests.bench.chaos_dunning_workers import EVERYBODY, LATER, WORK
from tests.bench.chaos_dunning_world import DunningOdds
from tests.bench.chaos_figures import Follower
from tests.bench.chaos_figures_check import kept_in_step, told
from tests.bench.chaos_payments import balances
from tests.bench.chaos_world import World
from tests.people import ORG, organisation
from tests.printing import stapled

START = datetime(2026, 10, 5, 4, tzinfo=UTC)
"""Ninety days from here see the clocks go back, Christmas and New Year."""
DAYS, CALM_DAYS = 90, 7
ROUND = timedelta(minutes=15)
ACTS_A_DAY = {
    "pays_by_bank": 0.012, "clicks": 0.014, "objects": 0.005, "pauses": 0.005, "buys": 0.010,
    "credited": 0.003, "moves": 0.005, "chooses": 0.002,
}  # fmt: skip
JUMPS = (3, -2, 24, -24, 72, -50)
"""Hours by which the machines' clocks are wrong for a while."""


class Run(Echoes):
    """One run; `judge.wrong` counts what must not be, by rule."""

    def __init__(
        self, debtors: int, seed: int, odds: DunningOdds | None = None, *, days: int = DAYS,
        start: datetime = START,
    ) -> None:  # fmt: skip
        world = World(seed, odds or DunningOdds())
        world.clock = start
        super().__init__(world, start.date())
        self.follower = Follower(self.books, seed)
        self.counted: dict[Cell, int] = {}
        self.debtors, self.days = debtors, days
        self.paying: set[str] = set()

    def planned(self) -> int:
        """As the schedule does; what is due comes into the queue again and again until it is done.
        Now and then somebody acts at the very moment."""

        def put(org: str, debtor: str, message_id: str = "") -> None:
            key = self.key(debtor)
            if message_id:
                do = lambda now: resume(self.sender, org, debtor, message_id, now)  # noqa: E731
            else:
                do = lambda now: remind(self.sender, org, debtor, now)  # noqa: E731
            self.later("resume" if message_id else "remind", key, do, 0, 10)
            if self.storm and self.world.chance(0.08):
                acts = ("pays_by_bank", "objects", "pauses", "moves", "credited", "clicks", "buys")
                name = acts[self.world.pick(0, len(acts) - 1)]
                self.later(name, key, self.lazily(name, debtor), 0, 10)

        queue = SimpleNamespace(put=put)
        task = Task("plan", "", lambda now: plan_due(self.books, queue, now))
        self.turns.run([task], self.attempt)
        return len(self.heap)

    def hourly(self) -> None:
        def put(org: str, attempt: str, provider_id: str, provider: str = "mollie") -> None:
            self.life.mailbox.append((attempt, provider_id))

        queue = SimpleNamespace(put=put)
        self.turns.run([Task("sweep", "", lambda now: sweep(self.books, queue, now))], self.attempt)

    def banks(self) -> None:
        """Payments that were begun are made, some are taken back weeks later, and webhooks come."""
        life = self.life
        for id in [id for id in life.provider.payments if id not in self.paying]:
            self.paying.add(id)
            self.later("bank", "", lambda _, id=id: life.at_the_bank(id), 1, 20)
            if self.world.chance(0.08):
                self.later("bank", "", lambda _, id=id: life.taken_back(id), 24 * 60, 20 * 24 * 60)
        while life.mailbox:
            attempt, id = life.mailbox.popleft()
            key = self.key(life.payer_of(id))
            self.later("webhook", key, life.reported(attempt, id), 0, 30)

    def evening(self) -> None:
        def close(now: datetime) -> None:
            close_batches(self.books, self.store, stapled, now)

        self.put(Task("print", "", close), timedelta(hours=13, minutes=30))

        def post(now: datetime) -> None:
            for batch in self.books.listing(LetterBatch, ORG, after="", limit=1000):
                if batch.state in (BatchState.CLOSED, BatchState.POSTING):
                    asked = Posting(batch.posted_on or batch.day)
                    settle(
                        self.books,
                        lambda b=batch, a=asked: posting.start(self.books, ORG, b.id, a, BOSS, now),
                    )
                    posting.finish(self.books, ORG, batch.id, now)

        self.put(Task("post", "", post), timedelta(hours=5))

    def acts(self) -> None:
        """What debtors and colleagues do of themselves in a quarter of an hour."""
        for name, rate in ACTS_A_DAY.items():
            wanted = self.debtors * rate / 96
            for _ in range(int(wanted) + self.world.chance(wanted % 1)):
                debtor = f"D{self.world.pick(0, self.debtors - 1)}"
                self.later(name, self.key(debtor), self.lazily(name, debtor), 0, 14)

    def clocks(self) -> None:
        """Once a day perhaps, for some hours."""
        if self.world.strikes("clock_jump"):
            self.skew = timedelta(hours=JUMPS[self.world.pick(0, len(JUMPS) - 1)])
            hours = self.world.pick(1, 10)
            self.put(Task("clock", "", lambda _: self._right()), timedelta(hours=hours))

    def _right(self) -> None:
        self.skew = timedelta()

    def play(self) -> None:
        with taking_turns(self.turns):
            self._prepare()
            self.storm, self.books.calm, self.post.calm = True, False, False
            for day in range(self.days):
                self._day(day)
            self.calm()
            self.post.calm = True
            self.heap = [entry for entry in self.heap if entry[2].name in LATER]
            heapq.heapify(self.heap)
            for day in range(CALM_DAYS):
                self._day(self.days + day)
            self._drain()

    def _prepare(self) -> None:
        self.turns.task = Task("prepare", "", lambda _: None, now=self.world.clock)
        organisation(self.books)
        self.life.strategy("own", FIRST, self.world.clock)
        self.life.strategy("mild", MILD, self.world.clock)
        self.life.default("own", self.world.clock)
        for n in range(self.debtors):
            self.life.register(n, self.world.clock)

    def _second(self, now: datetime) -> None:
        self.life.strategy("own", SECOND, now)

    def _day(self, day: int) -> None:
        if self.storm:
            self.clocks()
            if day == self.days * 4 // 9:
                self.later("strategy", EVERYBODY, self._second, 600, 700)
            if day in (self.days // 5, self.days * 3 // 5):
                self.later("pauses_all", EVERYBODY, self.life.pauses_all, 250, 700)
        self.evening()
        for quarter in range(96):
            if quarter % 4 == 0:
                self.hourly()
            if quarter % 2 == 0:
                self.planned()
            if self.storm:
                self.acts()
            self.banks()
            self.work()
            self.world.clock += ROUND
        if day % 10 == 9:
            audit(self)

    def _drain(self) -> None:
        """On a working morning, until nothing is planned any more."""
        while True:
            self.world.clock += timedelta(hours=1)
            if self.world.clock.isoweekday() < 6 and self.world.clock.hour == 9:
                break
        for _ in range(60):
            self.banks()
            self.planned()
            if not any(task.name in WORK for _, _, task in self.heap):
                return
            self.world.clock += timedelta(minutes=5)
            self.work()
        self.judge.fault("h", "the queue never emptied")


def play(debtors: int, seed: int, odds: DunningOdds | None = None, **more: Any) -> Run:
    run = Run(debtors, seed, odds, **more)
    run.play()
    audit(run)
    ended(run)
    for name in balances(run)[:5]:
        run.judge.fault("g", f"the ledger and the books differ: {name}")
    printed = Counter(letter.id for letter in run.books.every(BatchLetter))
    for id in [id for id, times in printed.items() if times > 1]:
        run.judge.fault("a", f"letter {id} was printed {printed[id]} times")
    run.counted = kept_in_step(run.follower, ORG)
    for line in run.follower.wrong:
        run.judge.fault("figures", line)
    return run


def main() -> None:
    debtors = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"{debtors:,} debtors, {DAYS} days, seed {seed}")
    began = time.perf_counter()
    run = play(debtors, seed)
    summary = told(run.follower, ORG, run.world.clock, run.counted)
    took = time.perf_counter() - began
    for title, figures in (
        ("what went wrong", run.world.happened), ("workers and people", run.figures),
        ("what the judge saw", run.judge.figures),
    ):  # fmt: skip
        print(title)
        for name, count in sorted(figures.items()):
            if count:
                print(f"  {name.replace('_', ' '):46} {count:>10,}")
    print(f"  {'seconds':46} {took:>10.1f}")
    for line in run.judge.told:
        print(f"  WRONG  {line}")
    for line in run.follower.wrong:
        print(f"  WRONG  {line}")
    print(summary)
    wrong = run.judge.wrong
    print(f"broken rules: {dict(sorted(wrong.items()))}" if wrong else "no rule was broken")
    sys.exit(bool(wrong or run.follower.wrong))


if __name__ == "__main__":
    main()
