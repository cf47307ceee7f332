"""A stored decision judged again on its stored facts: by its own policy, or by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kasstroom.credit.decision import Decision, Fact, Outcome
from kasstroom.credit.paid_in_advance import asks_no_credit, paid_in_advance
from kasstroom.credit.policy import CreditPolicy, Verdict, judge


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome with what may be paid later, in minor units of the account's currency."""

    outcome: Outcome
    approved_minor: int
    verdict: Verdict


def judged(
    policy: CreditPolicy, facts: Mapping[str, Fact], *, takes_part: bool, currency: str = ""
) -> Judged:
    """What the checkout answers on these facts; `takes_part`: the shop accepts part of the amount,
    `currency`: that of the amounts, the policy's when it is left out.
    The same function of policy and facts as `deciding.decide`, which a test proves."""
    asked = _minor(facts, "order_amount")
    if asks_no_credit(facts):
        return Judged(Outcome.APPROVED, 0, paid_in_advance())
    verdict = judge(policy, facts, currency)
    if verdict.outcome is not Outcome.APPROVED_PARTIAL:
        return Judged(verdict.outcome, asked if verdict.outcome.holds else 0, verdict)
    part = most_now(facts)
    smallest = max(1, policy.terms.smallest_partial.minor)
    if takes_part and smallest <= part < asked:
        return Judged(Outcome.APPROVED_PARTIAL, part, verdict)
    refused = Outcome.REFER if facts["natural_person"] else Outcome.DECLINED
    return Judged(refused, 0, verdict)


def most_now(facts: Mapping[str, Fact]) -> int:
    """The largest amount that every limit lets through, as far as it is below what was asked."""
    ceilings = [_minor(facts, "available")]
    if facts.get("group_shortfall"):
        ceilings.append(_minor(facts, "order_amount") - _minor(facts, "group_shortfall"))
    if facts.get("per_order_cap") is not None:
        ceilings.append(_minor(facts, "per_order_cap"))
    return max(0, min(ceilings))


def approved_minor(decision: Decision) -> int:
    """What the decision let be paid later, in minor units of the account's currency."""
    if decision.outcome is Outcome.APPROVED_PARTIAL:
        return decision.approved.minor
    return _minor(decision.facts, "order_amount") if decision.outcome.holds else 0


def replayed(decision: Decision, policy: CreditPolicy) -> Judged:
    """The decision's own policy on its own facts."""
    currency = decision.available.currency
    return judged(policy, decision.facts, takes_part=decision.takes_part, currency=currency)


def same(decision: Decision, again: Judged) -> bool:
    """Bit for bit: outcome, amount, and the rules that fired in their order."""
    return (decision.outcome, approved_minor(decision), decision.fired) == (
        again.outcome,
        again.approved_minor,
        again.verdict.fired,
    )


def _minor(facts: Mapping[str, Fact], name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0
