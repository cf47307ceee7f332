"""A line becomes ledger in one transaction, or waits for somebody with a deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.bank.candidates import IbanMemory, Payer
from kasstroom.bank.model import LineKind, LineState, QueuedLine
from kasstroom.bank.usecases import Ways, match_line
from kasstroom.bank.waiting import deadline
from kasstroom.changes import Changes, Reference
from kasstroom.errors import Conflict, NotFound, Refused
from kasstroom.events.bank import BankLineWaiting
from kasstroom.invoices.model import DocumentKind, Invoice, InvoiceState
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.payments.model import EntryKind, UnmatchedMoney
from kasstroom.payments.payouts import Settlement
from kasstroom.payments.receiving import Manners
from kasstroom.payments.references import betalingskenmerk, rf_reference
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice
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


@pytest.fixture
def memory():
    return opened(MemoryBooks())


def test_a_named_invoice_is_paid_once_however_often_the_line_comes(memory):
    received(memory, "betaling f 2026 0001", "250.00")
    assert [run(memory), run(memory), run(memory)] == [LineState.MATCHED] * 3
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID
    (payment,) = entries(memory, EntryKind.PAYMENT)
    line = stored(memory)
    assert line.entries == (f"D1#{payment.id}",) and line.owner == ""
    assert memory.get(QueuedLine, ORG, id=ID).gone_at is not None
    check_balances(memory)


def test_a_payment_reference_is_found_though_the_number_is_not_there(memory):
    kenmerk = betalingskenmerk("000000000000123")
    new = NewInvoice(
        "X1", "D1", date(2026, 8, 1), eur("80.00"), payment_reference=f"{kenmerk[:8]} {kenmerk[8:]}"
    )
    settle(memory, lambda: book(memory, ORG, new, terms_days=30, now=NOW))
    received(memory, f"kenmerk {kenmerk}", "80.00", counterparty_name="P. Onbekend")
    assert run(memory) is LineState.MATCHED
    assert state_of(memory, "X1") is InvoiceState.PAID


def test_a_payment_reference_belongs_to_one_debtor(memory):
    def booked(number, who, reference):
        new = NewInvoice(number, who, date(2026, 8, 1), eur("80.00"), payment_reference=reference)
        return settle(memory, lambda: book(memory, ORG, new, terms_days=30, now=NOW))

    shared = rf_reference("KLANT1")
    booked("X1", "D1", shared)
    booked("X2", "D1", shared)
    with pytest.raises(Refused) as refused:
        booked("X3", "D2", shared)
    assert refused.value.pointer == "/body/payment_reference"
    booked("X3", "D2", "zonder controlegetal")
    assert memory.lookup(ORG, "payment_reference", shared).target == "X1"


def test_another_organisation_s_invoice_is_nobody_s(memory):
    """Its number, its exact amount, and whoever pays it there."""
    known = memory.get(Invoice, ORG, "D1", "F-2026-0001")
    theirs = replace(known, org="another", number="F-2026-0077", version=0)
    name = Reference("another", "invoice", theirs.number, "D1", theirs.number)
    memory.commit(Changes(create=(theirs, name)))
    received(
        memory, theirs.number, known.amount.value, counterparty_name="", counterparty_iban=""
    )  # fmt: skip
    assert run(memory) is LineState.OPEN and stored(memory).note == "nobody_found"
    with pytest.raises(NotFound):
        confirmed(memory, says(("D1", (theirs.number,))))


def test_too_much_stays_with_the_debtor_and_somebody_looks_at_it(memory):
    received(memory, "F-2026-0001", "260.00")
    assert run(memory) is LineState.MATCHED
    (left,) = memory.every(UnmatchedMoney)
    assert (left.amount, left.debtor) == (eur("10.00"), "D1")
    check_balances(memory)


def test_a_few_cents_are_closed_where_the_organisation_wants_that(memory):
    ways = Ways(manners=Manners(tolerance_minor=100))
    received(memory, "F-2026-0001", "249.50")
    run(memory, ways=ways)
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID
    check_balances(memory)
    reopened(memory)
    assert memory.get(Invoice, ORG, "D1", "F-2026-0001").open == eur("250.00")
    check_balances(memory)


def test_two_lines_at_once_do_not_pay_the_same_cents_twice(memory):
    received(memory, "F-2026-0001", "250.00")
    received(memory, "F-2026-0001", "250.00", id="2026-08-31_B")
    first, _ = match_line(memory, ORG, ID, NOW, Ways())
    second, _ = match_line(memory, ORG, "2026-08-31_B", NOW, Ways())
    memory.commit(first)
    with pytest.raises(Conflict):
        memory.commit(second)
    assert run(memory, "2026-08-31_B") is LineState.PROPOSED
    assert "settled_already" in stored(memory, "2026-08-31_B").proposals[0].why
    check_balances(memory)


def test_what_is_not_proven_has_an_owner_and_five_working_days(memory):
    received(memory, "", "250.00")
    assert run(memory) is LineState.PROPOSED
    line = stored(memory)
    assert line.proposals[0].debtor == "D1" and line.note == "not_proven"
    assert (line.owner, line.resolve_by) == ("credit_management", date(2026, 9, 8))
    (told,) = [e for e in memory.events if isinstance(e, BankLineWaiting)]
    assert told.proposals == len(line.proposals)
    later = NOW + timedelta(days=2)
    assert run(memory, now=later) is LineState.PROPOSED
    assert stored(memory) == line, "matching again moves no deadline"


def test_a_deadline_skips_weekends_and_holidays():
    assert deadline(date(2026, 12, 23)) == date(2026, 12, 31)


def paid_out(amount="99.00", line_id=""):
    return Settlement(
        ORG, "2026-08-31#mollie#stl_1", "mollie", "1234567.2608.01", eur(amount), eur("100.00"),
        eur("1.00"), date(2026, 8, 31), 1, 0, line_id,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("settlement", "state", "note"),
    [
        (paid_out(), LineState.CLEARED, "settlement 2026-08-31#mollie#stl_1"),
        (paid_out("98.00"), LineState.OPEN, "settlement_differs"),
        (paid_out(line_id="2026-08-31_Z"), LineState.OPEN, "settlement_differs"),
        (None, LineState.OPEN, "settlement_not_found"),
    ],
)
def test_a_payout_is_cleared_with_its_settlement_and_pays_no_invoice(
    memory, settlement, state, note
):
    if settlement:
        name = Reference(ORG, "settlement", settlement.reference, "", settlement.id)
        memory.commit(Changes(create=(settlement, name)))
    received(
        memory, "1234567.2608.01 F-2026-0002", "99.00", kind=LineKind.PAYOUT,
        counterparty_name="Stichting Mollie Payments",
    )  # fmt: skip
    assert run(memory) is state
    assert stored(memory).note == note and entries(memory, EntryKind.PAYMENT) == []
    if state is LineState.CLEARED:
        assert memory.get(Settlement, ORG, id=settlement.id).line_id == ID
        with pytest.raises(Refused):
            reopened(memory)


RETURN = {"kind": LineKind.RETURN, "return_reason": "MD06"}


def test_a_return_opens_the_invoice_again(memory):
    received(memory, "F-2026-0001", "250.00", end_to_end_id="SDD-77")
    run(memory)
    received(memory, "", "-250.00", id="2026-09-03_R", end_to_end_id="SDD-77", **RETURN)
    assert run(memory, "2026-09-03_R") is LineState.MATCHED
    assert state_of(memory, "F-2026-0001") is InvoiceState.OPEN
    (back,) = entries(memory, EntryKind.CHARGEBACK)
    assert back.reason == "MD06" and stored(memory, "2026-09-03_R").note == "returned: MD06"
    check_balances(memory)
    received(memory, "F-2026-0001", "-250.00", id="2026-09-03_S", end_to_end_id="SDD-77", **RETURN)
    assert run(memory, "2026-09-03_S") is LineState.OPEN, "nothing is returned twice"


def test_a_return_that_only_has_the_amount_waits_for_a_person(memory):
    received(memory, "F-2026-0001", "250.00")
    run(memory)
    received(memory, "retour", "-250.00", id="2026-09-03_R", **RETURN)
    assert run(memory, "2026-09-03_R") is LineState.PROPOSED
    assert stored(memory, "2026-09-03_R").proposals[0].invoices == ("F-2026-0001",)
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID


def test_a_deducted_credit_note_is_used_up(memory):
    invoice(memory, "C-1", "40.00", kind=DocumentKind.CREDIT_NOTE)
    received(memory, "F-2026-0001", "210.00")
    assert run(memory) is LineState.MATCHED
    assert state_of(memory, "F-2026-0001") is InvoiceState.PAID
    assert state_of(memory, "C-1") is InvoiceState.PAID
    check_balances(memory)


def test_all_that_a_known_account_pays_at_once_may_be_too_much_for_one_transaction(memory):
    debtor(memory, "D3")
    for at in range(45):
        invoice(memory, f"K-{at}", f"{at + 1}.00", debtor="D3")
    memory.commit(Changes(create=(IbanMemory(ORG, PAYER, (Payer("D3", 2, NOW.date()),)),)))
    received(memory, "", "1035.00", counterparty_name="Klant D3")
    assert run(memory) is LineState.PROPOSED
    assert stored(memory).note == "too_many_invoices"
