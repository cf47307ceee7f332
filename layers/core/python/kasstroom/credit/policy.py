"""The credit policy: an organisation's rules, versioned, and the verdict they give on the facts.

`read` turns a document into a policy or says everything that is wrong with it; `judge` is a pure
function of policy and facts, so a stored decision can be replayed bit for bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from kasstroom.credit.basis import LimitBasis
from kasstroom.credit.decision import Condition, Fact, Outcome, Reason
from kasstroom.credit.model import LimitSource
from kasstroom.credit.reasons import reason
from kasstroom.credit.restricted import LISTED, is_hidden, may_be_listed
from kasstroom.credit.rules import Test
from kasstroom.errors import Refused
from kasstroom.money import EUR, Money

SEVERITY = (
    Outcome.DECLINED,
    Outcome.REFER,
    Outcome.APPROVED_PARTIAL,
    Outcome.APPROVED_WITH_CONDITIONS,
)
"""The worst outcome of the rules that fired wins."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When `test` holds: this outcome for this reason. `condition_percent` of the order is asked in
    advance when the outcome is approved_with_conditions. `looks_at` are the facts it compares."""

    id: str
    test: Test
    outcome: Outcome
    reason: Reason
    alternatives: tuple[str, ...] = ()
    condition: str = ""
    condition_percent: int = 0
    looks_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewTerms:
    """A review every `every_days`; `grace_days` after it was due and not done, the limits of the
    sources `lapse` end."""

    every_days: int = 365
    grace_days: int = 30
    lapse: tuple[LimitSource, ...] = (LimitSource.DISCRETIONARY,)


@dataclass(frozen=True, slots=True)
class AutomaticTerms:
    """The limit payment behaviour earns: `percent` of what was paid per month on average, at most
    `most`; it falls by `cut_percent` when the average days late exceed `late_days`. A change below
    `step_percent` of the limit is left alone."""

    percent: int = 150
    most: Money = Money(2_500_000)
    smallest_invoices: int = 3
    late_days: int = 14
    cut_percent: int = 50
    step_percent: int = 10


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything of a policy that is not a rule. Days count from the decision. `regulated_credit`
    `declined` is for a seller that may not give it (no licence, art. 2:60 Wft); see `judge`."""

    currency: str = EUR
    basis: LimitBasis = LimitBasis()
    warn_percent: int = 80
    hold_days: int = 21
    committed_days: int = 90
    smallest_partial: Money = Money(5_000)
    regulated_credit: Outcome = Outcome.REFER
    exchange_rates: Mapping[str, Decimal] = field(default_factory=dict)
    four_eyes_above: Money = Money(5_000_000)
    data_max_age_days: int | None = None
    data_budget_ms: int = 800
    reviews: ReviewTerms = ReviewTerms()
    automatic: AutomaticTerms | None = None


@dataclass(frozen=True, slots=True)
class CreditPolicy:
    """`name` is the segment or debtor kind it is for, `default` for all others."""

    name: str
    number: int
    terms: Terms
    rules: tuple[Rule, ...]

    @property
    def id(self) -> str:
        return f"{self.name}.{self.number}"


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A policy as it was uploaded; never changed afterwards."""

    org: str
    name: str
    number: int
    document: dict[str, Any]
    created_by: str
    created_at: datetime

    @property
    def id(self) -> str:
        return f"{self.name}.{self.number}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`fired` are the rules in their order; `alternatives` what they offer, each once."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    fired: tuple[str, ...]
    alternatives: tuple[str, ...]
    conditions: tuple[Condition, ...]


def judge(policy: CreditPolicy, facts: Mapping[str, Fact], currency: str = "") -> Verdict:
    """A natural person is never refused by a machine alone: what would be a refusal is referred to
    a person (art. 22 GDPR). So is regulated consumer credit: the directive does not forbid it, and
    gives the consumer the right to a person (art. 18 CCD2). Only a policy that says `declined`
    refuses it at once: its owner states that the law forbids them to give it.

    Who may be on a sanctions list is for a person too, whatever the policy says, and nothing is
    offered instead. `currency` is that of the amounts, the policy's when it is left out."""
    fired = [rule for rule in policy.rules if rule.test(facts)]
    outcome = worst(fired)
    if outcome is Outcome.DECLINED and facts["natural_person"]:
        outcome = Outcome.REFER
    reasons = [rule.reason for rule in fired]
    if (regulated := facts["regulated_credit"]) != "exempt":
        outcome = Outcome.REFER if regulated == "review" else policy.terms.regulated_credit
        reasons.append(REGULATED)
    if listed := may_be_listed(facts):
        outcome = outcome if outcome is Outcome.DECLINED else Outcome.REFER
        if not any(is_hidden(said) for said in reasons):
            reasons.append(LISTED)
    offered = () if listed else (kind for rule in fired for kind in rule.alternatives)
    return Verdict(
        outcome,
        tuple(reasons),
        tuple(rule.id for rule in fired),
        tuple(dict.fromkeys(offered)),
        tuple(
            _condition(rule, facts, currency or policy.terms.currency)
            for rule in fired
            if rule.condition
        ),
    )


REGULATED = reason(
    "policy_other",
    rule="regulated_credit",
    detail="This would be regulated consumer credit: the term or its conditions are outside the"
    " exemption of Directive (EU) 2023/2225.",
)


def worst(fired: list[Rule]) -> Outcome:
    outcomes = {rule.outcome for rule in fired}
    return next((one for one in SEVERITY if one in outcomes), Outcome.APPROVED)


def _condition(rule: Rule, facts: Mapping[str, Fact], currency: str) -> Condition:
    if not rule.condition_percent:
        return Condition(rule.condition)
    asked = facts["order_amount"]
    assert isinstance(asked, int)
    share = -(-asked * rule.condition_percent // 100)
    return Condition(rule.condition, Money(share, currency))


def converted(policy: CreditPolicy, amount: Money, currency: str) -> int:
    """The amount in minor units of the account's `currency`, half up; Refused without a rate."""
    if amount.currency == currency:
        return amount.minor
    rate = policy.terms.exchange_rates.get(amount.currency)
    if rate is None or currency != policy.terms.currency:
        detail = (
            f"This debtor's credit runs in {currency}, and the policy has no exchange rate for"
            f" {amount.currency}."
        )
        raise Refused("wrong_currency", detail, "/body/amount/currency")
    return Money.of(amount.decimal * rate, currency).minor
