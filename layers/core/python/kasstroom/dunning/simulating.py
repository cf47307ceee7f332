"""A strategy tried on the real portfolio before it is in force: what would go out, to whom, and why
not to the others. Nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.changes import Command
from kasstroom.debtors.model import Channel, Listed
from kasstroom.dunning.outlook import (
    DOES_SOMETHING,
    Forecast,
    Outlook,
    Planned,
    forecast,
    outlook,
)
from kasstroom.dunning.ports import ReminderQueue
from kasstroom.dunning.standing import standing_of
from kasstroom.dunning.strategies import StrategyVersion, live_of
from kasstroom.dunning.strategy import End, Step, StepKind, Strategy
from kasstroom.dunning.strategy_rules import faults
from kasstroom.errors import NotFound, Refused
from kasstroom.ports import Books
from kasstroom.time import day_of

MOST_DAYS = 90
MOST_DEBTORS = 200
"""In one answer; a larger portfolio is read in pages."""


@dataclass(frozen=True, slots=True)
class Trial(Command):
    """A strategy by `strategy` and `version`, or as `steps` that are not written down yet; neither:
    what is in force now, for each debtor its own. Who has a strategy of a person's choice keeps
    it."""

    strategy: str = ""
    version: int = 0
    steps: tuple[Step, ...] = ()
    min_gap_days: int = 7
    minimum_minor: int = 500
    end: End = End.NONE
    days: int = 30


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A debtor to whom nothing would go out."""

    debtor: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Count:
    day: date
    step: StepKind
    channel: Channel | None
    messages: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """`looked_at` debtors of this page; `next_cursor` null: these were the last. The figures are
    those of the page."""

    looked_at: int
    counts: tuple[Count, ...]
    planned: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]
    next_cursor: str | None


def simulate(
    books: Books, org: str, trial: Trial, now: datetime, *, after: str, limit: int
) -> Simulation:
    """Refused for a strategy that could not be put in force either."""
    if not 0 < trial.days <= MOST_DAYS:
        raise Refused("days_impossible", f"Give 1 to {MOST_DAYS} days.", "/body/days")
    strategy = _tried(books, org, trial)
    page = books.listing(Listed, org, after=after, limit=limit)
    planned: list[Planned] = []
    left_out = []
    for one in page:
        found = _of(books, org, one.number, strategy, now, trial.days)
        planned += found.planned
        if not found.planned:
            left_out.append(LeftOut(one.number, found.code, found.sentence))
    cursor = page[-1].number if len(page) == limit else None
    return Simulation(len(page), _counted(planned), tuple(planned), tuple(left_out), cursor)


@dataclass(frozen=True, slots=True)
class Run:
    """What the planner would do at this moment, debtor by debtor, and `queued`: how many of them it
    was asked to do now."""

    looked_at: int
    queued: int
    items: tuple[Outlook, ...]
    next_cursor: str | None


def run_page(books: Books, org: str, now: datetime, *, after: str, limit: int) -> Run:
    """As the planner would decide now; debtors with nothing open are passed over."""
    page = books.listing(Listed, org, after=after, limit=limit)
    standings = (standing_of(books, org, one.number, now) for one in page)
    items = tuple(outlook(s.case, s.facts, now) for s in standings if s.case.items)
    return Run(len(page), 0, items, page[-1].number if len(page) == limit else None)


def do_now(queue: ReminderQueue, org: str, run: Run) -> Run:
    """Asks the sender for each debtor of the page that something is to be done for; it decides
    again when it gets there."""
    due = [one for one in run.items if one.does in DOES_SOMETHING]
    for one in due:
        queue.put(org, one.debtor)
    return replace(run, queued=len(due))


def _tried(books: Books, org: str, trial: Trial) -> Strategy | None:
    if trial.steps:
        strategy = Strategy(
            trial.strategy or "trial", trial.steps, trial.min_gap_days, trial.minimum_minor,
            trial.end, -1,
        )  # fmt: skip
        wrong = faults(strategy)
        if wrong:
            raise Refused(wrong[0].code, " ".join(w.detail for w in wrong), wrong[0].pointer)
        return strategy
    if not trial.strategy:
        return None
    if not trial.version:
        live = live_of(books, org)
        if trial.strategy not in live.active:
            names = ", ".join(sorted(live.active))
            raise Refused("strategy_not_in_force", f"In force are: {names}.", "/body/strategy")
        return live.active[trial.strategy]
    version = books.find(StrategyVersion, org, trial.strategy, f"{trial.version:06d}")
    if version is None:
        detail = f"There is no version {trial.version} of {trial.strategy}."
        raise NotFound("strategy_not_found", detail, "/body/version")
    return version.strategy


def _of(
    books: Books, org: str, number: str, strategy: Strategy | None, now: datetime, days: int
) -> Forecast:
    standing = standing_of(books, org, number, now, trial=strategy)
    return forecast(standing.case, standing.facts, now, days)


def _counted(planned: list[Planned]) -> tuple[Count, ...]:
    found = Counter((day_of(one.at), one.step, one.channel or "") for one in planned)
    return tuple(
        Count(day, step, Channel(channel) if channel else None, messages)
        for (day, step, channel), messages in sorted(found.items())
    )
