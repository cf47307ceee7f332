"""Whether a strategy can be put in force: all that is wrong with it, with its place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kasstroom.compliance.contact_frequency import caps_on
from kasstroom.compliance.letter14 import SAFE_DAYS
from kasstroom.dunning.steps import PROVABLE
from kasstroom.dunning.strategy import RANK, End, Step, StepKind, Strategy

MOST_STEPS = 20
EARLIEST_DAYS, LATEST_DAYS = -30, 730
LEAST_GAP_DAYS = 1
MOST_SEGMENTS = 10


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    detail: str
    pointer: str


def faults(strategy: Strategy) -> tuple[Fault, ...]:
    """In the order of the document; empty is good."""
    if not 0 < len(strategy.steps) <= MOST_STEPS:
        detail = f"A strategy has 1 to {MOST_STEPS} steps."
        return (Fault("steps_missing", detail, "/body/steps"),)
    found = [*_whole(strategy), *_in_order(strategy.steps), *_legal(strategy)]
    for at, step in enumerate(strategy.steps):
        found += _of_step(step, f"/body/steps/{at}")
    return tuple(sorted(found, key=lambda fault: fault.pointer))


def _whole(strategy: Strategy) -> Iterator[Fault]:
    if strategy.min_gap_days < LEAST_GAP_DAYS:
        detail = "Leave at least a day between two messages to one debtor."
        yield Fault("gap_too_short", detail, "/body/min_gap_days")
    # A strategy lasts: by the caps that are known for later.
    least = caps_on(date.max).between_steps_days
    if strategy.min_gap_days < least and any(map(_writes_to_people, strategy.steps)):
        detail = (
            f"Leave {least} days between two steps to a natural person, or say that every step"
            " is for businesses only."
        )
        yield Fault("gap_too_short_for_people", detail, "/body/min_gap_days")
    if strategy.minimum_minor < 0:
        detail = "The smallest amount reminded of is not below zero."
        yield Fault("minimum_negative", detail, "/body/minimum_minor")
    ends = any(step.kind is StepKind.HAND_OVER for step in strategy.steps)
    if ends and strategy.end is End.NONE:
        detail = "A hand_over step needs an end: write_off, agency or legal."
        yield Fault("end_missing", detail, "/body/end")


def _writes_to_people(step: Step) -> bool:
    return step.kind is not StepKind.HAND_OVER and step.when.natural_person is not False


def _in_order(steps: tuple[Step, ...]) -> Iterator[Fault]:
    for at, (before, step) in enumerate(pairwise(steps), start=1):
        if step.offset_days <= before.offset_days:
            detail = (
                f"{step.kind} comes on day {step.offset_days}, which is not after day"
                f" {before.offset_days} of the step before it; put the steps in order."
            )
            yield Fault("steps_out_of_order", detail, f"/body/steps/{at}/offset_days")
        if RANK[step.kind] < RANK[before.kind]:
            detail = f"A {step.kind} is milder than the {before.kind} before it; swap them."
            yield Fault("milder_after_firmer", detail, f"/body/steps/{at}/kind")


def _of_step(step: Step, at: str) -> Iterator[Fault]:
    if not EARLIEST_DAYS <= step.offset_days <= LATEST_DAYS:
        detail = f"Give a day from {EARLIEST_DAYS} to {LATEST_DAYS}, counted from the due date."
        yield Fault("day_impossible", detail, f"{at}/offset_days")
    early, before = step.offset_days < 0, step.kind is StepKind.PRE_REMINDER
    if early and not before:
        detail = f"Before the due date nobody is late: only a pre_reminder, not a {step.kind}."
        yield Fault("too_early", detail, f"{at}/offset_days")
    if before and step.offset_days > 0:
        detail = "A pre_reminder comes on the due date or before it."
        yield Fault("too_late", detail, f"{at}/offset_days")
    if (step.costs or step.interest) and RANK[step.kind] <= RANK[StepKind.FOURTEEN_DAY_LETTER]:
        detail = "Costs and interest come after the fourteen-day letter: with a final demand."
        yield Fault("charged_too_early", detail, f"{at}/costs")
    provable = set(step.channels) & set(PROVABLE) or not step.channels
    if step.kind is StepKind.FOURTEEN_DAY_LETTER and not provable:
        detail = "The fourteen-day letter goes by email or letter: its arrival has to be proven."
        yield Fault("channel_not_provable", detail, f"{at}/channels")
    if len(set(step.channels)) < len(step.channels):
        yield Fault("channel_twice", "Name each channel once.", f"{at}/channels")
    if step.when.minimum_minor < 0 or not 0 <= step.when.late_percent <= 100:
        detail = "minimum_minor is not below zero, and late_percent is 0 to 100."
        yield Fault("condition_impossible", detail, f"{at}/when")
    if len(step.when.segments) > MOST_SEGMENTS:
        detail = f"Name at most {MOST_SEGMENTS} segments."
        yield Fault("too_many_segments", detail, f"{at}/when/segments")


def _legal(strategy: Strategy) -> Iterator[Fault]:
    """Costs of a consumer need a letter, and its safe term, before them (art. 6:96 lid 6 BW)."""
    letters = [s for s in strategy.steps if s.kind is StepKind.FOURTEEN_DAY_LETTER]
    for at, step in enumerate(strategy.steps):
        charges_people = step.costs and step.when.natural_person is not False
        if not charges_people:
            continue
        before = [letter for letter in letters if letter.offset_days < step.offset_days]
        if not before:
            detail = (
                "A consumer owes costs only after a fourteen_day_letter: put one before this"
                " step, or say that it is not for natural persons."
            )
            yield Fault("letter_missing", detail, f"/body/steps/{at}/costs")
        elif step.offset_days - before[-1].offset_days < SAFE_DAYS:
            detail = (
                f"Leave {SAFE_DAYS} days between the fourteen-day letter and the costs: its term"
                " would always hold this step up."
            )
            yield Fault("term_too_short", detail, f"/body/steps/{at}/offset_days")
