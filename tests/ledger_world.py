"""Two organisations whose debtor D1 has the same invoice numbers, and all that moves money there.

Whatever is committed is looked at: it stays in its organisation, is booked once, and tells of every
invoice that is settled or open again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.lines import line_stored
from kasstroom.bank.model import BankLine, LineKind, StatementFormat
from kasstroom.bank.people import Confirmation, Why, confirm, reopen
from kasstroom.bank.shares import ForDebtor
from kasstroom.bank.usecases import Ways
from kasstroom.changes import Changes
from kasstroom.credit.warning import default_ground
from kasstroom.debtors.model import Contact, Debtor, DebtorKind
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.dunning.charging import Charging, charged
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.strategy import Step, StepKind
from kasstroom.errors import Conflict, Refused
from kasstroom.invoices.model import Invoice
from kasstroom.mandates import booking as direct_debit
from kasstroom.mandates.collection import Collecting, CollectionLine, LineState
from kasstroom.mandates.model import Mandate, Scheme
from kasstroom.mandates.standing import paused
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.giving_back import Movement, come_back, give_back
from kasstroom.payments.landing import open_of
from kasstroom.payments.loading import load
from kasstroom.payments.model import Entry, EntryKind, MoneyIn, Part, UnmatchedMoney
from kasstroom.payments.posting import Position, Posted, changes_of
from kasstroom.payments.receiving import Incoming, Manners, listing, receive
from kasstroom.payments.unmatched import id_of, listed
from tests.memory_books import MemoryBooks

ORGS, WHO, MANDATE = ("vandijk", "deboer"), "D1", "mnd_1"
BEA = Actor("bea", (Role.CREDIT_MANAGER, Role.FINANCE))
SETTLES = ("invoice.paid", "invoice.credited", "invoice.written_off", "invoice.charged")
IBAN = "NL91ABNA0417164300"


class LedgerWorld:
    def __init__(self) -> None:
        self.books, self.now, self.count = MemoryBooks(), datetime(2026, 9, 1, 8, tzinfo=UTC), 0
        self.went: list[tuple[str, str, Entry]] = []
        self.collections: list[CollectionLine] = []
        self.lines: list[tuple[str, str]] = []
        self.heard: Callable[[Changes], None] = lambda changes: None
        data = DebtorData("Klant", DebtorKind.COMPANY, Language.NL, contact=Contact())
        for org in ORGS:
            self.do(org, lambda o=org: register(self.books, o, WHO, data, self.now))
            mandate = Mandate(
                org, WHO, MANDATE, "M-1", Scheme.CORE, IBAN, "Klant", date(2026, 8, 1), self.now
            )
            self.do(org, lambda m=mandate: (Changes(create=(m, Collecting(m.org, WHO))), m))

    def next(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count:03}"

    def do(self, org: str, plan: Callable[[], tuple[Changes, Any]]) -> Any:
        """None when it is refused; said again nothing is booked again."""
        self.now += timedelta(minutes=1)
        try:
            changes, result = plan()
        except Refused:
            return None
        if not changes:
            return result
        touched = (*changes.create, *changes.update, *changes.events)
        assert {one.org for one in touched if one.org} == {org}
        told = {(event.TYPE, event.subject) for event in changes.events}
        for invoice in (i for i in changes.update if isinstance(i, Invoice)):
            self._is_told(invoice, told)
        self.books.commit(changes)
        self.heard(changes)
        if any(isinstance(entity, Entry) for entity in changes.create):
            with pytest.raises(Conflict):
                self.books.commit(changes)
        return result

    def _is_told(self, after: Invoice, told: set[tuple[str, str]]) -> None:
        before = self.books.get(Invoice, after.org, WHO, after.number)
        if after.amount.minor < 0 or bool(before.payable) == bool(after.payable):
            return
        kinds = ("invoice.reopened",) if after.payable else SETTLES
        assert any((kind, after.number) in told for kind in kinds), (before, after, told)

    def all(self, kind: type, org: str) -> list[Any]:
        return self.books.all_of(kind, org, WHO)

    def invoice(self, org: str, at: int) -> str:
        numbers = [i.number for i in self.all(Invoice, org)]
        return numbers[at % len(numbers)] if numbers else ""

    def part_of(self, org: str, number: str, part: Part) -> int:
        return open_of(self.books.get(Invoice, org, WHO, number), part)

    def money(self, org: str, at: int) -> MoneyIn | None:
        known = self.all(MoneyIn, org)
        return known[at % len(known)] if known else None

    def position(self, org: str, numbers: tuple[str, ...], *money: MoneyIn) -> Position:
        return load(self.books, org, WHO, numbers, money)

    def booked(
        self, before: Position, posted: Posted, money: MoneyIn, *, new: bool = False
    ) -> Changes:
        changes = changes_of(before, posted, self.now)
        if new:
            entry = next(e for e in posted.entries if e.id == money.id)
            changes += Changes(create=(listing(entry),))
        known = self.books.find(UnmatchedMoney, money.org, id=id_of(money.id))
        return changes + listed(posted.position.money[money.id], known, self.now)

    def paid(self, org: str, amount: Money, numbers: tuple[str, ...], named: bool, day: date,
             manners: Manners) -> None:  # fmt: skip
        incoming = Incoming(
            org, WHO, amount, "mollie", self.next("tr_"), "ideal", day, numbers if named else ()
        )

        def plan() -> tuple[Changes, None]:
            before = self.position(org, numbers)
            posted, money = receive(Posted(before), incoming, self.now, manners)
            return self.booked(before, posted, money, new=True), None

        self.do(org, plan)

    def gave_back(self, org: str, money: MoneyIn, minor: int, kind: EntryKind) -> None:
        amount = Money(minor, money.amount.currency)
        gone = Movement(kind, amount, "mollie", self.next("re_"), self.now, "AC04")

        def plan() -> tuple[Changes, Entry]:
            before = self.position(org, money.pays, money)
            posted = give_back(Posted(before), money, gone, self.now)
            return self.booked(before, posted, money), posted.entries[-1]

        self.went.append((org, money.id, self.do(org, plan)))

    def came_back(self, at: int) -> None:
        org, id, went = self.went.pop(at % len(self.went))
        charged_back = went.kind is EntryKind.CHARGEBACK
        kind = EntryKind.REVERSAL if charged_back else EntryKind.REFUND_RETURNED
        came = Movement(kind, went.amount, went.source, went.external_id, self.now)
        money = self.books.get(MoneyIn, org, WHO, id)

        def plan() -> tuple[Changes, None]:
            numbers = (*money.pays, *(a.invoice for a in went.allocations))
            before = self.position(org, numbers, money)
            return self.booked(
                before, come_back(Posted(before), money, came, self.now, went), money
            ), None

        self.do(org, plan)

    def collecting(self, org: str, number: str) -> None:
        """Announced and in the file: reminders wait."""
        invoice = self.books.get(Invoice, org, WHO, number)
        claims = self.books.get(Collecting, org, WHO)
        if invoice.claimable.minor <= 0 or invoice.claimable.currency != "EUR":
            return
        day = self.now.date() + timedelta(days=2)
        line = CollectionLine(
            org, "col_1", self.next("KS"), WHO, MANDATE, (number,), invoice.claimable, None, day,
            LineState.COLLECTING,
        )  # fmt: skip
        case = paused(self.books.get(DunningCase, org, WHO), day, self.now)
        pauses = Changes((line,), (claims.with_lines([line]), case))
        self.do(org, lambda: (pauses, None))
        self.collections.append(line)

    def collected(self, at: int) -> None:
        seen = self.collections[at % len(self.collections)]
        line = self.books.get(CollectionLine, seen.org, seen.collection, seen.id)
        how: dict[str, Any] = {"grounds": default_ground}
        claims = self.books.get(Collecting, line.org, WHO)
        if line.state is LineState.COLLECTING:
            credited = direct_debit.Credited(line.amount, self.now.date(), "bank-1")
            before = self.position(line.org, line.invoices)
            self.do(line.org, lambda: direct_debit.collected(
                line, credited, before, claims, self.now, manners=Manners(), **how
            ))  # fmt: skip
            return
        money = self.books.get(MoneyIn, line.org, WHO, line.money_id)
        taken = direct_debit.Taken(line.amount, "MD06", "bank-2")
        before = self.position(line.org, money.pays, money)
        known = self.books.find(UnmatchedMoney, line.org, id=id_of(money.id))
        mandate = self.books.get(Mandate, line.org, WHO, MANDATE)
        self.do(line.org, lambda: direct_debit.returned(
            line, taken, money, before, mandate, claims, known, self.now, **how
        ))  # fmt: skip

    def banked(self, org: str, minor: int, number: str, account: str, tolerance: int) -> None:
        """A person says whose a line is; `account` may be a blocked one (G-account)."""
        id, day = self.next("line_"), self.now.date()
        line = BankLine(
            org, id, account, "s1", "1", LineKind.RECEIPT, Money(minor), day, day, self.now
        )
        told = BankStatement(
            org, account, "s1", StatementFormat.CAMT_053, "S", "1", day, day, self.now, "i:1", 1
        )
        if self.books.find(BankStatement, org, account, "s1") is None:
            self.do(org, lambda: (Changes(create=(told,)), None))
        self.do(org, lambda: (line_stored(line), None))
        said = Confirmation((ForDebtor(WHO, (number,) if number else ()),))
        ways = Ways(manners=Manners(tolerance_minor=tolerance))
        self.do(org, lambda: confirm(self.books, org, id, said, BEA, self.now, ways))
        self.lines.append((org, id))

    def unbanked(self, at: int) -> None:
        org, id = self.lines.pop(at % len(self.lines))
        why = Why("not theirs")
        self.do(org, lambda: reopen(self.books, org, id, why, BEA, self.now, Ways()))

    def reminded(self, org: str, days: int) -> None:
        """The step that puts costs and interest on what is late, so many days from now."""
        debtor, now = self.books.get(Debtor, org, WHO), self.now + timedelta(days=days)
        step = Step(StepKind.FINAL_DEMAND, 1, costs=True, interest=True)
        entries = tuple(self.all(Entry, org))

        def plan() -> tuple[Changes, None]:
            numbers = tuple(i.number for i in self.all(Invoice, org))
            before = self.position(org, numbers)
            how = Charging(debtor, step, entries, {}, self.next("msg_"), now)
            posted = charged(Posted(before), how)
            case = replace(posted.position.case, sequence=self.count)
            return changes_of(
                before, replace(posted, position=replace(posted.position, case=case)), self.now
            ), None

        self.do(org, plan)
