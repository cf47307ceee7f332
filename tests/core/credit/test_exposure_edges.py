"""What is held and what is owed, when things are invoiced, amended or booked in odd ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.changes import Changes
from kasstroom.credit import reservations
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked
from kasstroom.credit.decision import Condition, Reservation, ReservationState
from kasstroom.credit.default_policy import DOCUMENT, default_policy
from kasstroom.credit.expiry import expire_due
from kasstroom.credit.limit_rules import in_currency
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.order_changes import Amend, Commit, Consume
from kasstroom.credit.policy_document import read
from kasstroom.credit.room import Ground, other_currencies, room_of
from kasstroom.credit.usecases import check
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Refused
from kasstroom.invoices.model import DocumentKind
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from kasstroom.risk import behaviour
from kasstroom.risk.model import PaymentBehaviour
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

GROUND = Ground(default_policy())
RATED = Ground(read("default", 2, DOCUMENT | {"exchange_rates": {"USD": "0.9", "JPY": "0.006"}}))
EXPIRED_AT = NOW + timedelta(days=22)


def opened(limit="1000.00", ground=GROUND):
    books = MemoryBooks()
    own = CreditLimit(LimitSource.OWN, eur(limit), "anna", NOW)
    account = CreditAccount(ORG, "D1", limits=(own,))
    books.commit(Changes(create=(account, DunningCase(ORG, "D1"))))
    return books


def ordered(books, amount, ground=GROUND):
    asked = Asked(CreditCheck(amount, "D1"), "order", "f", NOW)
    made = settle(
        books, lambda: check(books, ORG, asked, grounds=lambda account: ground, newcomer=None)
    )
    assert made.outcome == "approved"
    return made.reservation_id


def invoiced(books, number, amount, reservation, kind=DocumentKind.INVOICE, now=NOW):
    new = NewInvoice(
        number, "D1", date(2026, 9, 1), amount, kind, date(2026, 10, 1), reservation=reservation
    )
    return settle(books, lambda: book(books, ORG, new, terms_days=30, now=now))


def moved(books, id, move, now=NOW, ground=GROUND):
    known = lambda account: ground  # noqa: E731
    return settle(books, lambda: reservations.step(books, ORG, id, move, now, known))


def account_of(books):
    return books.get(CreditAccount, ORG, "D1")


def exposed(books, now=NOW):
    account = account_of(books)
    return account.open_minor, account.reserved_minor(now)


def consumed_events(books):
    return [e.amount for e in books.events if e.TYPE == "credit.reservation.consumed"]


def test_consuming_nothing_is_no_way_to_consume_all():
    books = opened()
    id = ordered(books, eur("400.00"))
    with pytest.raises(Refused) as refused:
        moved(books, id, reservations.consumed(Consume(eur("0.00"))))
    assert refused.value.code == "invalid_amount"
    assert exposed(books) == (0, 40_000)


def test_an_invoice_of_nothing_uses_up_nothing_and_says_so():
    books = opened()
    id = ordered(books, eur("400.00"))
    invoiced(books, "F1", eur("0.00"), id)
    assert exposed(books) == (0, 40_000)
    assert sum(amount.minor for amount in consumed_events(books)) == 0


def test_a_credit_note_gives_back_no_hold():
    """The order is still to be delivered: only an invoice moves it from reserved to open."""
    books = opened()
    id = ordered(books, eur("400.00"))
    invoiced(books, "C1", eur("100.00"), id, DocumentKind.CREDIT_NOTE)
    assert exposed(books) == (-10_000, 40_000)


def test_two_invoices_use_up_a_reservation_once():
    books = opened()
    id = ordered(books, eur("400.00"))
    invoiced(books, "F1", eur("300.00"), id)
    assert exposed(books) == (30_000, 10_000)
    invoiced(books, "F2", eur("300.00"), id)
    assert exposed(books) == (60_000, 0)
    assert consumed_events(books) == [eur("300.00"), eur("100.00")]
    invoiced(books, "F3", eur("50.00"), id)
    assert exposed(books) == (65_000, 0)


def test_a_small_invoice_in_the_accounts_currency_leaves_the_rest_of_a_foreign_order_held():
    books = opened()
    id = ordered(books, Money.parse("1000.00", "USD"), RATED)
    assert exposed(books) == (0, 90_000)
    invoiced(books, "F1", eur("90.00"), id)
    assert exposed(books) == (9_000, 81_000)
    assert consumed_events(books) == [Money.parse("100.00", "USD")]
    invoiced(books, "F2", eur("900.00"), id)
    assert exposed(books) == (99_000, 0)
    assert books.get(Reservation, ORG, "D1", id).state is ReservationState.CONSUMED


@given(
    st.integers(1, 150_000), st.lists(st.integers(1, 90_000), min_size=1, max_size=6),
    st.sampled_from(["USD", "JPY"]),
)  # fmt: skip
def test_what_is_given_back_is_never_more_than_was_invoiced_but_for_rounding(asked, parts, other):
    books = opened("99999.00")
    id = ordered(books, Money(asked, other), RATED)
    held = exposed(books)[1]
    for n, minor in enumerate(parts):
        invoiced(books, f"F{n}", Money(minor), id)
        left = exposed(books)[1]
        per_unit = -(-held // asked)
        assert 0 <= held - left <= minor + per_unit + 1 or not left
        assert left <= held
        held = left
    if held:
        moved(books, id, reservations.consumed(Consume()), ground=RATED)
    assert exposed(books)[1] == 0


def test_what_was_invoiced_after_the_hold_expired_is_not_held_again():
    books = opened()
    id = ordered(books, eur("400.00"))
    assert expire_due(books, EXPIRED_AT, lambda account: GROUND) == 1
    invoiced(books, "F1", eur("300.00"), id, now=EXPIRED_AT)
    assert exposed(books, EXPIRED_AT) == (30_000, 0)
    moved(books, id, reservations.renewed, EXPIRED_AT)
    assert exposed(books, EXPIRED_AT) == (30_000, 10_000)


def test_what_was_invoiced_whole_after_the_hold_expired_cannot_be_renewed():
    books = opened()
    id = ordered(books, eur("400.00"))
    expire_due(books, EXPIRED_AT, lambda account: GROUND)
    invoiced(books, "F1", eur("400.00"), id, now=EXPIRED_AT)
    with pytest.raises(Refused):
        moved(books, id, reservations.renewed, EXPIRED_AT)
    assert exposed(books, EXPIRED_AT) == (40_000, 0)


ASKS = {
    "id": "large", "when": {"fact": "order_amount", "gt": "500.00"}, "reason": "policy_other",
    "outcome": "approved_with_conditions",
    "condition": {"kind": "part_prepayment", "percent": 30},
}  # fmt: skip
CONDITIONAL = Ground(read("default", 2, DOCUMENT | {"rules": [*DOCUMENT["rules"], ASKS]}))


def test_a_larger_order_takes_the_condition_that_goes_with_it():
    books = opened()
    id = ordered(books, eur("400.00"), CONDITIONAL)
    after = moved(books, id, reservations.amended(Amend(eur("900.00"))), ground=CONDITIONAL)
    assert after.conditions == (Condition("part_prepayment", eur("270.00")),)
    with pytest.raises(Refused) as refused:
        moved(books, id, reservations.committed(Commit()), ground=CONDITIONAL)
    assert refused.value.code == "conditions_open"


def test_a_confirmed_order_cannot_grow_past_a_condition_nobody_met():
    books = opened()
    id = ordered(books, eur("400.00"), CONDITIONAL)
    moved(books, id, reservations.committed(Commit()), ground=CONDITIONAL)
    with pytest.raises(Refused) as refused:
        moved(books, id, reservations.amended(Amend(eur("900.00"))), ground=CONDITIONAL)
    assert refused.value.code == "credit_not_available"
    assert exposed(books) == (0, 40_000)


def test_a_confirmation_that_ran_out_is_no_confirmation():
    books = opened()
    id = ordered(books, eur("400.00"))
    moved(books, id, reservations.committed(Commit()))
    with pytest.raises(Refused) as refused:
        moved(books, id, reservations.committed(Commit()), NOW + timedelta(days=91))
    assert refused.value.code == "reservation_not_open"


def test_a_credit_balance_without_a_rate_frees_no_limit():
    account = CreditAccount(
        ORG, "D1", limits=(CreditLimit(LimitSource.OWN, eur("1000.00"), "anna", NOW),),
        open_by_due={date(2026, 10, 1): 90_000}, other_open={"JPY": -90_000},
    )  # fmt: skip
    assert other_currencies(account, default_policy()) == 0
    assert room_of(account, GROUND, NOW).available == 10_000
    # With a rate it is what it is worth, and what is owed without one counts one to one.
    assert other_currencies(account, RATED.policy) == -54_000
    owes = replace(account, other_open={"JPY": 90_000})
    assert other_currencies(owes, default_policy()) == 9_000_000


@pytest.mark.parametrize(
    "runs",
    [
        {"other_open": {"USD": 10_000}},
        {"behaviour": behaviour.paid(PaymentBehaviour(), 5_000, NOW.date(), NOW.date(), True)},
    ],
)
def test_an_account_that_ran_keeps_its_currency(runs):
    """Open dollars stay among the other currencies, and what was paid was paid in euros."""
    with pytest.raises(Refused) as refused:
        in_currency(CreditAccount(ORG, "D1", **runs), Money(100, "USD"), "/body/amount")
    assert refused.value.code == "wrong_currency"


def test_what_is_open_elsewhere_counts_in_the_currency_the_account_runs_in():
    """An account in yen that owes euros and dollars: both over the euro, the policy's currency."""
    account = CreditAccount(ORG, "D1", currency="JPY", other_open={"EUR": 60_000, "USD": 10_000})
    assert other_currencies(account, RATED.policy) == 100_000 + 15_000
    euros = CreditAccount(ORG, "D1", other_open={"USD": 10_000, "JPY": 100_000})
    assert other_currencies(euros, RATED.policy) == 9_000 + 60_000


def test_only_conditions_of_the_approval_are_kept_as_met():
    books = opened()
    id = ordered(books, eur("400.00"))
    met = tuple(f"made up {n}" for n in range(1000))
    assert moved(books, id, reservations.committed(Commit(met))).met == ()
