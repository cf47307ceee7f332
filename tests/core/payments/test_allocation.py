from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.payments.allocation import allocate
from tests.people import NOW, eur

DAY = date(2026, 8, 1)


def invoice(number, open_minor, due_on=DAY, currency="EUR"):
    kind = DocumentKind.INVOICE if open_minor >= 0 else DocumentKind.CREDIT_NOTE
    money = Money(open_minor, currency)
    return Invoice("vandijk", "D1", number, kind, DAY, due_on, money, money, NOW)


def opens(landed):
    return {i.number: i.open.minor for i in landed.invoices}


def test_oldest_first():
    old, new = invoice("F2", 5000), invoice("F1", 5000, DAY + timedelta(days=1))
    landed = allocate(eur("70.00"), (new, old))
    assert opens(landed) == {"F2": 0, "F1": 3000}
    assert not landed.left


def test_a_credit_note_fills_what_the_money_does_not_reach():
    landed = allocate(eur("70.00"), (invoice("F1", 10_000), invoice("C1", -3000)))
    assert opens(landed) == {"F1": 0, "C1": 0}
    assert sum(a.amount.minor for a in landed.allocations) == -7000


def test_who_pays_the_full_sum_keeps_the_credit_note():
    landed = allocate(eur("100.00"), (invoice("F1", 10_000), invoice("C1", -3000)))
    assert opens(landed) == {"F1": 0}
    assert not landed.left


def test_too_much_is_left_over():
    assert allocate(eur("150.00"), (invoice("F1", 10_000),)).left == eur("50.00")


def test_another_currency_is_left_alone():
    assert allocate(eur("10.00"), (invoice("S1", 1000, currency="SEK"),)).left == eur("10.00")


amounts = st.lists(st.integers(-50_000, 50_000), max_size=12)


@given(st.integers(1, 200_000), amounts)
def test_no_cent_is_lost_and_nothing_overshoots(paid, open_minors):
    before = {f"F{n}": invoice(f"F{n}", minor) for n, minor in enumerate(open_minors)}
    landed = allocate(Money(paid), tuple(before.values()))
    assert landed.left.minor >= 0
    assert sum(a.amount.minor for a in landed.allocations) == -(paid - landed.left.minor)
    for after in landed.invoices:
        was = before[after.number].open.minor
        assert 0 <= after.open.minor * (1 if was > 0 else -1) < abs(was)
    for allocation in landed.allocations:
        after = next(i for i in landed.invoices if i.number == allocation.invoice)
        assert before[after.number].open + allocation.amount == after.open
