"""The running count agrees with a count of the ledger, whatever is paid in whatever order."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.invoices.usecases import Standing as InvoiceStanding
from kasstroom.invoices.usecases import decide as book_invoice
from kasstroom.money import Money
from kasstroom.payments.model import Entry
from kasstroom.payments.posting import Position, Posted, changes_of
from kasstroom.payments.receiving import Incoming, receive
from kasstroom.risk.model import PaymentBehaviour
from kasstroom.risk.recount import recount
from tests.people import ORG

NEW = PaymentBehaviour()
DUE = date(2026, 8, 20)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


class Debtor:
    """A debtor's items as the pure decisions of booking leave them."""

    def __init__(self):
        self.account, self.case = CreditAccount(ORG, "D1"), DunningCase(ORG, "D1")
        self.invoices: dict[str, Invoice] = {}
        self.entries: list[Entry] = []
        self.now = datetime.combine(date(2026, 1, 5), time(9), UTC)

    def take(self, changes):
        self.now += timedelta(minutes=1)
        for entity in (*changes.create, *changes.update):
            match entity:
                case Invoice():
                    self.invoices[entity.number] = entity
                case CreditAccount():
                    self.account = entity
                case DunningCase():
                    self.case = entity
                case Entry():
                    self.entries.append(entity)

    def invoiced(self, minor, due_on, currency="EUR", credits=""):
        number = f"F{len(self.invoices) + 1}"
        kind = DocumentKind.INVOICE if minor > 0 else DocumentKind.CREDIT_NOTE
        amount = Money(minor, currency)
        item = Invoice(
            ORG, "D1", number, kind, due_on, due_on, amount, amount, self.now,
            credits_invoice=credits,
        )  # fmt: skip
        named = self.invoices.get(credits)
        fits = named and named.open.minor > 0 and named.open.currency == currency
        standing = InvoiceStanding(self.account, self.case, named if fits else None)
        self.take(book_invoice(item, standing, self.now)[0])
        return number

    def pays(self, minor, numbers, paid_on, currency="EUR"):
        chosen = {number: self.invoices[number] for number in numbers}
        before = Position(self.account, self.case, chosen, {})
        incoming = Incoming(
            ORG, "D1", Money(minor, currency), "mollie", f"tr_{len(self.entries)}", "ideal", paid_on
        )
        posted, _ = receive(Posted(before), incoming, self.now)
        self.take(changes_of(before, posted, self.now))

    def agrees(self):
        counted = recount(self.invoices.values(), self.entries, self.account.currency)
        assert self.account.behaviour == counted
        return counted


def test_a_credit_note_pays_nothing():
    debtor = Debtor()
    invoice = debtor.invoiced(10_000, DUE)
    debtor.invoiced(-10_000, DUE, credits=invoice)
    assert debtor.agrees() == NEW


def test_money_and_a_credit_note_together_count_the_money():
    debtor = Debtor()
    numbers = debtor.invoiced(10_000, DUE), debtor.invoiced(-3000, DUE)
    debtor.pays(7000, numbers, DUE + timedelta(days=2))
    found = debtor.agrees()
    assert (found.paid_invoices, found.paid_minor, found.late_percent) == (1, 7000, 100)
    assert all(not item.open for item in debtor.invoices.values())


def test_an_invoice_that_only_a_credit_note_filled_is_not_paid():
    debtor = Debtor()
    old, new = debtor.invoiced(7000, DUE), debtor.invoiced(3000, DUE + timedelta(days=1))
    debtor.pays(7000, [old, new, debtor.invoiced(-3000, DUE)], DUE)
    assert all(not item.open for item in debtor.invoices.values())
    found = debtor.agrees()
    assert (found.paid_invoices, found.paid_minor) == (1, 7000)


def test_another_currency_and_an_overpayment_are_left_out():
    debtor = Debtor()
    debtor.pays(900, [debtor.invoiced(900, DUE, "SEK")], DUE, "SEK")
    assert debtor.agrees() == NEW
    debtor.pays(15_000, [debtor.invoiced(10_000, DUE)], DUE)
    assert debtor.agrees().paid_minor == 10_000


amounts = st.one_of(st.integers(1, 50_000), st.integers(-20_000, -1))
documents = st.lists(
    st.tuples(amounts, days, st.sampled_from(["EUR", "EUR", "EUR", "SEK"]), st.integers(0, 9)),
    min_size=1, max_size=8,
)  # fmt: skip
payments = st.lists(
    st.tuples(
        st.integers(1, 60_000), st.sets(st.integers(0, 9), min_size=1), days,
        st.sampled_from(["EUR", "EUR", "EUR", "SEK"]),
    ),
    max_size=12,
)  # fmt: skip


@given(documents, payments, st.integers(1, 8))
def test_the_running_count_is_the_count_of_the_ledger(documents, payments, cut):
    debtor = Debtor()
    numbers: list[str] = []

    def invoiced(some):
        for minor, due_on, currency, other in some:
            credits = numbers[other % len(numbers)] if minor < 0 and numbers else ""
            numbers.append(debtor.invoiced(minor, due_on, currency, credits))

    def received(some):
        for minor, which, paid_on, currency in some:
            chosen = dict.fromkeys(numbers[n % len(numbers)] for n in sorted(which))
            debtor.pays(minor, chosen, paid_on, currency)
            debtor.agrees()

    invoiced(documents[:cut])
    received(payments[: len(payments) // 2])
    invoiced(documents[cut:])
    received(payments[len(payments) // 2 :])
    debtor.agrees()


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=10), st.lists(days, min_size=10))
def test_part_payments_in_any_order_settle_once(parts_minor, paid_on):
    debtor = Debtor()
    number = debtor.invoiced(sum(parts_minor), DUE)
    for minor, on in zip(parts_minor, paid_on, strict=False):
        debtor.pays(minor, [number], on)
    found = debtor.agrees()
    assert found.paid_invoices == 1
    assert found.paid_minor == sum(parts_minor)
    assert found.late_invoices == (paid_on[len(parts_minor) - 1] > DUE)
