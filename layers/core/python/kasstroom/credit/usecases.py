"""Credit checks and the hold on the limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Command, Reference
from kasstroom.credit.model import (
    CreditAccount,
    Decision,
    HeldAmount,
    Outcome,
    RecentCheck,
    Reservation,
    ReservationState,
)
from kasstroom.credit.policy import CreditPolicy, Verdict, judge
from kasstroom.errors import Duplicate, NotFound, Refused
from kasstroom.events.credit import (
    CreditDecisionMade,
    ReservationHeld,
)
from kasstroom.ids import derived_id
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import day_of

RECENT_CHECKS = 8
"""Decisions kept in the account itself, so that a repeated request costs one read."""
MOST_RESERVATIONS = 500
CHECK_KIND = "credit_check"


@dataclass(frozen=True, slots=True)
class CreditCheck(Command):
    """May `debtor` buy for `amount` and pay later? `order_reference` is the shop's own number."""

    debtor: str
    amount: Money
    order_reference: str = ""


def check(
    books: Books,
    org: str,
    request: CreditCheck,
    *,
    request_id: str,
    fingerprint: str,
    now: datetime,
    policy: CreditPolicy,
) -> tuple[Changes, Decision]:
    """One read; the decision, and when approved the reservation, in one transaction.

    `request_id` names the request: the same one gets the same decision; with another
    `fingerprint` it is a Duplicate.
    """
    if request.amount.minor <= 0:
        detail = "The amount must be above zero."
        raise Refused("negative_amount", detail, "/body/amount/value")
    account = books.find(CreditAccount, org, request.debtor)
    if account is None:
        raise NotFound("debtor_not_found", f"There is no debtor {request.debtor}.")
    if known := next((c for c in account.recent if c.request_id == request_id), None):
        return Changes(), same_decision(known.decision, fingerprint)
    return decide(account, request, request_id, fingerprint, now, policy)


def same_decision(decision: Decision, fingerprint: str) -> Decision:
    """The earlier decision, unless the key was used for another question."""
    if decision.fingerprint != fingerprint:
        detail = "This Idempotency-Key was used before for another request; use a new key."
        raise Duplicate("idempotency_key_reused", detail)
    return decision


def earlier(books: Books, org: str, request_id: str, fingerprint: str) -> Decision:
    """The decision that a request which came before got, wherever it is kept."""
    decision = decision_of(books, org, derived_id("dec", org, request_id))
    return same_decision(decision, fingerprint)


def decide(
    account: CreditAccount,
    request: CreditCheck,
    request_id: str,
    fingerprint: str,
    now: datetime,
    policy: CreditPolicy,
) -> tuple[Changes, Decision]:
    """Pure: the decision and all that follows from it."""
    if request.amount.currency != account.currency:
        detail = f"This debtor's credit runs in {account.currency}."
        raise Refused("wrong_currency", detail, "/body/amount/currency")
    verdict = judge(policy, account, request.amount, now)
    decision = _decision(account, request, request_id, fingerprint, now, policy, verdict)
    org, debtor = account.org, account.debtor
    reference = Reference(org, CHECK_KIND, _fact_of(decision.id), debtor, decision.id)
    made = CreditDecisionMade(
        org=org, debtor=debtor, subject=decision.id, at=now, outcome=decision.outcome,
        amount=request.amount, reasons=tuple(reason.code for reason in decision.reasons),
        order_reference=request.order_reference,
    )  # fmt: skip
    remembered = RecentCheck(request_id, fingerprint, decision)
    account = replace(account, recent=(*account.recent, remembered)[-RECENT_CHECKS:])
    changes = Changes(create=(decision, reference), events=(made,))
    if decision.reservation_id:
        account, held = _hold(account, decision, now)
        changes += held
    return changes + Changes(update=(account,)), decision


def _decision(
    account: CreditAccount,
    request: CreditCheck,
    request_id: str,
    fingerprint: str,
    now: datetime,
    policy: CreditPolicy,
    verdict: Verdict,
) -> Decision:
    approved = verdict.outcome is Outcome.APPROVED
    id = derived_id("dec", account.org, request_id)
    currency = account.currency
    return Decision(
        account.org, account.debtor, id, request_id, fingerprint, request.order_reference,
        request.amount, verdict.outcome, verdict.reasons, verdict.alternatives, policy.id,
        limit=account.limit,
        open=Money(account.open_minor, currency),
        reserved=Money(account.reserved_minor(now), currency),
        overdue=Money(account.overdue_minor(day_of(now)), currency),
        available=verdict.available,
        decided_at=now,
        reservation_id=derived_id("rsv", account.org, request_id) if approved else None,
        reservation_expires_at=now + timedelta(days=policy.hold_days) if approved else None,
    )  # fmt: skip


def _hold(
    account: CreditAccount, decision: Decision, now: datetime
) -> tuple[CreditAccount, Changes]:
    assert decision.reservation_id and decision.reservation_expires_at
    reservation = Reservation(
        account.org, account.debtor, decision.reservation_id, decision.id,
        decision.order_reference, decision.requested, ReservationState.HELD, now,
        decision.reservation_expires_at,
    )  # fmt: skip
    live = tuple(held for held in account.held if held.expires_at > now)
    if len(live) >= MOST_RESERVATIONS:
        detail = "This debtor has too many open reservations; release some first."
        raise Refused("too_many_reservations", detail)
    mine = HeldAmount(reservation.id, reservation.amount.minor, reservation.expires_at)
    event = ReservationHeld(
        org=account.org, debtor=account.debtor, subject=reservation.id, at=now,
        amount=reservation.amount, expires_at=reservation.expires_at,
    )  # fmt: skip
    changes = Changes(create=(reservation,), events=(event,))
    return replace(account, held=(*live, mine)), changes


def decision_of(books: Books, org: str, id: str) -> Decision:
    return books.get(Decision, org, owner_of(books, org, id), id)


def owner_of(books: Books, org: str, id: str) -> str:
    reference = books.lookup(org, CHECK_KIND, _fact_of(id))
    if reference is None:
        raise NotFound("credit_check_not_found", f"There is no credit check behind {id}.")
    return reference.debtor


def _fact_of(id: str) -> str:
    """What a decision and its reservation have in common: both derive from one request."""
    return id.partition("_")[2]
