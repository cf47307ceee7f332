"""What a debtor answers behind a link: paid, cannot pay, does not agree. Each once, none further
than the link."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.dunning.model import BlockReason, DunningCase, Scope
from kasstroom.dunning.pausing import Pause, lift
from kasstroom.errors import NotFound, Refused
from kasstroom.events.dunning import DunningBlocked
from kasstroom.events.resolution import DisputeOpened, ReplyReceived
from kasstroom.payments.link_terms import Terms
from kasstroom.payments.links import create, invoices_of
from kasstroom.payments.payable import Standing, payable, standing
from kasstroom.resolution.disputes import Outcome, decide
from kasstroom.resolution.model import Dispute, DisputeReason, DisputeState
from kasstroom.resolution.objecting import MOST_PER_INVOICE, disagree, objections
from kasstroom.resolution.replies import MOST_ONE_BY_ONE, cannot_pay, done, says_paid
from kasstroom.resolution.reply_model import (
    DEBTOR,
    DebtorReply,
    Disagrees,
    QueuedReply,
    ReplyKind,
    SaysPaid,
)
from kasstroom.resolution.reply_views import reply_page
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation, received

WEEK = timedelta(days=7)
WHY = DisputeReason.WRONG_AMOUNT


@pytest.fixture
def books():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    for number, amount in (("F1", "250.00"), ("F2", "80.00"), ("F3", "10.00")):
        invoice(books, number, amount)
    return books


def link(books, *numbers, **terms):
    numbers, token = numbers or ("F1", "F2"), str(len(books._items)) * 8
    asked = Terms(**terms)
    return settle(
        books, lambda: create(books, ORG, "D1", numbers, token=token, now=NOW, terms=asked)
    ).link


def paid(books, link, *numbers, now=NOW, **said) -> DebtorReply:
    return settle(books, lambda: says_paid(books, link, SaysPaid(numbers, **said), now))


def poor(books, link, text="", now=NOW) -> DebtorReply:
    return settle(books, lambda: cannot_pay(books, link, text, now))


def objects(books, link, number, value=None, now=NOW) -> Dispute:
    said = Disagrees(number, WHY, eur(value) if value else None, "Te veel")
    return settle(books, lambda: disagree(books, link, said, now))


def case(books) -> DunningCase:
    return books.get(DunningCase, ORG, "D1")


def held(books, number, now=NOW) -> bool:
    (item,) = [item for item in case(books).items if item.number == number]
    return any(block.holds(now) for block in item.blocks)


def told(books, kind) -> list:
    return [event for event in books.events if isinstance(event, kind)]


def test_already_paid_holds_these_invoices_for_a_week_and_no_others(books):
    reply = paid(books, link(books), paid_on=date(2026, 8, 28), account_end="0417")
    assert (reply.kind, reply.invoices, reply.until) == ("paid", ("F1", "F2"), NOW + WEEK)
    assert [held(books, n) for n in ("F1", "F2", "F3")] == [True, True, False]
    assert not held(books, "F1", NOW + WEEK)  # Reminders go on by themselves.
    pauses = books.all_of(Pause, ORG, "D1")
    assert {(p.invoice, p.scope, p.reason, p.set_by) for p in pauses} == {
        (n, Scope.INVOICE, BlockReason.SAYS_PAID, DEBTOR) for n in ("F1", "F2")
    }
    assert len(told(books, DunningBlocked)) == 2
    (event,) = told(books, ReplyReceived)
    assert (event.kind, event.invoices, event.subject) == ("paid", ("F1", "F2"), reply.id)


def test_said_again_nothing_changes_also_not_when_the_week_is_over(books):
    over = link(books)
    first = paid(books, over, "F1")
    before = case(books)
    assert paid(books, over, "F1", now=NOW + timedelta(days=1)) == books.get(
        DebtorReply, ORG, "D1", first.id
    )
    assert paid(books, over, "F1", now=NOW + 2 * WEEK).id == first.id
    assert case(books) == before and len(told(books, ReplyReceived)) == 1
    second = paid(books, over, now=NOW + WEEK)  # Of the two, one is news.
    assert second.invoices == ("F2",) and not held(books, "F1", NOW + WEEK)


def test_a_person_can_lift_what_the_debtor_paused(books):
    paid(books, link(books), "F1")
    (pause,) = books.all_of(Pause, ORG, "D1")
    settle(books, lambda: lift(books, ORG, pause.id, "anna", NOW))
    assert not held(books, "F1")


def test_of_very_many_invoices_the_case_pauses(books):
    numbers = tuple(f"M{n}" for n in range(MOST_ONE_BY_ONE + 1))
    for number in numbers:
        invoice(books, number, "5.00")
    paid(books, link(books, *numbers))
    (pause,) = books.all_of(Pause, ORG, "D1")
    assert (pause.scope, pause.invoice) == (Scope.CASE, "")
    assert [b.reason for b in case(books).blocks] == [BlockReason.SAYS_PAID]


def test_what_is_not_asked_cannot_be_answered(books):
    over = link(books, "F1")
    for said in (lambda: paid(books, over, "F2"), lambda: paid(books, over, "nonsense")):
        with pytest.raises(Refused, match="asked for"):
            said()
    received(books, "250.00", "F1")
    for said in (lambda: paid(books, over), lambda: poor(books, over)):
        with pytest.raises(Refused) as caught:
            said()
        assert caught.value.code == "nothing_open"


def test_cannot_pay_pauses_all_and_waits_for_a_person_once(books):
    reply = poor(books, link(books, "F1"), "Ontslagen per 1 september")
    (block,) = case(books).blocks
    assert (block.reason, block.until) == (BlockReason.CANNOT_PAY, NOW + WEEK)
    assert case(books).next_action_at == NOW + WEEK
    again = poor(books, link(books, "F2"), "Nog steeds", NOW + 2 * WEEK)
    assert again.id == reply.id and len(case(books).blocks) == 1
    (item,) = reply_page(books, ORG, kind=None, after="", limit=10, now=NOW).items
    assert (item.text, item.name) == ("Ontslagen per 1 september", "Klant D1")


def test_done_is_done_once_and_then_it_may_be_said_again(books):
    over = link(books)
    reply = poor(books, over)
    for by in ("anna", "bob"):
        after = settle(books, lambda by=by: done(books, ORG, reply.id, by, "regeling", NOW))
        assert (after.done_by, after.note) == ("anna", "regeling")
    assert not reply_page(books, ORG, kind=None, after="", limit=10, now=NOW).items
    assert books.get(QueuedReply, ORG, id=reply.id).gone_at
    assert poor(books, over, now=NOW + WEEK).id != reply.id
    with pytest.raises(NotFound):
        settle(books, lambda: done(books, ORG, "rpl_404", "anna", "", NOW))


def test_the_list_is_the_oldest_first_and_what_is_over_leaves_it(books):
    first = paid(books, link(books, "F1"))
    second = poor(books, link(books, "F2"), now=NOW + timedelta(hours=1))

    def listed(kind=None, now=NOW, limit=10, after=""):
        page = reply_page(books, ORG, kind=kind, after=after, limit=limit, now=now)
        return [item.id for item in page.items], page.next_cursor

    assert listed() == ([first.id, second.id], None)
    assert listed(ReplyKind.CANNOT_PAY) == ([second.id], None)
    assert listed(limit=1) == ([first.id], first.id)
    assert listed(limit=1, after=first.id) == ([second.id], second.id)
    assert listed(now=NOW + WEEK) == ([second.id], None)


def test_a_dispute_holds_the_invoice_and_is_opened_once(books):
    over = link(books)
    dispute = objects(books, over, "F1", "100.00")
    assert (dispute.opened_by, dispute.amount, dispute.detail) == (DEBTOR, eur("100.00"), "Te veel")
    assert payable(over, invoices_of(books, over)) == eur("230.00")
    assert objects(books, over, "F1", "50.00").id == dispute.id
    assert len(told(books, DisputeOpened)) == len(told(books, ReplyReceived)) == 1
    objects(books, over, "F2")
    settle(books, lambda: decide(books, ORG, dispute.id, _rejected(), "anna", NOW))
    objects(books, over, "F1")
    assert standing(over, invoices_of(books, over)) is Standing.DISPUTED


def _rejected() -> Outcome:
    return Outcome(DisputeState.REJECTED, "het klopt")


def test_an_invoice_that_was_looked_at_often_is_for_the_telephone(books):
    over = link(books)
    for _ in range(MOST_PER_INVOICE):
        dispute = objects(books, over, "F1")
        settle(books, lambda id=dispute.id: decide(books, ORG, id, _rejected(), "anna", NOW))
    assert set(objections(books, over).most) == {"F2"}
    with pytest.raises(Refused) as caught:
        objects(books, over, "F1")
    assert caught.value.code == "nothing_to_dispute"


@pytest.mark.parametrize(
    ("number", "value", "code"),
    [("F3", None, "nothing_to_dispute"), ("F1", "250.01", "more_than_open")],
)
def test_nobody_disputes_more_than_the_link_covers(books, number, value, code):
    with pytest.raises(Refused) as caught:
        objects(books, link(books), number, value)
    assert caught.value.code == code and not books.all_of(Dispute, ORG, "D1")


@settings(max_examples=40, deadline=None)
@given(part=st.integers(1, 33_000), asks=st.lists(st.integers(1, 40_000), min_size=1, max_size=4))
def test_of_a_part_no_more_than_the_part_is_disputed(part, asks):
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00")
    invoice(books, "F2", "80.00")
    over = link(books, amount=eur(f"{part / 100:.2f}"))
    for at, minor in enumerate(asks):
        try:
            objects(books, over, ("F1", "F2")[at % 2], f"{minor / 100:.2f}")
        except Refused as error:
            assert error.code in ("more_than_open", "nothing_to_dispute")
    disputes = books.all_of(Dispute, ORG, "D1")
    assert sum(d.amount.minor for d in disputes) <= part
    assert len({d.invoice for d in disputes}) == len(disputes)
