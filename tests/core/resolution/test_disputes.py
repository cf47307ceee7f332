"""A dispute holds its part: nobody is asked for it, and money goes to the rest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.allocation import Order
from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import NotFound, Refused
from kasstroom.events.dunning import DunningStopped
from kasstroom.events.resolution import DisputeOpened, DisputeResolved
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.mandates.collection import LineState
from kasstroom.payments.allocation import allocate
from kasstroom.payments.link_terms import Terms, asked
from kasstroom.payments.links import by_token, create, invoices_of
from kasstroom.payments.model import Part
from kasstroom.payments.payable import Standing, payable, standing
from kasstroom.resolution.disputes import NewDispute, Outcome, decide, open_dispute
from kasstroom.resolution.model import Dispute, DisputeReason, DisputeState
from kasstroom.resolution.views import dispute_page
from kasstroom.settle import settle
from tests.collecting import Shelf, collects, export, lines, mandate, plan
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation, received

WHY = DisputeReason.NOT_DELIVERED
REJECTED, ACCEPTED, WITHDRAWN = (
    DisputeState.REJECTED, DisputeState.ACCEPTED, DisputeState.WITHDRAWN,
)  # fmt: skip


@pytest.fixture
def books():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00")
    return books


def disputed(books, number="F1", value=None, now=NOW) -> Dispute:
    new = NewDispute(number, WHY, eur(value) if value else None)
    return settle(books, lambda: open_dispute(books, ORG, new, "anna", now))


def decided(books, dispute, state, now=NOW + timedelta(hours=1)) -> Dispute:
    return settle(
        books, lambda: decide(books, ORG, dispute.id, Outcome(state, "looked at"), "bob", now)
    )


def owed(books, number="F1") -> str:
    return books.get(Invoice, ORG, "D1", number).claimable.value


def case(books) -> DunningCase:
    return books.get(DunningCase, ORG, "D1")


def code(refusing) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        refusing()
    return caught.value.code, caught.value.pointer


def test_a_disputed_invoice_stops_reminders_its_link_and_counts_as_behaviour(books):
    link = settle(books, lambda: create(books, ORG, "D1", ("F1",), token="t" * 32, now=NOW)).link
    assert case(books).next_action_at
    disputed(books)
    assert case(books).next_action_at is None
    assert standing(link, invoices_of(books, link)) is Standing.DISPUTED
    assert by_token(books, "t" * 32, NOW).id == link.id  # When it is rejected it opens again.
    assert books.get(CreditAccount, ORG, "D1").behaviour.disputes == 1
    assert [type(e) for e in books.events[-2:]] == [DisputeOpened, DunningStopped]


def test_a_part_is_held_and_the_rest_goes_on(books):
    disputed(books, value="100.00")
    assert owed(books) == "150.00" and case(books).next_action_at
    (item,) = case(books).items
    assert (item.open, item.claimable) == (eur("250.00"), eur("150.00"))
    wanted = asked(case(books).items, (), Terms(), NOW)
    assert wanted.amount == eur("150.00")


def test_rejected_or_withdrawn_it_is_asked_again_and_reminders_go_on(books):
    for state in (REJECTED, WITHDRAWN):
        dispute = disputed(books)
        assert owed(books) == "0.00"
        ended = decided(books, dispute, state)
        assert (ended.decided_by, ended.note) == ("bob", "looked at")
        assert owed(books) == "250.00" and case(books).next_action_at
    assert isinstance(books.events[-1], DisputeResolved)


def test_accepted_it_stays_held_until_the_credit_note_takes_it_off(books):
    dispute = disputed(books, value="100.00")
    decided(books, dispute, ACCEPTED)
    assert owed(books) == "150.00"
    invoice(books, "C1", "100.00", kind=DocumentKind.CREDIT_NOTE, credits="F1")
    after = books.get(Invoice, ORG, "D1", "F1")
    assert (after.claimable, after.disputed_minor) == (eur("150.00"), 0)


def test_an_accepted_dispute_can_still_be_taken_back_without_freeing_another(books):
    first, second = disputed(books, value="100.00"), disputed(books, value="30.00")
    decided(books, first, ACCEPTED)
    invoice(books, "C1", "100.00", kind=DocumentKind.CREDIT_NOTE, credits="F1")
    assert owed(books) == "120.00"
    decided(books, first, REJECTED)
    assert owed(books) == "120.00"
    decided(books, second, WITHDRAWN)
    assert owed(books) == "150.00"


def test_said_twice_changes_nothing_and_an_ended_one_stays_ended(books):
    dispute = disputed(books)
    decided(books, dispute, REJECTED)
    seen = len(books.events)
    decided(books, dispute, REJECTED)
    assert len(books.events) == seen
    assert code(lambda: decided(books, dispute, ACCEPTED)) == ("dispute_ended", "")


def test_what_cannot_be_disputed_says_why(books):
    assert code(lambda: disputed(books, value="250.01")) == ("more_than_open", "/body/amount/value")
    assert code(lambda: disputed(books, value="0.00"))[0] == "more_than_open"
    disputed(books)
    assert code(lambda: disputed(books)) == ("nothing_to_dispute", "/body/invoice")
    with pytest.raises(NotFound):
        disputed(books, "F9")
    open_ = Outcome(DisputeState.OPEN, "")
    with pytest.raises(NotFound):
        decide(books, ORG, "dsp_x", open_, "bob", NOW)


def test_a_link_over_a_disputed_invoice_is_refused_with_its_place(books):
    invoice(books, "F2", "80.00")
    disputed(books)
    wanted = asked(case(books).items, (), Terms(), NOW)
    assert wanted.invoices == ("F2",)
    refusal = code(lambda: asked(case(books).items, ("F2", "F1"), Terms(), NOW))
    assert refusal == ("invoice_disputed", "/body/invoices/1")


def test_who_pays_all_that_is_not_disputed_is_asked_nothing_more(books):
    invoice(books, "F2", "80.00")
    disputed(books, value="100.00")
    received(books, "230.00", "F1", "F2")
    assert (owed(books, "F1"), owed(books, "F2")) == ("0.00", "0.00")
    assert books.get(Invoice, ORG, "D1", "F1").open == eur("100.00")
    assert case(books).next_action_at is None


def test_who_pays_what_is_disputed_after_all_has_paid_it(books):
    disputed(books)
    received(books, "250.00", "F1")
    assert not books.get(Invoice, ORG, "D1", "F1").open


def test_a_direct_debit_leaves_out_what_came_to_be_disputed(books):
    collects(books)
    mandate(books)
    invoice(books, "F2", "80.00")
    collection = plan(books)
    disputed(books, value="10.00")
    export(books, Shelf(), collection.id)
    left = {line.invoices: (line.state, line.reason) for line in lines(books, collection.id)}
    assert left[("F1",)] == (LineState.LEFT_OUT, "disputed")
    assert left[("F2",)][0] is LineState.COLLECTING
    assert lines(books, plan(books, id="col_2").id) == []


def test_the_list_shows_the_newest_first_and_pages(books):
    invoice(books, "F2", "80.00")
    old = disputed(books)
    new = disputed(books, "F2", now=NOW + timedelta(minutes=5))
    decided(books, old, REJECTED)

    def ids(**how):
        page = dispute_page(books, ORG, **{"state": None, "debtor": "", "after": "", **how})
        return [item.id for item in page.items], page.next_cursor

    first, cursor = ids(limit=1)
    assert first == [new.id] and cursor
    assert ids(limit=1, after=cursor)[0] == [old.id]
    assert ids(limit=9, debtor="D1") == ([new.id, old.id], None)
    assert ids(limit=9, state=DisputeState.OPEN)[0] == [new.id]


@given(
    opens=st.lists(st.tuples(*[st.integers(0, 500)] * 4), min_size=1, max_size=4),
    paid=st.integers(1, 3_000),
    order=st.sampled_from(Order),
)
def test_money_goes_to_what_nobody_disputes_first(opens, paid, order):
    template = template_invoice()
    invoices = [
        replace(
            template, number=f"F{at}", open=eur("0.00") + money(principal), costs_minor=costs,
            interest_minor=interest, disputed_minor=held,
        )
        for at, (principal, costs, interest, held) in enumerate(opens)
    ]  # fmt: skip
    landed = allocate(money(paid), invoices, order=order)
    got = {i.number: 0 for i in invoices}
    for a in landed.allocations:
        assert a.amount.minor < 0
        got[a.invoice] -= a.amount.minor
    parts = [(a.invoice, a.part) for a in landed.allocations]
    assert len(parts) == len(set(parts))
    assert sum(got.values()) + landed.left.minor == paid
    into_held = any(got[i.number] > i.claimable.minor for i in invoices)
    if into_held and order is Order.LEGAL:
        assert all(got[i.number] >= i.claimable.minor for i in invoices)
    taken = [a for a in landed.allocations if a.part is not Part.PRINCIPAL]
    assert order is Order.LEGAL or not taken


def money(minor):
    return eur(f"{minor / 100:.2f}")


def template_invoice() -> Invoice:
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    return invoice(books, "F0", "1.00")


def test_the_page_of_a_partly_disputed_invoice_asks_the_rest(books):
    link = settle(books, lambda: create(books, ORG, "D1", ("F1",), token="t" * 32, now=NOW)).link
    disputed(books, value="100.00")
    assert payable(link, invoices_of(books, link)) == eur("150.00")
