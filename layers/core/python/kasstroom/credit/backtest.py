"""A version of a policy on decisions of the past, side by side with what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from kasstroom.credit.decision import Decision, Outcome
from kasstroom.credit.policies import name_for
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.replay import Judged, approved_minor, judged
from kasstroom.credit.restricted import may_be_listed, public_fired
from kasstroom.money import Money

MOST_CASES = 100


@dataclass(frozen=True, slots=True)
class Compared:
    """One decision under both. `was` and `now` are what may be paid later, in minor units."""

    decision: Decision
    again: Judged
    was_minor: int

    @property
    def changed(self) -> bool:
        was = (self.decision.outcome, self.was_minor)
        return was != (self.again.outcome, self.again.approved_minor)

    @property
    def currency(self) -> str:
        return self.decision.available.currency


@dataclass(frozen=True, slots=True)
class Skipped:
    """Decisions that were read and not compared: outside the period, asked without committing,
    decided by the policy of another name, or `without_facts`: from before facts were kept, or with
    facts that are not for this key."""

    outside_period: int = 0
    uncommitted: int = 0
    other_policy: int = 0
    without_facts: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """So many decisions went from `was` to `would_be`; `asked` is their amount."""

    was: Outcome
    would_be: Outcome
    count: int
    asked: Money


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """`rules_gone` fired then and would not now; `rules_new` the other way round."""

    id: str
    debtor: str
    decided_at: datetime
    asked: Money
    was: Outcome
    would_be: Outcome
    approved: Money
    would_approve: Money
    rules_gone: tuple[str, ...]
    rules_new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What could be paid later over all compared decisions, then and now, in one currency."""

    asked: Money
    approved: Money
    would_approve: Money


def compare(policy: CreditPolicy, decision: Decision) -> Compared:
    """On the facts as they were: a limit or exchange rate the new version would count differently
    is not computed again."""
    again = judged(policy, decision.facts, takes_part=decision.takes_part)
    return Compared(decision, again, approved_minor(decision))


def why_skipped(
    decision: Decision, name: str, names: Collection[str], since: datetime | None,
    until: datetime | None, *, sees_lists: bool = False,
) -> str:  # fmt: skip
    """A field of Skipped; empty when the decision can be compared. Without `sees_lists` one about
    who may be on a list is not: a policy written for it would tell who that is."""
    at = decision.decided_at
    if (since and at < since) or (until and at >= until):
        return "outside_period"
    if not decision.committed:
        return "uncommitted"
    facts = decision.facts
    if not facts or (may_be_listed(facts) and not sees_lists):
        return "without_facts"
    meant = name_for(names, segment=str(facts["segment"]), kind=str(facts["kind"]))
    return "" if meant == name else "other_policy"


def matrix(compared: Iterable[Compared]) -> tuple[Cell, ...]:
    count: Counter[tuple[Outcome, Outcome, str]] = Counter()
    asked: Counter[tuple[Outcome, Outcome, str]] = Counter()
    for one in compared:
        key = (one.decision.outcome, one.again.outcome, one.currency)
        count[key] += 1
        asked[key] += _asked(one)
    return tuple(Cell(k[0], k[1], count[k], Money(asked[k], k[2])) for k in sorted(count))


def totals(compared: Iterable[Compared]) -> tuple[Totals, ...]:
    added: dict[str, list[int]] = {}
    for one in compared:
        sums = added.setdefault(one.currency, [0, 0, 0])
        for n, minor in enumerate((_asked(one), one.was_minor, one.again.approved_minor)):
            sums[n] += minor
    return tuple(
        Totals(*(Money(minor, currency) for minor in added[currency])) for currency in sorted(added)
    )


def cases(compared: Iterable[Compared], *, sees_lists: bool = False) -> tuple[ChangedCase, ...]:
    """The newest first, at most MOST_CASES."""
    newest = sorted(compared, key=lambda one: one.decision.decided_at, reverse=True)
    return tuple(_case(one, sees_lists) for one in newest[:MOST_CASES])


def _case(one: Compared, sees_lists: bool) -> ChangedCase:
    made, again = one.decision, one.again
    was, now = made.fired, again.verdict.fired
    gone = tuple(rule for rule in was if rule not in now)
    new = tuple(rule for rule in now if rule not in was)
    if not sees_lists:
        gone = public_fired(gone, made.reasons)
        new = public_fired(new, again.verdict.reasons)
    return ChangedCase(
        made.id, made.debtor, made.decided_at, made.requested, made.outcome, again.outcome,
        Money(one.was_minor, one.currency), Money(again.approved_minor, one.currency),
        gone, new,
    )  # fmt: skip


def _asked(one: Compared) -> int:
    asked = one.decision.facts["order_amount"]
    assert isinstance(asked, int)
    return asked


def group_of(one: Compared) -> str:
    """More is a larger amount, or the same amount with less between the buyer and the order."""
    more = one.again.approved_minor - one.was_minor
    better = _RANK.index(one.decision.outcome) - _RANK.index(one.again.outcome)
    return "would_get_more" if (more, better) > (0, 0) else "would_get_less"


_RANK = (
    Outcome.APPROVED,
    Outcome.APPROVED_WITH_CONDITIONS,
    Outcome.APPROVED_PARTIAL,
    Outcome.REFER,
    Outcome.DECLINED,
)
