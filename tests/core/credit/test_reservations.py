"""The hold on the limit through its life, whatever order things happen in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.decision import Condition, Reservation, ReservationState
from kasstroom.credit.default_policy import DOCUMENT, default_policy
from kasstroom.credit.model import CreditAccount, CreditLimit, Hold, LimitSource
from kasstroom.credit.policy_document import read
from kasstroom.credit.reservations import (
    Amend,
    Commit,
    Consume,
    Standing,
    amended,
    committed,
    consumed,
    released,
    renewed,
)
from kasstroom.credit.room import Ground
from kasstroom.errors import Refused
from kasstroom.money import Money
from tests.people import NOW, ORG, eur

GROUND = Ground(default_policy())
OWN = CreditLimit(LimitSource.OWN, eur("1000.00"), "anna", NOW)


def held(value="400.00", ground=GROUND, **account):
    """A reservation as a decision makes it, with the account that holds it."""
    known = CreditAccount(ORG, "D1", limits=(OWN,), **account)
    asked = Asked(CreditCheck(eur(value), "D1"), "r", "f", NOW)
    changes, _ = decide(known, asked, ground)
    reservation = next(e for e in changes.create if isinstance(e, Reservation))
    return Standing(reservation, account_in(changes), ground, NOW)


def account_in(changes):
    return next(e for e in changes.update if isinstance(e, CreditAccount))


def after(on, move):
    changes, reservation = move(on)
    if not changes:
        return on, ()
    return replace(on, reservation=reservation, account=account_in(changes)), changes.events


def reserved(on):
    return on.account.reserved_minor(on.now)


def refused(on, move, code):
    with pytest.raises(Refused) as caught:
        move(on)
    assert caught.value.code == code
    return caught.value


def test_parts_are_invoiced_one_by_one_and_the_rest_stays_held():
    on, _ = after(held("400.00"), committed(Commit()))
    on, _ = after(on, consumed(Consume(eur("150.00"))))
    assert (on.reservation.state, reserved(on)) == ("committed", 25_000)
    too_much = refused(on, consumed(Consume(eur("250.01"))), "invalid_amount")
    assert too_much.pointer == "/body/amount"
    on, events = after(on, consumed(Consume()))
    assert (on.reservation.state, reserved(on)) == ("consumed", 0)
    assert events[0].amount == eur("250.00")
    assert after(on, consumed(Consume()))[1] == ()


def test_a_larger_order_is_asked_again_and_a_smaller_one_is_not():
    on = held("400.00")
    on, _ = after(on, amended(Amend(eur("1000.00"))))
    assert reserved(on) == 100_000
    refused(on, amended(Amend(eur("1000.01"))), "credit_not_available")
    stopped = replace(on, account=replace(on.account, hold=Hold("bounced", NOW)))
    on, events = after(stopped, amended(Amend(eur("10.00"))))
    assert (reserved(on), events[0].previous) == (1_000, eur("1000.00"))
    refused(on, amended(Amend(eur("10.01"))), "credit_not_available")


def test_an_order_cannot_shrink_below_what_is_invoiced():
    on, _ = after(held("400.00"), consumed(Consume(eur("300.00"))))
    refused(on, amended(Amend(eur("299.99"))), "invalid_amount")
    on, _ = after(on, amended(Amend(eur("300.00"))))
    assert (on.reservation.state, reserved(on)) == ("consumed", 0)


def test_renewing_asks_the_rules_again():
    on = held("400.00")
    later = replace(on, now=NOW + timedelta(days=20))
    renewed_on, _ = after(later, renewed)
    assert renewed_on.reservation.expires_at == NOW + timedelta(days=41)
    late = replace(later.account, open_by_due={date(2026, 7, 1): 5_000})
    refused(replace(later, account=late), renewed, "credit_not_available")


def test_an_expired_hold_comes_back_only_when_there_is_room():
    on = held("400.00")
    expired = replace(
        on,
        now=NOW + timedelta(days=22),
        reservation=replace(on.reservation, state=ReservationState.EXPIRED, held_minor=0),
        account=replace(on.account, held=()),
    )
    back, _ = after(expired, renewed)
    assert reserved(back) == 40_000
    full = replace(expired.account, open_by_due={date(2026, 12, 1): 60_001})
    refused(replace(expired, account=full), renewed, "credit_not_available")


def test_what_was_given_back_stays_so():
    on, _ = after(held(), released)
    assert reserved(on) == 0
    for move in (committed(Commit()), consumed(Consume()), renewed, amended(Amend(eur("1.00")))):
        refused(on, move, "reservation_not_open")
    assert after(on, released)[1] == ()


def test_an_order_with_a_condition_waits_for_it():
    asks = {
        "id": "first", "when": {"fact": "first_order", "is": True}, "reason": "new_company",
        "outcome": "approved_with_conditions",
        "condition": {"kind": "part_prepayment", "percent": 30},
    }  # fmt: skip
    document = DOCUMENT | {"rules": [*DOCUMENT["rules"], asks]}
    on = held("333.33", Ground(read("default", 2, document)))
    assert on.reservation.conditions == (Condition("part_prepayment", eur("100.00")),)
    open_condition = refused(on, committed(Commit()), "conditions_open")
    assert open_condition.pointer == "/body/met"
    on, _ = after(on, committed(Commit(("part_prepayment",))))
    assert on.reservation.state == "committed"


def test_a_foreign_order_is_held_at_the_policys_rate():
    document = DOCUMENT | {"exchange_rates": {"USD": "0.9"}}
    ground = Ground(read("default", 2, document))
    known = CreditAccount(ORG, "D1", limits=(OWN,))
    asked = Asked(CreditCheck(Money.parse("1111.11", "USD"), "D1"), "r", "f", NOW)
    changes, made = decide(known, asked, ground)
    assert (made.outcome, account_in(changes).held[0].minor) == ("approved", 100_000)
    more = Asked(CreditCheck(Money.parse("1111.12", "USD"), "D1"), "r", "f", NOW)
    assert decide(known, more, ground)[1].outcome == "declined"
    with pytest.raises(Refused) as caught:
        decide(known, replace(asked, request=CreditCheck(Money(1, "SEK"), "D1")), ground)
    assert caught.value.pointer == "/body/amount/currency"


MOVES = st.lists(
    st.one_of(
        st.just(committed(Commit())),
        st.just(released),
        st.just(renewed),
        st.integers(1, 60_000).map(lambda n: consumed(Consume(Money(n)))),
        st.integers(1, 120_000).map(lambda n: amended(Amend(Money(n)))),
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(MOVES)
def test_whatever_happens_the_account_agrees_with_its_reservation(moves):
    on, invoiced = held("400.00"), 0
    for move in moves:
        try:
            on, events = after(on, move)
        except Refused:
            continue
        invoiced += sum(e.amount.minor for e in events if e.TYPE.endswith("consumed"))
        assert reserved(on) == on.reservation.held_minor
        assert 0 <= reserved(on) <= 100_000
        assert on.reservation.consumed.minor == invoiced <= on.reservation.amount.minor
        if on.reservation.state in ("held", "committed"):
            assert reserved(on) + invoiced == on.reservation.amount.minor
