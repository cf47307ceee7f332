"""Ten thousand payments through everything that can go wrong, against the provider's own truth.

Run: `make chaos-payments` (or `.venv/bin/python -m tests.bench.chaos_payments [payments] [seed]`).
The product's own use cases run in several threads over books that crash around writes and a
provider that answers late, twice, out of order or not at all; sweeps and the daily comparison then
repair what was lost. At the end the ledger must be the provider's truth: nothing lost, nothing
twice; and the figures that followed it, what the books say (`chaos_figures`). Prints what happened
and ends with 1 when it is not so.
"""

from __future__ import annotations

import sys
import threading
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.errors import Conflict, KasstroomError, Unavailable
from kasstroom.ids import digest
from kasstroom.invoices.model import Invoice
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments import refunding
from kasstroom.payments.attempts import start
from kasstroom.payments.booking import record_all
from kasstroom.payments.comparing import LOOK_BACK, compare
from kasstroom.payments.differences import Difference
from kasstroom.payments.links import create
from kasstroom.payments.model import (
    PROVIDERS,
    AttemptState,
    Entry,
    EntryKind,
    MoneyIn,
    Refund,
    RefundStatus,
    WorkState,
)
from kasstroom.payments.posting import key_of
from kasstroom.payments.refund_sending import send_due
from kasstroom.payments.reported import (
    RefundState,
)
from kasstroom.payments.shop import shop_from
from kasstroom.payments.sweeping import sweep
from kasstroom.reports.measures import Cell
from kasstroom.settle import settle
from tests.bench.chaos_figures import Follower
from tests.bench.chaos_figures_check import kept_in_step, told
from tests.bench.chaos_world import Crash, CrashingBooks, Odds, Provider, World

ORG, WORKERS, PER_DEBTOR = "vandijk", 8, 10
SWEEPS = (timedelta(minutes=25), timedelta(hours=2))
NIGHT = timedelta(days=1)
MOST_ROUNDS = 40


