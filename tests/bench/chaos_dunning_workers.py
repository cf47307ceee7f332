"""Queues that deliver late and twice, and workers that crash and try again."""

from __future__ import annotations

import heapq
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from kasstroom.errors import Conflict, Duplicate, KasstroomError, Unavailable
from tests.bench.chaos_dunning_judge import Judge
from tests.bench.chaos_dunning_turns import Task, Turns
from tests.bench.chaos_dunning_world import AnswerLost, DunningOdds, StormBooks
from tests.bench.chaos_world import Crash, World

WORK = ("remind", "resume", "webhook", "fit")
LATER = (*WORK, "receipt")
"""What lies in a queue: it is delivered twice and late, and stays when the storm is over."""
MOST_TRIES = 25
AT_ONCE = 40
EVERYBODY = "*"


class Workers:
    """`clock` of the world is the true time; machines tell another one now and then (`skew`)."""

    def __init__(self, world: World) -> None:
        self.world, self.turns = world, Turns(world.dice)
        self.books = StormBooks(world, self.turns)
        self.judge, self.figures = Judge(), Counter[str]()
        self.heap: list[tuple[datetime, int, Task]] = []
        self.count, self.skew, self.storm = 0, timedelta(), False

    def put(self, task: Task, after: timedelta) -> None:
        self.count += 1
        heapq.heappush(self.heap, (self.world.clock + after, self.count, task))

    def later(
        self, name: str, key: str, do: Callable[[datetime], Any], low: int, high: int
    ) -> None:
        """After `low` to `high` minutes, and when it lies in a queue perhaps late or twice."""
        copies = 1 + (name in LATER and self.storm and self.world.strikes("job_twice"))
        for _ in range(copies):
            wait = self.world.pick(low, high)
            if name in LATER and self.storm and self.world.strikes("job_late"):
                wait += self.world.pick(20, 26 * 60)
            self.put(Task(name, key, do), timedelta(minutes=wait))

    def machine_time(self) -> datetime:
        here = timedelta(seconds=self.world.pick(-90, 90)) if self.storm else timedelta()
        return self.world.clock + self.skew + here

    def attempt(self, task: Task) -> None:
        """The worker behind a queue: what crashed or found no answer comes back."""
        task.now, task.handed = self.machine_time(), []
        try:
            task.do(task.now)
        except (Crash, AnswerLost, Unavailable) as error:
            self.figures[f"came back: {type(error).__name__.lower()}"] += 1
            self._again(task)
        except Conflict as error:
            if isinstance(error, Duplicate):
                self._refused(task, error)
            else:
                self.figures["came back: conflict"] += 1
                self._again(task)
        except KasstroomError as error:
            self._refused(task, error)
        except Exception:
            self.judge.fault("bug", traceback.format_exc()[-600:])
        for one in task.handed:
            one.crashed = one.crashed or not one.confirmed

    def _refused(self, task: Task, error: KasstroomError) -> None:
        """Acknowledged: asking again changes nothing. What our own queues ask is never refused."""
        self.figures[f"refused: {task.name} {error.code}"] += 1
        if task.name in LATER:
            self.judge.fault("h", f"a {task.name} was refused: {error.code}, {error.detail}")

    def _again(self, task: Task) -> None:
        again = Task(task.name, task.key, task.do, task.again + 1)
        if task.again < MOST_TRIES:
            self.put(again, timedelta(minutes=self.world.pick(1, 40)))

    def work(self) -> None:
        """All that is due by now: of one key at once, the rest one after the other."""
        due: dict[str, list[Task]] = defaultdict(list)
        while self.heap and self.heap[0][0] <= self.world.clock:
            _, _, task = heapq.heappop(self.heap)
            due[task.key].append(task)
        if EVERYBODY in due:
            every = [task for tasks in due.values() for task in tasks]
            due = {"": every[:AT_ONCE], "rest": every[AT_ONCE:]}
            due = {key: tasks for key, tasks in due.items() if tasks}
        for tasks in due.values():
            self.turns.run(tasks, self.attempt)

    def calm(self) -> None:
        """No more faults, and the right time."""
        self.storm, self.skew, self.books.calm = False, timedelta(), True
        self.world.odds = DunningOdds(**dict.fromkeys(DunningOdds.__dataclass_fields__, 0.0))
