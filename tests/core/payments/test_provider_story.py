"""A provider's story of a payment, told in any order, late, twice or in part: one ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.changes import Changes, Reference
from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.booking import record, record_all
from kasstroom.payments.model import (
    AttemptState,
    Entry,
    EntryKind,
    LinkState,
    MoneyIn,
    PaymentAttempt,
    PaymentLink,
    UnmatchedMoney,
    WorkState,
)
from kasstroom.payments.reported import (
    ProviderChargeback,
    ProviderPayment,
    ProviderRefund,
    RefundState,
)
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice

PAID_AT = datetime(2026, 9, 1, 8, 1, tzinfo=UTC)


def told(hours, **more):
    return {"at": PAID_AT + timedelta(hours=hours)} | more


def books_with_link():
    books = MemoryBooks()
    debtor(books)
    invoice(books, "F1", "250.00")
    link = PaymentLink(
        ORG, "D1", "lnk_1", "h", ("F1",), eur("250.00"), Language.NL, LinkState.OPEN, NOW, NOW
    )
    attempt = PaymentAttempt(
        ORG, "D1", "att_1", "lnk_1", "mollie", "k", eur("250.00"), AttemptState.OPEN, NOW, NOW
    )
    name = Reference(ORG, "attempt", "att_1", "D1", "att_1")
    books.commit(Changes(create=(link, attempt, name)))
    return books


def payment(state="paid", amount="250.00", refunds=(), chargebacks=()):
    return ProviderPayment(
        "mollie", "tr_1", "test", AttemptState(state), eur(amount), "ideal", "att_1",
        paid_at=PAID_AT, refunds=tuple(refunds), chargebacks=tuple(chargebacks),
    )  # fmt: skip


def tell(books, report, at=NOW):
    return record_all(books, ORG, "att_1", report, mode="test", now=at)


def ledger(books):
    """What is in the ledger, whatever the order it came in."""
    entries = books.all_of(Entry, ORG, "D1")
    return sorted((e.kind, e.amount.minor, e.external_id) for e in entries)


def standing(books):
    account = books.get(CreditAccount, ORG, "D1")
    entries = books.all_of(Entry, ORG, "D1")
    open_minor = books.get(Invoice, ORG, "D1", "F1").open.minor
    assert sum(e.amount.minor for e in entries) == open_minor + account.unallocated.get("EUR", 0)
    return open_minor, account.unallocated.get("EUR", 0)


REFUND = ProviderRefund("re_1", eur("50.00"), RefundState.REFUNDED, PAID_AT + timedelta(hours=1))
BACK = ProviderChargeback("chb_1", eur("250.00"), PAID_AT + timedelta(hours=2), "AC04")


def test_a_chargeback_opens_the_invoice_and_reminds_politely():
    books = books_with_link()
    tell(books, payment())
    assert standing(books) == (0, 0)
    assert books.get(PaymentLink, ORG, "D1", "lnk_1").state is LinkState.PAID
    tell(books, payment(chargebacks=[BACK]))
    assert standing(books) == (25_000, 0)
    assert books.get(PaymentLink, ORG, "D1", "lnk_1").state is LinkState.OPEN
    case = books.get(DunningCase, ORG, "D1")
    assert case.blocks and case.blocks[-1].reason == "payment_returned"
    assert case.blocks[-1].until == NOW + timedelta(days=5)
    kinds = [event.TYPE for event in books.events]
    assert kinds[-2:] == ["payment.charged_back", "invoice.reopened"]


def test_a_reversed_chargeback_pays_it_again():
    books = books_with_link()
    tell(books, payment(chargebacks=[replace(BACK, reversed_at=PAID_AT + timedelta(days=9))]))
    assert standing(books) == (0, 0)
    assert [kind for kind, *_ in ledger(books)] == ["chargeback", "invoice", "payment", "reversal"]


def test_a_late_paid_report_after_a_chargeback_takes_nothing_back():
    books = books_with_link()
    tell(books, payment(chargebacks=[BACK]))
    tell(books, payment())
    assert standing(books) == (25_000, 0)


def test_a_refund_takes_what_no_invoice_had_first():
    books = books_with_link()
    tell(books, payment(amount="300.00"))
    (waits,) = books.listing(UnmatchedMoney, ORG, after="", limit=9)
    assert waits.amount == eur("50.00")
    tell(books, payment(amount="300.00", refunds=[REFUND]))
    assert standing(books) == (0, 0)
    (done,) = books.listing(UnmatchedMoney, ORG, after="", limit=9)
    assert (done.state, done.amount) == (WorkState.RESOLVED, eur("0.00"))


def test_a_refund_that_bounces_is_ours_again():
    books = books_with_link()
    tell(books, payment(amount="300.00", refunds=[REFUND]))
    tell(books, payment(amount="300.00", refunds=[replace(REFUND, state=RefundState.FAILED)]))
    assert standing(books) == (0, -5000)
    money = books.all_of(MoneyIn, ORG, "D1")[0]
    assert money.left == eur("50.00")


def test_a_refund_that_failed_before_we_heard_of_it_never_happened():
    books = books_with_link()
    tell(books, payment(refunds=[replace(REFUND, state=RefundState.FAILED)]))
    assert [kind for kind, *_ in ledger(books)] == ["invoice", "payment"]


def test_more_back_than_came_in_is_owed_to_us_and_somebody_looks():
    """A refund of all of it, and then the payer's bank took it back as well."""
    books = books_with_link()
    all_of_it = replace(REFUND, amount=eur("250.00"))
    tell(books, payment(refunds=[all_of_it], chargebacks=[BACK]))
    assert standing(books) == (25_000, 25_000)
    (task,) = books.listing(UnmatchedMoney, ORG, after="", limit=9)
    assert (task.amount, task.reason) == (eur("-250.00"), "returned_twice")


