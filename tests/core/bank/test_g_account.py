"""One invoice paid on two accounts of ours, one of them blocked (G-account, chain liability)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.access.model import Actor
from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.accounts import NameAccount, g_accounts, put
from kasstroom.bank.matching import MatchPolicy
from kasstroom.bank.model import AccountKind, BankAccount, LineState
from kasstroom.bank.proposing import proposals
from kasstroom.bank.retrying import queue_due
from kasstroom.bank.usecases import Ways, match_whole, ways_of
from kasstroom.changes import Changes
from kasstroom.credit.warning import default_ground
from kasstroom.invoices.model import Invoice, InvoiceState
from kasstroom.organisations.model import Organisation
from kasstroom.settle import settle
from tests.bank_files import Jobs
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur
from tests.received import (
    ID,
    OURS,
    STATEMENT,
    check_balances,
    opened,
    received,
    run,
    state_of,
    stored,
)

ANNA = Actor("anna", ("credit_manager",))
BLOCKED, OTHER = "NL86INGB0002445588", "2026-08-31_B"
INVOICE = "F-2026-0001"
"""Of 250.00."""
SISTER = {"counterparty_name": "Klant D1 Noord", "counterparty_iban": ""}
"""A name that is alike and not the same: with a part of the invoice it proves nothing."""


@pytest.fixture
def memory():
    return opened(MemoryBooks())


def named(memory, iban=BLOCKED, **data):
    return settle(memory, lambda: put(memory, ORG, iban, NameAccount(**data), ANNA))


def ways(memory):
    return ways_of(memory.get(Organisation, ORG), default_ground, g_accounts(memory, ORG))


def credited(memory, amount, account=OURS, id=ID, **more):
    """On the statement of that account."""
    received(memory, f"nota {INVOICE}", amount, id=id, account=account, **(SISTER | more))
    if memory.find(BankStatement, ORG, account, STATEMENT) is None:
        ours = memory.get(BankStatement, ORG, OURS, STATEMENT)
        memory.commit(Changes(create=(replace(ours, account=account, version=0),)))


def test_an_account_is_told_to_be_one_and_stays_so(memory):
    assert named(memory, name="G-rekening", kind=AccountKind.G_ACCOUNT).version == 0
    assert g_accounts(memory, ORG) == {BLOCKED}
    assert named(memory, name="Geblokkeerd").kind is AccountKind.G_ACCOUNT
    assert named(memory, iban=OURS, name="Zakelijk").kind is AccountKind.CURRENT
    assert g_accounts(memory, ORG) == {BLOCKED}
    named(memory, kind=AccountKind.CURRENT)
    assert g_accounts(memory, ORG) == frozenset()


def test_an_account_stored_before_is_a_current_one():
    assert BankAccount(ORG, OURS).kind is AccountKind.CURRENT


@pytest.mark.parametrize("first", [ID, OTHER])
def test_two_parts_of_which_one_is_on_the_g_account_pay_the_invoice(memory, first):
    """In either order: the part on the G-account is booked, and the other is the exact rest."""
    named(memory, kind=AccountKind.G_ACCOUNT)
    credited(memory, "175.00")
    credited(memory, "75.00", BLOCKED, id=OTHER)
    for id in sorted((ID, OTHER), key=lambda id: id != first):
        run(memory, id, ways(memory))
    jobs = Jobs()
    queue_due(memory, jobs, NOW.replace(hour=12))
    for id in jobs.ids:
        match_whole(memory, ORG, id, NOW.replace(hour=12), ways(memory))
    assert [stored(memory, id).state for id in (ID, OTHER)] == [LineState.MATCHED] * 2
    assert state_of(memory, INVOICE) is InvoiceState.PAID
    assert "g_account" in stored(memory, OTHER).proposals[0].why
    assert "g_account" not in stored(memory, ID).proposals[0].why
    check_balances(memory)


@pytest.mark.parametrize("declared", [True, False])
def test_two_parts_on_current_accounts_wait_for_a_person(memory, declared):
    if declared:
        named(memory, "NL02ABNA0123456789", kind=AccountKind.G_ACCOUNT)
    credited(memory, "175.00")
    credited(memory, "75.00", BLOCKED, id=OTHER)
    for id in (ID, OTHER, ID):
        assert run(memory, id, ways(memory)) is LineState.PROPOSED
    assert memory.get(Invoice, ORG, "D1", INVOICE).open == eur("250.00")
    assert all("g_account" not in stored(memory, id).proposals[0].why for id in (ID, OTHER))


def test_a_person_sees_what_is_blocked(memory):
    credited(memory, "75.00", BLOCKED)
    policy = MatchPolicy(g_accounts=frozenset({BLOCKED}))
    page = proposals(memory, ORG, ID, Ways(policy))
    assert page.account_kind is AccountKind.G_ACCOUNT
    assert "g_account" in page.items[0].proposal.why
    assert proposals(memory, ORG, ID, Ways()).account_kind is AccountKind.CURRENT
