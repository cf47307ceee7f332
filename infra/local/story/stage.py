"""What every scene needs: the environment, the webshop's key, the calendar and some patience."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from infra.local.place import NotReady
from infra.local.running import Environment
from infra.local.say import Say
from infra.local.seed import Access, books
from infra.local.suite import Suite
from kasstroom.dunning.model import DunningCase
from kasstroom.messages.model import Message
from kasstroom.time import AMSTERDAM

T = TypeVar("T")
PATIENCE_S = 240
"""A queue gives back what timed out after some minutes, and a provider is asked again after two: on
a busy machine the story waits for that as a person would."""


@dataclass
class Stage:
    """`imports` are the ids of what was handed in, to be measured at the end; `kept_in` is the
    folder for what is downloaded, None: that of the environment."""

    environment: Environment
    access: Access
    say: Say
    imports: list[str] = field(default_factory=list)
    kept_in: Path | None = None

    @property
    def papers(self) -> Path:
        """Where the story keeps what it downloaded, for whoever wants to look."""
        return (self.kept_in or self.environment.place.root) / "letters"

    @property
    def suite(self) -> Suite:
        return self.environment.suite(self.access.api_key)

    def as_person(self, name: str) -> Suite:
        """The suite with somebody's own key: what only a person may decide."""
        return self.environment.suite(self.access.people[name])

    @property
    def phone(self) -> Suite:
        return self.environment.phone()

    def at(self, *moment: int) -> None:
        """Turn the clock to an Amsterdam moment: year, month, day, hour, minute."""
        instant = datetime(*moment, tzinfo=AMSTERDAM)  # type: ignore[misc,arg-type]
        self.environment.clock.set_to(instant)
        self.say.step(self.say.paint(f"The clock says {instant:%A %d %B %Y, %H:%M}", "bold"))

    def until(self, what: str, look: Callable[[], T | None], patience_s: float = PATIENCE_S) -> T:
        """What `look` finds, asked again until it finds something; NotReady when it never does."""
        deadline = time.monotonic() + patience_s
        while True:
            if found := look():
                return found
            if time.monotonic() > deadline:
                raise NotReady(f"Waited {patience_s:.0f} s for {what} in vain.")
            time.sleep(0.3)

    def expect(self, holds: bool, otherwise: str) -> None:
        """The story tells only what is so."""
        if not holds:
            raise NotReady(otherwise)

    def messages(self) -> list[dict[str, Any]]:
        """Everything that went out, as the phone of the sandbox world shows it."""
        return self.phone.get("/messages?format=json")

    def written_to(self, debtor: str) -> list[Message]:
        """Messages to a debtor as the books have them, the oldest first."""
        found = books(self.environment).all_of(Message, self.access.org, debtor)
        return sorted(found, key=lambda message: message.created_at)

    def case_of(self, debtor: str) -> DunningCase:
        return books(self.environment).get(DunningCase, self.access.org, debtor)


def amount(money: dict[str, str]) -> str:
    return f"{money['currency']} {money['value']}"
