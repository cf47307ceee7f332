"""Money the bank took back without saying of which payment: a person says, and may be wrong."""

from __future__ import annotations

import pytest

from kasstroom.bank.candidates import IbanMemory
from kasstroom.bank.model import LineKind, LineState, QueuedLine
from kasstroom.credit.model import CreditAccount
from kasstroom.errors import Conflict, NotFound, Refused
from kasstroom.invoices.model import InvoiceState
from kasstroom.payments.model import EntryKind, MoneyIn, UnmatchedMoney, WorkState
from tests.memory_books import MemoryBooks
from tests.people import ORG, eur
from tests.received import (
    ID,
    PAYER,
    check_balances,
    confirmed,
    entries,
    opened,
    received,
    reopened,
    run,
    says,
    state_of,
    stored,
)

BACK = "2026-09-03_R"
RETURN = {"kind": LineKind.RETURN, "return_reason": "AC04", "id": BACK}


@pytest.fixture
def memory():
    books = opened(MemoryBooks())
    received(books, "F-2026-0001", "250.00")
    run(books)
    return books


def came_back(memory, amount="-250.00", text="retour", **facts):
    received(memory, text, amount, **(RETURN | facts))
    return run(memory, BACK)


def test_a_proposed_return_is_confirmed_and_its_invoice_is_open_with_the_reason(memory):
    assert came_back(memory) is LineState.PROPOSED
    learned = memory.get(IbanMemory, ORG, id=PAYER)
    line = confirmed(memory, says(("D1", ("F-2026-0001",))), BACK)
    assert (line.state, line.note) == (LineState.MATCHED, "by anna")
    assert state_of(memory, "F-2026-0001") is InvoiceState.OPEN
    (gone,) = entries(memory, EntryKind.CHARGEBACK)
    assert (gone.amount, gone.reason, gone.by) == (eur("250.00"), "AC04", "anna")
    assert memory.get(IbanMemory, ORG, id=PAYER) == learned, "who is paid back proves no payer"
    assert memory.get(QueuedLine, ORG, id=BACK).state is LineState.MATCHED
    check_balances(memory)


def test_nobody_was_proposed_and_the_debtor_alone_says_enough(memory):
    came_back(memory, counterparty_name="Onbekend", counterparty_iban="")
    confirmed(memory, says(("D1",)), BACK)
    assert state_of(memory, "F-2026-0001") is InvoiceState.OPEN
    check_balances(memory)


def test_a_part_that_came_back_opens_that_part(memory):
    assert came_back(memory, "-40.00") is LineState.OPEN
    confirmed(memory, says(("D1",)), BACK)
    assert memory.get(CreditAccount, ORG, "D1").open_minor == 14_000
    (money,) = memory.all_of(MoneyIn, ORG, "D1")
    assert money.returned_minor == 4_000
    check_balances(memory)


def test_it_was_another_payment_after_all(memory):
    came_back(memory)
    confirmed(memory, says(("D1",)), BACK)
    line = reopened(memory, BACK)
    assert line.state is LineState.PROPOSED and line.owner == "anna" and not line.entries
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID
    assert len(entries(memory, EntryKind.CHARGEBACK)) == 1
    assert len(entries(memory, EntryKind.REVERSAL)) == 1
    assert run(memory, BACK) is LineState.PROPOSED, "not booked again by itself"
    confirmed(memory, says(("D1",)), BACK)
    assert state_of(memory, "F-2026-0001") is InvoiceState.OPEN
    check_balances(memory)


def test_what_was_certain_is_undone_just_so(memory):
    assert came_back(memory, text="F-2026-0001 retour") is LineState.MATCHED
    reopened(memory, BACK)
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID
    with pytest.raises(Conflict):
        reopened(memory, BACK)
    check_balances(memory)


def test_money_that_no_invoice_had_is_less_left(memory):
    received(memory, "D1", "75.00", id="2026-08-31_B")
    run(memory, "2026-08-31_B")
    confirmed(memory, says(("D1",)), "2026-08-31_B")
    came_back(memory, "-75.00")
    confirmed(memory, says(("D1",)), BACK)
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID
    assert {u.state for u in memory.every(UnmatchedMoney)} == {WorkState.RESOLVED}
    reopened(memory, BACK)
    assert {u.state for u in memory.every(UnmatchedMoney)} == {WorkState.OPEN}
    check_balances(memory)


@pytest.mark.parametrize(
    ("said", "error", "code", "pointer"),
    [
        (says(), Refused, "one_debtor", "/body/allocations"),
        (says(("D1",), ("D2",)), Refused, "one_debtor", "/body/allocations"),
        (says(("D2",)), NotFound, "payment_not_found", "/body/allocations/0"),
        (says(("D9",)), NotFound, "payment_not_found", "/body/allocations/0"),
        (says(("D1", ("F-2026-0002",))), NotFound, "payment_not_found", "/body/allocations/0"),
        (
            says(("D1", (), eur("1.00"))), Refused, "does_not_add_up",
            "/body/allocations/0/amount",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_says_where(memory, said, error, code, pointer):
    came_back(memory)
    with pytest.raises(error) as caught:
        confirmed(memory, said, BACK)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
    assert stored(memory, BACK).state is LineState.PROPOSED and not entries(
        memory, EntryKind.CHARGEBACK
    )


def test_two_payments_that_may_be_meant_are_told_apart_by_their_invoice(memory):
    received(memory, "F-2026-0002", "100.00", id="2026-08-31_B")
    run(memory, "2026-08-31_B")
    came_back(memory, "-50.00")
    with pytest.raises(Refused, match=r"F-2026-0001.*F-2026-0002|F-2026-0002.*F-2026-0001"):
        confirmed(memory, says(("D1",)), BACK)
    confirmed(memory, says(("D1", ("F-2026-0002",))), BACK)
    assert state_of(memory, "F-2026-0002") is not InvoiceState.PAID
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID


def test_more_than_a_payment_was_does_not_come_back_of_it(memory):
    came_back(memory, "-250.01")
    with pytest.raises(NotFound):
        confirmed(memory, says(("D1",)), BACK)
    assert stored(memory, ID).state is LineState.MATCHED


@pytest.mark.parametrize(
    ("name", "known"), [("Stripe Payments Europe", True), ("Klarna AB", False)]
)
def test_a_payout_pays_no_invoice_unless_a_person_knows_it_is_none(memory, name, known):
    """Who is a customer too may pay: of a provider we work with, it was booked already."""
    facts = {"counterparty_name": name, "kind": LineKind.PAYOUT, "id": "2026-08-31_P"}
    received(memory, "payout F-2026-0002", "100.00", **facts)
    assert run(memory, "2026-08-31_P") is LineState.OPEN
    said = says(("D1", ("F-2026-0002",)))
    if known:
        with pytest.raises(Refused):
            confirmed(memory, said, "2026-08-31_P")
        return
    confirmed(memory, said, "2026-08-31_P")
    assert state_of(memory, "F-2026-0002") is InvoiceState.PAID
