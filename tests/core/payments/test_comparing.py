"""The provider's lists against the ledger, and the three sides of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes, Reference
from kasstroom.errors import Conflict, NotFound, Unavailable
from kasstroom.payments.comparing import LOOK_BACK, compare, compare_all
from kasstroom.payments.differences import Difference, DifferenceKind, resolve
from kasstroom.payments.giving_back import Movement, come_back, give_back
from kasstroom.payments.loading import entry_id, load, money_of
from kasstroom.payments.model import (
    AttemptState,
    EntryKind,
    PaymentAttempt,
    WorkState,
)
from kasstroom.payments.payouts import settled, settlement_of
from kasstroom.payments.posting import Posted, changes_of
from kasstroom.payments.reconciliation import report
from kasstroom.payments.reported import (
    NewsKind,
    ProviderChargeback,
    ProviderNews,
    ProviderPayment,
    ProviderSettlement,
    SettlementLine,
)
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, received

TODAY = date(2026, 9, 1)
DAY = timedelta(days=1)


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


class Provider:
    """Lists `news`, and knows `payments` by name."""

    def __init__(self, *news, name="mollie", payments=(), silent=False):
        self.name, self.listed, self.silent = name, news, silent
        self.payments = {payment.id: payment for payment in payments}
        self.fetched, self.since = [], None

    def news(self, since):
        self.since = since
        return iter(self.listed)

    def fetch(self, id):
        self.fetched.append(id)
        if self.silent:
            raise Unavailable("provider_unavailable", "no answer")
        if id not in self.payments:
            raise NotFound("payment_not_found", "unknown")
        return self.payments[id]

    def settlements(self, since):
        return iter(())


def look(books, *news, at=NOW, **there):
    asked = Asked()
    provider = Provider(*news, **there)
    return compare(books, asked, ORG, provider, at - LOOK_BACK, at), asked


def told(id="tr_1", value="250.00", state=AttemptState.PAID, **more):
    """A payment as it is fetched."""
    return ProviderPayment(
        "mollie", id, "test", state, eur(value), "ideal", "att_1", paid_at=NOW, **more
    )


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
    found, _ = look(books, at=NOW + DAY)
    (task,) = tasks(books)
    assert (task.kind, task.provider_id) == (DifferenceKind.NOT_AT_PROVIDER, "tr_1")
    look(books, at=NOW + 3 * DAY, payments=[told()])
    (task,) = tasks(books)
    assert (task.state, task.note) == (WorkState.RESOLVED, "agrees now")


def test_what_the_lists_lack_is_asked_for_by_name_before_it_differs(books):
    """A bank transfer, or a webhook found by the last sweep: the payment was made days before."""
    received(books, "250.00", "F1")
    found, asked = look(books, at=NOW + DAY, payments=[told()])
    assert (found.seen, found.agreed, found.differs, asked) == (1, 1, 0, [])
    assert tasks(books) == []


@pytest.mark.parametrize("listed", [True, False])
def test_what_the_provider_has_but_not_as_paid_differs(books, listed):
    received(books, "250.00", "F1")
    news = [paid(settled=False)] if listed else []
    look(books, *news, at=NOW + DAY, payments=[told(state=AttemptState.EXPIRED)])
    assert [t.kind for t in tasks(books)] == [DifferenceKind.NOT_AT_PROVIDER]


def test_the_whole_story_of_what_was_asked_for_is_compared(books):
    received(books, "240.00", "F1")
    back = ProviderChargeback("chb_1", eur("250.00"), NOW)
    _, asked = look(books, at=NOW + DAY, payments=[told(chargebacks=(back,))])
    assert {(t.kind, t.provider_id) for t in tasks(books)} == {
        (DifferenceKind.AMOUNT, "tr_1"), (DifferenceKind.NOT_IN_LEDGER, "chb_1"),
    }  # fmt: skip
    assert asked == [("att_1", "tr_1", "mollie")]


def test_a_provider_that_does_not_answer_accuses_nobody_and_is_not_asked_for_ever(books):
    for number in range(9):
        invoice(books, f"G{number}", "1.00")
        received(books, "1.00", f"G{number}", id=f"tr_{number}")
    silent = Provider(silent=True)
    at = NOW + DAY
    found = compare(books, Asked(), ORG, silent, at - LOOK_BACK, at)
    assert (found.unanswered, len(silent.fetched), tasks(books)) == (9, 3, [])


def test_a_task_resolves_when_it_was_put_right_however_long_ago_it_happened(books):
    look(books, paid())
    received(books, "250.00", "F1")
    look(books, at=NOW + 20 * DAY, payments=[told()])
    assert [t.state for t in tasks(books)] == [WorkState.RESOLVED]


def went(books, kind, value, id, at=NOW):
    """A movement of tr_1 booked as the provider reported it."""
    money = money_of(books, ORG, entry_id(ORG, "mollie", "tr_1"))
    movement = Movement(kind, eur(value), "mollie", id, at)
    book = give_back if kind in (EntryKind.REFUND, EntryKind.CHARGEBACK) else come_back

    def plan():
        before = load(books, ORG, "D1", ("F1",), (money_of(books, ORG, money.id),))
        posted = book(Posted(before), before.money[money.id], movement, at)
        return changes_of(before, posted, at), None

    settle(books, plan)


RETURNS = [
    (NewsKind.REFUND, EntryKind.REFUND, EntryKind.REFUND_RETURNED),
    (NewsKind.CHARGEBACK, EntryKind.CHARGEBACK, EntryKind.REVERSAL),
]


@pytest.mark.parametrize(("what", "gone", "back"), RETURNS)
def test_what_came_back_and_nobody_told_is_asked_for_and_a_task(books, what, gone, back):
    received(books, "250.00", "F1")
    went(books, gone, "50.00", "x_1")
    item = ProviderNews(what, "x_1", "tr_1", eur("50.00"), NOW, False, came_back=True)
    _, asked = look(books, paid(), item)
    (task,) = tasks(books)
    assert (task.kind, task.ours) == (DifferenceKind.RETURNED, eur("50.00"))
    assert asked == [("", "tr_1", "mollie")]
    went(books, back, "50.00", "x_1")
    look(books, paid(), item)
    assert [t.state for t in tasks(books)] == [WorkState.RESOLVED]


def test_a_refund_that_failed_before_the_ledger_heard_of_it_is_no_difference(books):
    received(books, "250.00", "F1")
    failed = ProviderNews(NewsKind.REFUND, "re_1", "tr_1", eur("5.00"), NOW, False, came_back=True)
    assert look(books, paid(), failed)[1] == []
    undone = ProviderNews(
        NewsKind.CHARGEBACK, "chb_1", "tr_1", eur("5.00"), NOW, False, came_back=True
    )
    assert look(books, paid(), undone)[1] == [("", "tr_1", "mollie")]
    assert [t.kind for t in tasks(books)] == [DifferenceKind.NOT_IN_LEDGER]


def test_older_things_leave_the_figures_of_their_day_as_they_were(books):
    received(books, "250.00", "F1")
    look(books, paid())
    item = ProviderNews(NewsKind.REFUND, "re_1", "tr_1", eur("5.00"), NOW, True)
    look(books, item, at=NOW + 9 * DAY, payments=[told()])
    (side,) = report(books, ORG, TODAY).providers
    assert (side.items, side.agreed, side.amount) == (1, 1, eur("250.00"))


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


@pytest.mark.parametrize(
    "trouble", [Unavailable("provider_unavailable", "no"), NotFound("payment_not_found", "no")]
)
def test_one_provider_in_trouble_keeps_no_other_waiting(books, trouble):
    class InTrouble(Provider):
        def news(self, since):
            raise trouble

    made = {"mollie": InTrouble(), "stripe": Provider(paid(), name="stripe")}
    pairs = [(ORG, "mollie"), (ORG, "stripe")]
    found = compare_all(books, Asked(), lambda org, name: made[name], pairs, NOW)
    assert found.unavailable == ((ORG, "mollie"),)
    assert [c.provider for c in found.compared] == ["stripe"]


def test_after_days_of_silence_the_next_comparison_looks_back_over_all_of_them(books):
    received(books, "250.00", "F1")
    there = Provider(paid())
    for days, back in ((0, 3), (1, 3), (8, 8), (30, 3)):
        at = NOW + timedelta(days=days)
        compare_all(books, Asked(), lambda org, name: there, [(ORG, "mollie")], at)
        assert at - there.since == timedelta(days=back), days
    there.silent, there.listed = True, ()
    invoice(books, "F2", "1.00")
    received(books, "1.00", "F2", id="tr_2", now=NOW + 29 * DAY)
    found = compare_all(books, Asked(), lambda org, name: there, [(ORG, "mollie")], NOW + 30 * DAY)
    assert found.unavailable == ((ORG, "mollie"),), "it did not answer all that was asked"


def line(value, fee, id="tr_1"):
    return SettlementLine("payment", id, eur(value), eur(fee), eur(value) - eur(fee))


def payout(amount, *lines, paid_on=TODAY):
    return ProviderSettlement("mollie", "stl_1", "1234567.2609.01", eur(amount), paid_on, lines)


def test_a_payout_is_kept_once_and_found_by_what_the_bank_shows(books):
    received(books, "250.00", "F1")
    paid_out = payout("249.61", line("250.00", "0.39"))
    assert settled(books, Asked(), ORG, [paid_out], NOW) == (1, 0)
    assert settled(books, Asked(), ORG, [paid_out], NOW) == (0, 0)
    kept = settlement_of(books, ORG, "1234567.2609.01")
    assert (kept.gross, kept.fee, kept.unknown) == (eur("250.00"), eur("0.39"), 0)
    assert settlement_of(books, ORG, "nobody") is None
    assert settled(books, Asked(), ORG, [payout("1.00", paid_on=None)], NOW) == (0, 0)


def test_a_payout_that_does_not_add_up_is_a_task(books):
    settled(books, Asked(), ORG, [payout("249.00", line("250.00", "0.39"))], NOW)
    (task,) = tasks(books)
    assert (task.kind, task.amount, task.ours) == (
        DifferenceKind.PAYOUT, eur("249.00"), eur("249.61"),
    )  # fmt: skip


def test_payouts_that_say_the_same_on_the_statement_are_all_kept(books):
    for number, value in enumerate(("5.00", "6.00", "6.00")):
        one = ProviderSettlement("stripe", f"po_{number}", "STRIPE", eur(value), TODAY, ())
        assert settled(books, Asked(), ORG, [one], NOW)[0] == 1
    found = settlement_of(books, ORG, "STRIPE", eur("6.00"))
    assert (found.amount, settlement_of(books, ORG, "STRIPE").amount) == (eur("6.00"), eur("5.00"))
    assert settlement_of(books, ORG, "STRIPE", eur("7.00")).amount == eur("5.00")


def test_what_a_payout_has_of_ours_and_the_ledger_has_not_is_a_task(books):
    """The last net: nothing was heard of it, and no list reached back far enough."""
    received(books, "250.00", "F1")
    went(books, EntryKind.CHARGEBACK, "250.00", "chb_1")
    cost = SettlementLine("fee", "f", eur("0.00"), eur("0.39"), eur("-0.39"))
    lines = [line("250.00", "0.00"), cost, line("10.00", "0.00", id="tr_shop")]
    lines.append(replace(line("250.00", "0.00", id="tr_9"), reference="att_2"))
    lines += [
        replace(line("-250.00", "0.00", id="chb_1"), kind="reversal", payment_id="tr_1"),
        replace(line("-5.00", "0.00", id="re_1"), kind="refund", payment_id="tr_1"),
        replace(line("-5.00", "0.00", id="re_2"), kind="refund", payment_id="tr_shop"),
    ]
    asked = Asked()
    settled(books, asked, ORG, [payout("1.00", *lines, paid_on=None)], NOW)
    assert {(t.kind, t.what, t.provider_id, t.amount) for t in tasks(books)} == {
        (DifferenceKind.NOT_IN_LEDGER, NewsKind.PAYMENT, "tr_9", eur("250.00")),
        (DifferenceKind.NOT_IN_LEDGER, NewsKind.REFUND, "re_1", eur("5.00")),
        (DifferenceKind.RETURNED, NewsKind.CHARGEBACK, "chb_1", eur("250.00")),
    }
    assert asked == [
        ("att_2", "tr_9", "mollie"), ("", "tr_1", "mollie"), ("", "tr_1", "mollie"),
    ]  # fmt: skip
