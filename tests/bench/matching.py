"""How fast and how well bank lines are matched: 20,000 lines with known truth, in memory.

Run: `make bench-matching` (or `.venv/bin/python -m tests.bench.matching`). Timed is what matching
itself does for a line (read its clues, look them up in memory, decide), on one core; making the
lines is not. `correct` was booked by itself and is right, `proposed` waits for a person with the
right debtor among the proposals, `unmatched` without it; `wrong` was booked by itself and is wrong.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from dataclasses import dataclass

from kasstroom.bank.candidates import find
from kasstroom.bank.matching import Match, MatchPolicy, match
from kasstroom.bank.reading import clues
from tests.bench.bank_lines import KINDS, Case, cases
from tests.bench.bank_world import SHAPES, World

LINES, DEBTORS, SEED, ROUNDS = 20_000, 4_000, 2026, 5
SLICE = 500
BUDGET = 20_000
GOAL_PERCENT = 99
POLICY = MatchPolicy()


@dataclass(frozen=True)
class Outcome:
    """`referred` counts lines whose reference is right, `matched` how many of those were booked."""

    by_noise: dict[str, Counter[str]]
    referred: int
    matched: int
    wrong: tuple[tuple[Case, Match], ...]


def matched(world: World, case: Case) -> Match:
    found = find(clues(case.line, SHAPES), world)
    return match(case.line, found, POLICY)


def judged(case: Case, made: Match) -> str:
    if made.automatic:
        right = made.automatic.debtor == case.debtor
        right = right and frozenset(made.automatic.invoices) == case.invoices
        return "correct" if right else "wrong"
    named = any(proposal.debtor == case.debtor for proposal in made.proposals)
    return "proposed" if named else "unmatched"


def outcome(world: World, lines: list[Case]) -> Outcome:
    by_noise = {kind: Counter() for kind in KINDS}
    wrong = []
    for case in lines:
        made = matched(world, case)
        said = judged(case, made)
        by_noise[case.noise][said] += 1
        if said == "wrong":
            wrong.append((case, made))
    good = [case.noise for case in lines if case.referred]
    hit = sum(by_noise[kind]["correct"] for kind in set(good))
    return Outcome(by_noise, len(good), hit, tuple(wrong))


def lines_per_second(world: World, lines: list[Case]) -> float:
    """By processor time, of each five hundred lines the best of some rounds, because the machine
    does other things too. What is made up is kept from the garbage collector, which would walk over
    all of it again and again."""
    slices = [lines[at : at + SLICE] for at in range(0, len(lines), SLICE)]
    best = [float("inf")] * len(slices)
    gc.collect()
    gc.freeze()
    for _ in range(ROUNDS):
        for at, some in enumerate(slices):
            began = time.process_time()
            for case in some:
                matched(world, case)
            best[at] = min(best[at], time.process_time() - began)
    return len(lines) / sum(best)


def reference_ms() -> float:
    """What a plain loop takes here and now: compare two runs by it, not two machines."""
    best = float("inf")
    for _ in range(ROUNDS):
        began, total = time.process_time(), 0
        for at in range(300_000):
            total += at * at % 7
        best = min(best, time.process_time() - began)
    return best * 1000


def main() -> None:
    world = World(DEBTORS, SEED)
    lines = list(cases(world, LINES))
    found = outcome(world, lines)
    heads = ("correct", "proposed", "unmatched", "wrong")
    print(f"{'noise':28}" + "".join(f"{head:>11}" for head in heads))
    for kind, counts in found.by_noise.items():
        print(f"{kind:28}" + "".join(f"{counts[head]:11,}" for head in heads))
    percent = 100 * found.matched / found.referred
    print(f"right references booked: {percent:.2f} percent     (goal {GOAL_PERCENT})")
    print(f"wrong bookings: {len(found.wrong)}     (goal 0)")
    print(f"{lines_per_second(world, lines):,.0f} lines/s on one core     (budget {BUDGET:,})")
    print(f"a loop of 300,000 took {reference_ms():.0f} ms meanwhile")


if __name__ == "__main__":
    main()
