"""The decision and everything that follows from it: pure, one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Reference
from kasstroom.compliance.consumer_credit import SellerTerms, longest_exempt_days
from kasstroom.credit.asking import CreditCheck, ask_of
from kasstroom.credit.decision import (
    Alternative,
    Decision,
    Fact,
    Outcome,
    Reservation,
    ReservationState,
)
from kasstroom.credit.facts import Ask, Room, facts_of
from kasstroom.credit.limits import effective, warned
from kasstroom.credit.model import CreditAccount, HeldAmount, RecentCheck
from kasstroom.credit.policy import CreditPolicy, Verdict, converted, judge
from kasstroom.credit.reviews import DECISION_REVIEW_DAYS, ReviewKind, review_opened
from kasstroom.errors import Refused
from kasstroom.events.credit import CreditDecisionMade, ReservationHeld
from kasstroom.ids import derived_id
from kasstroom.money import Money
from kasstroom.time import day_of

RECENT_CHECKS = 8
"""Decisions kept in the account itself, so that a repeated request costs one read."""
MOST_RESERVATIONS = 500
CHECK_KIND = "credit_check"
PREPAID = "prepaid"
PATHS = {"settle_overdue": "/v1/payment-links", "apply_for_limit": "/v1/credit-applications"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its name: the same `request_id` gets the same decision, and with another
    `fingerprint` it is a Duplicate."""

    request: CreditCheck
    request_id: str
    fingerprint: str
    now: datetime
    sources_missing: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision stands on: the policy that is live, the seller, and what is left of the
    group's limit (minor units; None without a group)."""

    policy: CreditPolicy
    seller: SellerTerms = SellerTerms()
    terms_days: int = 30
    group_available: int | None = None


def room_of(account: CreditAccount, ground: Ground, now: datetime) -> Room:
    """Limit less open invoices less live reservations; never below zero."""
    policy = ground.policy
    limit = effective(account, policy.terms.basis, day_of(now))
    elsewhere = other_currencies(account, policy)
    used = max(0, account.open_minor + elsewhere) + account.reserved_minor(now)
    available = max(0, limit.minor - used) if limit else 0
    return Room(limit.minor if limit else None, available, ground.group_available, elsewhere)


def other_currencies(account: CreditAccount, policy: CreditPolicy) -> int:
    """Open amounts in other currencies, by the policy's rates; one without a rate counts one to
    one, which is never the smaller mistake for the currencies of our trade."""
    total = 0
    for currency, minor in account.other_open.items():
        rate = policy.terms.exchange_rates.get(currency)
        foreign = Money(minor, currency)
        amount = foreign.decimal * rate if rate is not None else foreign.decimal
        total += Money.of(amount, account.currency).minor
    return total


def decide(account: CreditAccount, asked: Asked, ground: Ground) -> tuple[Changes, Decision]:
    """The account after the decision is among the changes, also when it is new."""
    policy, request = ground.policy, asked.request
    ask = ask_of(
        request, account, policy, ground.seller, ground.terms_days,
        sources_missing=asked.sources_missing,
    )  # fmt: skip
    room = room_of(account, ground, asked.now)
    facts = facts_of(account, ask, room, asked.now)
    verdict = _paid_in_advance() if ask.minor == 0 else judge(policy, facts)
    made = _decision(account, asked, ground, ask, room, facts, verdict)
    return _following(account, asked, ground, made)


def _paid_in_advance() -> Verdict:
    """An order paid in advance is always possible: it asks for no credit."""
    return Verdict(Outcome.APPROVED, (), (PREPAID,), (), ())


def _decision(
    account: CreditAccount,
    asked: Asked,
    ground: Ground,
    ask: Ask,
    room: Room,
    facts: Mapping[str, Fact],
    verdict: Verdict,
) -> Decision:
    request, now, terms = asked.request, asked.now, ground.policy.terms
    outcome, approved = _granted(account, request, ask, room, verdict, ground)
    currency = account.currency
    holds = outcome.holds and request.commit and ask.minor > 0
    money = lambda minor: Money(minor, currency)  # noqa: E731
    return Decision(
        account.org, account.debtor, derived_id("dec", account.org, asked.request_id),
        asked.request_id, asked.fingerprint, request.order_reference, request.amount, outcome,
        verdict.reasons, _alternatives(outcome, verdict, ask, room, account, ground, now),
        ground.policy.id,
        limit=money(room.limit) if room.limit is not None else None,
        open=money(account.open_minor), reserved=money(account.reserved_minor(now)),
        overdue=money(account.overdue_minor(day_of(now))), available=money(room.available),
        decided_at=now, approved=approved,
        conditions=verdict.conditions if outcome is Outcome.APPROVED_WITH_CONDITIONS else (),
        term_days=ask.term_days, committed=request.commit,
        reservation_id=derived_id("rsv", account.org, asked.request_id) if holds else None,
        reservation_expires_at=now + timedelta(days=terms.hold_days) if holds else None,
        facts=dict(facts), fired=verdict.fired,
    )  # fmt: skip


