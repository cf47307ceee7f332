"""The checked examples of the law, to the cent and to the day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from kasstroom.compliance.allocation import Debt, Order, split
from kasstroom.compliance.collection_costs import DebtorType, collection_costs, with_vat
from kasstroom.compliance.contact_hours import may_contact
from kasstroom.compliance.holidays import holidays
from kasstroom.compliance.interest import Compounding, DayCount, Terms, interest
from kasstroom.compliance.letter14 import LetterChannel, letter_dates
from kasstroom.compliance.statutory_rates import RATES, ClaimType
from kasstroom.money import Money
from kasstroom.payments.references import betalingskenmerk, is_betalingskenmerk, is_rf, rf_reference
from kasstroom.time import AMSTERDAM
from tests.shared import law

WAYS = {
    "compound_act365f": (DayCount.ACT_365F, Compounding.YEARLY),
    "compound_actact": (DayCount.ACT_ACT, Compounding.YEARLY),
    "simple_act365f": (DayCount.ACT_365F, Compounding.SIMPLE),
}
LETTER = {
    "receipt": "received_on", "term_last": "term_last_on", "atw_last": "last_pay_on",
    "costs_from": "costs_from", "safe": "safe_on",
}  # fmt: skip


def cents(value: str) -> int:
    return Money.parse(value).minor


def day(value: str) -> date:
    return date.fromisoformat(value)


def test_there_are_examples_of_every_kind():
    """All of them are read: here, and two groups in the tests of KPIs and of credit insurance."""
    assert {name: len(group) for name, group in law().items()} == {
        "bik": 22, "rates": 2, "interest": 10, "letter14": 10, "allocation_6_44": 5,
        "betalingskenmerk_generate": 11, "betalingskenmerk_valid": 25, "rf": 3,
        "holidays_legal_2026_2027": 18, "may_contact": 10, "kpi": 7, "insurance": 3,
    }  # fmt: skip
    assert {claim: len(rows) for claim, rows in law()["rates"].items()} == {
        "consumer": 14, "commercial": 18,
    }  # fmt: skip


@pytest.mark.parametrize("debtor", DebtorType)
def test_collection_costs(debtor):
    for example in law()["bik"]:
        found = with_vat(collection_costs([cents(example["principal"])], debtor))
        given = (Money(found.costs_minor).value, Money(found.total_minor).value)
        assert given == (example["excl"], example["incl_vat21"]), example


@pytest.mark.parametrize("claim", [ClaimType.CONSUMER, ClaimType.COMMERCIAL])
def test_rates(claim):
    """A row that repeats the rate before it is none of ours."""
    listed = [(day(on), Decimal(percent)) for on, percent in law()["rates"][claim]]
    changes = [row for at, row in enumerate(listed) if at == 0 or listed[at - 1][1] != row[1]]
    assert [(rate.from_on, rate.percent) for rate in RATES[claim]] == changes


@pytest.mark.parametrize("way", WAYS)
def test_interest(way):
    day_count, compounding = WAYS[way]
    for example in law()["interest"]:
        terms = Terms(ClaimType(example["type"]), day_count, compounding)
        due, paid = day(example["due"]), day(example["paid"])
        found = interest(cents(example["principal"]), due, paid, terms)
        expected = (cents(example[way]), example["days"])
        assert (found.interest_minor, found.days) == expected, example["id"]


def test_the_fourteen_day_letter():
    for example in law()["letter14"]:
        dates = letter_dates(day(example["sent"]), LetterChannel(example["channel"]))
        found = {name: str(getattr(dates, ours)) for name, ours in LETTER.items()}
        assert found == {name: example[name] for name in LETTER}, example


def test_the_order_of_payment():
    for example in law()["allocation_6_44"]:
        owed = [cents(example[name]) for name in ("costs", "interest", "principal")]
        paid = cents(example["pay"])
        (part,) = split(paid, [Debt("A", date(2026, 6, 30), *owed)], Order.LEGAL)
        found = (part.costs_minor, part.interest_minor, part.principal_minor)
        expected = [cents(example[f"to_{name}"]) for name in ("costs", "interest", "principal")]
        assert list(found) == expected, example
        assert paid - part.total_minor == cents(example["overpaid"]), example


def test_references():
    for number, kenmerk in law()["betalingskenmerk_generate"]:
        assert betalingskenmerk(number) == kenmerk
    for kenmerk in law()["betalingskenmerk_valid"]:
        assert is_betalingskenmerk(kenmerk), kenmerk
    for number, reference in law()["rf"]:
        assert (rf_reference(number), is_rf(reference)) == (reference, True)


def test_holidays():
    ours = sorted(str(each) for year in (2026, 2027) for each in holidays(year))
    assert ours == law()["holidays_legal_2026_2027"]


def test_contact_hours():
    for moment, answer in law()["may_contact"]:
        local = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
        assert may_contact(local) is (answer == "yes"), moment
