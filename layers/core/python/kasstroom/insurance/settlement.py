"""What the insurer does with a claim: looks at it, decides, pays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.errors import Refused
from kasstroom.events.insurance import ClaimDecided, ClaimPaid
from kasstroom.insurance.claim import Claim, ClaimState
from kasstroom.insurance.model import InsurancePolicy
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import Day, day_of

UNDECIDED = (ClaimState.FILED, ClaimState.UNDER_REVIEW)


class Verdict(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DecideClaim(Command):
    """`amount` left out: as expected."""

    verdict: Verdict
    amount: Money | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PayClaim(Command):
    """`amount` left out: as approved; `paid_on` left out: today."""

    amount: Money | None = None
    paid_on: Day | None = None


def under_review(books: Books, org: str, id: str) -> tuple[Changes, Claim]:
    """The insurer looks at it. Saying so again changes nothing."""
    claim = books.get(Claim, org, id=id)
    if claim.state is ClaimState.UNDER_REVIEW:
        return Changes(), claim
    _must_be(claim, (ClaimState.FILED,))
    after = replace(claim, state=ClaimState.UNDER_REVIEW)
    return Changes(update=(after,)), after


def decide(
    books: Books, org: str, id: str, told: DecideClaim, actor: Actor, now: datetime
) -> tuple[Changes, Claim]:
    """An approval takes its part of the policy's aggregate first loss."""
    actor.must_be(Role.CREDIT_MANAGER)
    claim = books.get(Claim, org, id=id)
    _must_be(claim, UNDECIDED)
    approved = told.verdict is Verdict.APPROVED
    amount = claim.expected if told.amount is None else told.amount
    amount = amount if approved else Money.zero(claim.debt.currency)
    _within(amount, claim.debt, "debt")
    if not approved and not told.reason.strip():
        raise Refused("reason_missing", "Write down why it was rejected.", "/body/reason")
    after = replace(
        claim, state=ClaimState(told.verdict), amount=amount, reason=told.reason, decided_at=now,
        decided_by=actor.name,
    )  # fmt: skip
    event = ClaimDecided(
        org=org, debtor=claim.debtor, subject=id, at=now, verdict=told.verdict, amount=amount,
        reason=told.reason,
    )  # fmt: skip
    changes = Changes(update=(after,), events=(event,))
    if approved and claim.aggregate:
        policy = books.get(InsurancePolicy, org, id=claim.policy)
        used = policy.aggregate_used_minor + claim.aggregate.minor
        changes += Changes(update=(replace(policy, aggregate_used_minor=used),))
    return changes, after


def pay(
    books: Books, org: str, id: str, told: PayClaim, actor: Actor, now: datetime
) -> tuple[Changes, Claim]:
    """The indemnity came in; it counts for the policy's maximum."""
    actor.must_be(Role.CREDIT_MANAGER)
    claim = books.get(Claim, org, id=id)
    _must_be(claim, (ClaimState.APPROVED,))
    # Zero is an amount too: what is left out is None.
    known = claim.expected if claim.amount is None else claim.amount
    amount = known if told.amount is None else told.amount
    _within(amount, claim.debt, "debt")
    after = replace(claim, state=ClaimState.PAID, paid=amount, paid_on=told.paid_on or day_of(now))
    policy = books.get(InsurancePolicy, org, id=claim.policy)
    counted = replace(policy, paid_minor=policy.paid_minor + amount.minor)
    event = ClaimPaid(org=org, debtor=claim.debtor, subject=id, at=now, amount=amount)
    return Changes(update=(after, counted), events=(event,)), after


def _must_be(claim: Claim, states: tuple[ClaimState, ...]) -> None:
    if claim.state not in states:
        wanted = " or ".join(states)
        detail = f"This claim is {claim.state}; for this it has to be {wanted}."
        raise Refused("claim_state", detail)


def _within(amount: Money, most: Money, what: str) -> None:
    if amount.currency != most.currency or amount.minor < 0 or most < amount:
        detail = f"The amount lies between zero and the {what}, {most}."
        raise Refused("invalid_amount", detail, "/body/amount")