def most_now(room: Room, account: CreditAccount) -> int:
    """The largest amount every limit still lets through, in minor units of the account."""
    ceilings = [room.available]
    if room.group_available is not None:
        ceilings.append(room.group_available)
    if account.per_order_cap:
        ceilings.append(account.per_order_cap.minor)
    return max(0, min(ceilings))


def _granted(
    account: CreditAccount,
    request: CreditCheck,
    ask: Ask,
    room: Room,
    verdict: Verdict,
    ground: Ground,
) -> tuple[Outcome, Money]:
    """The outcome with the amount that may be paid later, in the order's currency."""
    later, nothing = request.to_pay_later, Money.zero(request.amount.currency)
    if verdict.outcome is not Outcome.APPROVED_PARTIAL:
        return verdict.outcome, later if verdict.outcome.holds else nothing
    part = Money(most_now(room, account), account.currency)
    same = later.currency == account.currency
    enough = same and part.minor >= ground.policy.terms.smallest_partial.minor
    if request.accept_partial and enough and part.minor < ask.minor:
        return Outcome.APPROVED_PARTIAL, part
    refused = Outcome.REFER if account.natural_person else Outcome.DECLINED
    return refused, nothing


def _alternatives(
    outcome: Outcome,
    verdict: Verdict,
    ask: Ask,
    room: Room,
    account: CreditAccount,
    ground: Ground,
    now: datetime,
) -> tuple[Alternative, ...]:
    """What the rules offer, as far as it is possible; prepaying always is."""
    if outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS):
        return ()
    most, currency = most_now(room, account), account.currency
    kinds = dict.fromkeys(["prepay", *verdict.alternatives])
    only_room = {r.code for r in verdict.reasons} <= {"limit_exceeded", "order_above_max"}
    offered = []
    for kind in kinds:
        if kind in ("lower_amount", "part_prepayment"):
            if most > 0 and only_room and most < ask.minor:
                amount = most if kind == "lower_amount" else ask.minor - most
                offered.append(Alternative(kind, Money(amount, currency)))
        elif kind == "settle_overdue":
            overdue = Money(account.overdue_minor(day_of(now)), currency)
            offered.append(Alternative(kind, overdue, path=PATHS[kind]))
        elif kind != "shorter_term":
            offered.append(Alternative(kind, path=PATHS.get(kind, "")))
    if ask.regulated != "exempt" and (days := longest_exempt_days(ground.seller)) is not None:
        offered.append(Alternative("shorter_term", days=days))
    return tuple(offered)


def _following(
    account: CreditAccount, asked: Asked, ground: Ground, made: Decision
) -> tuple[Changes, Decision]:
    now = asked.now
    reference = Reference(account.org, CHECK_KIND, fact_of(made.id), account.debtor, made.id)
    event = CreditDecisionMade(
        org=account.org, debtor=account.debtor, subject=made.id, at=now, outcome=made.outcome,
        amount=made.requested, reasons=tuple(reason.code for reason in made.reasons),
        order_reference=made.order_reference,
    )  # fmt: skip
    changes = Changes(create=(made, reference), events=(event,))
    kept = RecentCheck(asked.request_id, asked.fingerprint, replace(made, facts={}, fired=()))
    after = replace(account, recent=(*account.recent, kept)[-RECENT_CHECKS:])
    if made.outcome.holds and made.committed:
        after = replace(after, orders=after.orders + 1)
    if made.reservation_id:
        after, held = _hold(after, made, ground, now)
        changes += held
        limit = effective(after, ground.policy.terms.basis, day_of(now))
        after, warnings = warned(after, limit, ground.policy.terms.warn_percent, now)
        changes += Changes(events=tuple(warnings))
    if made.outcome is Outcome.REFER and made.committed:
        changes += review_opened(
            after.org, after.debtor, ReviewKind.DECISION, made.id, now,
            days=DECISION_REVIEW_DAYS, amount=made.requested,
            reasons=tuple(reason.code for reason in made.reasons),
            natural_person=after.natural_person,
        )  # fmt: skip
    return changes + Changes(update=(after,)), made


def _hold(
    account: CreditAccount, made: Decision, ground: Ground, now: datetime
) -> tuple[CreditAccount, Changes]:
    assert made.reservation_id and made.reservation_expires_at
    minor = converted(ground.policy, made.approved, account.currency)
    reservation = Reservation(
        account.org, account.debtor, made.reservation_id, made.id, made.order_reference,
        made.approved, ReservationState.HELD, now, made.reservation_expires_at, minor,
        Money.zero(made.approved.currency), made.conditions,
    )  # fmt: skip
    live = tuple(held for held in account.held if held.expires_at > now)
    if len(live) >= MOST_RESERVATIONS:
        detail = "This debtor has too many open reservations; release some first."
        raise Refused("too_many_reservations", detail)
    mine = HeldAmount(reservation.id, minor, reservation.expires_at)
    event = ReservationHeld(
        org=account.org, debtor=account.debtor, subject=reservation.id, at=now,
        amount=reservation.amount, expires_at=reservation.expires_at,
    )  # fmt: skip
    changes = Changes(create=(reservation,), events=(event,))
    return replace(account, held=(*live, mine)), changes


def fact_of(id: str) -> str:
    """What a decision and its reservation have in common: both derive from one request."""
    return id.partition("_")[2]
