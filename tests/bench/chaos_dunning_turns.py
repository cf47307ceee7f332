"""Tasks that run at once, one step at a time, so that a bad meeting can be played again."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kasstroom.settle import settle


@dataclass(eq=False)
class Task:
    """One piece of work of one worker; tasks of one `key` may meet. `live_version` is the version
    of the strategies it read last, `handed` what a provider took from it."""

    name: str
    key: str
    do: Callable[[datetime], Any]
    again: int = 0
    now: datetime | None = None
    live_version: int = 0
    handed: list[Any] = field(default_factory=list)


class Turns:
    """Tasks that run at once, one step at a time: at every look into the books the dice say who
    goes on, so that any two can meet anywhere, and the same seed lets them meet there again."""

    def __init__(self, dice: random.Random) -> None:
        self._dice, self._back = dice, threading.Semaphore(0)
        self._gates: dict[int, threading.Semaphore] = {}
        self.task = Task("", "", lambda _: None)

    def run(self, tasks: list[Task], attempt: Callable[[Task], None]) -> None:
        if len(tasks) == 1:
            self.task = tasks[0]
            attempt(tasks[0])
            return
        gates = {id(task): threading.Semaphore(0) for task in tasks}
        alive, self._gates = list(tasks), gates

        def body(task: Task) -> None:
            gates[id(task)].acquire()
            try:
                attempt(task)
            finally:
                alive.remove(task)
                self._back.release()

        for task in tasks:
            threading.Thread(target=body, args=(task,), daemon=True).start()
        while alive:
            self.task = alive[self._dice.randrange(len(alive))]
            gates[id(self.task)].release()
            self._back.acquire()
        self._gates = {}

    def switch(self, _seconds: float = 0) -> None:
        """Somebody else may go on here."""
        gate = self._gates.get(id(self.task))
        if gate:
            self._back.release()
            gate.acquire()


@contextmanager
def taking_turns(turns: Turns) -> Iterator[None]:
    """Who was second waits for a turn, and not for the clock on the wall."""
    kept = settle.__kwdefaults__["pause"]
    settle.__kwdefaults__["pause"] = turns.switch
    try:
        yield
    finally:
        settle.__kwdefaults__["pause"] = kept
