"""Whatever is booked, and however the news of it comes in: the figures are those of the books."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.messages.calls import CallOutcome, CallState, CallTask, CallTry
from kasstroom.messages.model import Message, MessageState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.posting import Posted
from kasstroom.payments.receiving import Incoming, Manners, receive
from kasstroom.reports.adding_up import refresh, refresh_all
from kasstroom.reports.contributions import COUNTED
from kasstroom.reports.measures import Measure
from kasstroom.reports.recounting import afresh, compare
from kasstroom.reports.sources import News, source_of
from kasstroom_aws.items import key_of
from tests.core.payments.test_ledger_machine import LedgerMachine, places
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures
from tests.people import ORG


class PlainBooks(MemoryBooks):
    """The machine keeps the versions; these books take what it says."""

    def take(self, *entities):
        for entity in entities:
            self._items[key_of(entity)] = entity


class FiguresMachine(LedgerMachine):
    def __init__(self):
        super().__init__()
        self.books, self.figures, self.news = PlainBooks(), MemoryFigures(), []

    @initialize()
    def begin(self):
        self.books.take(self.account)
        for day in (1, 20):
            self.invoiced(minor=10_000 + day, due_on=date(2026, 8, day), at=0)
        self.paid(10_001, ("F000",), date(2026, 9, 2))

    def take_changes(self, changes: Changes):
        super().take_changes(changes)
        self.tell(self.account, *self.invoices.values())
        self.tell(*(one for one in changes.create if type(one) in COUNTED))

    def tell(self, *entities):
        """Stored, and news of it under way when it changed."""
        for entity in entities:
            known = self.books._items.get(key_of(entity))
            self.books.take(self.invoices.get(getattr(entity, "number", ""), entity))
            if known != entity:
                settled = bool(getattr(entity, "settled_on", None))
                self.news.append(News(source_of(entity), settled))

    @precondition(lambda self: self.invoices)
    @rule(which=st.sets(places, min_size=1, max_size=3), days=st.integers(-30, 10))
    def reminded_and_called(self, which, days):
        numbers = tuple({self.some_invoice(at) for at in which})
        nth, at = len(self.books._items), self.now + timedelta(days=days)
        message = Message(
            ORG, "D1", f"msg_{nth}", "reminder", Channel.EMAIL, Language.NL, "a@b.example", numbers,
            Money(1), MessageState.SENT, at, at, sent_at=at,
        )  # fmt: skip
        tried = CallTry(CallOutcome.REACHED_PROMISE, at, "anna")
        task = CallTask(
            ORG, "D1", f"call_{nth}", message.id, 1, "D", "", Language.NL, "", Money(500), numbers,
            at, at, CallState.DONE, (tried,), at.date(),
        )  # fmt: skip
        self.tell(message, task)

    @precondition(lambda self: any(i.open.minor > 0 for i in self.invoices.values()))
    @rule(at=places, days=st.integers(-20, 20))
    def paid_in_full(self, at, days):
        open_ones = sorted(n for n, i in self.invoices.items() if i.open.minor > 0)
        number = open_ones[at % len(open_ones)]
        minor, paid_on = self.invoices[number].payable.minor, (self.now + timedelta(days)).date()
        self.paid(minor, (number,), paid_on)

    def paid(self, minor, numbers, paid_on):
        before = self.position(numbers)
        incoming = Incoming(
            ORG, "D1", Money(minor), "mollie", f"tr_{len(self.money)}", "ideal", paid_on, numbers
        )
        posted, _ = receive(Posted(before), incoming, self.now, Manners())
        self.take(before, posted)
        self.received += minor

    @precondition(lambda self: self.news)
    @rule(order=st.randoms(use_true_random=False), twice=st.booleans(), together=st.booleans())
    def news_comes_in(self, order, twice, together):
        order.shuffle(self.news)
        many = order.randint(1, len(self.news))
        if together:
            refresh_all(self.books, self.figures, self.news[:many] * (1 + twice))
        else:
            for one in self.news[:many] * (1 + twice):
                refresh(self.books, self.figures, one.source, was_settled=one.was_settled)
        self.news = self.news[many:]

    def sums(self, cells):
        found = dict.fromkeys(Measure, 0)
        for cell, value in cells.items():
            found[cell.measure] += value
        return found

    @invariant()
    def cells_add_up_to_the_ledger(self):
        sums = self.sums(afresh(self.books).get(ORG, {}))
        still = sum(invoice.open.minor for invoice in self.invoices.values())
        assert sums[Measure.OPEN] == sums[Measure.OPEN_MOVED] == still
        assert sums[Measure.OPEN_BY_ISSUE] == still
        assert sums[Measure.OPEN_ITEMS] == sum(bool(i.open) for i in self.invoices.values())
        left = sum(entry.unallocated.minor for entry in self.entries)
        assert sums[Measure.UNALLOCATED] == sums[Measure.UNALLOCATED_MOVED] == left
        charges = sum(i.costs_minor + i.interest_minor for i in self.invoices.values())
        assert sums[Measure.CHARGES] == sums[Measure.CHARGES_MOVED] == charges
        booked = sum(entry.amount.minor for entry in self.entries)
        assert sums[Measure.BOOKED] == booked == still + charges + left
        assert sums[Measure.BOOKED_ITEMS] == len(self.entries)
        lost = sum(i.written_off_minor for i in self.invoices.values())
        assert sums[Measure.LOST] == lost

    @invariant()
    def a_past_day_is_the_stock_less_what_moved_since(self):
        cells = afresh(self.books).get(ORG, {})
        days = {cell.on for cell in cells if cell.measure is Measure.OPEN_MOVED}
        if days:
            first = min(days) - timedelta(days=1)
            stock = {c.parts: v for c, v in cells.items() if c.measure is Measure.OPEN}
            for cell, value in cells.items():
                if cell.measure is Measure.OPEN_MOVED and cell.on > first:
                    stock[cell.parts] = stock.get(cell.parts, 0) - value
            assert not any(stock.values())
            assert max(days) <= date(2026, 12, 31)

    def teardown(self):
        refresh_all(self.books, self.figures, self.news)
        counted = afresh(self.books).get(ORG, {})
        assert compare(self.figures, ORG, counted) == []


FiguresMachine.TestCase.settings = settings(
    max_examples=80, stateful_step_count=25, deadline=None
)  # fmt: skip
TestFigures = FiguresMachine.TestCase
