"""Scene: a credit manager writes a strategy, tries it on the portfolio, and puts it in force."""

from __future__ import annotations

from collections import Counter
from typing import Any

from infra.local.story.households import DRAFT, EVERYBODY, SEGMENT, STEPS, STRATEGY, arrive
from infra.local.story.stage import Stage

WRITTEN = (2026, 9, 8, 14)
DAYS = 30
A_PERSON = "a person decides"


def play(stage: Stage) -> dict[str, Any]:
    stage.at(*WRITTEN)
    arrive(stage)
    anna = stage.as_person("anna")
    asked = stage.suite.call("PUT", f"/v1/dunning/strategies/{STRATEGY}", DRAFT)
    stage.expect(asked.status == 403, f"A webshop's key may write a strategy: {asked.status}.")
    made = anna.put(f"/v1/dunning/strategies/{STRATEGY}", DRAFT)
    stage.say.done(
        f"Anna writes the strategy {made['id']} of {len(made['steps'])} steps; the webshop's own"
        " key may not"
    )
    simulated = _tries(stage, made["version"])
    anna.post(f"/v1/dunning/strategies/{STRATEGY}/activation", {"version": made["version"]})
    anna.put("/v1/dunning/strategies", {"by_segment": {SEGMENT: STRATEGY}})
    planned = stage.until("the customers on their strategy", lambda: _followed(stage))
    stage.say.done(
        f"It is in force for the segment {SEGMENT}: the first of {len(planned)} messages is planned"
        f" for {min(planned)[:10]}"
    )
    return simulated


def _tries(stage: Stage, version: int) -> dict[str, Any]:
    """What would go out, step by step and way by way; the figures of the answer itself."""
    trial = {"strategy": STRATEGY, "version": version, "days": DAYS}
    found = stage.suite.post("/v1/dunning/simulations?limit=200", trial)
    count: Counter[tuple[str, str]] = Counter()
    for one in found["counts"]:
        count[one["step"], one["channel"] or A_PERSON] += one["messages"]
    messages = sum(number for (_, by), number in count.items() if by != A_PERSON)
    stage.expect(messages > 0, "A trial of the strategy sends nothing to anybody.")
    stage.say.done(
        f"Tried on {found['looked_at']} customers: {messages} messages in {DAYS} days if nobody"
        f" pays, and {len(found['left_out'])} customers hear nothing"
    )
    order = [step["kind"] for step in STEPS]
    ranked = sorted(count.items(), key=lambda pair: order.index(pair[0][0]))
    rows = [(step.replace("_", " "), by, number) for (step, by), number in ranked]
    stage.say.table(("step", "by", "messages"), rows)
    why = {one["code"]: one["sentence"] for one in found["left_out"]}
    left_out = Counter(one["code"] for one in found["left_out"])
    for code, number in left_out.items():
        stage.say.note(f"    {number} left out, {code}: {why[code]}")
    by_step: Counter[str] = Counter()
    for (step, _), number in ranked:
        by_step[step] += number
    return {"messages": messages, "by_step": dict(by_step), "left_out": dict(left_out)}


def _followed(stage: Stage) -> list[str] | None:
    """When each household hears from us first, once all of them are on the new strategy."""
    seen = [stage.suite.get(f"/v1/dunning/debtors/{one['number']}") for one in EVERYBODY]
    followed = all(one["strategy"] == STRATEGY and one["at"] for one in seen)
    return [one["at"] for one in seen] if followed else None
