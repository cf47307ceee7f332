"""What would have made it possible: facts changed, and really judged again.

Nothing is said that the rules did not answer: each counterfactual is a run of the decision's own
policy on its own facts with only what it names changed (art. 22 GDPR, CJEU C-203/22).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kasstroom.credit.decision import Decision, Fact, Outcome
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.replay import judged

STEPS = (90, 75, 50, 25, 10, 1)
"""Percents of the order that are tried beside the limits, for rules that are not about limits."""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """With `changed` instead of the facts as they were, `outcome` follows. `minor` is the amount
    the sentence about it names; `buyer`: the buyer can make it true and may be told."""

    kind: str
    buyer: bool
    outcome: Outcome
    changed: dict[str, Fact]
    minor: int | None = None
    second_minor: int | None = None
    days: int | None = None


def counterfactuals(decision: Decision, policy: CreditPolicy) -> tuple[Counterfactual, ...]:
    """What would have been approved in full; none for a decision that was, or without facts."""
    facts = decision.facts
    if not facts or decision.outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS):
        return ()
    return tuple(_possible(decision, policy, facts))


def _possible(
    decision: Decision, policy: CreditPolicy, facts: dict[str, Fact]
) -> Iterator[Counterfactual]:
    overdue = _minor(facts, "overdue")
    smaller = _largest(policy, facts)
    if smaller:
        yield _shown("smaller_order", True, policy, facts, with_order(facts, smaller), smaller)
    if overdue:
        paid = facts | without_overdue(facts)
        whole = _approved(policy, paid)
        if whole:
            yield _shown("pay_overdue", True, policy, facts, paid, overdue)
        elif rest := _largest(policy, paid):
            both = with_order(paid, rest)
            yield _shown("pay_overdue_smaller_order", True, policy, facts, both, overdue, rest)
    yield from _single(decision, policy, facts)


def _single(
    decision: Decision, policy: CreditPolicy, facts: dict[str, Fact]
) -> Iterator[Counterfactual]:
    """One thing made different at a time."""
    days = next((a.days for a in decision.alternatives if a.kind == "shorter_term"), None)
    tries: list[tuple[str, bool, dict[str, Fact]]] = []
    if facts.get("address_match") == "mismatch":
        tries.append(("known_address", True, {"address_match": "match"}))
    if days is not None:
        tries.append(("shorter_term", True, {"term_days": days, "regulated_credit": "exempt"}))
    if facts.get("hold"):
        tries.append(("hold_released", False, {"hold": False}))
    for kind, buyer, change in tries:
        if found := _approved(policy, facts | change):
            told = days if kind == "shorter_term" else None
            yield Counterfactual(kind, buyer, found, change, days=told)
    if needed := _limit_needed(facts):
        raised = facts | needed
        if _approved(policy, raised):
            yield _shown("higher_limit", False, policy, facts, raised, _minor(raised, "limit"))


def _shown(
    kind: str, buyer: bool, policy: CreditPolicy, before: dict[str, Fact],
    after: dict[str, Fact], minor: int, second: int | None = None,
) -> Counterfactual:  # fmt: skip
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    return Counterfactual(
        kind, buyer, judged(policy, after, takes_part=False).outcome, changed, minor, second
    )


def _approved(policy: CreditPolicy, facts: dict[str, Fact]) -> Outcome | None:
    outcome = judged(policy, facts, takes_part=False).outcome
    return outcome if outcome.holds else None


def _largest(policy: CreditPolicy, facts: dict[str, Fact]) -> int | None:
    """A smaller order that is approved while one cent more is not; None when none was found.

    Where the limits end is tried first, then parts of the order; from the largest that works the
    edge is found by halving, so it is right for rules of any shape.
    """
    asked = _minor(facts, "order_amount")
    ends = [_minor(facts, "available"), _minor(facts, "per_order_cap")]
    if facts.get("group_shortfall"):
        ends.append(asked - _minor(facts, "group_shortfall"))
    tried = sorted({*ends, *(asked * step // 100 for step in STEPS), 1}, reverse=True)
    works = (m for m in tried if 0 < m < asked and _approved(policy, with_order(facts, m)))
    low, high = next(works, 0), asked
    while low and high - low > 1:
        middle = (low + high) // 2
        if _approved(policy, with_order(facts, middle)):
            low = middle
        else:
            high = middle
    return low or None


def with_order(facts: dict[str, Fact], minor: int) -> dict[str, Fact]:
    """The facts of an order of `minor`, not above what was asked; as `facts.facts_of` has them."""
    less = _minor(facts, "order_amount") - minor
    changed: dict[str, Fact] = {"order_amount": minor}
    if facts.get("shortfall") is not None:
        changed["shortfall"] = max(0, minor - _minor(facts, "available"))
    if facts.get("group_shortfall"):
        changed["group_shortfall"] = max(0, _minor(facts, "group_shortfall") - less)
    if facts.get("per_order_cap") is not None:
        changed["above_order_cap"] = minor > _minor(facts, "per_order_cap")
    if limit := _minor(facts, "limit"):
        used = limit - _minor(facts, "available") + minor
        changed["used_percent"] = min(100 * used // limit, 9999)
    return {**facts, **changed}


def without_overdue(facts: dict[str, Fact]) -> dict[str, Fact]:
    """What changes when everything past its due date is paid."""
    before = _minor(facts, "open") + _minor(facts, "other_currencies")
    still_open = _minor(facts, "open") - _minor(facts, "overdue")
    after = still_open + _minor(facts, "other_currencies")
    changed: dict[str, Fact] = {
        "open": still_open, "overdue": 0, "oldest_overdue_days": 0, "overdue_weight": 0,
    }  # fmt: skip
    if facts.get("limit") is not None:
        used = max(0, after) + _minor(facts, "reserved")
        changed["available"] = max(0, _minor(facts, "limit") - used)
    if facts.get("group_shortfall"):
        freed = max(0, before) - max(0, after)
        changed["group_shortfall"] = max(0, _minor(facts, "group_shortfall") - freed)
    return with_order({**facts, **changed}, _minor(facts, "order_amount"))


def _limit_needed(facts: dict[str, Fact]) -> dict[str, Fact]:
    """The smallest limit this order fits in; nothing when the limit was not what was short."""
    if facts.get("limit") is not None and not facts.get("shortfall"):
        return {}
    asked = _minor(facts, "order_amount")
    used = max(0, _minor(facts, "open") + _minor(facts, "other_currencies"))
    used += _minor(facts, "reserved")
    room = {"limit": used + asked, "available": asked, "shortfall": 0}
    return with_order({**facts, **room}, asked)


def _minor(facts: dict[str, Fact], name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0
