"""What happens to debtors while they are reminded: they pay, object, move house and buy more; their
banks take money back; colleagues pause, decide, call, print and post. Each is the use case itself.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Reference
from kasstroom.debtors.model import Address, Contact, Debtor, DebtorKind
from kasstroom.debtors.usecases import DebtorData, DebtorPatch, correct, register
from kasstroom.dunning import pausing, proposals, strategies
from kasstroom.dunning.model import BlockReason, DunningCase
from kasstroom.dunning.pausing import NewPause
from kasstroom.dunning.proposals import Verdict
from kasstroom.dunning.strategies import Assignment, StrategyDraft
from kasstroom.invoices.model import DocumentKind
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.messages import calling
from kasstroom.messages.calling import CallResult
from kasstroom.messages.calls import CallOutcome
from kasstroom.messages.ways import USUAL
from kasstroom.money import Money
from kasstroom.payments.attempts import start
from kasstroom.payments.booking import record_all
from kasstroom.payments.model import AttemptState
from kasstroom.payments.shop import shop_from
from kasstroom.resolution.disputes import NewDispute, Outcome, decide, open_dispute
from kasstroom.resolution.model import DisputeReason, DisputeState
from kasstroom.settle import settle
from kasstroom.time import day_of
from tests.bench.chaos_dunning_world import StormBooks
from tests.bench.chaos_world import Provider, World
from tests.people import ORG, received

BOSS = Actor("bea", (Role.CREDIT_MANAGER, Role.COLLECTOR))
STREETS = ("Kerkstraat", "Dorpsweg", "Havenkade")


class Life:
    """Tasks by name; every one is a function of the worker's clock."""

    def __init__(self, world: World, books: StormBooks, first_day: date) -> None:
        self.world, self.books, self.first_day = world, books, first_day
        self.mailbox: deque[tuple[str, str]] = deque()
        self.provider = Provider(world, self.mailbox)
        self.shop = shop_from(
            "https://betalen.example", lambda *_: "s", ("www.mollie.com",), lambda org: org
        )
        self.tokens: dict[str, str] = {}
        self.invoices = 0
        self.payments = 0

    def register(self, n: int, now: datetime) -> None:
        pick, chance = self.world.pick, self.world.chance
        number = f"D{n}"
        kinds = (DebtorKind.CONSUMER,) * 5 + (DebtorKind.COMPANY,) * 4 + (DebtorKind.SOLE_TRADER,)
        country = "NL" if chance(0.9) else ("BE", "DE")[pick(0, 1)]
        family = n // 2 % 4 == 0  # One telephone, one day, two debtors.
        contact = Contact(
            f"d{n}@klant.example" if chance(0.93) and not family else "",
            f"+31612{(n - n % 2 * family):06d}" if family or chance(0.8) else "",
            now if chance(0.5) else None, USUAL[pick(0, 2)],
        )  # fmt: skip
        data = DebtorData(
            f"Klant {n}", kinds[pick(0, 9)], address=self._address(n, country), contact=contact
        )
        settle(self.books, lambda: register(self.books, ORG, number, data, now))
        for place in range(pick(1, 3)):
            days = n // 2 % 50 if family and place == 0 else pick(-4, 50)
            self._book(number, self.first_day + timedelta(days=days), now)

    def _address(self, n: int, country: str) -> Address:
        if self.world.chance(0.12):
            return Address(country=country)
        return Address(STREETS[n % 3], str(n % 90 + 1), "1234 AB", "Utrecht", country)

    def _book(self, debtor: str, due_on: date, now: datetime, credits: str = "") -> None:
        self.invoices += 1
        cheap = self.world.chance(0.1)
        amount = self.world.pick(100, 480) if cheap else self.world.pick(1_000, 300_000)
        new = NewInvoice(
            f"F{self.invoices:06d}", debtor, min(due_on, day_of(now)) - timedelta(days=14),
            Money(amount), DocumentKind.CREDIT_NOTE if credits else DocumentKind.INVOICE, due_on,
            credits_invoice=credits if credits != "-" else "",
        )  # fmt: skip
        settle(self.books, lambda: book(self.books, ORG, new, terms_days=30, now=now))

    def strategy(self, name: str, draft: StrategyDraft, now: datetime) -> None:
        version = settle(
            self.books, lambda: strategies.write(self.books, ORG, name, draft, BOSS, now)
        )
        settle(
            self.books,
            lambda: strategies.activate(self.books, ORG, name, version.number, BOSS, now),
        )

    def default(self, name: str, now: datetime) -> None:
        wanted = Assignment(default=name)
        settle(self.books, lambda: strategies.assign(self.books, ORG, wanted, BOSS, now))

    def open_now(self, debtor: str) -> list[str]:
        case = self.books.peek(DunningCase, ORG, debtor)
        return [item.number for item in case.items if item.open.minor > 0]

    def one_open(self, debtor: str) -> str:
        numbers = self.open_now(debtor)
        return numbers[self.world.pick(0, len(numbers) - 1)] if numbers else ""

    # What debtors do.

    def pays_by_bank(self, debtor: str) -> Callable[[datetime], Any]:
        numbers = self.open_now(debtor) if self.world.chance(0.4) else [self.one_open(debtor)]
        case = self.books.peek(DunningCase, ORG, debtor)
        owed = sum(i.open.minor for i in case.items if i.number in numbers)
        share = 100 if self.world.chance(0.7) else self.world.pick(5, 120)
        self.payments += 1
        id, amount = f"bank_{self.payments}", Money(max(1, owed * share // 100))

        def do(now: datetime) -> None:
            wanted = [n for n in numbers if n]
            received(
                self.books, str(amount.decimal), *wanted, id=id, debtor=debtor, source="bank",
                now=now,
            )  # fmt: skip

        return do

    def clicks(self, debtor: str) -> Callable[[datetime], Any] | None:
        """A payer opens the page of the last message; `at_the_bank` is what comes of it."""
        token = self.tokens.get(debtor)
        if token is None:
            return None

        return lambda now: start(
            self.books, self.provider, self.shop, token, now=now,
            new_key=lambda: str(uuid.uuid4()),
        )  # fmt: skip

    def at_the_bank(self, id: str) -> None:
        if self.world.chance(0.15):
            self.provider.expired(id)
        else:
            self.provider.paid(id)

    def payer_of(self, provider_id: str) -> str:
        attempt = self.provider.payments[provider_id].reference
        return self.books.peek(Reference, ORG, "attempt", attempt).debtor

    def reported(self, attempt_id: str, provider_id: str) -> Callable[[datetime], Any]:
        def do(now: datetime) -> None:
            payment = self.provider.fetch(provider_id)
            record_all(
                self.books, ORG, attempt_id or payment.reference, payment, mode="test", now=now
            )

        return do

    def taken_back(self, id: str) -> None:
        if self.provider.payments[id].state is AttemptState.PAID:
            self.provider.charged_back(id)

    def objects(self, debtor: str) -> Callable[[datetime], Any]:
        number, chance = self.one_open(debtor), self.world.chance(0.6)
        amount = None if chance else Money(self.world.pick(50, 3_000))
        new = NewDispute(number, DisputeReason.NOT_DELIVERED, amount)
        return lambda now: settle(
            self.books, lambda: open_dispute(self.books, ORG, new, "anna", now)
        )

    def buys(self, debtor: str) -> Callable[[datetime], Any]:
        days = self.world.pick(-3, 25)
        return lambda now: self._book(debtor, day_of(now) + timedelta(days=days), now)

    def credited(self, debtor: str) -> Callable[[datetime], Any]:
        named = self.one_open(debtor) if self.world.chance(0.7) else "-"
        return lambda now: self._book(debtor, day_of(now), now, named or "-")

    def moves(self, debtor: str, house: bool = False) -> Callable[[datetime], Any]:
        """The address, the mail address or the number changes, or comes at last."""
        self.invoices += 1
        n, what = self.invoices, 2 if house else self.world.pick(0, 2)
        known = self.books.peek(Debtor, ORG, debtor)
        address = Address("Nieuweweg", str(n), "1234 AB", "Utrecht", known.address.country)
        patch = (
            DebtorPatch(contact=replace(known.contact, email=f"n{n}@klant.example")),
            DebtorPatch(contact=replace(known.contact, phone=f"+31613{n % 10**6:06d}")),
            DebtorPatch(address=address),
        )[what]
        return lambda now: settle(self.books, lambda: correct(self.books, ORG, debtor, patch, now))

    # What colleagues do.

    def decides(self, id: str) -> Callable[[datetime], Any]:
        states = (DisputeState.REJECTED, DisputeState.WITHDRAWN, DisputeState.ACCEPTED)
        outcome = Outcome(states[self.world.pick(0, 2)], "looked at")
        return lambda now: settle(
            self.books, lambda: decide(self.books, ORG, id, outcome, "anna", now)
        )

    def pauses(self, debtor: str) -> Callable[[datetime], Any]:
        days, scope = self.world.pick(0, 12), self.world.pick(0, 2)
        invoice = self.one_open(debtor) if scope == 0 else ""

        def do(now: datetime) -> Any:
            until = now + timedelta(days=days) if days else None
            new = NewPause(BlockReason.PROMISE, debtor, invoice, scope == 1, until)
            return settle(self.books, lambda: pausing.pause(self.books, ORG, new, "anna", now))

        return do

    def pauses_all(self, now: datetime) -> Any:
        new = NewPause(BlockReason.MANUAL)
        return settle(self.books, lambda: pausing.pause(self.books, ORG, new, "bea", now))

    def lifts(self, id: str) -> Callable[[datetime], Any]:
        return lambda now: settle(
            self.books, lambda: pausing.lift(self.books, ORG, id, "anna", now)
        )

    def chooses(self, debtor: str) -> Callable[[datetime], Any]:
        invoice = self.one_open(debtor) if self.world.chance(0.5) else ""
        name = "mild" if self.world.chance(0.7) else ""
        return lambda now: settle(
            self.books,
            lambda: strategies.choose_for(self.books, ORG, debtor, name, BOSS, now, invoice),
        )

    def looks_at(self, proposal: str) -> Callable[[datetime], Any]:
        verdict = Verdict(self.world.chance(0.75))
        return lambda now: settle(
            self.books, lambda: proposals.decide(self.books, ORG, proposal, verdict, BOSS, now)
        )

    def calls(self, task: str) -> Callable[[datetime], Any]:
        outcomes = tuple(CallOutcome)
        told = CallResult(outcomes[self.world.pick(0, len(outcomes) - 1)])
        return lambda now: settle(
            self.books, lambda: calling.report(self.books, ORG, task, told, BOSS, now)
        )
