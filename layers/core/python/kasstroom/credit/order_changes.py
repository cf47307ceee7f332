"""What a shop tells about an order after it was approved."""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.changes import Command
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class Commit(Command):
    """`met`: the conditions of the approval that are fulfilled now, by their kind."""

    met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consume(Command):
    """`amount`: what is invoiced of it now; all that is left when it is not given."""

    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Amend(Command):
    """`amount`: what the whole order is worth now."""

    amount: Money
