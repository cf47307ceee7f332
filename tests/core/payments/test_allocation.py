from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.allocation import Order
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.payments.allocation import allocate
from kasstroom.payments.model import Part
from tests.people import NOW, eur

DAY = date(2026, 8, 1)


def invoice(number, open_minor, due_on=DAY, currency="EUR"):
    kind = DocumentKind.INVOICE if open_minor >= 0 else DocumentKind.CREDIT_NOTE
    money = Money(open_minor, currency)
    return Invoice("vandijk", "D1", number, kind, DAY, due_on, money, money, NOW)


def opens(landed, *invoices):
    """What the invoices that were touched have open afterwards."""
    after = {i.number: i.open.minor for i in invoices}
    for allocation in landed.allocations:
        after[allocation.invoice] += allocation.amount.minor
    touched = {allocation.invoice for allocation in landed.allocations}
    return {number: minor for number, minor in after.items() if number in touched}


def test_oldest_first():
    old, new = invoice("F2", 5000), invoice("F1", 5000, DAY + timedelta(days=1))
    landed = allocate(eur("70.00"), (new, old))
    assert opens(landed, new, old) == {"F2": 0, "F1": 3000}
    assert not landed.left


def test_a_credit_note_fills_what_the_money_does_not_reach():
    debt, note = invoice("F1", 10_000), invoice("C1", -3000)
    landed = allocate(eur("70.00"), (debt, note))
    assert opens(landed, debt, note) == {"F1": 0, "C1": 0}
    assert sum(a.amount.minor for a in landed.allocations) == -7000


def test_who_pays_the_full_sum_keeps_the_credit_note():
    debt, note = invoice("F1", 10_000), invoice("C1", -3000)
    landed = allocate(eur("100.00"), (debt, note))
    assert opens(landed, debt, note) == {"F1": 0}
    assert not landed.left


def test_too_much_is_left_over():
    assert allocate(eur("150.00"), (invoice("F1", 10_000),)).left == eur("50.00")


def test_another_currency_is_left_alone():
    assert allocate(eur("10.00"), (invoice("S1", 1000, currency="SEK"),)).left == eur("10.00")


def test_costs_then_interest_then_principal():
    """Art. 6:44 BW: 100.00 on 40.00 costs, 5.12 interest and 1000.00 principal."""
    debt = replace(invoice("F1", 100_000), costs_minor=4000, interest_minor=512)
    landed = allocate(eur("100.00"), (debt,))
    assert [(a.part, a.amount.minor) for a in landed.allocations] == [
        (Part.COSTS, -4000), (Part.INTEREST, -512), (Part.PRINCIPAL, -5488),
    ]  # fmt: skip


def test_an_organisation_may_leave_its_costs_open():
    debt = replace(invoice("F1", 5000), costs_minor=4000)
    landed = allocate(eur("60.00"), (debt,), order=Order.PRINCIPAL_ONLY)
    assert [(a.part, a.amount.minor) for a in landed.allocations] == [(Part.PRINCIPAL, -5000)]
    assert landed.left == eur("10.00")


def test_what_the_payer_names_goes_before_what_is_older():
    old, new = invoice("F1", 5000), invoice("F2", 5000, DAY + timedelta(days=9))
    landed = allocate(eur("60.00"), (old, new), designated=("F2",))
    assert opens(landed, old, new) == {"F2": 0, "F1": 4000}


amounts = st.lists(st.integers(-50_000, 50_000), max_size=12)


@given(st.integers(1, 200_000), amounts)
def test_no_cent_is_lost_and_nothing_overshoots(paid, open_minors):
    before = {f"F{n}": invoice(f"F{n}", minor) for n, minor in enumerate(open_minors)}
    landed = allocate(Money(paid), tuple(before.values()))
    assert landed.left.minor >= 0
    assert sum(a.amount.minor for a in landed.allocations) == -(paid - landed.left.minor)
    for number, after in opens(landed, *before.values()).items():
        was = before[number].open.minor
        assert 0 <= after * (1 if was > 0 else -1) < abs(was)