class Run:
    """One run; `figures` counts what happened, `wrong` names what must not be."""

    def __init__(self, payments: int, seed: int, odds: Odds) -> None:
        self.world = World(seed, odds)
        self.books = CrashingBooks(self.world)
        self.follower = Follower(self.books, seed)
        self.mailbox: deque = deque()  # type: ignore[type-arg]
        self.provider = Provider(self.world, self.mailbox)
        self.payments, self.figures = payments, Counter()
        self.wrong: list[str] = []
        self.tokens: list[str] = []
        self.counted: dict[Cell, int] = {}
        self.shop = shop_from(
            "https://betalen.example", lambda *_: "s", ("www.mollie.com",), lambda org: org
        )

    def put(self, org: str, attempt_id: str, provider_id: str, provider: str = "mollie") -> None:
        """`PaymentQueue`: what sweeps and comparisons ask to look at."""
        self.mailbox.append((attempt_id, provider_id))

    def prepare(self) -> None:
        """Debtors with invoices and a link for each."""
        self.books.commit(Changes(create=(Organisation(ORG, "Van Dijk", "1", "U", "I", "e"),)))
        now = self.world.clock
        for n in range(self.payments):
            debtor, number = f"D{n // PER_DEBTOR}", f"F{n}"
            if n % PER_DEBTOR == 0:
                data = DebtorData(f"Klant {debtor}")
                settle(self.books, lambda d=debtor, x=data: register(self.books, ORG, d, x, now))
            amount = Money(self.world.pick(100, 90_000))
            issued_on = date(2026, 7, 20) + timedelta(days=n % 30)
            due_on = issued_on + timedelta(days=31)
            new = NewInvoice(number, debtor, issued_on, amount, due_on=due_on)
            settle(self.books, lambda x=new: book(self.books, ORG, x, terms_days=30, now=now))
            token = digest(f"{self.world.seed}{n}")[:22]
            settle(
                self.books,
                lambda d=debtor, x=number, t=token: create(
                    self.books, ORG, d, (x,), token=t, now=now
                ),
            )
            self.tokens.append(token)

    def click(self, token: str) -> None:
        """A payer who tries again when the page says to."""
        for _ in range(4):
            try:
                start(
                    self.books, self.provider, self.shop, token, now=self.world.clock,
                    new_key=lambda: str(uuid.uuid4()),
                )  # fmt: skip
                return
            except (Crash, Unavailable, Conflict):
                self.figures["clicks repeated"] += 1
            except KasstroomError:
                return

    def at_the_bank(self, id: str) -> None:
        """What the payer does there; sometimes another amount than asked arrives."""
        if not self.world.chance(0.9):
            self.provider.expired(id)
            return
        asked = self.provider.payments[id].amount.minor
        odd = self.world.chance(0.05)
        self.provider.paid(id, self.world.pick(1, 2 * asked) if odd else None)

    def afterwards(self, id: str) -> None:
        """Refunds made at the provider's own page, and chargebacks."""
        payment = self.provider.payments[id]
        if payment.state is not AttemptState.PAID:
            return
        if self.world.chance(0.03):
            self.provider.refunded(id, self.world.pick(1, payment.amount.minor))
        if self.world.chance(0.03):
            self.provider.charged_back(id)

    def comes_back(self, id: str) -> None:
        """A refund that bounces, a chargeback that is undone: days after it was made."""
        payment = self.provider.payments[id]
        if payment.refunds and self.world.chance(0.3):
            self.provider.bounced(id)
        if payment.chargebacks and self.world.chance(0.4):
            self.provider.reversed(id)

    def ask_refund(self, money: MoneyIn) -> None:
        """The creditor sends part of it back."""
        minor = self.world.pick(1, max(1, money.amount.minor))
        with suppress(KasstroomError, Crash):
            settle(
                self.books,
                lambda: refunding.request(
                    self.books, ORG, money.id, Money(minor), reason="r", by="anna",
                    now=self.world.clock, key=str(uuid.uuid4()), providers=PROVIDERS,
                ),
            )  # fmt: skip
            self.figures["refunds asked"] += 1

    def work(self, message: tuple[str, str]) -> None:
        """The worker behind the queue: what fails goes back."""
        attempt_id, provider_id = message
        try:
            payment = self.provider.fetch(provider_id)
            record_all(
                self.books, ORG, attempt_id or payment.reference, payment, mode="test",
                now=self.world.clock,
            )  # fmt: skip
            self.figures["messages handled"] += 1
        except (Crash, Unavailable, Conflict):
            self.figures["messages given back"] += 1
            self.mailbox.append(message)

    def in_parallel(self, do: Callable[[Any], None], items: list[Any]) -> None:
        """Several workers at once take what is there, in no order."""
        self.world.dice.shuffle(items)
        todo, failed = deque(items), []

        def worker() -> None:
            while True:
                try:
                    item = todo.popleft()
                except IndexError:
                    return
                try:
                    do(item)
                except Crash:
                    todo.append(item)
                except Exception as error:  # a bug of ours: the run has to show it
                    failed.append(repr(error))

        threads = [threading.Thread(target=worker) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.wrong += failed[:5]

    def drain(self) -> None:
        """Webhooks and jobs until the queue is empty; a crash around a write comes back."""
        for _ in range(MOST_ROUNDS):
            batch = []
            while self.mailbox:
                batch.append(self.mailbox.popleft())
            if not batch:
                return
            self.in_parallel(self.work, batch)
        self.wrong.append("the queue never emptied")

    def scheduled(self, job: Callable[[], Any]) -> None:
        """A schedule that crashes runs again at its next round."""
        for _ in range(MOST_ROUNDS * 5):
            try:
                job()
                return
            except (Crash, Unavailable, Conflict):
                self.figures["rounds repeated"] += 1
        self.wrong.append("a schedule never finished")

    def play(self) -> None:
        self.prepare()
        self.books.calm = False
        self.in_parallel(self.click, list(self.tokens))
        self.in_parallel(self.click, [t for t in self.tokens if self.world.chance(0.05)])
        self.in_parallel(self.at_the_bank, list(self.provider.payments))
        self.drain()
        for wait in SWEEPS:
            self.world.clock += wait
            self.scheduled(lambda: sweep(self.books, self, self.world.clock))
            self.drain()
        self.nights(4)
        self.in_parallel(self.afterwards, list(self.provider.payments))
        paid = [m for m in self.books.every(MoneyIn) if self.world.chance(0.03)]
        self.in_parallel(self.ask_refund, paid)
        for _ in range(MOST_ROUNDS):
            self.world.clock += timedelta(hours=1)
            self.scheduled(self.refund_round)
            self.drain()
            if not any(r.due for r in self.books.every(Refund)):
                break
        self.nights(4)
        self.in_parallel(self.comes_back, list(self.provider.payments))
        self.nights(4)

    def nights(self, many: int) -> None:
        """A day of sweeps, and the comparison at its end."""
        for _ in range(many):
            self.world.clock += NIGHT
            self.scheduled(lambda: sweep(self.books, self, self.world.clock))
            self.drain()
            self.scheduled(self.compare_round)
            self.drain()

    def refund_round(self) -> None:
        send_due(self.books, self.provider, self.world.clock, mode="test")

    def compare_round(self) -> None:
        now = self.world.clock
        found = compare(self.books, self, ORG, self.provider, now - LOOK_BACK, now)
        self.figures["repaired by the daily list"] += found.asked_again


def truth(provider: Provider) -> dict[str, int]:
    """What the provider says happened, by the ledger's own keys, in minor units."""
    found = {}
    for p in provider.payments.values():
        if p.state is not AttemptState.PAID:
            continue
        found[key_of("mollie", p.id, EntryKind.PAYMENT)] = -p.amount.minor
        for r in p.refunds:
            if r.state is not RefundState.FAILED:
                found[key_of("mollie", r.id, EntryKind.REFUND)] = r.amount.minor
        for c in p.chargebacks:
            found[key_of("mollie", c.id, EntryKind.CHARGEBACK)] = c.amount.minor
            if c.reversed_at:
                found[key_of("mollie", c.id, EntryKind.REVERSAL)] = -c.amount.minor
    return found


def verdict(run: Run) -> SimpleNamespace:
    """The ledger against the truth: a bounced refund that was booked nets to nothing."""
    expected, seen = truth(run.provider), Counter()
    ledger: dict[str, int] = {}
    for entry in run.books.every(Entry):
        if entry.source != "mollie":
            continue
        key = key_of(entry.source, entry.external_id, entry.kind)
        seen[key] += 1
        ledger[key] = entry.amount.minor
    bounced = {k for k in ledger if k.endswith(f":{EntryKind.REFUND_RETURNED}")}
    for key in bounced:
        went = key.replace(f":{EntryKind.REFUND_RETURNED}", f":{EntryKind.REFUND}")
        assert ledger.pop(key) == -ledger.pop(went)
    lost = [key for key in expected if key not in ledger]
    extra = [key for key in ledger if key not in expected]
    amounts = [key for key in expected if key in ledger and ledger[key] != expected[key]]
    return SimpleNamespace(
        lost=lost, doubled=[k for k, n in seen.items() if n > 1], invented=extra, amounts=amounts,
        expected=sum(expected.values()), booked=sum(ledger.values()), entries=len(ledger),
    )  # fmt: skip


def balances(run: Run) -> list[str]:
    """Debtors whose balance is not the sum of their entries, or whose invoices do not agree."""
    sums: Counter = Counter()
    on_invoice: Counter = Counter()
    for entry in run.books.every(Entry):
        sums[entry.debtor] += entry.amount.minor
        for allocation in entry.allocations:
            on_invoice[allocation.invoice] += allocation.amount.minor
    wrong = [i.number for i in run.books.every(Invoice) if i.payable.minor != on_invoice[i.number]]
    for account in run.books.every(CreditAccount):
        kept = account.open_minor + account.unallocated.get("EUR", 0)
        if kept != sums[account.debtor]:
            wrong.append(account.debtor)
    return wrong


def play(payments: int, seed: int, odds: Odds | None = None) -> Run:
    run = Run(payments, seed, odds or Odds())
    run.play()
    run.books.calm = True
    found = verdict(run)
    for name in ("lost", "doubled", "invented", "amounts"):
        keys = getattr(found, name)
        run.figures[name] = len(keys)
        run.wrong += [f"{name}: {key}" for key in keys[:5]]
    if found.expected != found.booked:
        run.wrong.append(f"provider {found.expected}, ledger {found.booked}")
    run.wrong += [f"balance of {name}" for name in balances(run)[:5]]
    open_tasks = [d for d in run.books.every(Difference) if d.state is WorkState.OPEN]
    run.wrong += [f"still differs: {d.provider_id} {d.kind}" for d in open_tasks[:5]]
    for refund in run.books.every(Refund):
        run.figures[f"refunds {refund.status}"] += 1
    stuck = [r for r in run.books.every(Refund) if r.status is RefundStatus.REQUESTED]
    run.wrong += [f"refund never sent: {r.id}" for r in stuck[:5]]
    run.figures["entries of the provider"] = found.entries
    run.figures["net received, cents"] = -found.booked
    run.counted = kept_in_step(run.follower, ORG)
    run.wrong += run.follower.wrong
    return run


def main() -> None:
    payments = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"{payments:,} payments, seed {seed}, {WORKERS} workers at once")
    began = time.perf_counter()
    run = play(payments, seed)
    summary = told(run.follower, ORG, run.world.clock, run.counted)
    took = time.perf_counter() - began
    for name, count in {**run.world.happened, **run.figures}.items():
        print(f"  {name.replace('_', ' '):28} {count:>14,}")
    print(f"  {'seconds':28} {took:>14.1f}")
    for line in dict.fromkeys((*run.wrong, *run.follower.wrong)):
        print(f"  WRONG  {line}")
    print(summary)
    print("ledger = provider" if not run.wrong else "the ledger is not the provider's truth")
    sys.exit(bool(run.wrong or run.follower.wrong))


if __name__ == "__main__":
    main()
