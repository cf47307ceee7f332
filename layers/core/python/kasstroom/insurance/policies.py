"""Insurance policies: registered per insurance year, their terms may be put right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.errors import Refused
from kasstroom.ids import derived_id
from kasstroom.insurance.model import InsurancePolicy
from kasstroom.insurance.terms import PolicyTerms, checked
from kasstroom.money import EUR, minor_digits
from kasstroom.ports import Books
from kasstroom.time import Day

INSURER = re.compile(r"[a-z][a-z0-9_]{1,39}\Z")


@dataclass(frozen=True, slots=True)
class NewPolicy(Command):
    """`insurer`: `allianz_trade` is asked over its API; any other name is booked by hand."""

    number: str
    insurer: str
    terms: PolicyTerms
    valid_from: Day
    valid_to: Day | None = None
    currency: str = EUR


@dataclass(frozen=True, slots=True)
class PolicyChange(Command):
    """What is given replaces what was."""

    terms: PolicyTerms | None = None
    valid_to: Day | None = None


def register(
    books: Books, org: str, new: NewPolicy, actor: Actor, now: datetime
) -> tuple[Changes, InsurancePolicy]:
    """Duplicate when the number with this first day exists."""
    actor.must_be(Role.CREDIT_MANAGER)
    if not INSURER.match(new.insurer):
        detail = "An insurer's name has lower-case letters, digits and underscores."
        raise Refused("invalid_insurer", detail, "/body/insurer")
    if not new.number.strip():
        raise Refused("invalid_number", "Give the number of the policy.", "/body/number")
    minor_digits(new.currency)
    policy = InsurancePolicy(
        org, derived_id("ins", org, new.insurer, new.number, new.valid_from), new.number,
        new.insurer, checked(new.terms, new.currency), new.valid_from, now, new.valid_to,
        new.currency,
    )  # fmt: skip
    return Changes(create=(_in_order(policy),)), policy


def change(
    books: Books, org: str, id: str, patch: PolicyChange, actor: Actor
) -> tuple[Changes, InsurancePolicy]:
    """New terms count for what is decided from now on; covers keep theirs until then."""
    actor.must_be(Role.CREDIT_MANAGER)
    policy = books.get(InsurancePolicy, org, id=id)
    terms = checked(patch.terms, policy.currency) if patch.terms else policy.terms
    after = replace(policy, terms=terms, valid_to=patch.valid_to or policy.valid_to)
    return Changes(update=(_in_order(after),)), after


def _in_order(policy: InsurancePolicy) -> InsurancePolicy:
    if policy.valid_to and policy.valid_to < policy.valid_from:
        raise Refused("invalid_period", "valid_to lies before valid_from.", "/body/valid_to")
    return policy
