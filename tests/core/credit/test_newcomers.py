"""Buyers the shop has no number for: who is the same, who is another, and what is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.credit.asking import Buyer, CreditCheck
from kasstroom.credit.deciding import Asked
from kasstroom.credit.decision import Decision
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.room import Ground
from kasstroom.credit.usecases import check, earlier
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.debtors.newcomers import newcomer, number_of
from kasstroom.settle import settle
from tests.people import NOW, ORG, eur

COMPANY = Buyer(company_name="Bouw B.V.", kvk="12345678", vat="NL004495445B01")
JAN = Buyer(DebtorKind.CONSUMER, first_name="Jan", last_name="Jansen", email="jan@jansen.example")


def request(buyer, value="100.00", **more):
    return CreditCheck(eur(value), buyer=buyer, **more)


def plan(books, asked):
    return check(
        books, ORG, asked,
        grounds=lambda account: Ground(default_policy()),
        newcomer=lambda request: newcomer(books, ORG, NOW, request),
    )  # fmt: skip


def ask(books, buyer, request_id="r1", **more):
    asked = Asked(request(buyer, **more), request_id, "f", NOW)
    return settle(books, lambda: plan(books, asked), pause=lambda seconds: None)


def debtors(books):
    return sorted(books.every(Debtor), key=lambda d: d.number)


@pytest.mark.parametrize(
    "again",
    [
        COMPANY,
        replace(COMPANY, company_name="Bouw"),
        replace(COMPANY, vat=""),
        replace(COMPANY, kvk=""),
        replace(COMPANY, vat="nl 0044.95.445.b01", email="inkoop@bouw.example"),
        replace(COMPANY, kvk="1234 5678"),
    ],
)
def test_a_company_is_known_by_its_numbers(books, again):
    first = ask(books, COMPANY)
    second = ask(books, again, "r2")
    assert first.debtor == second.debtor
    assert len(debtors(books)) == 1
    assert len(books.all_of(Decision, ORG, first.debtor)) == 2


@pytest.mark.parametrize(
    "again",
    [
        JAN,
        replace(JAN, email="Jan@Jansen.example"),
        replace(JAN, first_name="JAN ", last_name=" jansen"),
        replace(JAN, first_name="", last_name="Jan Jansen"),
        replace(JAN, phone="+31612345678"),
    ],
)
def test_a_consumer_is_known_by_e_mail_and_name(books, again):
    first = ask(books, JAN)
    second = ask(books, again, "r2")
    assert first.debtor == second.debtor
    assert len(debtors(books)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (JAN, replace(JAN, first_name="Jannie")),
        (JAN, replace(JAN, email="jan@elders.example")),
        (COMPANY, replace(COMPANY, kvk="87654321", vat="")),
        (COMPANY, replace(COMPANY, kvk="", vat="NL123456782B12")),
    ],
)
def test_another_name_address_or_number_is_another_debtor(books, one, other):
    assert ask(books, one).debtor != ask(books, other, "r2").debtor
    assert len(debtors(books)) == 2


def test_the_shops_own_number_is_kept(books):
    made = ask(books, replace(COMPANY, customer_number="K-77"))
    assert made.debtor == "K-77"
    assert ask(books, COMPANY, "r2").debtor == "K-77"
    assert [d.number for d in debtors(books)] == ["K-77"]


def test_who_is_new_is_registered_with_what_is_known(books):
    made = ask(books, replace(COMPANY, email="inkoop@bouw.example", phone="+31612345678"))
    (debtor,) = debtors(books)
    assert (debtor.number, debtor.name, debtor.kind) == (made.debtor, "Bouw B.V.", "company")
    assert (debtor.contact.email, debtor.contact.phone) == ("inkoop@bouw.example", "+31612345678")
    assert {i.scheme: i.value for i in debtor.identifiers} == {
        "kvk": "12345678", "vat": "NL004495445B01"
    }  # fmt: skip
    account = books.get(CreditAccount, ORG, made.debtor)
    assert (account.limits, account.natural_person, account.profile.kvk) == ((), False, "12345678")
    assert books.get(CreditAccount, ORG, ask(books, JAN, "r2").debtor).natural_person


def test_asking_without_commitment_stores_nothing_of_somebody_new(books):
    made = ask(books, JAN, commit=False)
    assert made.reservation_id is None
    assert list(books._item.scan()) == []
    assert ask(books, JAN, "r2").debtor == made.debtor


def test_a_repeated_request_of_somebody_new_gets_the_same_decision(books):
    first = ask(books, JAN)
    before = len(list(books._item.scan()))
    assert ask(books, JAN) == replace(first, facts={}, fired=())
    assert len(list(books._item.scan())) == before


def meanwhile(books, buyer, other_id):
    """A first check as `second`, which has read that nobody is there when another one is written
    as `other_id`."""
    asked = Asked(request(buyer), "second", "f", NOW)
    readings = []

    def second():
        found = plan(books, asked)
        readings.append(found)
        if len(readings) == 1:
            ask(books, buyer, other_id)
        return found

    return settle(books, second, pause=lambda seconds: None)


@pytest.mark.parametrize("buyer", [JAN, COMPANY])
def test_two_first_checks_at_the_same_moment_make_one_debtor(books, buyer):
    made = meanwhile(books, buyer, "first")
    assert [d.number for d in debtors(books)] == [made.debtor]
    assert len(books.all_of(Decision, ORG, made.debtor)) == 2


@pytest.mark.parametrize("buyer", [JAN, COMPANY])
def test_one_first_check_sent_twice_at_the_same_moment_is_one_decision(books, buyer):
    answered = meanwhile(books, buyer, "second")
    assert answered.id == earlier(books, ORG, "second", "f").id
    assert answered.debtor == debtors(books)[0].number
    assert len(list(books.every(Decision))) == len(debtors(books)) == 1


names = st.text("abc ABCé", max_size=8)
buyers = st.builds(Buyer, first_name=names, last_name=names, email=names)


@given(buyers, buyers)
def test_a_number_follows_from_e_mail_and_name_alone(one, other):
    def person(buyer):
        return buyer.email.casefold(), " ".join(buyer.name.casefold().split())

    assert (number_of(ORG, one) == number_of(ORG, other)) == (person(one) == person(other))
