"""Money on the account: lines of an accepted statement, and everything matching learns before."""

from __future__ import annotations

from datetime import date
from typing import Any

from kasstroom.access.model import Actor, Role
from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.learning import learn
from kasstroom.bank.lines import line_stored
from kasstroom.bank.model import BankLine, LineKind, LineState, StatementFormat
from kasstroom.bank.people import Confirmation, Why, confirm, reopen
from kasstroom.bank.shares import ForDebtor
from kasstroom.bank.usecases import Ways, match_line
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.invoices.model import Invoice, InvoiceState
from kasstroom.payments.model import Entry, EntryKind
from kasstroom.settle import settle
from tests.people import NOW, ORG, debtor, eur, invoice, organisation

OURS = "NL91ABNA0417164300"
STATEMENT = "2026-08-31_1"
DAY = date(2026, 8, 31)
ANNA = Actor("anna", (Role.FINANCE,))
ID = "2026-08-31_A"
PAYER = "NL53KNAB0730699660"


def received(
    books: Any, text: str, amount: str, id: str = ID, kind=LineKind.RECEIPT, **more: Any
) -> BankLine:
    """A stored line that waits to be matched."""
    if books.find(BankStatement, ORG, OURS, STATEMENT) is None:
        accepted = BankStatement(
            ORG, OURS, STATEMENT, StatementFormat.CAMT_053, "S", "1", DAY, DAY, NOW, "import:1", 1
        )
        books.commit(Changes(create=(accepted,)))
    fields = {"counterparty_name": "Klant D1", "counterparty_iban": PAYER, "account": OURS} | more
    line = BankLine(
        org=ORG, id=id, statement=STATEMENT, position="1", kind=kind, amount=eur(amount),
        booked_on=DAY, value_on=DAY, imported_at=NOW, text=text, **fields,
    )  # fmt: skip
    books.commit(line_stored(line))
    return line


def learned(books: Any, *numbers: str, debtors: tuple[str, ...] = ()) -> None:
    """What the news of these invoices and debtors teaches."""
    news = [{"type": "invoice.issued", "subject": n, "debtor": ""} for n in numbers]
    news += [{"type": "debtor.created", "subject": d, "debtor": d} for d in debtors]
    for one in news:
        settle(books, lambda told=one: learn(books, told | {"organisation": ORG}))


def run(books: Any, id: str = ID, ways: Ways = Ways(), now: Any = NOW) -> LineState:
    return settle(books, lambda: match_line(books, ORG, id, now, ways))


def stored(books: Any, id: str = ID) -> BankLine:
    return books.get(BankLine, ORG, id=id)


def check_balances(books: Any, who: str = "D1") -> None:
    """The ledger's sums are the stored balances."""
    entries = books.all_of(Entry, ORG, who)
    invoices = books.all_of(Invoice, ORG, who)
    for one in invoices:
        parts = (a for e in entries for a in e.allocations)
        assert one.open.minor == sum(a.amount.minor for a in parts if a.invoice == one.number)
    account = books.get(CreditAccount, ORG, who)
    balance = account.open_minor + sum(account.unallocated.values())
    assert balance == sum(entry.amount.minor for entry in entries)
    case = books.get(DunningCase, ORG, who)
    assert {i.number: i.open for i in case.items} == {
        i.number: i.payable for i in invoices if i.payable
    }


def opened(books: Any) -> Any:
    """Van Dijk with two debtors and their invoices, known to matching."""
    organisation(books)
    debtor(books, "D1")
    debtor(books, "D2")
    invoice(books, "F-2026-0001", "250.00")
    invoice(books, "F-2026-0002", "100.00")
    invoice(books, "F-2026-0009", "100.00", debtor="D2")
    learned(books, "F-2026-0001", debtors=("D1", "D2"))
    return books


def state_of(books: Any, number: str, who: str = "D1") -> InvoiceState:
    return books.get(Invoice, ORG, who, number).state


def entries(books: Any, kind: EntryKind | None = None, who: str = "D1") -> list[Entry]:
    return [e for e in books.all_of(Entry, ORG, who) if kind in (None, e.kind)]


def says(*allocations: Any) -> Confirmation:
    return Confirmation(tuple(ForDebtor(*one) for one in allocations))


def confirmed(books: Any, said: Confirmation, id: str = ID, ways: Ways = Ways()) -> BankLine:
    return settle(books, lambda: confirm(books, ORG, id, said, ANNA, NOW, ways))


def reopened(books: Any, id: str = ID) -> BankLine:
    return settle(books, lambda: reopen(books, ORG, id, Why("verkeerd"), ANNA, NOW, Ways()))
