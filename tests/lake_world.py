"""Books full of everything the lake tells of, made at random, in which the ledger and the open
amounts agree; and what of them is personal, so that a test can look for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from kasstroom.bank.model import BY_PERSON, BankLine, LineKind, LineState
from kasstroom.changes import Changes
from kasstroom.credit.decision import Decision, Outcome, Reason
from kasstroom.credit.model import CoverTerms, CreditAccount, CreditLimit, LimitSource, Profile
from kasstroom.debtors.model import Address, Channel, Contact, Debtor, DebtorKind
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.messages.calls import CallOutcome, CallState, CallTask, CallTry
from kasstroom.messages.model import Message, MessageState
from kasstroom.money import Money
from kasstroom.organisations.model import Language, Organisation
from kasstroom.payments.model import Allocation, Entry, EntryKind, Part, UnmatchedMoney, WorkState
from kasstroom.resolution.model import HOLDING, Dispute, DisputeReason, DisputeState
from kasstroom.segments.model import DebtorSegments
from tests.memory_books import MemoryBooks

FIRST = date(2026, 6, 1)
NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SECRETS = (
    "Wobbelien", "Kwispelstraat", "9876ZX", "+31699999999", "wobbelien@geheim.example",
    "NL02RABO0123456789", "beloofde huilend", "Zwiebertje",
)  # fmt: skip
"""A name, a street, a postcode, a phone number, an address, an account, a note, a colleague."""
NAME, STREET, POSTCODE, PHONE, EMAIL, IBAN, NOTE, COLLEAGUE = SECRETS


class LakeWorld:
    """`entities` of some organisations; the same seed gives the same."""

    def __init__(self, seed: int = 1, debtors: int = 12, orgs: tuple[str, ...] = ("acme", "borg")):
        self.random = Random(seed)
        self.entities: list[Any] = []
        for org in orgs:
            self.entities.append(an_organisation(org))
            for number in range(debtors):
                self._debtor(org, f"K{number:03d}")
            self._bank(org)

    def books(self) -> MemoryBooks:
        books = MemoryBooks()
        for entity in self.entities:
            books.commit(Changes(create=(entity,)))
        return books

    def _day(self) -> date:
        return FIRST + timedelta(days=self.random.randrange(170))

    def _at(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            minutes=self.random.randrange(24 * 60)
        )

    def _debtor(self, org: str, number: str) -> None:
        kind = self.random.choice(list(DebtorKind))
        person = kind is not DebtorKind.COMPANY
        name = f"{NAME} {number}" if person else f"Bakkerij {number} bv"
        address = Address(STREET, "1", POSTCODE, "Utrecht", self.random.choice(("NL", "BE")))
        debtor = Debtor(
            org, number, name, kind, self._at(self._day()), address=address,
            contact=Contact(EMAIL, PHONE), sector=NAME if person else "1071",
        )  # fmt: skip
        if self.random.random() < 0.9:
            self.entities.append(debtor)
        self.entities.append(
            DebtorSegments(org, number, ("vulnerable", "new"), 1, NOW, ("vulnerable",))
        )
        currency = "EUR" if self.random.random() < 0.8 else "GBP"
        book = _Ledger(self, org, number, currency)
        for n in range(self.random.randrange(5)):
            book.document(f"{org}{number}-{n}")
        self.entities += book.done()

    def _bank(self, org: str) -> None:
        for n in range(10):
            state = self.random.choice(list(LineState))
            note = f"{BY_PERSON} {COLLEAGUE}" if self.random.random() < 0.5 else NOTE
            self.entities.append(
                BankLine(
                    org, f"2026-09-01_{n}", IBAN, "s", str(n), self.random.choice(list(LineKind)),
                    Money(self.random.randrange(-9000, 9000)), self._day(), TODAY, NOW,
                    counterparty_name=NAME, counterparty_iban=IBAN, text=NOTE, state=state,
                    note=note, entries=(f"K001#ent_{n}",),
                )
            )  # fmt: skip
            self.entities.append(
                UnmatchedMoney(
                    org, "K001", f"unm_{n}", Money(500 + n), f"ent_{n}", NOTE, NOW, COLLEAGUE,
                    TODAY, self.random.choice(list(WorkState)),
                )
            )  # fmt: skip


class _Ledger:
    """One debtor's documents with all that happens to them."""

    def __init__(self, world: LakeWorld, org: str, debtor: str, currency: str) -> None:
        self.world, self.random = world, world.random
        self.org, self.debtor, self.currency = org, debtor, currency
        self.invoices: dict[str, Invoice] = {}
        self.others: list[Any] = []
        self.count = 0

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)

    def document(self, number: str) -> None:
        issued_on = self.world._day()
        kind = self.random.choice((DocumentKind.INVOICE,) * 4 + (DocumentKind.CREDIT_NOTE,))
        minor = self.random.randrange(100, 50_000) * (-1 if kind is DocumentKind.CREDIT_NOTE else 1)
        order = f"{NAME} {number}" if self.random.random() < 0.6 else ""
        invoice = Invoice(
            self.org, self.debtor, number, kind, issued_on, issued_on + timedelta(days=30),
            self.money(minor), self.money(minor), self.world._at(issued_on + timedelta(days=1)),
            order_reference=order, purchase_order=NOTE,
        )  # fmt: skip
        self.invoices[number] = invoice
        self.entry(EntryKind(kind), minor, (number, minor, Part.PRINCIPAL), external_id=number)
        if order:
            for _ in range(self.random.randrange(3)):
                self.decision(order)
        self.after(number)

    def after(self, number: str) -> None:
        """Costs, money, giving up, disputes, reminders, calls."""
        invoice, chance = self.invoices[number], self.random.random
        if invoice.kind is DocumentKind.CREDIT_NOTE:
            return
        if chance() < 0.4:
            self.entry(EntryKind.COSTS, 4000, (number, 4000, Part.COSTS))
        if chance() < 0.3:
            self.entry(EntryKind.INTEREST, 77, (number, 77, Part.INTEREST))
        for _ in range(self.random.randrange(3)):
            part = self.random.randrange(1, invoice.amount.minor + 1)
            paid = min(part, self.invoices[number].open.minor)
            over = self.random.choice((0, 0, 250))
            rows = [(number, -paid, Part.PRINCIPAL)] if paid else []
            self.entry(EntryKind.PAYMENT, -paid - over, *rows)
        if chance() < 0.3 and (left := self.invoices[number].open.minor):
            self.entry(EntryKind.WRITE_OFF, -left, (number, -left, Part.PRINCIPAL))
        if chance() < 0.1:
            self.entry(EntryKind.PAYMENT, -10, ("GONE", -10, Part.PRINCIPAL))
        self.disputes(number)
        for _ in range(self.random.randrange(3)):
            self.message(number)
        if chance() < 0.4:
            self.call(number)

    def entry(
        self, kind: EntryKind, minor: int, *rows: tuple[str, int, Part], external_id: str = ""
    ) -> None:
        self.count += 1
        day = self.world._day()
        id = f"ent_{self.debtor}_{self.count}"
        made = tuple(Allocation(number, self.money(m), part) for number, m, part in rows)
        self.others.append(
            Entry(
                self.org, self.debtor, id, kind, self.money(minor), made, self.world._at(day),
                day - timedelta(days=self.random.randrange(4)), "api", external_id or f"{NAME}{id}",
                by=COLLEAGUE, reason=NOTE,
            )
        )  # fmt: skip
        for number, part_minor, part in rows:
            if number in self.invoices:
                self.invoices[number] = self._moved(self.invoices[number], part, part_minor, day)

    def _moved(self, invoice: Invoice, part: Part, minor: int, day: date) -> Invoice:
        if part is Part.COSTS:
            return replace(invoice, costs_minor=invoice.costs_minor + minor)
        if part is Part.INTEREST:
            return replace(invoice, interest_minor=invoice.interest_minor + minor)
        if minor == invoice.amount.minor:
            return invoice  # its own booking
        open_now = self.money(invoice.open.minor + minor)
        return replace(invoice, open=open_now, settled_on=None if open_now else day)

    def decision(self, order: str) -> None:
        self.count += 1
        outcome = self.random.choice(list(Outcome))
        asked = self.money(self.random.randrange(1000, 90_000))
        nothing = self.money(0)
        self.others.append(
            Decision(
                self.org, self.debtor, f"dec_{self.debtor}_{self.count}", "r", "f", order, asked,
                outcome, (Reason("limit", "merchant", "buyer", NOTE),), (),
                f"default.{self.random.randrange(1, 4)}", None, nothing, nothing, nothing, nothing,
                self.world._at(self.world._day()), asked if outcome.holds else nothing,
                facts={"email": EMAIL},
            )
        )  # fmt: skip

    def disputes(self, number: str) -> None:
        held = 0
        for _ in range(self.random.choice((0, 0, 1, 2))):
            self.count += 1
            state = self.random.choice(list(DisputeState))
            amount = self.random.randrange(1, 9000)
            day = self.world._day()
            ended = None if state is DisputeState.OPEN else self.world._at(day + timedelta(days=9))
            self.others.append(
                Dispute(
                    self.org, self.debtor, f"dsp_{self.debtor}_{self.count}", number,
                    self.money(amount), self.random.choice(list(DisputeReason)), NOTE,
                    self.world._at(day), EMAIL, state, ended, COLLEAGUE, NOTE,
                )
            )  # fmt: skip
            held += amount if state in HOLDING else 0
        extra = self.random.choice((0, 0, 300))
        self.invoices[number] = replace(self.invoices[number], disputed_minor=held + extra)

    def message(self, number: str) -> None:
        self.count += 1
        day = self.world._day()
        sent = self.world._at(day) if self.random.random() < 0.8 else None
        self.others.append(
            Message(
                self.org, self.debtor, f"msg_{self.debtor}_{self.count}",
                self.random.choice(("reminder", "final_demand", "thank_you")),
                self.random.choice(list(Channel)), Language.NL, EMAIL,
                tuple(self.random.sample(sorted(self.invoices), k=1)) + (number, "GONE"),
                self.money(1000), self.random.choice(list(MessageState)), NOW,
                self.world._at(day), sent_at=sent, failed_reason=EMAIL,
                posted_on=self.random.choice((None, None, day)),
            )
        )  # fmt: skip

    def call(self, number: str) -> None:
        self.count += 1
        tries = tuple(
            CallTry(self.random.choice(list(CallOutcome)), self.world._at(day), COLLEAGUE, NOTE)
            for day in sorted(self.world._day() for _ in range(self.random.randrange(4)))
        )
        self.others.append(
            CallTask(
                self.org, self.debtor, f"call_{self.debtor}_{self.count}", "msg", 1, NAME, PHONE,
                Language.NL, NOTE, self.money(2500), (number,), NOW, NOW, CallState.OPEN, tries,
                self.random.choice((None, self.world._day())),
            )
        )  # fmt: skip

    def done(self) -> list[Any]:
        return [*self.invoices.values(), *self.others, self._account()]

    def _account(self) -> CreditAccount:
        limit = CreditLimit(
            LimitSource.OWN, Money(self.random.randrange(50_000)), COLLEAGUE, NOW,
            valid_to=self.random.choice((None, date.max, TODAY)), reference=NOTE,
        )  # fmt: skip
        cover = CoverTerms("cov_1", Money(20_000), 90, 60)
        return CreditAccount(
            self.org, self.debtor, limits=self.random.choice(((), (limit,))),
            profile=Profile(
                rating=self.random.choice(("", "A", "E")), address_key=f"{POSTCODE}-1",
                insolvent=self.random.random() < 0.1,
            ),
            cover=self.random.choice((None, cover)),
            open_by_due={TODAY: self.random.randrange(-5000, 60_000)},
            other_open=self.random.choice(({}, {"GBP": 700})),
        )  # fmt: skip


def an_organisation(org: str) -> Organisation:
    return Organisation(org, f"{org} bv", "12345678", "Utrecht", "NL00BANK0123456789", "a@b.nl")