@pytest.mark.parametrize("state", ["failed", "expired", "canceled", "open"])
def test_what_is_not_paid_after_all_takes_nothing_back(state):
    books = books_with_link()
    tell(books, payment())
    tell(books, payment(state))
    assert standing(books) == (0, 0)


@st.composite
def stories(draw):
    """A whole story, and reports of it as webhooks bring them: prefixes in any order, repeated."""
    amount = draw(st.integers(1, 40_000))
    hours = iter(range(1, 50))
    moves, gone = [], 0
    for n in range(draw(st.integers(0, 3))):
        minor = draw(st.integers(1, amount))
        gone += minor
        state = draw(st.sampled_from([RefundState.PENDING, RefundState.REFUNDED]))
        moves.append(ProviderRefund(f"re_{n}", Money(minor), state, **told(next(hours))))
    for n in range(draw(st.integers(0, 2))):
        back = ProviderChargeback(
            f"chb_{n}", Money(draw(st.integers(1, amount))), **told(next(hours))
        )
        if draw(st.booleans()):
            back = replace(back, reversed_at=PAID_AT + timedelta(hours=next(hours)))
        moves.append(back)
    cuts = draw(st.lists(st.integers(0, len(moves)), max_size=6))
    reports = [moves[:cut] for cut in cuts] + [moves]
    order = draw(st.permutations(reports))
    return amount, moves, [*order, moves]


def report(amount, moves):
    refunds = [m for m in moves if isinstance(m, ProviderRefund)]
    backs = [m for m in moves if isinstance(m, ProviderChargeback)]
    return payment(amount=Money(amount).value, refunds=refunds, chargebacks=backs)


@settings(deadline=None)
@given(stories())
def test_any_order_of_reports_leads_to_the_same_balances(story):
    amount, moves, reports = story
    books, once = books_with_link(), books_with_link()
    for told_so_far in reports:
        tell(books, report(amount, told_so_far))
    tell(once, report(amount, moves))
    assert ledger(books) == ledger(once)
    assert standing(books)[0] + standing(books)[1] == standing(once)[0] + standing(once)[1]
    assert not tell(books, report(amount, moves)).booked
    here = books.all_of(MoneyIn, ORG, "D1")[0]
    back = sum(m.amount.minor for m in moves if isinstance(m, ProviderRefund) or not m.reversed_at)
    assert here.returned_minor == back


def test_two_workers_with_the_same_report_book_it_once():
    import threading

    books = books_with_link()
    full = payment(amount="300.00", refunds=[REFUND], chargebacks=[BACK])
    workers = [threading.Thread(target=tell, args=(books, full)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [kind for kind, *_ in ledger(books)] == ["chargeback", "invoice", "payment", "refund"]
    assert standing(books) == (25_000, 0)


def test_one_report_is_booked_in_steps_and_a_crash_between_them_loses_nothing():
    books = books_with_link()
    full = payment(amount="300.00", refunds=[REFUND], chargebacks=[BACK])
    steps = 0
    while settle(books, lambda: record(books, ORG, "att_1", full, mode="test", now=NOW)).booked:
        steps += 1
        standing(books)
    assert steps == 3
    assert EntryKind.CHARGEBACK in {kind for kind, *_ in ledger(books)}
