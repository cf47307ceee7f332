"""A limit or cap of nothing is not the same as none, and the other edges of amounts and days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.decision import Condition
from kasstroom.credit.default_policy import DOCUMENT, default_policy
from kasstroom.credit.groups import CreditGroup
from kasstroom.credit.limit_rules import in_currency
from kasstroom.credit.model import CreditAccount, CreditLimit, HeldAmount, LimitSource
from kasstroom.credit.policy import PolicyVersion
from kasstroom.credit.policy_document import read
from kasstroom.credit.replay import replayed, same
from kasstroom.credit.room import Ground, room_of
from kasstroom.credit.trying import Case, try_out
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Refused
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

GROUND = Ground(default_policy())
WITHOUT_NO_LIMIT = [rule for rule in DOCUMENT["rules"] if rule["id"] != "no_limit"]
BARE = Ground(read("default", 2, DOCUMENT | {"rules": WITHOUT_NO_LIMIT}))


def account(limit=None, **more):
    own = CreditLimit(LimitSource.OWN, eur(limit), "anna", NOW) if limit else None
    return CreditAccount(ORG, "D1", limits=(own,) if own else (), **more)


def ask(known, amount="100.00", ground=GROUND, **more):
    request = CreditCheck(eur(amount), "D1", **more)
    return decide(known, Asked(request, "r", "f", NOW), ground)[1]


@pytest.mark.parametrize("ground", [GROUND, BARE])
def test_a_limit_of_nothing_is_a_limit(ground):
    made = ask(account("0.00"), ground=ground)
    assert (made.outcome, made.limit) == ("declined", eur("0.00"))
    assert [reason.code for reason in made.reasons] == ["limit_exceeded"]
    assert same(made, replayed(made, ground.policy))
    person = ask(account("0.00", natural_person=True), ground=ground)
    assert person.outcome == "refer"
    assert ask(account("0.00"), ground=ground, prepaid=eur("100.00")).outcome == "approved"


def test_without_a_limit_there_is_none():
    assert room_of(account(), GROUND, NOW).limit is None
    assert ask(account()).outcome == "refer"


@pytest.mark.parametrize("takes_part", [True, False])
def test_a_cap_of_nothing_lets_no_order_through(takes_part):
    none = account("1000.00", per_order_cap=eur("0.00"))
    made = ask(none, accept_partial=takes_part)
    assert (made.outcome, made.approved) == ("declined", eur("0.00"))
    assert [reason.code for reason in made.reasons] == ["order_above_max"]
    assert same(made, replayed(made, GROUND.policy))


def test_a_part_of_nothing_is_no_part():
    ground = Ground(read("default", 2, DOCUMENT | {"smallest_partial": "0.00"}))
    full = account("500.00", open_by_due={date(2026, 12, 1): 50_000})
    made = ask(full, ground=ground, accept_partial=True)
    assert (made.outcome, made.reservation_id) == ("declined", None)
    assert same(made, replayed(made, ground.policy))


def test_a_cap_of_nothing_is_in_its_own_currency():
    with pytest.raises(Refused):
        in_currency(account(per_order_cap=eur("0.00")), Money(1, "USD"), "/body/amount")


def test_a_condition_asks_for_the_currency_the_account_runs_in():
    asks = {
        "id": "ahead", "when": {"fact": "order_amount", "gt": "0.00"}, "reason": "policy_other",
        "outcome": "approved_with_conditions",
        "condition": {"kind": "part_prepayment", "percent": 30},
    }  # fmt: skip
    ground = Ground(read("default", 2, DOCUMENT | {"rules": [asks]}))
    yen = CreditLimit(LimitSource.OWN, Money(900_000, "JPY"), "anna", NOW)
    known = CreditAccount(ORG, "D1", currency="JPY", limits=(yen,))
    request = CreditCheck(Money(10_000, "JPY"), "D1")
    _, made = decide(known, Asked(request, "r", "f", NOW), ground)
    assert made.conditions == (Condition("part_prepayment", Money(3_000, "JPY")),)


def test_a_policy_is_tried_on_a_member_of_a_group_with_something_on_hold():
    books = MemoryBooks()
    held = HeldAmount("rsv_1", 10_000, NOW + timedelta(days=1))
    known = account("1000.00", group="bouw", held=(held,))
    group = CreditGroup(ORG, "bouw", "Bouwgroep", "D1", eur("150.00"), ("D1",))
    version = PolicyVersion(ORG, "default", 2, DOCUMENT, "anna", NOW)
    books.commit(Changes(create=(known, group, version)))
    case = Case("D1", eur("100.00"))
    _, tried = try_out(books, ORG, "default", 2, case, lambda account: GROUND, Actor("anna"), NOW)
    assert tried.fired == ("above_group_limit",)


@pytest.mark.parametrize(
    ("issued_on", "due_on", "pointer"),
    [
        (date.max, None, "/body/issued_on"),
        (date(9999, 1, 1), date.max, "/body/issued_on"),
        (date.min, None, "/body/issued_on"),
    ],
)
def test_an_invoice_of_a_day_that_cannot_be_meant_is_refused(issued_on, due_on, pointer):
    books = MemoryBooks()
    books.commit(Changes(create=(account(), DunningCase(ORG, "D1"))))
    new = NewInvoice("F1", "D1", issued_on, eur("1.00"), due_on=due_on)
    with pytest.raises(Refused) as refused:
        book(books, ORG, new, terms_days=30, now=NOW)
    assert (refused.value.code, refused.value.pointer) == ("invalid_day", pointer)
