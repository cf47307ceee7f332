"""What the API shows of a decision: all to the merchant, and what the buyer may read apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.credit.decision import (
    Alternative,
    Audience,
    Condition,
    Decision,
    Outcome,
    Reason,
)
from kasstroom.credit.reasons import buyer_text, told
from kasstroom.credit.restricted import is_hidden, public_reasons
from kasstroom.money import Money
from kasstroom.organisations.model import Language


@dataclass(frozen=True, slots=True)
class ReservationView:
    id: str
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class BuyerView:
    """Safe to show: `answer` is accepted, review or refused; `text` in the buyer's language."""

    answer: str
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewedView:
    """What a person decided on a referred decision, with what is held for it now."""

    verdict: str
    by: str
    at: datetime
    note: str
    approved: Money
    reservation: ReservationView | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """`available` is what was left of the limit before this decision; `approved` what may be paid
    later. Show the buyer what stands in `buyer` and nothing else. `committed` false: nothing is
    held, and the answer is no promise."""

    id: str
    debtor: str
    outcome: Outcome
    amount: Money
    approved: Money
    order_reference: str
    reasons: tuple[Reason, ...]
    buyer: BuyerView
    alternatives: tuple[Alternative, ...]
    conditions: tuple[Condition, ...]
    reservation: ReservationView | None
    limit: Money | None
    open: Money
    overdue: Money
    reserved: Money
    available: Money
    term_days: int | None
    committed: bool
    policy: str
    decided_at: datetime
    reviewed: ReviewedView | None = None


def decision_view(
    d: Decision, language: Language = Language.NL, *, sees_lists: bool = False
) -> DecisionView:
    """What lists of sanctioned parties say only when the reader `sees_lists`."""
    reasons = d.reasons if sees_lists else public_reasons(d.reasons)
    reservation = None
    if d.reservation_id and d.reservation_expires_at:
        reservation = ReservationView(d.reservation_id, d.approved, d.reservation_expires_at)
    return DecisionView(
        d.id, d.debtor, d.outcome, d.requested, d.approved, d.order_reference, reasons,
        _buyer(d, language), d.alternatives, d.conditions, reservation, d.limit, d.open, d.overdue,
        d.reserved, d.available, d.term_days, d.committed, d.policy, d.decided_at,
    )  # fmt: skip


def _buyer(d: Decision, language: Language) -> BuyerView:
    if d.outcome.holds:
        return BuyerView("accepted", "", ())
    review = d.outcome is Outcome.REFER
    if told := contact_only(d, language, review=review):
        return told
    codes = tuple(reason.code for reason in d.reasons)
    shown = tuple(r.code for r in d.reasons if r.audience == Audience.BUYER)
    text = buyer_text(codes, language, review=review)
    return BuyerView("review" if review else "refused", text, shown)


def contact_only(d: Decision, language: Language, *, review: bool) -> BuyerView | None:
    """Not why, and no other way to buy, where a rule looked at lists: only whom to ask."""
    if not any(is_hidden(said) for said in d.reasons):
        return None
    return BuyerView("review" if review else "refused", told("contact", language), ())
