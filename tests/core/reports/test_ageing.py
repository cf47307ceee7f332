"""The ageing list adds up, whatever is in the books."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Allocation, Entry, EntryKind
from kasstroom.reports.ageing import Ageing, Bucket, bucket_of, days_past_due

AS_OF = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def an_invoice(days: int, minor: int, debtor: str = "D1", currency: str = "EUR") -> Invoice:
    """An open item `days` past its due date; negative `minor` makes it a credit note."""
    due_on = AS_OF - timedelta(days=days)
    return Invoice(
        org="acme",
        debtor=debtor,
        number=f"{debtor}-{days}-{minor}",
        kind=DocumentKind.INVOICE if minor >= 0 else DocumentKind.CREDIT_NOTE,
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        amount=Money(minor, currency),
        open=Money(minor, currency),
        created_at=NOW,
    )


def a_payment(minor: int, allocated: int, debtor: str = "D1", currency: str = "EUR") -> Entry:
    return Entry(
        org="acme",
        debtor=debtor,
        id=f"ent_{debtor}_{minor}",
        kind=EntryKind.PAYMENT,
        amount=Money(-minor, currency),
        allocations=(Allocation("F1", Money(-allocated, currency)),) if allocated else (),
        booked_at=NOW,
        booked_on=AS_OF,
        source="mollie",
        external_id=f"tr_{minor}",
    )


@pytest.mark.parametrize(
    ("due_on", "days", "bucket"),
    [
        (date(2026, 11, 22), -1, Bucket.CURRENT),
        (date(2026, 11, 21), 0, Bucket.CURRENT),
        (date(2026, 11, 20), 1, Bucket.DAYS_1_30),
        (date(2026, 10, 22), 30, Bucket.DAYS_1_30),
        (date(2026, 10, 21), 31, Bucket.DAYS_31_60),
        (date(2026, 9, 22), 60, Bucket.DAYS_31_60),
        (date(2026, 9, 21), 61, Bucket.DAYS_61_90),
        (date(2026, 8, 23), 90, Bucket.DAYS_61_90),
        (date(2026, 8, 22), 91, Bucket.DAYS_91_120),
        (date(2026, 7, 24), 120, Bucket.DAYS_91_120),
        (date(2026, 7, 23), 121, Bucket.DAYS_OVER_120),
        (date(2019, 1, 1), 2881, Bucket.DAYS_OVER_120),
    ],
)
def test_the_edges_of_the_buckets(due_on: date, days: int, bucket: Bucket) -> None:
    assert days_past_due(due_on, AS_OF) == days
    assert bucket_of(an_invoice(days, 100), AS_OF) is bucket


def test_a_credit_note_hides_no_overdue_invoice() -> None:
    ageing = Ageing(AS_OF)
    ageing.add_invoice(an_invoice(200, 10_000))
    ageing.add_invoice(an_invoice(200, -4_000))
    ageing.add_entry(a_payment(5_000, allocated=3_500))
    (row,) = ageing.rows()
    assert row.by_bucket[Bucket.DAYS_OVER_120] == Money(10_000)
    assert row.by_bucket[Bucket.UNALLOCATED] == Money(-5_500)
    assert row.outstanding == Money(4_500)


def test_a_debtor_whose_credit_equals_his_debt_is_still_listed() -> None:
    ageing = Ageing(AS_OF)
    ageing.add_invoice(an_invoice(10, 2_500))
    ageing.add_entry(a_payment(2_500, allocated=0))
    (row,) = ageing.rows()
    assert not row.outstanding
    assert row.by_bucket[Bucket.DAYS_1_30] == Money(2_500)


def test_a_settled_debtor_is_not_listed() -> None:
    ageing = Ageing(AS_OF)
    ageing.add_invoice(an_invoice(10, 0))
    ageing.add_entry(a_payment(2_500, allocated=2_500))
    assert list(ageing.rows()) == []


_DEBTORS = st.sampled_from(["D1", "D2", "D3"])
_CURRENCIES = st.sampled_from(["EUR", "USD", "JPY"])
_INVOICES = st.builds(
    an_invoice, st.integers(-90, 400), st.integers(-(10**9), 10**9), _DEBTORS, _CURRENCIES
)
_PAYMENTS = st.integers(0, 10**9).flatmap(
    lambda minor: st.builds(a_payment, st.just(minor), st.integers(0, minor), _DEBTORS, _CURRENCIES)
)


@given(st.lists(_INVOICES, max_size=30), st.lists(_PAYMENTS, max_size=10))
def test_the_buckets_add_up_to_what_is_outstanding(
    invoices: list[Invoice], payments: list[Entry]
) -> None:
    ageing, outstanding, overdue = Ageing(AS_OF), Counter(), Counter()
    for invoice in invoices:
        ageing.add_invoice(invoice)
        outstanding[invoice.debtor, invoice.open.currency] += invoice.open.minor
        if invoice.open.minor > 0 and invoice.due_on < AS_OF:
            overdue[invoice.debtor, invoice.open.currency] += invoice.open.minor
    for payment in payments:
        ageing.add_entry(payment)
        outstanding[payment.debtor, payment.amount.currency] += payment.unallocated.minor
    listed = {(row.debtor, row.currency): row for row in ageing.rows()}
    not_overdue = {Bucket.CURRENT, Bucket.UNALLOCATED}
    for key, expected in outstanding.items():
        amounts = listed[key].by_bucket if key in listed else {}
        assert sum(amount.minor for amount in amounts.values()) == expected
        late = sum(amount.minor for bucket, amount in amounts.items() if bucket not in not_overdue)
        assert late == overdue[key]
    assert set(listed) <= set(outstanding)
