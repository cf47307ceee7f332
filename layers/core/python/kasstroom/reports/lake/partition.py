"""Everything of one debtor, and the rows it gives: pure, from what was read and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from kasstroom.credit.decision import Decision
from kasstroom.credit.human import HumanDecision
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Debtor
from kasstroom.insurance.model import Cover
from kasstroom.invoices.model import Invoice
from kasstroom.messages.calls import CallTask
from kasstroom.messages.model import Message
from kasstroom.payments.model import Entry, EntryKind, Part
from kasstroom.reports.ageing import Ageing
from kasstroom.reports.contributing.credit import of_credit_account
from kasstroom.reports.effective import DOCUMENTS, effective_on
from kasstroom.reports.lake import books, risk, work
from kasstroom.reports.lake.about import UNALLOCATED, About, Landed
from kasstroom.reports.lake.names import Names, Who
from kasstroom.reports.lake.shape import Row, Table
from kasstroom.resolution.model import Dispute
from kasstroom.segments.model import DebtorSegments

Made = Iterator[tuple[Table, Row]]
OF_DEBTOR: tuple[type, ...] = (
    Debtor, CreditAccount, DebtorSegments, Invoice, Entry, Decision, HumanDecision, Message,
    Dispute, CallTask, Cover,
)  # fmt: skip
"""The kinds a partition holds for the lake."""


@dataclass(slots=True)
class Partition:
    """What was read of one debtor, by kind; it is `Known` to what counts its figures."""

    org: str
    number: str
    found: dict[type, list[Any]] = field(default_factory=dict)

    def add(self, item: Any) -> None:
        self.found.setdefault(type(item), []).append(item)

    def all(self, kind: type) -> list[Any]:
        return self.found.get(kind, [])

    def one(self, kind: type) -> Any:
        return next(iter(self.all(kind)), None)

    def invoice(self, org: str, debtor: str, number: str) -> Invoice | None:
        return next((one for one in self.all(Invoice) if one.number == number), None)

    def disputes(self, org: str, debtor: str) -> list[Dispute]:
        return self.all(Dispute)

    def decisions(self, org: str, debtor: str) -> list[Decision]:
        return self.all(Decision)

    @property
    def agrees(self) -> bool:
        """Whether each document's open amount is what the ledger says: it need not, when a booking
        came between reading the one and the other."""
        open_minor: Counter[str] = Counter()
        for entry in self.all(Entry):
            for part in entry.allocations:
                if part.part is Part.PRINCIPAL:
                    open_minor[part.invoice] += part.amount.minor
        return all(open_minor[i.number] == i.open.minor for i in self.all(Invoice))

    def rows(self, names: Names, as_of: date) -> Made:
        """Each row with its table."""
        who = names.who(self.org, self.number, self.one(Debtor), self.one(CreditAccount))
        maker = _Rows(self, who, as_of, partial(names.order, self.org))
        for make in (maker.debtor, maker.documents, maker.ledger, maker.done, maker.risk):
            yield from make()


@dataclass(frozen=True, slots=True)
class _Rows:
    of: Partition
    who: Who
    as_of: date
    order: Callable[[str], str]

    def _row(self, table: Table, one: Any, more: Any = None) -> tuple[Table, Row]:
        return table, table.row(About(self.who, self.as_of, one, more))

    def debtor(self) -> Made:
        segments = self.of.one(DebtorSegments)
        segment = next(iter(segments.public), "") if segments else ""
        for debtor in self.of.all(Debtor):
            yield self._row(books.DEBTORS, debtor, segment)

    def documents(self) -> Made:
        """The ageing of a debtor adds up its open items and its money, whoever it is."""
        ageing = Ageing(self.as_of)
        for invoice in self.of.all(Invoice):
            yield self._row(books.INVOICES, invoice, self.order(invoice.order_reference))
            if invoice.open:
                yield self._row(books.OPEN_ITEMS, invoice)
            ageing.add_invoice(invoice)
        for entry in self.of.all(Entry):
            ageing.add_entry(entry)
        for aged in ageing.rows():
            yield self._row(books.AGEING, aged)

    def ledger(self) -> Made:
        invoices = {invoice.number: invoice for invoice in self.of.all(Invoice)}
        for entry in self.of.all(Entry):
            for landed in parts_of(entry, invoices):
                yield self._row(books.LEDGER, landed)
            if entry.kind is EntryKind.PAYMENT:
                yield self._row(books.PAYMENTS, entry)

    def done(self) -> Made:
        said = {human.id: human for human in self.of.all(HumanDecision)}
        for decision in self.of.all(Decision):
            order = self.order(decision.order_reference)
            more = work.OfDecision(order, said.get(decision.id))
            yield self._row(work.DECISIONS, decision, more)
        for message in self.of.all(Message):
            yield self._row(work.MESSAGES, message)
            yield from self._asked(message, "message")
        for dispute in self.of.all(Dispute):
            yield self._row(work.DISPUTES, dispute)
        for task in self.of.all(CallTask):
            yield self._row(work.CALL_TASKS, task)
            yield from self._asked(task, "call_task")
            for numbered in enumerate(task.tries, start=1):
                yield self._row(work.CALLS, task, numbered)

    def _asked(self, asking: Message | CallTask, by: str) -> Made:
        for number in dict.fromkeys(asking.invoices):
            yield self._row(work.ASKED_INVOICES, (asking.id, number), by)

    def risk(self) -> Made:
        for account in self.of.all(CreditAccount):
            yield self._row(risk.CREDIT_ACCOUNTS, account)
            for limit in account.limits:
                yield self._row(risk.CREDIT_LIMITS, account, limit)
            for exposed in risk.exposed(of_credit_account(account, self.of)):
                yield self._row(risk.EXPOSURES, exposed)
        for cover in self.of.all(Cover):
            yield self._row(risk.COVERS, cover)


def parts_of(entry: Entry, invoices: dict[str, Invoice]) -> Iterator[Landed]:
    """The allocations of an entry, and what it left over; an entry without either is one row, so
    that every entry is there."""
    document = invoices.get(entry.external_id) if entry.kind in DOCUMENTS else None
    on = effective_on(entry, document.issued_on if document else None)
    for part in entry.allocations:
        invoice = invoices.get(part.invoice)
        yield Landed(entry, on, part.amount, str(part.part), part.invoice, invoice)
    if entry.unallocated or not entry.allocations:
        yield Landed(entry, on, entry.unallocated, UNALLOCATED, None, None)
