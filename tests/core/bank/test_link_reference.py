"""The reference that stands on a payment page, a letter and a reminder: who transfers with it is
found, whatever name or account pays."""

from __future__ import annotations

import pytest

from kasstroom.bank.model import LineState
from kasstroom.invoices.model import Invoice, InvoiceState
from kasstroom.payments.link_terms import Terms
from kasstroom.payments.links import create
from kasstroom.payments.model import PaymentLink
from kasstroom.payments.payable import payable
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur
from tests.received import (
    check_balances,
    confirmed,
    opened,
    received,
    reopened,
    run,
    says,
    state_of,
)


@pytest.fixture
def memory():
    return opened(MemoryBooks())


def link(memory, debtor="D1", terms=Terms()):
    return settle(
        memory, lambda: create(memory, ORG, debtor, (), token="A" * 22, now=NOW, terms=terms)
    ).link


def test_a_transfer_with_the_reference_of_a_link_pays_its_invoices(memory):
    made = link(memory)
    shown = " ".join(made.reference[n : n + 4] for n in range(0, len(made.reference), 4))
    received(memory, f"betaling {shown}", made.amount.value, counterparty_name="P. Onbekend")
    assert run(memory) is LineState.MATCHED
    assert {state_of(memory, number) for number in made.invoices} == {InvoiceState.PAID}
    check_balances(memory)


def test_a_part_by_reference_lands_on_the_invoices_of_the_link(memory):
    made = link(memory, terms=Terms(eur("40.00")))
    received(memory, made.reference, "40.00", counterparty_name="P. Onbekend")
    assert run(memory) is LineState.MATCHED
    left = sum(memory.get(Invoice, ORG, "D1", n).open.minor for n in made.invoices)
    opened_for = sum(memory.get(Invoice, ORG, "D1", n).amount.minor for n in made.invoices)
    assert opened_for - left == 4_000
    check_balances(memory)


def asked_on(memory, made):
    link = memory.get(PaymentLink, ORG, "D1", made.id)
    return payable(link, tuple(memory.get(Invoice, ORG, "D1", n) for n in link.invoices))


def test_an_instalment_that_was_transferred_is_not_asked_again_until_that_is_undone(memory):
    made = link(memory, terms=Terms(eur("40.00")))
    assert asked_on(memory, made) == eur("40.00")
    received(memory, made.reference, "25.00", counterparty_name="P. Onbekend")
    assert run(memory) is LineState.MATCHED
    assert asked_on(memory, made) == eur("15.00")
    reopened(memory)
    assert asked_on(memory, made) == eur("40.00")
    line = confirmed(memory, says(("D1", made.invoices[:1])))
    assert line.state is LineState.MATCHED
    assert asked_on(memory, made) == eur("15.00")
    check_balances(memory)


def test_a_reference_of_nobody_still_finds_nobody(memory):
    made = link(memory)
    wrong = made.reference[:-1] + ("A" if made.reference[-1] != "A" else "B")
    received(memory, wrong, "33.33", counterparty_name="P. Onbekend")
    assert run(memory) is not LineState.MATCHED
