"""The provider's lists against the ledger, and the three sides of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.bank.model import BankLine, LineKind, LineState
from kasstroom.changes import Changes, Reference
from kasstroom.errors import Conflict, NotFound, Unavailable
from kasstroom.payments.comparing import compare, compare_all
from kasstroom.payments.differences import Difference, DifferenceKind, resolve
from kasstroom.payments.model import (
    AttemptState,
    PaymentAttempt,
    WorkState,
)
from kasstroom.payments.payouts import Settlement, settled, settlement_of
from kasstroom.payments.reconciliation import report
from kasstroom.payments.reported import (
    NewsKind,
    ProviderNews,
    ProviderSettlement,
    SettlementLine,
)
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, received

TODAY = date(2026, 9, 1)


class Asked(list):
    """`PaymentQueue` that remembers."""

    def put(self, org, attempt_id, provider_id, provider="mollie"):
        self.append((attempt_id, provider_id, provider))


@pytest.fixture
def books():
    books = MemoryBooks()
    debtor(books)
    invoice(books, "F1", "250.00")
    for id in ("att_1", "att_2"):
        attempt = PaymentAttempt(
            ORG, "D1", id, "lnk", "mollie", id, eur("250.00"), AttemptState.OPEN, NOW, NOW
        )
        books.commit(Changes(create=(attempt, Reference(ORG, "attempt", id, "D1", id))))
    return books


def paid(id="tr_1", value="250.00", reference="att_1", settled=True):
    return ProviderNews(NewsKind.PAYMENT, id, id, eur(value), NOW, settled, reference)


def look(books, *news, at=NOW):
    asked = Asked()
    return compare(books, asked, ORG, "mollie", news, at), asked


def tasks(books):
    return books.listing(Difference, ORG, after="", limit=20)


def test_what_agrees_makes_no_task(books):
    received(books, "250.00", "F1")
    found, asked = look(books, paid())
    assert (found.seen, found.agreed, found.differs, asked) == (1, 1, 0, [])
    assert tasks(books) == []


def test_what_we_lack_is_asked_for_and_stays_a_task_until_it_is_here(books):
    found, asked = look(books, paid())
    assert asked == [("att_1", "tr_1", "mollie")]
    (task,) = tasks(books)
    assert (task.kind, task.owner, task.ours) == (DifferenceKind.NOT_IN_LEDGER, "finance", None)
    received(books, "250.00", "F1")
    look(books, paid())
    (task,) = tasks(books)
    assert (task.state, task.note) == (WorkState.RESOLVED, "agrees now")


def test_another_amount_is_a_task_and_not_asked_again(books):
    received(books, "200.00", "F1")
    found, asked = look(books, paid())
    (task,) = tasks(books)
    assert (task.kind, task.amount, task.ours) == (
        DifferenceKind.AMOUNT, eur("250.00"), eur("200.00"),
    )  # fmt: skip
    assert asked == []


def test_what_only_the_ledger_has_is_a_task(books):
    received(books, "250.00", "F1")
    found, _ = look(books, at=NOW + timedelta(days=1))
    (task,) = tasks(books)
    assert (task.kind, task.provider_id) == (DifferenceKind.NOT_AT_PROVIDER, "tr_1")


@pytest.mark.parametrize(
    "news", [paid(reference=""), paid(reference="shop-77"), paid(settled=False)]
)
def test_what_is_not_ours_or_not_paid_is_left_alone(books, news):
    found, asked = look(books, news)
    assert (found.seen, asked, tasks(books)) == (0, [], [])


def test_a_chargeback_of_our_payment_is_looked_for_too(books):
    received(books, "250.00", "F1")
    back = ProviderNews(NewsKind.CHARGEBACK, "chb_1", "tr_1", eur("250.00"), NOW, True)
    _, asked = look(books, paid(), back)
    assert asked == [("", "tr_1", "mollie")]
    assert [t.what for t in tasks(books)] == [NewsKind.CHARGEBACK]


def test_looking_twice_makes_one_task_and_a_person_has_the_last_word(books):
    for _ in range(2):
        look(books, paid())
    (task,) = tasks(books)
    settle(books, lambda: resolve(books, ORG, task.id, "booked by hand", "anna", NOW))
    look(books, paid())
    (task,) = tasks(books)
    assert (task.state, task.resolved_by) == (WorkState.RESOLVED, "anna")
    with pytest.raises(Conflict):
        resolve(books, ORG, task.id, "again", "bram", NOW)
    with pytest.raises(NotFound):
        resolve(books, ORG, "dif_none", "x", "anna", NOW)


class Silent:
    def news(self, since):
        raise Unavailable("provider_unavailable", "no answer")


class Speaks:
    def news(self, since):
        return iter([paid()])

    def settlements(self, since):
        return iter([])


def test_one_provider_that_is_silent_keeps_no_other_waiting(books):
    made = {"mollie": Silent(), "stripe": Speaks()}
    pairs = [(ORG, "mollie"), (ORG, "stripe")]
    found = compare_all(books, Asked(), lambda org, name: made[name], pairs, NOW, NOW)
    assert found.unavailable == ((ORG, "mollie"),)
    assert [c.provider for c in found.compared] == ["stripe"]


def line(value, fee, id="tr_1"):
    return SettlementLine("payment", id, eur(value), eur(fee), eur(value) - eur(fee))


def payout(amount, *lines, paid_on=TODAY):
    return ProviderSettlement("mollie", "stl_1", "1234567.2609.01", eur(amount), paid_on, lines)


def test_a_payout_is_kept_once_and_found_by_what_the_bank_shows(books):
    received(books, "250.00", "F1")
    told = payout("249.61", line("250.00", "0.39"))
    assert settled(books, ORG, [told], NOW) == (1, 0)
    assert settled(books, ORG, [told], NOW) == (0, 0)
    kept = settlement_of(books, ORG, "1234567.2609.01")
    assert (kept.gross, kept.fee, kept.unknown) == (eur("250.00"), eur("0.39"), 0)
    assert settlement_of(books, ORG, "nobody") is None
    assert settled(books, ORG, [payout("1.00", paid_on=None)], NOW) == (0, 0)


def test_a_payout_that_does_not_add_up_is_a_task(books):
    settled(books, ORG, [payout("249.00", line("250.00", "0.39"))], NOW)
    (task,) = tasks(books)
    assert (task.kind, task.amount, task.ours) == (
        DifferenceKind.PAYOUT, eur("249.00"), eur("249.61"),
    )  # fmt: skip


def bank_line(books, id, kind, state, value):
    day = date.fromisoformat(id[:10])
    books.commit(
        Changes(
            create=(
                BankLine(
                    ORG, id, "NL91ABNA0417164300", "s", "1", kind, eur(value), day, day, NOW,
                    state=state,
                ),
            )
        )
    )  # fmt: skip


def test_a_day_is_complete_when_all_three_sides_agree(books):
    received(books, "250.00", "F1")
    look(books, paid())
    settled(books, ORG, [payout("249.61", line("250.00", "0.39"))], NOW)
    bank_line(books, "2026-09-01_a", LineKind.PAYOUT, LineState.OPEN, "249.61")
    bank_line(books, "2026-09-02_b", LineKind.RECEIPT, LineState.OPEN, "5.00")
    day = report(books, ORG, TODAY)
    assert [(s.what, s.count, s.amount.value) for s in day.ledger] == [("mollie", 1, "250.00")]
    (side,) = day.providers
    assert (side.items, side.agreed, side.difference) == (1, 1, eur("0.00"))
    assert [(s.what, s.count) for s in day.bank] == [("payout.open", 1)]
    assert not day.complete
    cleared = books.get(BankLine, ORG, id="2026-09-01_a")
    kept = books.listing(Settlement, ORG, after="", limit=9)[0]
    after = (replace(cleared, state=LineState.CLEARED), replace(kept, line_id=cleared.id))
    books.commit(Changes(update=after))
    assert report(books, ORG, TODAY).complete


def test_a_day_that_nobody_compared_is_not_complete(books):
    assert not report(books, ORG, TODAY).complete
