"""The decision and everything that follows from it: pure, one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Reference
from kasstroom.credit.asking import CreditCheck, ask_of
from kasstroom.credit.basis import effective, use_of
from kasstroom.credit.decision import (
    Decision,
    Fact,
    Outcome,
    Reservation,
    ReservationState,
)
from kasstroom.credit.facts import Ask, Room, facts_of
from kasstroom.credit.model import CreditAccount, HeldAmount, RecentCheck
from kasstroom.credit.offering import alternatives, amount_granted
from kasstroom.credit.paid_in_advance import asks_no_credit, paid_in_advance
from kasstroom.credit.policy import Verdict, converted, judge
from kasstroom.credit.restricted import codes_for, public_reasons
from kasstroom.credit.room import Ground, room_of
from kasstroom.debtors.model import OWNED_BY_PEOPLE
from kasstroom.errors import Refused
from kasstroom.events.checkout import (
    CreditDecisionMade,
    ReservationHeld,
)
from kasstroom.ids import derived_id
from kasstroom.money import Money
from kasstroom.sealed import Sealed
from kasstroom.time import day_of

RECENT_CHECKS = 8
RECENT_ANSWERS = 4
"""Decisions kept in the account itself, so that a repeated request costs one read."""
MOST_REMEMBERED_REASONS = 20
"""A decision with more is read from where it stands: the account is one item of at most 400 KB."""
MOST_RESERVATIONS = 500
CHECK_KIND = "credit_check"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its name: the same `request_id` gets the same decision, and with another
    `fingerprint` it is a Duplicate."""

    request: CreditCheck
    request_id: str
    fingerprint: str
    now: datetime
    sources_missing: bool = False


def decide(account: CreditAccount, asked: Asked, ground: Ground) -> tuple[Changes, Decision]:
    """The account after the decision is among the changes, also when it is new. Whom the trade
    register knows as owned by people is one of them, whatever the shop calls it."""
    policy, request = ground.policy, asked.request
    if account.profile.legal_form in OWNED_BY_PEOPLE:
        account = replace(account, natural_person=True)
    ask = ask_of(
        request, account, policy, ground.seller, ground.terms_days,
        sources_missing=asked.sources_missing,
    )  # fmt: skip
    room = room_of(account, ground, asked.now)
    facts = facts_of(account, ask, room, asked.now)
    free = asks_no_credit(facts)
    verdict = paid_in_advance() if free else judge(policy, facts, account.currency)
    made = _decision(account, asked, ground, ask, room, facts, verdict)
    return _following(account, asked, ground, made)


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
    outcome, approved = amount_granted(account, request, ask, room, verdict, ground)
    currency = account.currency
    holds = outcome.holds and request.commit and ask.minor > 0
    money = lambda minor: Money(minor, currency)  # noqa: E731
    return Decision(
        account.org, account.debtor, derived_id("dec", account.org, asked.request_id),
        asked.request_id, asked.fingerprint, request.order_reference, request.amount, outcome,
        verdict.reasons, alternatives(outcome, verdict, ask, room, account, ground, now),
        ground.policy.id,
        limit=money(room.limit) if room.limit is not None else None,
        open=money(account.open_minor), reserved=money(account.reserved_minor(now)),
        overdue=money(account.overdue_minor(day_of(now))), available=money(room.available),
        decided_at=now, approved=approved,
        conditions=verdict.conditions if outcome is Outcome.APPROVED_WITH_CONDITIONS else (),
        term_days=ask.term_days, committed=request.commit, takes_part=request.accept_partial,
        reservation_id=derived_id("rsv", account.org, asked.request_id) if holds else None,
        reservation_expires_at=now + timedelta(days=terms.hold_days) if holds else None,
        facts=dict(facts), fired=verdict.fired,
    )  # fmt: skip


def _following(
    account: CreditAccount, asked: Asked, ground: Ground, made: Decision
) -> tuple[Changes, Decision]:
    now = asked.now
    reference = Reference(account.org, CHECK_KIND, fact_of(made.id), account.debtor, made.id)
    event = CreditDecisionMade(
        org=account.org, debtor=account.debtor, subject=made.id, at=now, outcome=made.outcome,
        amount=made.requested, reasons=tuple(said.code for said in public_reasons(made.reasons)),
        order_reference=made.order_reference,
    )  # fmt: skip
    changes = Changes(create=(made, reference), events=(event,))
    asked_minor = made.facts["order_amount"]
    assert isinstance(asked_minor, int)
    short = len(made.reasons) <= MOST_REMEMBERED_REASONS
    answer = Sealed(replace(made, facts={}, fired=())) if short else None
    kept = RecentCheck(asked.request_id, asked.fingerprint, now, asked_minor, answer)
    after = replace(account, recent=_remembered(account.recent, kept))
    if made.outcome.holds and made.committed:
        after = replace(after, orders=after.orders + 1)
    if made.reservation_id:
        after, held = reserved(after, made, ground, now)
        changes += held
        after, warnings = _warned(after, ground, now)
        changes += warnings
    if made.outcome is Outcome.REFER and made.committed:
        changes += _for_a_person(after, made)
    return changes + Changes(update=(after,)), made


def _remembered(recent: tuple[RecentCheck, ...], kept: RecentCheck) -> tuple[RecentCheck, ...]:
    """The newest last; of all but the last few only when and how much was asked."""
    older = (*recent, kept)[-RECENT_CHECKS:]
    forgotten = len(older) - RECENT_ANSWERS
    return tuple(
        replace(one, decision=None) if n < forgotten and one.decision else one
        for n, one in enumerate(older)
    )


def _warned(account: CreditAccount, ground: Ground, now: datetime) -> tuple[CreditAccount, Changes]:
    terms = ground.policy.terms
    limit = effective(account, terms.basis, day_of(now))
    if use_of(account, limit, terms.warn_percent, now) is account.warned:
        return account, Changes()
    # Loaded when there is something to say: a cold start does without.
    from kasstroom.credit.limits import warned

    account, events = warned(account, limit, terms.warn_percent, now)
    return account, Changes(events=tuple(events))


def _for_a_person(account: CreditAccount, made: Decision) -> Changes:
    from kasstroom.credit.reviews import DECISION_REVIEW_DAYS, ReviewKind, review_opened

    return review_opened(
        account.org, account.debtor, ReviewKind.DECISION, made.id, made.decided_at,
        days=DECISION_REVIEW_DAYS, amount=made.requested,
        reasons=codes_for(made.reasons, made.facts), natural_person=account.natural_person,
    )  # fmt: skip


def reserved(
    account: CreditAccount, made: Decision, ground: Ground, now: datetime
) -> tuple[CreditAccount, Changes]:
    """The hold of what was approved, by the rules or a person, and the account that counts it."""
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
