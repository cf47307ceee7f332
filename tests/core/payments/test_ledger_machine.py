"""Anything may happen to a debtor's money in any order: the balances are the sums of the entries,
no cent appears or is lost, what is said twice is booked once, and nothing happens in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from kasstroom.compliance.allocation import Order
from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.invoices.adjustments import NewAdjustment, NewCharge, claim_again, give_up, put_on
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from kasstroom.payments import handling
from kasstroom.payments.handling import (
    MoreAllocations,
    NewAllocations,
    NewExchange,
    TakenBack,
    Wanted,
)
from kasstroom.payments.model import Entry, EntryKind, MoneyIn, Part, UnmatchedMoney
from kasstroom.payments.receiving import Manners
from kasstroom.payments.unmatched import id_of
from kasstroom.resolution.disputes import NewDispute, Outcome, decide, open_dispute
from kasstroom.resolution.model import Dispute, DisputeReason, DisputeState
from kasstroom.risk.recount import recount
from tests.ledger_world import BEA, ORGS, WHO, LedgerWorld

cents = st.integers(1, 60_000)
places = st.integers(0, 9)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
orgs = st.sampled_from([ORGS[0], ORGS[0], ORGS[1]])
currencies = st.sampled_from(["EUR", "EUR", "EUR", "USD"])
parts = st.sampled_from([Part.PRINCIPAL, Part.PRINCIPAL, Part.COSTS, Part.INTEREST])
ENDS = (DisputeState.ACCEPTED, DisputeState.REJECTED, DisputeState.WITHDRAWN)


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.world = LedgerWorld()

    def use(self, org, use, *args):
        w = self.world
        return w.do(org, lambda: use(w.books, org, *args, BEA, w.now))

    @initialize(minors=st.lists(cents, min_size=4, max_size=4), due_on=days)
    def owing(self, minors, due_on):
        for at, minor in enumerate(minors):
            self.invoiced(ORGS[at % 2], minor, due_on, 0, "USD" if at == 2 else "EUR")

    @rule(org=orgs, minor=st.one_of(cents, cents, st.integers(-20_000, -1)), due_on=days,
          at=places, currency=currencies)  # fmt: skip
    def invoiced(self, org, minor, due_on, at, currency):
        w, kind = self.world, DocumentKind.INVOICE if minor > 0 else DocumentKind.CREDIT_NOTE
        number = f"F{len(w.all(Invoice, org)):03}"
        new = NewInvoice(
            number, WHO, due_on, Money(abs(minor), currency), kind, due_on,
            credits_invoice=w.invoice(org, at) if minor < 0 else "",
        )  # fmt: skip
        w.do(org, lambda: book(w.books, org, new, terms_days=0, now=w.now))

    @rule(org=orgs, minor=cents, exact=st.booleans(), off=st.integers(-25, 25),
          currency=currencies, which=st.sets(places, max_size=4), named=st.booleans(),
          paid_on=days, tolerance=st.sampled_from([0, 25]), order=st.sampled_from(Order),
          )  # fmt: skip
    def money_came(self, org, minor, exact, off, currency, which, named, paid_on, tolerance, order):
        found = (self.world.invoice(org, at) for at in sorted(which))
        numbers = tuple(dict.fromkeys(number for number in found if number))
        asked = [self.open_of(org, number) for number in numbers]
        if exact and asked:
            minor = max(1, off + sum(m.minor for m in asked if m.currency == asked[0].currency))
            currency = asked[0].currency
        manners = Manners(order, tolerance)
        self.world.paid(org, Money(minor, currency), numbers, named, paid_on, manners)

    def open_of(self, org, number):
        return self.world.books.get(Invoice, org, WHO, number).payable

    @rule(org=orgs, at=places, part=st.floats(0.01, 1.0), refund=st.booleans())
    def money_went_back(self, org, at, part, refund):
        if money := self.world.money(org, at):
            kind = EntryKind.REFUND if refund else EntryKind.CHARGEBACK
            self.world.gave_back(org, money, max(1, int(money.amount.minor * part)), kind)

    @precondition(lambda self: self.world.went)
    @rule(at=places)
    def money_came_back(self, at):
        self.world.came_back(at)

    @rule(org=orgs, at=places, which=st.lists(st.tuples(places, cents, parts), max_size=3),
          more=st.booleans(), exact=st.booleans())  # fmt: skip
    def moved(self, org, at, which, more, exact):
        money = self.world.money(org, at)
        if not money or not self.world.invoice(org, 0):
            return
        here, wanted = money.left.minor if more else money.amount.minor, ()
        for n, minor, part in which:
            number, currency = self.world.invoice(org, n), money.amount.currency
            most = self.world.part_of(org, number, part) if exact else here
            wanted += (Wanted(number, Money(max(1, min(minor, here, most)), currency), part),)
        if not more:
            self.use(org, handling.reallocate, money.id, NewAllocations(wanted, "said so"))
        elif money.left:
            self.use(org, handling.allocate_left, id_of(money.id), MoreAllocations(wanted))

    @rule(org=orgs, at=places, taken=cents, paid=cents, all_of_it=st.booleans())
    def exchanged(self, org, at, taken, paid, all_of_it):
        loose = [m for m in self.world.all(MoneyIn, org) if m.left.minor > 0]
        owing = [i for i in self.world.all(Invoice, org) if i.open.minor > 0]
        pairs = [(m, i) for m in loose for i in owing if m.left.currency != i.open.currency]
        if not pairs:
            return
        money, invoice = pairs[at % len(pairs)]
        taken = money.left.minor if all_of_it else min(taken, money.left.minor)
        paid = invoice.open.minor if all_of_it else min(paid, invoice.open.minor)
        new = NewExchange(
            invoice.number, Money(taken, money.left.currency), Money(paid, invoice.open.currency),
            "rate",
        )  # fmt: skip
        self.use(org, handling.exchanged, money.id, new)

    @rule(org=orgs, at=places)
    def exchanges_undone(self, org, at):
        if money := self.world.money(org, at):
            self.use(org, handling.changed_back_again, money.id, TakenBack("a mistake"))

    @rule(org=orgs, at=places, minor=st.one_of(st.none(), cents),
          what=st.sampled_from(["off", "back", "costs", "interest", "waive"]))  # fmt: skip
    def adjusted(self, org, at, minor, what):
        number = self.world.invoice(org, at)
        if not number:
            return
        invoice = self.world.books.get(Invoice, org, WHO, number)
        currency, costs = invoice.open.currency, invoice.costs_minor
        if what == "waive" and minor and costs:
            minor = min(minor, costs)
        amount = None if minor is None else Money(minor, currency)
        if what in ("off", "back"):
            use = give_up if what == "off" else claim_again
            self.use(org, use, number, NewAdjustment("because", amount))
        elif amount:
            kind, put = ("costs", -amount) if what == "waive" else (what, amount)
            self.use(org, put_on, number, NewCharge(kind, put, "because"))

    @rule(org=orgs, at=places, minor=st.one_of(st.none(), cents), end=st.sampled_from(ENDS))
    def disputed(self, org, at, minor, end):
        w, number = self.world, self.world.invoice(org, at)
        known = [d for d in w.all(Dispute, org) if d.state is DisputeState.OPEN]
        if known and minor is None:
            use = known[at % len(known)].id
            w.do(org, lambda: decide(w.books, org, use, Outcome(end, "x"), "bea", w.now))
        elif number:
            amount = Money(minor) if minor else None
            new = NewDispute(number, DisputeReason.DAMAGED, amount)
            w.do(org, lambda: open_dispute(w.books, org, new, "bea", w.now))

    @rule(org=orgs, later=st.integers(0, 110))
    def a_step_charges(self, org, later):
        self.world.reminded(org, later)

    @rule(org=orgs, at=places)
    def collecting(self, org, at):
        if number := self.world.invoice(org, at):
            self.world.collecting(org, number)

    @precondition(lambda self: self.world.collections)
    @rule(at=places)
    def collected_or_returned(self, at):
        self.world.collected(at)

    @rule(org=orgs, minor=cents, at=places, blocked=st.booleans(), exact=st.booleans(),
          named=st.booleans())  # fmt: skip
    def banked(self, org, minor, at, blocked, exact, named):
        if number := self.world.invoice(org, at):
            open_now = self.world.books.get(Invoice, org, WHO, number).open
            cent = open_now.minor if exact and open_now.minor > 0 else minor
            account = "NL98INGB0003856625" if blocked else "NL91ABNA0417164300"
            self.world.banked(org, cent, number if named else "", account, 25)

    @precondition(lambda self: self.world.lines)
    @rule(at=places)
    def unbanked(self, at):
        self.world.unbanked(at)

    @invariant()
    def every_organisation_adds_up(self):
        for org in ORGS:
            Audit(self.world, org).check()


class Audit:
    """All that must be so after any booking, from the entries alone."""

    def __init__(self, world, org):
        self.entries, self.invoices = world.all(Entry, org), world.all(Invoice, org)
        self.money, self.books, self.org = world.all(MoneyIn, org), world.books, org
        self.account = world.books.get(CreditAccount, org, WHO)

    def check(self):
        self.balances_are_sums()
        self.nothing_is_below_zero_that_must_not_be()
        for money in self.money:
            self.money_is_where_it_says(money)
        self.reminding_and_behaviour_agree_with_the_ledger()

    def balances_are_sums(self):
        sums, balance, loose = Counter(), Counter(), Counter()
        for entry in self.entries:
            balance[entry.amount.currency] += entry.amount.minor
            loose[entry.amount.currency] += entry.unallocated.minor
            for a in entry.allocations:
                sums[a.invoice, a.part] += a.amount.minor
        for i in self.invoices:
            stored = (i.open.minor, i.costs_minor, i.interest_minor)
            assert stored == tuple(sums[i.number, part] for part in Part)
        opens = {"EUR": self.account.open_minor, **self.account.other_open}
        for currency in balance:
            left = self.account.unallocated.get(currency, 0)
            assert left == loose[currency]
            assert balance[currency] == opens.get(currency, 0) + left

    def nothing_is_below_zero_that_must_not_be(self):
        for invoice in self.invoices:
            assert min(invoice.costs_minor, invoice.interest_minor) >= 0
            assert invoice.written_off_minor >= 0
            sign = 1 if invoice.amount.minor > 0 else -1
            assert 0 <= invoice.open.minor * sign <= invoice.amount.minor * sign

    def money_is_where_it_says(self, money):
        """On invoices, left over, kept, or gone: by the entries about it, to the cent."""
        named = {e.id for e in self.entries if money.id in (e.id, e.about)}
        about = [e for e in self.entries if {e.id, e.about} & named]
        own = [e for e in about if e.amount.currency == money.amount.currency]
        assert money.left.minor == -sum(e.unallocated.minor for e in own)
        assert all(a.amount.minor > 0 for a in money.allocations)
        swapped = sum(x.taken_minor for x in money.exchanged)
        small = [e for e in own if e.kind is EntryKind.SMALL_DIFFERENCE and not e.allocations]
        kept = sum(e.amount.minor for e in small)
        assert money.kept_minor == swapped + kept and money.kept_minor >= 0
        task = self.books.find(UnmatchedMoney, self.org, id=id_of(money.id))
        assert (task.amount if task else Money.zero(money.amount.currency)) == money.left
        assert not task or (task.state == "open") == bool(money.left)

    def reminding_and_behaviour_agree_with_the_ledger(self):
        case = self.books.get(DunningCase, self.org, WHO)
        payable = {i.number: (i.payable, i.disputed.minor) for i in self.invoices if i.payable}
        assert {i.number: (i.open, i.disputed_minor) for i in case.items} == payable
        counted = recount(self.invoices, self.entries)
        kept = self.account.behaviour
        assert replace(kept, by_month={}, disputes=0) == replace(counted, by_month={})


LedgerMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
TestLedger = LedgerMachine.TestCase
