"""Invoices, payments, collections and returns in any order: the file adds up, asks for nothing that
is not open, for nothing twice, and for nothing the debtor was not told of in time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from lxml import etree

from kasstroom.changes import Work
from kasstroom.compliance.contact_hours import next_contact
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Refused
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.mandates.calendar import last_file_day, settling_day
from kasstroom.mandates.collection import Collecting, Collection, CollectionState, LineState
from kasstroom.mandates.lapsing import lapse_due
from kasstroom.mandates.telling import go_on
from kasstroom.mandates.terms import CollectPer
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import Entry
from kasstroom.time import day_of
from tests import people
from tests.collecting import (
    Post,
    Shelf,
    cancel,
    collects,
    credit,
    export,
    lines,
    mandate,
    plan,
    taken_back,
    told,
)
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG

DEBTORS = ("D1", "D2")
IN_FLIGHT = (LineState.ANNOUNCED, LineState.COLLECTING)
cents = st.integers(1, 50_000)
places = st.integers(0, 9)
happening = st.tuples(
    st.sampled_from(DEBTORS), st.integers(1, 3), st.one_of(st.none(), st.integers(1, 9_000))
)
"""A payment of a share of an invoice, or a credit note of so many cents."""


class CollectionMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.books, self.shelf, self.now, self.made = MemoryBooks(), Shelf(), NOW, 0
        people.organisation(self.books)
        collects(self.books, notice_days=3)
        for number in DEBTORS:
            people.debtor(self.books, number)
            mandate(self.books, number, reference=f"M-{number}")
            for minor in (25_000, 8_000):
                self.invoiced(number, minor, False)

    def next(self):
        self.made += 1
        return self.made

    def collections(self, *states):
        found = self.books.listing(Collection, ORG, after="", limit=99)
        return [one for one in found if one.state in states]

    def all_lines(self, *states):
        found = [line for one in self.collections(*CollectionState) for line in self.of(one)]
        return [line for line in found if line.state in states]

    def of(self, collection):
        return lines(self.books, collection.id)

    @rule(debtor=st.sampled_from(DEBTORS), minor=cents, credit_note=st.booleans())
    def invoiced(self, debtor, minor, credit_note):
        kind = DocumentKind.CREDIT_NOTE if credit_note else DocumentKind.INVOICE
        people.invoice(
            self.books, f"F{self.next()}", Money(minor).value, debtor=debtor, kind=kind,
            due_on=day_of(self.now) - timedelta(days=1),
        )  # fmt: skip

    @rule(debtor=st.sampled_from(DEBTORS), share=st.integers(1, 3), at=places)
    def paid_otherwise(self, debtor, share, at):
        items = [i for i in self.books.get(DunningCase, ORG, debtor).items if i.open.minor > 0]
        if items:
            item = items[at % len(items)]
            minor = max(1, item.open.minor // share)
            people.received(
                self.books, Money(minor).value, item.number, id=f"tr{self.next()}", debtor=debtor
            )

    @rule(per=st.sampled_from(CollectPer), days=st.integers(0, 6))
    def planned(self, per, days):
        collects(self.books, notice_days=3, per=per)
        on = settling_day(day_of(next_contact(self.now)) + timedelta(days=3 + days))
        plan(self.books, on=on, now=self.now, id=f"col_{self.next():026d}")

    @rule(days=st.integers(1, 2))
    def days_pass(self, days):
        """The notices of a Sunday go out on Monday."""
        self.now += timedelta(days=days)
        for due in self.books.due(Work.NOTICE, self.now):
            go_on(Post().sender(self.books), due.org, due.debtor, due.id, self.now)
        lapse_due(self.books, self.now)

    @rule(days=st.integers(2, 6))
    def the_notice_changes(self, days):
        collects(self.books, notice_days=days)

    @rule(at=places, meanwhile=st.lists(happening, max_size=3))
    def exported(self, at, meanwhile):
        if not self.collections(CollectionState.PLANNED):
            self.planned(CollectPer.INVOICE, 0)
        for debtor, share, minor in meanwhile:
            if minor:
                self.invoiced(debtor, minor, True)
            else:
                self.paid_otherwise(debtor, share, at)
        chosen = self.collections(CollectionState.PLANNED)
        collection = chosen[at % len(chosen)]
        free = {d: self.free(d, collection) for d in DEBTORS}
        try:
            done = export(self.books, self.shelf, collection.id, self.now)
        except Refused as refused:
            assert refused.code == "too_late"
            assert day_of(self.now) > last_file_day(collection.collect_on)
            return
        sent = [line for line in self.of(collection) if line.state is LineState.COLLECTING]
        notice = self.books.get(Organisation, ORG).direct_debit.notice_days
        for line in sent:
            assert line.announced_on + timedelta(days=notice) <= line.collect_on
            assert day_of(self.now) <= last_file_day(line.collect_on)
        for debtor, items in free.items():
            asked = [line for line in sent if line.debtor == debtor]
            # What is open and in no other collection, with all credit notes taken off.
            assert sum(line.amount.minor for line in asked) <= max(0, sum(items.values()))
            for line in asked:
                assert line.amount.minor <= sum(items[n] for n in line.invoices if items[n] > 0)
        self.adds_up(done, sent)

    def free(self, debtor, collection):
        own = {line.id for line in self.of(collection)}
        others = {
            c.invoice for c in self.books.get(Collecting, ORG, debtor).claims if c.line not in own
        }
        items = self.books.get(DunningCase, ORG, debtor).items
        return {i.number: i.open.minor for i in items if i.number not in others}

    def adds_up(self, done, sent):
        total = sum(line.amount.minor for line in sent)
        assert (done.file_lines, done.file_total.minor) == (len(sent), total)
        if not sent:
            assert done.file_key == ""
            return
        root = etree.fromstring(self.shelf.files[done.file_key])
        assert Money.parse(root.findtext(".//{*}GrpHdr/{*}CtrlSum")).minor == total
        amounts = [Money.parse(a.text).minor for a in root.iterfind(".//{*}InstdAmt")]
        assert sum(amounts) == total and len(amounts) == len(sent)
        sums = [Money.parse(a.text).minor for a in root.iterfind(".//{*}PmtInf/{*}CtrlSum")]
        assert sum(sums) == total

    @precondition(lambda self: self.all_lines(LineState.COLLECTING))
    @rule(at=places)
    def money_came(self, at):
        found = self.all_lines(LineState.COLLECTING)
        line = found[at % len(found)]
        names = {"id": f"l{self.next()}", "end_to_end_id": line.id}
        assert told(self.books, credit(line.amount.minor, **names), self.now).entries

    @precondition(lambda self: self.all_lines(LineState.COLLECTED))
    @rule(at=places, code=st.sampled_from(["AM04", "MD06", "MS03"]))
    def money_went(self, at, code):
        found = self.all_lines(LineState.COLLECTED)
        back = taken_back(found[at % len(found)], code, id=f"l{self.next()}")
        assert told(self.books, back, self.now).entries

    @precondition(lambda self: self.collections(CollectionState.PLANNED, CollectionState.EXPORTED))
    @rule(at=places)
    def cancelled(self, at):
        found = self.collections(CollectionState.PLANNED, CollectionState.EXPORTED)
        done = cancel(self.books, found[at % len(found)].id, self.now)
        assert not [line for line in self.of(done) if line.state in IN_FLIGHT]

    @invariant()
    def an_invoice_is_in_one_collection_at_a_time(self):
        taken = Counter(n for line in self.all_lines(*IN_FLIGHT) for n in line.invoices)
        assert all(times == 1 for times in taken.values())
        claims = [c for d in DEBTORS for c in self.books.get(Collecting, ORG, d).claims]
        assert {c.line for c in claims} == {line.id for line in self.all_lines(*IN_FLIGHT)}
        assert {c.invoice for c in claims} >= set(taken)

    @invariant()
    def reminders_are_paused_only_while_money_is_on_its_way(self):
        sent = {line.debtor for line in self.all_lines(LineState.COLLECTING)}
        for debtor in DEBTORS:
            blocks = self.books.get(DunningCase, ORG, debtor).blocks
            assert blocks if debtor in sent else True
            if any(block.reason == "direct_debit" for block in blocks):
                assert self.books.get(Collecting, ORG, debtor).claims

    @invariant()
    def the_ledger_agrees(self):
        for debtor in DEBTORS:
            booked = Counter()
            for entry in self.books.all_of(Entry, ORG, debtor):
                for allocation in entry.allocations:
                    booked[allocation.invoice] += allocation.amount.minor
            for invoice in self.books.all_of(Invoice, ORG, debtor):
                assert invoice.open.minor == booked[invoice.number]


CollectionMachine.TestCase.settings = settings(
    max_examples=50, stateful_step_count=20, deadline=None
)
TestCollections = CollectionMachine.TestCase
