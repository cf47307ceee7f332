"""One case through a version of a policy; nothing of the case is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.asking import CreditCheck, ask_of, checked
from kasstroom.credit.comparing import fact_value
from kasstroom.credit.decision import Condition, Fact, Outcome, Reason
from kasstroom.credit.fact_catalogue import CATALOGUE
from kasstroom.credit.fact_views import FactView, fact_views
from kasstroom.credit.facts import facts_of
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.policy_history import tested
from kasstroom.credit.policy_usecases import history_of, policy_of
from kasstroom.credit.replay import judged
from kasstroom.credit.restricted import FACT, may_be_listed, sees_lists, without_lists
from kasstroom.credit.room import room_of
from kasstroom.credit.rules import shown, step
from kasstroom.credit.usecases import Grounds, decision_of, group_room
from kasstroom.errors import KasstroomError, Refused
from kasstroom.money import Money
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class Case(Command):
    """One case: the facts of a `debtor` who asks `amount` now, or those of an earlier decision
    (`credit_check`), or none. `facts` stand above them, by the names of the catalogue: an amount as
    text ("250.00"), a number, true or false, a text, null for not known."""

    debtor: str = ""
    amount: Money | None = None
    term_days: int | None = None
    accept_partial: bool = False
    credit_check: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleTried:
    id: str
    fired: bool
    outcome: Outcome
    reason: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What this version answers. `approved` is in the currency of the facts. For a system nobody is
    on a list of sanctioned parties, unless its own `facts` say so."""

    policy: str
    outcome: Outcome
    approved: Money
    reasons: tuple[Reason, ...]
    fired: tuple[str, ...]
    alternatives: tuple[str, ...]
    conditions: tuple[Condition, ...]
    rules: tuple[RuleTried, ...]
    facts: tuple[FactView, ...]


def try_out(
    books: Books, org: str, name: str, number: int, case: Case, grounds: Grounds, actor: Actor,
    now: datetime,
) -> tuple[Changes, Tried]:  # fmt: skip
    """Writes only that this version was tested, once: activating asks for it."""
    policy = policy_of(books, org, name, number)
    sees_all = sees_lists(actor)
    facts, currency = _facts(books, org, policy, case, grounds, now, sees_lists=sees_all)
    answer = tried(policy, facts, currency, case, sees_lists=sees_all or FACT in case.facts)
    return marked(books, org, policy, actor, now), answer


def marked(books: Books, org: str, policy: CreditPolicy, actor: Actor, now: datetime) -> Changes:
    """That this version was tested; nothing for the built-in one."""
    history = history_of(books, org, policy.name)
    if all(line.number != policy.number for line in history.versions):
        return Changes()
    after = tested(history, policy.number, actor, now)
    return Changes() if after is history else Changes(update=(after,))


def tried(
    policy: CreditPolicy, facts: Mapping[str, Fact], currency: str, case: Case, *, sees_lists: bool
) -> Tried:
    again = judged(policy, facts, takes_part=case.accept_partial, currency=currency)
    said, spoke = again.verdict, set(again.verdict.fired)
    rules = tuple(
        RuleTried(rule.id, rule.id in spoke, rule.outcome, rule.reason.code, rule.looks_at)
        for rule in policy.rules
    )
    looked_at = frozenset(name for rule in policy.rules for name in rule.looks_at)
    return Tried(
        policy.id, again.outcome, Money(again.approved_minor, currency), said.reasons, said.fired,
        said.alternatives, said.conditions, rules,
        fact_views(facts if sees_lists else without_lists(facts), currency, looked_at),
    )  # fmt: skip


def _facts(
    books: Books, org: str, policy: CreditPolicy, case: Case, grounds: Grounds, now: datetime,
    *, sees_lists: bool,
) -> tuple[dict[str, Fact], str]:  # fmt: skip
    """Every fact of the catalogue, with the currency of its amounts."""
    found: dict[str, Fact] = dict.fromkeys(CATALOGUE)
    found |= {"natural_person": False, "regulated_credit": "exempt", "order_amount": 0}
    currency = policy.terms.currency
    if case.amount and case.credit_check:
        detail = "The amount of an earlier credit check is its own; leave out one of them."
        raise Refused("ambiguous_case", detail, "/body/amount")
    if case.credit_check:
        decision = decision_of(books, org, case.credit_check)
        found |= decision.facts
        currency = decision.available.currency
    elif case.debtor:
        account = books.get(CreditAccount, org, case.debtor)
        found |= _of_debtor(books, account, policy, case, grounds, now)
        currency = account.currency
    elif case.amount:
        if case.amount.currency != currency:
            detail = f"This policy counts in {currency}."
            raise Refused("wrong_currency", detail, "/body/amount/currency")
        found |= {"order_amount": case.amount.minor, "term_days": case.term_days}
    if may_be_listed(found) and not sees_lists:
        found[FACT] = "clear"
    given = _given(case.facts, currency)
    if case.amount is None and not case.credit_check and "order_amount" not in given:
        detail = "Give the amount that is asked, or an earlier credit_check."
        raise Refused("amount_missing", detail, "/body/amount")
    return found | given, currency


def _of_debtor(
    books: Books, account: CreditAccount, policy: CreditPolicy, case: Case, grounds: Grounds,
    now: datetime,
) -> dict[str, Fact]:  # fmt: skip
    request = CreditCheck(
        case.amount or Money(0, account.currency), case.debtor, term_days=case.term_days
    )
    if case.amount is None:
        detail = "Give the amount this debtor asks to pay later."
        raise Refused("amount_missing", detail, "/body/amount")
    checked(request)
    live = grounds(account)
    ground = replace(live, policy=policy)
    if account.group:
        ground = replace(ground, group_available=group_room(books, account, policy, now)[1])
    ask = ask_of(request, account, policy, ground.seller, ground.terms_days)
    return facts_of(account, ask, room_of(account, ground, now), now)


def _given(facts: Mapping[str, Any], currency: str) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for name, given in facts.items():
        at = f"/body/facts{step(name)}"
        if name not in CATALOGUE:
            detail = f"There is no fact {shown(name)}; GET /v1/credit-policies/facts lists them."
            raise Refused("unknown_fact", detail, at)
        try:
            found[name] = None if given is None else fact_value(CATALOGUE[name][0], given, currency)
        except KasstroomError as error:
            raise Refused(error.code, f"{name}: {error.detail}", at) from None
    return found
