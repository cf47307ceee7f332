"""Payment behaviour on a real table: the booking keeps it, the API shows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes, Reference
from kasstroom.credit.decision import Decision
from kasstroom.credit.model import CreditAccount
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.organisations.model import Language
from kasstroom.payments.booking import record
from kasstroom.payments.model import (
    AttemptState,
    Entry,
    LinkState,
    PaymentAttempt,
    PaymentLink,
)
from kasstroom.payments.reported import (
    ProviderPayment,
)
from kasstroom.risk.model import PaymentBehaviour
from kasstroom.risk.recount import recount
from kasstroom.settle import settle
from tests.people import NOW, ORG, eur, invoice


@pytest.fixture
def pays(deployed):
    """Books a payment over invoices of D1, received `days` after the clock's day."""
    books = deployed.books

    def pays(id, value, *numbers, days=0):
        at = NOW + timedelta(days=days)
        link = PaymentLink(
            ORG, "D1", f"lnk_{id}", id, numbers, eur(value), Language.NL, LinkState.OPEN, at, at
        )
        attempt = PaymentAttempt(
            ORG, "D1", f"att_{id}", link.id, "mollie", id, eur(value), AttemptState.OPEN, at, at
        )
        name = Reference(ORG, "attempt", attempt.id, "D1", attempt.id)
        books.commit(Changes(create=(link, attempt, name)))
        payment = ProviderPayment(
            "mollie", id, "test", AttemptState.PAID, eur(value), "ideal", attempt.id, paid_at=at
        )
        again = lambda: settle(  # noqa: E731
            books, lambda: record(books, ORG, attempt.id, payment, mode="test", now=at)
        )
        assert again().booked
        assert not again().booked

    return pays


def behaviour(books) -> PaymentBehaviour:
    """As the account keeps it, after checking that the ledger says the same."""
    kept = books.get(CreditAccount, ORG, "D1").behaviour
    ledger = books.all_of(Invoice, ORG, "D1"), books.all_of(Entry, ORG, "D1")
    assert kept == recount(*ledger)
    return kept


def test_every_booking_keeps_the_behaviour(pays, books):
    """F1: 250.00, due 20 August; the clock says 1 September."""
    assert behaviour(books) == PaymentBehaviour()
    invoice(books, "F2", "100.00", due_on=date(2026, 9, 10))
    invoice(books, "C1", "40.00", due_on=date(2026, 9, 10), kind=DocumentKind.CREDIT_NOTE)
    pays("tr_1", "100.00", "F1")
    assert behaviour(books).paid_invoices == 0
    pays("tr_2", "150.00", "F1", days=18)
    pays("tr_3", "60.00", "F2", "C1", days=9)
    found = behaviour(books)
    assert (found.paid_invoices, found.late_invoices) == (2, 1)
    assert (found.paid_minor, found.late_minor) == (31_000, 25_000)
    assert found.minor_days_late == 10_000 * 12 + 15_000 * 30
    assert found.last_paid_on == date(2026, 9, 19)


def test_the_credit_view_shows_how_a_debtor_pays(pays, api):
    pays("tr_1", "250.00", "F1")
    shown = api("debtors/api", "GET", "/v1/debtors/D1/credit")
    assert shown.status == 200
    assert shown.body["behaviour"] == {
        "days_late": 12, "late_percent": 100, "trend_days": None,
        "paid": {"value": "250.00", "currency": "EUR"}, "paid_invoices": 1, "late_invoices": 1,
        "promises_kept": 0, "promises_broken": 0, "disputes": 0, "last_paid_on": "2026-09-01",
        "months": [
            {
                "month": "2026-09", "paid": {"value": "250.00", "currency": "EUR"},
                "late": {"value": "250.00", "currency": "EUR"}, "days_late": 12,
            }
        ],
    }  # fmt: skip


def test_a_decision_weighs_the_habits(pays, api, books):
    pays("tr_1", "250.00", "F1")
    check = {"debtor": "D1", "amount": {"value": "10.00", "currency": "EUR"}}
    made = api("credit/api", "POST", "/v1/credit-checks", check).body
    facts = books.get(Decision, ORG, "D1", made["id"]).facts
    assert (facts["days_late"], facts["late_percent"], facts["late_trend_days"]) == (12, 100, None)
