"""What a debtor will hear in the coming weeks if nothing happens, for the top of the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.debtors.model import Channel
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.outlook import forecast
from kasstroom.dunning.standing import standing_of
from kasstroom.dunning.strategy import StepKind
from kasstroom.money import Money
from kasstroom.ports import Books

FORECAST_DAYS = 30


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """`channel` null: a person looks at it first."""

    at: datetime
    step: StepKind
    channel: Channel | None
    invoices: tuple[str, ...]
    amount: Money


@dataclass(frozen=True, slots=True)
class Ahead:
    """`note` says why nothing comes, when nothing does."""

    steps: tuple[PlannedStep, ...] = ()
    note: str = ""


def ahead(books: Books, org: str, number: str, now: datetime) -> Ahead:
    """As if nobody pays, calls or writes within FORECAST_DAYS."""
    if books.find(DunningCase, org, number) is None:
        return Ahead()
    standing = standing_of(books, org, number, now)
    found = forecast(standing.case, standing.facts, now, FORECAST_DAYS)
    steps = tuple(PlannedStep(p.at, p.step, p.channel, p.invoices, p.amount) for p in found.planned)
    return Ahead(steps) if steps else Ahead(note=found.sentence)
