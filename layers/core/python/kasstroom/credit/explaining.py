"""Why a decision was what it was: its facts, the rules that spoke, and what would have helped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.credit.counterfactual import Counterfactual, counterfactuals
from kasstroom.credit.decision import Decision, Outcome, Reason
from kasstroom.credit.explanation_texts import for_buyer, would
from kasstroom.credit.fact_catalogue import CATALOGUE
from kasstroom.credit.fact_views import FactView, Words, fact_views, value_of
from kasstroom.credit.human import HumanDecision, human_decision
from kasstroom.credit.policy import REGULATED, CreditPolicy, Rule, worst
from kasstroom.credit.policy_usecases import policy_of
from kasstroom.credit.replay import Judged, replayed, same
from kasstroom.credit.restricted import FACT, LISTED, NEUTRAL, is_hidden, public_fired
from kasstroom.credit.restricted import without_lists as public_facts
from kasstroom.credit.usecases import decision_of
from kasstroom.errors import NotFound, Refused
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class RuleView:
    """`direction`: `hurt` when it spoke against, `helped` when it looked and had nothing to say,
    `no_effect` when a fact it looks at was not known. `decisive`: no other rule that spoke was
    more severe."""

    id: str
    fired: bool
    direction: str
    decisive: bool
    outcome: Outcome
    reason: str
    detail: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactChange:
    name: str
    label: Words
    was: Words
    instead: Words


@dataclass(frozen=True, slots=True)
class WouldView:
    """Judged again with only `changes` made: `outcome` follows. `buyer`: the buyer may be told."""

    kind: str
    buyer: bool
    outcome: Outcome
    changes: tuple[FactChange, ...]
    text: Words


@dataclass(frozen=True, slots=True)
class ReplayView:
    """What the stored policy says of the stored facts now."""

    outcome: Outcome
    fired: tuple[str, ...]
    approved_minor: int


@dataclass(frozen=True, slots=True)
class ReviewedView:
    """What a person decided afterwards."""

    verdict: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`replayed` true: judging the stored facts with the stored policy gives this very decision
    again, to the cent and the rule; `replay` null: the policy or the facts are not there any more.
    `automated` is true while no person looked. Show the buyer `for_buyer` and nothing else. What
    lists of sanctioned parties say is only for people who may see it; a system reads that a rule of
    the policy spoke."""

    id: str
    debtor: str
    decided_at: datetime
    outcome: Outcome
    natural_person: bool
    automated: bool
    policy: str
    replayed: bool
    replay: ReplayView | None
    rules: tuple[RuleView, ...]
    facts: tuple[FactView, ...]
    would_help: tuple[WouldView, ...]
    for_buyer: tuple[Words, ...]
    reviewed: ReviewedView | None


def explain(books: Books, org: str, id: str, *, sees_lists: bool = False) -> Explanation:
    """NotFound when there is no such credit check."""
    decision = decision_of(books, org, id)
    policy = policy_behind(books, decision)
    person = human_decision(books, decision)
    return explanation(decision, policy, person, sees_lists=sees_lists)


def policy_behind(books: Books, decision: Decision) -> CreditPolicy | None:
    """The version that decided; None when it is not there, or cannot be read any more."""
    name, _, number = decision.policy.rpartition(".")
    try:
        return policy_of(books, decision.org, name, int(number))
    except (NotFound, Refused):
        return None


def explanation(
    decision: Decision,
    policy: CreditPolicy | None,
    person: HumanDecision | None,
    *,
    sees_lists: bool = False,
) -> Explanation:
    facts, currency = decision.facts, decision.available.currency
    again = replayed(decision, policy) if policy and facts else None
    possible = counterfactuals(decision, policy) if policy else ()
    natural_person = bool(facts.get("natural_person"))
    looked_at = frozenset(name for rule in policy.rules for name in rule.looks_at) if policy else ()
    rules = rules_of(decision, policy) if policy else ()
    return Explanation(
        decision.id, decision.debtor, decision.decided_at, decision.outcome, natural_person,
        person is None, decision.policy, again is not None and same(decision, again),
        _replay(again, sees_lists), rules if sees_lists else public_rules(rules),
        fact_views(facts if sees_lists else public_facts(facts), currency, frozenset(looked_at)),
        tuple(_would(one, decision, currency) for one in possible),
        for_buyer(decision, possible, person, natural_person=natural_person),
        _reviewed(decision, person, sees_lists) if person else None,
    )  # fmt: skip


def _replay(again: Judged | None, sees_lists: bool) -> ReplayView | None:
    if again is None:
        return None
    fired = again.verdict.fired
    shown = fired if sees_lists else public_fired(fired, again.verdict.reasons)
    return ReplayView(again.outcome, shown, again.approved_minor)


def _reviewed(decision: Decision, person: HumanDecision, sees_lists: bool) -> ReviewedView:
    secret = not sees_lists and any(is_hidden(said) for said in decision.reasons)
    return ReviewedView(person.verdict, person.by, person.at, "" if secret else person.note)


def rules_of(decision: Decision, policy: CreditPolicy) -> tuple[RuleView, ...]:
    """Those that spoke first, the decisive ones on top."""
    fired = [rule for rule in policy.rules if rule.id in decision.fired]
    laws = {said.rule for said in decision.reasons} & {REGULATED.rule, LISTED.rule}
    seen = tuple(_rule(rule, fired, decision) for rule in policy.rules)
    if REGULATED.rule in laws:
        # What the law says overrules the policy, so that none of its rules decided.
        law = _law(REGULATED, decision, (REGULATED.rule, "term_days"))
        seen = (law, *(replace(rule, decisive=False) for rule in seen))
    if LISTED.rule in laws:
        seen = (_law(LISTED, decision, (FACT,)), *seen)
    return tuple(sorted(seen, key=lambda rule: (not rule.fired, not rule.decisive)))


def public_rules(rules: tuple[RuleView, ...]) -> tuple[RuleView, ...]:
    """For a system: that a rule looks at lists is not shown, that it spoke is."""
    neutral = {"id": NEUTRAL.code, "reason": NEUTRAL.code, "detail": NEUTRAL.detail, "facts": ()}
    shown = (rule for rule in rules if rule.fired or FACT not in rule.facts)
    return tuple(replace(rule, **neutral) if FACT in rule.facts else rule for rule in shown)


def _law(said: Reason, decision: Decision, facts: tuple[str, ...]) -> RuleView:
    return RuleView(said.rule, True, "hurt", True, decision.outcome, said.code, said.detail, facts)


def _rule(rule: Rule, fired: list[Rule], decision: Decision) -> RuleView:
    spoke = rule in fired
    decisive = spoke and rule.outcome is worst(fired)
    known = all(decision.facts.get(name) is not None for name in rule.looks_at)
    direction = "hurt" if spoke else "helped" if known and decision.facts else "no_effect"
    return RuleView(
        rule.id, spoke, direction, decisive, rule.outcome, rule.reason.code, rule.reason.detail,
        rule.looks_at,
    )  # fmt: skip


def _would(one: Counterfactual, decision: Decision, currency: str) -> WouldView:
    changes = []
    for name, instead in one.changed.items():
        kind, meaning = CATALOGUE[name]
        view = fact_views({name: decision.facts[name]}, currency, frozenset())[0]
        changes.append(FactChange(name, view.label, view.value, value_of(kind, instead, currency)))
    return WouldView(one.kind, one.buyer, one.outcome, tuple(changes), would(one, currency))
