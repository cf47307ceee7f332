"""Whatever is booked, and however the news of it comes in: the figures are those of the books."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Channel
from kasstroom.invoices.model import Invoice
from kasstroom.messages.calls import CallOutcome, CallState, CallTask, CallTry
from kasstroom.messages.model import Message, MessageState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import Entry
from kasstroom.payments.receiving import Manners
from kasstroom.reports.adding_up import refresh, refresh_all
from kasstroom.reports.contributions import COUNTED
from kasstroom.reports.measures import Measure
from kasstroom.reports.recounting import afresh, compare
from kasstroom.reports.sources import News, source_of
from tests.core.payments.test_ledger_machine import LedgerMachine, places
from tests.ledger_world import ORGS, WHO
from tests.memory_figures import MemoryFigures

ORG = ORGS[0]


class FiguresMachine(LedgerMachine):
    def __init__(self):
        super().__init__()
        self.books, self.figures, self.news = self.world.books, MemoryFigures(), []
        self.world.heard = self.heard

    def heard(self, changes: Changes):
        """News is under way of what was written."""
        for entity in (*changes.create, *changes.update):
            if type(entity) in (CreditAccount, Invoice, *COUNTED):
                settled = bool(getattr(entity, "settled_on", None))
                self.news.append(News(source_of(entity), settled))

    def invoices(self):
        return self.world.all(Invoice, ORG)

    @rule(which=st.sets(places, min_size=1, max_size=3), days=st.integers(-30, 10))
    def reminded_and_called(self, which, days):
        numbers = tuple({self.world.invoice(ORG, at) for at in which})
        nth, at = self.world.next(""), self.world.now + timedelta(days=days)
        message = Message(
            ORG, WHO, f"msg_r{nth}", "reminder", Channel.EMAIL, Language.NL, "a@b.example",
            numbers, Money(1), MessageState.SENT, at, at, sent_at=at,
        )  # fmt: skip
        tried = CallTry(CallOutcome.REACHED_PROMISE, at, "anna")
        task = CallTask(
            ORG, WHO, f"call_{nth}", message.id, 1, "D", "", Language.NL, "", Money(500), numbers,
            at, at, CallState.DONE, (tried,), at.date(),
        )  # fmt: skip
        self.world.do(ORG, lambda: (Changes(create=(message, task)), None))

    @rule(at=places, days=st.integers(-20, 20))
    def paid_in_full(self, at, days):
        owing = [i for i in self.invoices() if i.open.minor > 0]
        if owing:
            one, paid_on = owing[at % len(owing)], (self.world.now + timedelta(days)).date()
            self.world.paid(ORG, one.payable, (one.number,), True, paid_on, Manners())

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
        invoices, entries = self.invoices(), self.world.all(Entry, ORG)
        still = sum(invoice.open.minor for invoice in invoices)
        assert sums[Measure.OPEN] == sums[Measure.OPEN_MOVED] == still
        assert sums[Measure.OPEN_BY_ISSUE] == still
        assert sums[Measure.OPEN_ITEMS] == sum(bool(i.open) for i in invoices)
        left = sum(entry.unallocated.minor for entry in entries)
        assert sums[Measure.UNALLOCATED] == sums[Measure.UNALLOCATED_MOVED] == left
        charges = sum(i.costs_minor + i.interest_minor for i in invoices)
        assert sums[Measure.CHARGES] == sums[Measure.CHARGES_MOVED] == charges
        booked = sum(entry.amount.minor for entry in entries)
        assert sums[Measure.BOOKED] == booked == still + charges + left
        assert sums[Measure.BOOKED_ITEMS] == len(entries)
        lost = sum(i.written_off_minor for i in invoices)
        assert sums[Measure.LOST] == lost

    @invariant()
    def a_past_day_is_the_stock_less_what_moved_since(self):
        cells = afresh(self.books).get(ORG, {})
        days = {cell.on for cell in cells if cell.measure is Measure.OPEN_MOVED}
        if days:
            first = min(days) - timedelta(days=1)
            stock = {
                (c.currency, c.parts): v for c, v in cells.items() if c.measure is Measure.OPEN
            }
            for cell, value in cells.items():
                if cell.measure is Measure.OPEN_MOVED and cell.on > first:
                    place = (cell.currency, cell.parts)
                    stock[place] = stock.get(place, 0) - value
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
