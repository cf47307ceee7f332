"""What people say of a line: whose it is, that it was not, or that it is nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.access.model import Actor
from kasstroom.bank.booking import most_invoices
from kasstroom.bank.candidates import IbanMemory
from kasstroom.bank.model import LineState
from kasstroom.bank.people import Why, confirm, reopen, set_aside
from kasstroom.bank.proposing import proposals
from kasstroom.bank.usecases import Ways
from kasstroom.changes import Changes
from kasstroom.errors import Conflict, Forbidden, NotFound, Refused
from kasstroom.events.bank import BankLineReopened
from kasstroom.invoices.model import InvoiceState
from kasstroom.payments.model import EntryKind, MoneyIn, UnmatchedMoney, WorkState
from kasstroom.settle import settle
from kasstroom_aws.books import LARGEST_TRANSACTION
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice
from tests.received import (
    ANNA,
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


@pytest.fixture
def memory():
    return opened(MemoryBooks())


def test_a_debtor_with_the_same_payer_is_known_next_time(memory):
    received(memory, "", "250.00")
    run(memory)
    confirmed(memory, says(("D1", ("F-2026-0001",))))
    received(memory, "", "100.00", id="2026-08-31_B")
    assert run(memory, "2026-08-31_B") is LineState.MATCHED
    assert state_of(memory, "F-2026-0002") is InvoiceState.PAID
    (payer,) = memory.get(IbanMemory, ORG, id=PAYER).payers
    assert (payer.debtor, payer.times) == ("D1", 2)


def test_a_line_over_two_debtors_adds_up_to_the_cent(memory):
    received(memory, "huur", "350.00")
    line = confirmed(memory, says(("D1", ("F-2026-0001",)), ("D2", ("F-2026-0009",))))
    assert line.state is LineState.MATCHED and len(line.entries) == 2
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID
    assert state_of(memory, "F-2026-0009", "D2") is InvoiceState.PAID
    check_balances(memory), check_balances(memory, "D2")
    received(memory, "", "100.00", id="2026-08-31_B")
    assert run(memory, "2026-08-31_B") is LineState.PROPOSED, "the account pays for both"


@pytest.mark.parametrize(
    ("said", "error", "code", "pointer"),
    [
        (says(), Refused, "wrong_count", "/body/allocations"),
        (says(("D9",)), NotFound, "debtor_not_found", "/body/allocations/0/debtor"),
        (says(("D1", ("F-2026-0001", "F-9"))), NotFound, "invoice_not_found",
         "/body/allocations/0/invoices/1"),
        (says(("D1",), ("D2", ("F-2026-0001",))), Refused, "amount_missing",
         "/body/allocations/0/amount"),
        (says(("D1", (), eur("1.00")), ("D2", ("F-2026-0001",))), NotFound, "invoice_not_found",
         "/body/allocations/1/invoices/0"),
        (says(("D1", (), eur("250.00")), ("D1", (), eur("100.00"))), Refused, "debtor_twice",
         "/body/allocations"),
        (says(("D1", (), eur("340.00"))), Refused, "does_not_add_up", "/body/allocations"),
        (says(("D1", (), eur("0.00"))), Refused, "not_positive",
         "/body/allocations/0/amount/value"),
        (says(("D1", tuple(f"F{n}" for n in range(39)))), Refused, "too_many_invoices",
         "/body/allocations"),
    ],
)  # fmt: skip
def test_what_does_not_fit_says_where(memory, said, error, code, pointer):
    received(memory, "", "350.00")
    before = stored(memory)
    with pytest.raises(error) as refused:
        confirmed(memory, said)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
    assert stored(memory) == before and entries(memory, EntryKind.PAYMENT) == []


def test_undone_and_matched_again_the_ledger_keeps_the_story(memory):
    received(memory, "F-2026-0001", "250.00")
    run(memory)
    line = reopened(memory)
    assert line.state is LineState.PROPOSED and line.owner == "anna" and line.entries == ()
    assert state_of(memory, "F-2026-0001") is InvoiceState.OPEN
    check_balances(memory)
    assert [e for e in memory.events if isinstance(e, BankLineReopened)]
    assert all(m.state is WorkState.RESOLVED for m in memory.every(UnmatchedMoney))
    confirmed(memory, says(("D2", ("F-2026-0009",))))
    assert state_of(memory, "F-2026-0009", "D2") is InvoiceState.PAID
    reopened(memory)
    confirmed(memory, says(("D1", ("F-2026-0001",))))
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID
    check_balances(memory), check_balances(memory, "D2")
    kinds = [e.kind for e in entries(memory) if e.source != "api"]
    assert sorted(kinds) == ["payment", "payment", "reallocation", "transfer"]
    assert memory.get(IbanMemory, ORG, id=PAYER).payers[0].debtor == "D1"


def test_money_that_went_back_is_not_undone(memory):
    received(memory, "F-2026-0001", "250.00")
    run(memory)
    (money,) = memory.all_of(MoneyIn, ORG, "D1")
    memory.commit(Changes(update=(replace(money, returned_minor=1),)))
    with pytest.raises(Refused) as refused:
        reopened(memory)
    assert refused.value.code == "went_back"


def test_set_aside_and_back(memory):
    received(memory, "teruggaaf omzetbelasting", "99.00", counterparty_name="Belastingdienst")
    aside = settle(memory, lambda: set_aside(memory, ORG, ID, Why("btw"), ANNA, NOW))
    assert aside.state is LineState.SET_ASIDE and "btw" in aside.note
    assert run(memory) is LineState.SET_ASIDE
    assert reopened(memory).state is LineState.OPEN
    with pytest.raises(Conflict):
        reopened(memory)


def test_only_people_of_finance_decide(memory):
    received(memory, "", "100.00")
    shop = Actor("webshop")
    for use in (
        lambda: confirm(memory, ORG, ID, says(("D1",)), shop, NOW, Ways()),
        lambda: reopen(memory, ORG, ID, Why("x"), shop, NOW, Ways()),
        lambda: set_aside(memory, ORG, ID, Why("x"), shop, NOW),
    ):
        with pytest.raises(Forbidden):
            use()


def test_a_person_sees_the_proposals_of_now(memory):
    received(memory, "", "250.00")
    run(memory)
    invoice(memory, "F-2026-0003", "250.00")
    page = proposals(memory, ORG, ID, Ways())
    assert page.items[0].name == "Klant D1" and page.why == ("not_proven",)
    assert "several_ways" in page.items[0].proposal.why
    assert {i.number for i in page.items[0].open_items} >= {"F-2026-0003"}


def test_as_many_invoices_as_fit_one_transaction(memory):
    numbers = tuple(f"G-2026-{at:04d}" for at in range(most_invoices(1) + 1))
    for number in numbers:
        invoice(memory, number, "10.00", debtor="D2")
    received(memory, "", "380.00")
    changes, _ = confirm(memory, ORG, ID, says(("D2", numbers[:-1])), ANNA, NOW, Ways())
    size = len(changes.create) + len(changes.update) + len(changes.events)
    assert 80 < size < LARGEST_TRANSACTION
    five = says(*((f"E{at}", (f"H{at}",), eur("10.00")) for at in range(5)))
    for at in range(5):
        debtor(memory, f"E{at}")
        invoice(memory, f"H{at}", "4.00", debtor=f"E{at}")
    received(memory, "", "50.00", id="2026-08-31_B")
    changes, _ = confirm(memory, ORG, "2026-08-31_B", five, ANNA, NOW, Ways())
    size = len(changes.create) + len(changes.update) + len(changes.events)
    assert size < LARGEST_TRANSACTION
