"""A person decides on what the rules referred: the verdict, and the hold that follows from it.

The decision itself stays as it was made; what the person said stands beside it (art. 22 GDPR: who
looked, when, and why).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.credit.deciding import reserved
from kasstroom.credit.decision import Decision
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reviews import QueuedReview, Review, ReviewKind, ReviewState, review_closed
from kasstroom.credit.room import Ground
from kasstroom.credit.warning import Grounds, looked_at
from kasstroom.errors import Refused
from kasstroom.events.credit import CreditDecisionReviewed
from kasstroom.ids import derived_id
from kasstroom.money import Money
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class HumanDecision:
    """What a person decided on the decision `id`; written once. `approved` is zero when declined;
    `reservation_id` is what is held for it."""

    org: str
    debtor: str
    id: str
    review: str
    verdict: ReviewState
    by: str
    at: datetime
    note: str
    approved: Money
    reservation_id: str | None = None
    reservation_expires_at: datetime | None = None


def decide_review(
    books: Books,
    org: str,
    debtor: str,
    review_id: str,
    verdict: ReviewState,
    actor: Actor,
    note: str,
    now: datetime,
    grounds: Grounds,
    *,
    amount: Money | None = None,
) -> tuple[Changes, Review]:
    """Approved: `amount` (all that was asked when it is not given) is held for the order, as the
    checkout would have done. Refused when the debtor is on a sanctions list, for a machine, and the
    second time."""
    review = books.get(Review, org, debtor, review_id)
    if review.kind is not ReviewKind.DECISION:
        detail = f"This review is about something else: {review.kind}."
        raise Refused("not_a_decision", detail)
    queued = books.get(QueuedReview, org, id=review_id)
    closed, after = review_closed(review, queued, verdict, actor, note, now)
    decision = books.get(Decision, org, debtor, review.subject)
    if verdict is ReviewState.APPROVED:
        account = books.get(CreditAccount, org, debtor)
        made, changes = _approved(account, decision, after, amount, grounds(account), now)
    else:
        made, changes = _said(decision, after, Money.zero(decision.requested.currency)), Changes()
    return closed + changes + Changes(create=(made,), events=(_event(decision, made),)), after


def human_decision(books: Books, decision: Decision) -> HumanDecision | None:
    """What a person said about it; None when no person was asked, or not yet."""
    return books.find(HumanDecision, decision.org, decision.debtor, decision.id)


def _approved(
    account: CreditAccount,
    decision: Decision,
    review: Review,
    amount: Money | None,
    ground: Ground,
    now: datetime,
) -> tuple[HumanDecision, Changes]:
    if account.profile.sanctions == "possible":
        detail = "This debtor may stand on a sanctions list; clear that first, or decline."
        raise Refused("sanctions", detail, "/body/verdict")
    until = now + timedelta(days=ground.policy.terms.hold_days)
    made = replace(
        decision,
        approved=_amount(decision, amount),
        reservation_id=derived_id("rsv", decision.org, decision.request_id),
        reservation_expires_at=until,
    )
    after, held = reserved(account, made, ground, now)
    after = replace(after, orders=after.orders + 1)
    after, warnings = looked_at(after, ground.policy, now)
    said = replace(
        _said(decision, review, made.approved),
        reservation_id=made.reservation_id,
        reservation_expires_at=until,
    )
    return said, held + warnings + Changes(update=(after,))


def _amount(decision: Decision, amount: Money | None) -> Money:
    """At most what was to be paid later; part of it when the person gives less."""
    most = to_pay_later(decision)
    if amount is None:
        return most
    if amount.currency != most.currency or not 0 < amount.minor <= most.minor:
        detail = f"Give an amount above zero and at most {most}."
        raise Refused("invalid_amount", detail, "/body/amount")
    return amount


def to_pay_later(decision: Decision) -> Money:
    """What was asked on credit, in the order's currency: the order less what was prepaid, as far
    as that is known (an order in another currency than the account's keeps its whole amount)."""
    asked = decision.facts.get("order_amount")
    same = decision.requested.currency == decision.available.currency
    if same and isinstance(asked, int):
        return Money(asked, decision.requested.currency)
    return decision.requested


def _said(decision: Decision, review: Review, approved: Money) -> HumanDecision:
    assert review.decided_at
    return HumanDecision(
        decision.org, decision.debtor, decision.id, review.id, review.state, review.decided_by,
        review.decided_at, review.note, approved,
    )  # fmt: skip


def _event(decision: Decision, made: HumanDecision) -> CreditDecisionReviewed:
    return CreditDecisionReviewed(
        org=made.org, debtor=made.debtor, subject=made.id, at=made.at, verdict=made.verdict,
        amount=made.approved, by=made.by, order_reference=decision.order_reference,
    )  # fmt: skip
