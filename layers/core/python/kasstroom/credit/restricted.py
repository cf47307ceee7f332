"""What lists of sanctioned parties say is for people alone: a system would warn whom it concerns.

While a hit is open nothing is sold, on account or paid in advance, and nobody is told why: a frozen
party may be given no goods or money (Sanctiewet 1977; art. 2 of Regulations (EC) 881/2002 and (EU)
269/2014).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from kasstroom.access.model import Actor, Role
from kasstroom.credit.decision import Audience, Fact, Reason
from kasstroom.credit.reasons import reason

FOR_PEOPLE = (Role.CREDIT_MANAGER, Role.AUDITOR)
FACT = "sanctions"
POSSIBLE = "possible"
LISTED_CODE = "sanctions_possible"
"""Why a review waits, for the people of FOR_PEOPLE."""
UNCONFIRMED = frozenset({LISTED_CODE, "insolvency_possible"})
"""Codes of what a list may say of somebody, as long as nobody looked."""
NEUTRAL = reason("policy_other")
"""What everybody else reads: any rule of a policy may say this too."""

LISTED = Reason(
    "adverse_information", Audience.PEOPLE, "nobody", "There is adverse information.",
    "sanctions_law",
)  # fmt: skip
"""Why a person has to look when no rule of the policy looks at lists."""
V = TypeVar("V")


def sees_lists(actor: Actor) -> bool:
    """Whether this is somebody who may know; a machine's key has no roles, so it never is."""
    return any(role in actor.roles for role in FOR_PEOPLE)


def may_be_listed(facts: Mapping[str, Fact]) -> bool:
    return facts.get(FACT) == POSSIBLE


def is_hidden(said: Reason) -> bool:
    return said.audience == Audience.PEOPLE


def hidden(said: Reason) -> Reason:
    """The same reason, of a rule that looks at lists."""
    return replace(said, audience=Audience.PEOPLE)


def public_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """For a system: the neutral reason, once, in the place of what it may not know."""
    return tuple(dict.fromkeys(NEUTRAL if is_hidden(said) else said for said in reasons))


def public_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """The same for reasons that are kept as codes."""
    return tuple(dict.fromkeys(NEUTRAL.code if c in UNCONFIRMED else c for c in codes))


def public_fired(fired: Iterable[str], reasons: Iterable[Reason]) -> tuple[str, ...]:
    """The same for the ids of rules that fired, of which `reasons` are the reasons."""
    kept_back = {said.rule for said in reasons if is_hidden(said)}
    return tuple(dict.fromkeys(NEUTRAL.code if rule in kept_back else rule for rule in fired))


def codes_for(reasons: Iterable[Reason], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The codes of a review: who sees lists reads that it is about a list."""
    listed = LISTED_CODE if may_be_listed(facts) else NEUTRAL.code
    return tuple(dict.fromkeys(listed if is_hidden(said) else said.code for said in reasons))


def without_lists(facts: Mapping[str, V]) -> dict[str, V]:
    """Without what lists say, whatever they say: that it is left out tells nothing."""
    return {name: value for name, value in facts.items() if name != FACT}
