"""What is true, as it is written: balances from the ledger's entries, what is disputed, who is left
alone, and by which strategies is reminded. Nothing of it is what the product made of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.dunning.choosing import LiveStrategies
from kasstroom.dunning.model import BlockReason, Scope
from kasstroom.dunning.pausing import Pause
from kasstroom.dunning.strategy import DEFAULT, Strategy
from kasstroom.events.letters import LetterPosted
from kasstroom.invoices.model import Invoice
from kasstroom.messages.model import Message
from kasstroom.payments.model import Entry, EntryKind, Part
from kasstroom.resolution.model import HOLDING, Dispute, DisputeState
from kasstroom.time import AMSTERDAM
from tests.bench.chaos_dunning_world import Task

PATIENCE = timedelta(days=5)
"""A debtor whose bank took a payment back is left alone for so long."""
ALMOST = PATIENCE - timedelta(microseconds=1)
TOLD = 5
"""Faults of one rule that are shown; all are counted."""


@dataclass
class Held:
    """A pause as somebody set it."""

    scope: Scope
    debtor: str
    invoice: str
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        return self.until is None or self.until > now


def local_day(at: datetime) -> date:
    return at.astimezone(AMSTERDAM).date()


class Truth:
    def __init__(self) -> None:
        self.wrong: Counter[str] = Counter()
        self.told: list[str] = []
        self.figures: Counter[str] = Counter()
        self.task = Task("", "", lambda _: None)
        self.debtors: dict[str, Debtor] = {}
        self.invoices: dict[str, Invoice] = {}
        self.by_debtor: dict[str, list[str]] = defaultdict(list)
        self.parts: dict[str, Counter[Part]] = defaultdict(Counter)
        self.held: Counter[str] = Counter()
        self.disputes: dict[str, Dispute] = {}
        self.pauses: dict[str, dict[str, Held]] = defaultdict(dict)
        self.messages: dict[str, Message] = {}
        self.posted: dict[str, date] = {}
        self.returned: set[str] = set()
        self.live: dict[int, LiveStrategies] = {0: LiveStrategies("")}
        self.live_now = 0
        self.strategies: dict[tuple[str, int], Strategy] = {(DEFAULT.id, 0): DEFAULT}

    def fault(self, rule: str, text: str) -> None:
        self.wrong[rule] += 1
        if self.wrong[rule] <= TOLD:
            self.told.append(f"({rule}) {text}")

    def learn(self, changes: Changes) -> None:
        """In the order in which one thing follows from the other."""
        entities = (*changes.create, *changes.update)
        for kind, look in (
            (Debtor, self._debtor), (Invoice, self._invoice), (Dispute, self._dispute),
            (Entry, self._entry), (Pause, self._pause), (LiveStrategies, self._strategies),
        ):  # fmt: skip
            for entity in entities:
                if type(entity) is kind:
                    look(entity)
        for event in changes.events:
            if isinstance(event, LetterPosted):
                self.posted[event.subject] = event.posted_on

    def _debtor(self, debtor: Debtor) -> None:
        self.debtors[debtor.number] = debtor

    def _invoice(self, invoice: Invoice) -> None:
        if invoice.number not in self.invoices:
            self.by_debtor[invoice.debtor].append(invoice.number)
        self.invoices[invoice.number] = invoice

    def _entry(self, entry: Entry) -> None:
        for allocation in entry.allocations:
            self.parts[allocation.invoice][allocation.part] += allocation.amount.minor
            if entry.kind is EntryKind.CREDIT_NOTE and allocation.amount.minor < 0:
                taken = -allocation.amount.minor
                self.held[allocation.invoice] = max(0, self.held[allocation.invoice] - taken)
        now, back = self.task.now, entry.kind is EntryKind.CHARGEBACK and entry.allocations
        self.returned.update(a.invoice for a in (back or ()))
        if now and back and not self.paused(entry.debtor, now + ALMOST, for_all=False):
            held = Held(Scope.DEBTOR, entry.debtor, "", now + PATIENCE)
            self.pauses[entry.debtor][BlockReason.PAYMENT_RETURNED] = held

    def _dispute(self, dispute: Dispute) -> None:
        before = self.disputes.get(dispute.id)
        self.disputes[dispute.id] = dispute
        if before is None:
            self.held[dispute.invoice] += dispute.amount.minor
        elif dispute.state in (DisputeState.REJECTED, DisputeState.WITHDRAWN):
            still = sum(
                d.amount.minor for d in self.disputes.values()
                if d.invoice == dispute.invoice
                and d.state in HOLDING
            )  # fmt: skip
            self.held[dispute.invoice] = min(self.held[dispute.invoice], still)

    def _pause(self, pause: Pause) -> None:
        if pause.lifted_at:
            self.pauses[pause.debtor].pop(pause.id, None)
        else:
            held = Held(pause.scope, pause.debtor, pause.invoice, pause.until)
            self.pauses[pause.debtor][pause.id] = held

    def _strategies(self, live: LiveStrategies) -> None:
        self.live_now = live.version + 1
        self.live[self.live_now] = live
        for strategy in live.active.values():
            self.strategies[strategy.id, strategy.version] = strategy

    def balance(self, number: str) -> int:
        return sum(self.parts[number].values())

    def claimable(self, number: str) -> int:
        balance = self.balance(number)
        return balance - min(self.held[number], max(0, balance))

    def paused(self, debtor: str, now: datetime, *, for_all: bool = True) -> bool:
        """By a pause of the debtor or of what is open; `for_all`: or one of everybody's that this
        worker could know."""
        whole = (Scope.DEBTOR, Scope.CASE)
        if any(h.holds(now) and h.scope in whole for h in self.pauses[debtor].values()):
            return True
        if not for_all:
            return False
        common = [b for b in self.live[self.live_now].pauses if b.holds(now)]
        if common and self.task.live_version < self.live_now:
            self.figures["claimed while a pause for all was written"] += 1
            common = [b for b in self.live[self.task.live_version].pauses if b.holds(now)]
        return bool(common)

    def invoice_paused(self, number: str, now: datetime) -> bool:
        held = self.pauses[self.invoices[number].debtor].values()
        return any(h.invoice == number and h.holds(now) for h in held)
