"""What choosing the channel and moment brings: a made-up year of 20,000 debtors.

Run: `make bench-learning`. Compared are the strategy's own order, the best single way for each
segment (what can be known of a stranger), the learner, and an oracle that knows each debtor's taste
and weighs costs as the learner does. Then worlds in which neither channel nor moment makes any
difference: what is claimed of them has to be honest.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace

from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.learning.uplift import Uplift
from tests.bench.learning_year import ORG, WEEKS, Outcome, Year

DEBTORS, SEED = 20_000, 2026
POLICY = LearningPolicy(ORG, enabled=True, holdout_percent=10)


def null_worlds(worlds: int, debtors: int, weeks: int) -> tuple[Counter[str], list[Uplift]]:
    policy = replace(POLICY, holdout_percent=30, minimum_debtors=30)
    found = []
    for seed in range(worlds):
        policy = replace(policy, experiment=f"null-{seed}")
        year = Year(debtors, seed, policy, how="learner", effect=0.0, weeks=weeks)
        year.run()
        found.append(year.uplift())
    return Counter(one.code for one in found), found


def _quarters(outcome: Outcome) -> str:
    each = WEEKS // 4
    parts = (slice(n * each, (n + 1) * each) for n in range(4))
    return "  ".join(
        f"{100 * sum(outcome.regret[p]) / max(1, sum(outcome.sent[p])):5.1f}" for p in parts
    )


def main() -> None:
    debtors = int(sys.argv[1]) if len(sys.argv) > 1 else DEBTORS
    worlds = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    head = f"{'':10}{'messages':>10}{'paid in 5 d':>12}{'days':>7}{'cents/msg':>11}"
    print(f"{debtors:,} debtors, 12 months\n{head}   regret by quarter (points)   channels")
    for how in ("fixed", "segment", "learner", "oracle"):
        year = Year(debtors, SEED, POLICY, how=how)
        out = year.run()
        mix = " ".join(f"{c} {100 * n / out.messages:.0f}%" for c, n in out.channels.most_common())
        print(
            f"{how:10}{out.messages:10,}{100 * out.paid / out.messages:11.1f}%"
            f"{out.days / out.cases:7.1f}{out.cost_minor / out.messages:11.2f}   "
            f"{_quarters(out)}       {mix}"
        )
        if how == "learner":
            measured_uplift = year.uplift()
    print(_told("against the holdout", measured_uplift))
    if not worlds:
        return
    codes, found = null_worlds(worlds, 400, 16)
    covered = sum(one.low <= 0 <= one.high for one in found)
    width = sum(one.high - one.low for one in found) / len(found)
    mean = sum(one.difference for one in found) / len(found)
    chance = 196 * (0.95 * 0.05 / worlds) ** 0.5
    print(
        f"{worlds} worlds without a difference: the interval covers 0 in"
        f" {100 * covered / worlds:.1f} percent (aim 95 +- {chance:.0f}),"
        f" mean {100 * mean:+.2f} points, mean width {100 * width:.1f} points; said: {dict(codes)}"
    )


def _told(what: str, one: Uplift) -> str:
    return (
        f"{what}: {100 * one.learned_rate:.1f} against {100 * one.holdout_rate:.1f} percent,"
        f" {100 * one.difference:+.1f} points, 95 percent interval {100 * one.low:+.1f} to"
        f" {100 * one.high:+.1f}: {one.code}"
    )


if __name__ == "__main__":
    main()
