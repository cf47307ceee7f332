"""Anything may happen to a debtor's money in any order: the balances are the sums of the entries,
no cent appears or is lost, and what is said twice is booked once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Refused
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.invoices.usecases import Standing
from kasstroom.invoices.usecases import decide as book_invoice
from kasstroom.money import Money
from kasstroom.payments.adjusting import charge, recover, write_off
from kasstroom.payments.giving_back import Movement, come_back, give_back
from kasstroom.payments.model import Allocation, Entry, EntryKind, MoneyIn, Part
from kasstroom.payments.moving import move
from kasstroom.payments.posting import Position, Posted, changes_of, key_of
from kasstroom.payments.receiving import Incoming, Manners, receive
from kasstroom.risk.recount import recount
from tests.people import ORG

cents = st.integers(1, 60_000)
places = st.integers(0, 9)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.account, self.case = CreditAccount(ORG, "D1"), DunningCase(ORG, "D1")
        self.invoices: dict[str, Invoice] = {}
        self.money: dict[str, MoneyIn] = {}
        self.entries: list[Entry] = []
        self.gone: list[tuple[str, Movement]] = []
        self.received = self.sent = 0
        self.now = datetime(2026, 9, 1, 8, tzinfo=UTC)

    def position(self, numbers, money=()):
        chosen = {number: self.invoices[number] for number in numbers}
        return Position(self.account, self.case, chosen, {m.id: m for m in money})

    def take(self, before, posted):
        self.take_changes(changes_of(before, posted, self.now))

    def take_changes(self, changes):
        self.now += timedelta(minutes=1)
        for entity in (*changes.create, *changes.update):
            match entity:
                case Invoice():
                    self.invoices[entity.number] = replace(entity, version=entity.version + 1)
                case CreditAccount():
                    self.account = entity
                case DunningCase():
                    self.case = entity
                case MoneyIn():
                    self.money[entity.id] = replace(entity, version=entity.version + 1)
                case Entry():
                    key = key_of(entity.source, entity.external_id, entity.kind)
                    known = {key_of(e.source, e.external_id, e.kind) for e in self.entries}
                    assert key not in known
                    self.entries.append(entity)

    def some_invoice(self, at):
        return sorted(self.invoices)[at % len(self.invoices)]

    def some_money(self, at):
        return self.money[sorted(self.money)[at % len(self.money)]]

    def touched(self, money):
        return sorted({allocation.invoice for allocation in money.allocations})

    @rule(minor=st.one_of(cents, cents, st.integers(-20_000, -1)), due_on=days, at=places)
    def invoiced(self, minor, due_on, at):
        kind = DocumentKind.INVOICE if minor > 0 else DocumentKind.CREDIT_NOTE
        number, amount = f"F{len(self.invoices):03}", Money(minor)
        named = self.invoices[self.some_invoice(at)] if minor < 0 and self.invoices else None
        item = Invoice(ORG, "D1", number, kind, due_on, due_on, amount, amount, self.now)
        credited = named if named and named.open.minor > 0 else None
        standing = Standing(self.account, self.case, credited)
        self.take_changes(book_invoice(item, standing, self.now)[0])

    @precondition(lambda self: self.invoices)
    @rule(minor=cents, which=st.sets(places, max_size=4), named=st.booleans(), paid_on=days,
          tolerance=st.sampled_from([0, 0, 25]))  # fmt: skip
    def money_came(self, minor, which, named, paid_on, tolerance):
        numbers = tuple(dict.fromkeys(self.some_invoice(at) for at in sorted(which)))
        before = self.position(numbers)
        incoming = Incoming(
            ORG, "D1", Money(minor), "mollie", f"tr_{len(self.money)}", "ideal", paid_on,
            numbers if named else (),
        )  # fmt: skip
        posted, _ = receive(Posted(before), incoming, self.now, Manners(tolerance_minor=tolerance))
        self.take(before, posted)
        self.received += minor

    @precondition(lambda self: self.money)
    @rule(at=places, part=st.floats(0.01, 1.0), kind=st.sampled_from(["refund", "chargeback"]))
    def money_went_back(self, at, part, kind):
        money = self.some_money(at)
        amount = Money(max(1, int(money.amount.minor * part)))
        movement = Movement(EntryKind(kind), amount, "mollie", f"re_{len(self.entries)}", self.now)
        before = self.position(self.touched(money), (money,))
        self.take(before, give_back(Posted(before), money, movement, self.now))
        self.gone.append((money.id, movement))
        self.sent += amount.minor

    @precondition(lambda self: self.gone)
    @rule(at=places)
    def money_came_back(self, at):
        id, gone = self.gone.pop(at % len(self.gone))
        charged = gone.kind is EntryKind.CHARGEBACK
        kind = EntryKind.REVERSAL if charged else EntryKind.REFUND_RETURNED
        money = self.money[id]
        before = self.position(self.touched(money), (money,))
        movement = replace(gone, kind=kind)
        self.take(before, come_back(Posted(before), money, movement, self.now))
        self.sent -= gone.amount.minor

    @precondition(lambda self: self.money and self.invoices)
    @rule(at=places, which=st.lists(st.tuples(places, cents), max_size=3))
    def moved(self, at, which):
        money = self.some_money(at)
        wanted = {self.some_invoice(place): minor for place, minor in which}
        before = self.position({*wanted, *self.touched(money)}, (money,))
        allocations = tuple(Allocation(number, Money(m)) for number, m in wanted.items())
        try:
            posted = move(
                Posted(before), money, allocations, now=self.now, by="anna", reason="told so"
            )
        except Refused:
            return
        self.take(before, posted)

    @precondition(lambda self: self.invoices)
    @rule(
        at=places, minor=cents, what=st.sampled_from(["off", "back", "costs", "interest", "waive"])
    )
    def adjusted(self, at, minor, what):
        number = self.some_invoice(at)
        before, id = self.position([number]), f"adj_{len(self.entries)}"
        more = {"id": id, "now": self.now, "by": "anna", "reason": "because"}
        posted, amount = Posted(before), Money(minor)
        try:
            match what:
                case "off":
                    posted = write_off(posted, number, amount, **more)
                case "back":
                    posted = recover(posted, number, amount, **more)
                case "waive":
                    posted = charge(posted, number, EntryKind.COSTS, -amount, **more)
                case _:
                    posted = charge(posted, number, EntryKind(what), amount, **more)
        except Refused:
            return
        self.take(before, posted)

    @invariant()
    def balances_are_sums(self):
        for number, invoice in self.invoices.items():
            sums = dict.fromkeys(Part, 0)
            for entry in self.entries:
                for allocation in entry.allocations:
                    if allocation.invoice == number:
                        sums[allocation.part] += allocation.amount.minor
            stored = (invoice.open.minor, invoice.costs_minor, invoice.interest_minor)
            assert stored == (sums[Part.PRINCIPAL], sums[Part.COSTS], sums[Part.INTEREST])
        balance = sum(entry.amount.minor for entry in self.entries)
        left = self.account.unallocated.get("EUR", 0)
        assert balance == self.account.open_minor + left
        assert left == sum(entry.unallocated.minor for entry in self.entries)
        assert left == -sum(money.left.minor for money in self.money.values())

    @invariant()
    def nothing_is_below_zero_that_must_not_be(self):
        for invoice in self.invoices.values():
            assert min(invoice.costs_minor, invoice.interest_minor) >= 0
            assert invoice.written_off_minor >= 0
            sign = 1 if invoice.amount.minor > 0 else -1
            assert 0 <= invoice.open.minor * sign <= invoice.amount.minor * sign

    @invariant()
    def money_is_where_it_says(self):
        """What came in less what went back is on invoices, left over, or kept as a difference."""
        rests = sum(a.amount.minor for m in self.money.values() for a in m.allocations)
        left = sum(money.left.minor for money in self.money.values())
        kept = sum(money.kept_minor for money in self.money.values())
        assert self.received - self.sent == rests + left + kept

    @invariant()
    def reminding_and_behaviour_agree_with_the_ledger(self):
        payable = {i.number: i.payable for i in self.invoices.values() if i.payable}
        assert {item.number: item.open for item in self.case.items} == payable
        counted = recount(self.invoices.values(), self.entries)
        kept = self.account.behaviour
        assert replace(kept, by_month={}) == replace(counted, by_month={})


LedgerMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
TestLedger = LedgerMachine.TestCase
