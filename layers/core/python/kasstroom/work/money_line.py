"""One bank line on the desk: what the bank said, who it may be for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.bank.booking import SOURCE, external_id
from kasstroom.bank.model import BankLine
from kasstroom.bank.proposing import ProposalPage, proposals
from kasstroom.bank.shares import MOST_DEBTORS
from kasstroom.bank.usecases import Ways
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.money import Money
from kasstroom.payments.model import Entry, EntryKind
from kasstroom.payments.posting import key_of
from kasstroom.ports import Books
from kasstroom.work.money_list import debtor_name

MOST_VERSIONS = 40
"""Looked at for what was booked before: a line moves a few times, and its retries are bounded."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the ledger has of the line, in time order: `kind` of the entry, whose, how much (above
    zero) and on which invoices. `by` and `reason` are of who took it out again."""

    kind: EntryKind
    debtor: str
    name: str
    amount: Money
    invoices: tuple[str, ...]
    booked_at: datetime
    booked_on: date
    money: str
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A debtor as somebody typed its number; `found` False: there is none."""

    number: str
    name: str = ""
    items: tuple[OpenItem, ...] = ()
    found: bool = True


@dataclass(frozen=True, slots=True)
class LineCase:
    """`now_booked` are the steps the line rests on; `history` all there ever were."""

    page: ProposalPage
    now_booked: tuple[Step, ...]
    history: tuple[Step, ...]

    @property
    def line(self) -> BankLine:
        return self.page.line


def line_case(books: Books, org: str, id: str, ways: Ways) -> LineCase:
    """NotFound for a line of no accepted statement."""
    page = proposals(books, org, id, ways)
    line = page.line
    current = {e.id: e for e in _entries(books, org, line.entries)}
    every = current | {e.id: e for e in _earlier(books, line)}
    names: dict[str, str] = {}
    steps = sorted(every.values(), key=lambda e: (e.booked_at, e.id))
    shown = [(e.id, _step(books, e, names)) for e in steps]
    return LineCase(
        page, tuple(s for id, s in shown if id in current), tuple(s for _, s in shown)
    )  # fmt: skip


def opened(books: Books, org: str, number: str) -> Opened:
    """What a debtor has open, for who divides a line by hand."""
    name, case = debtor_name(books, org, number), books.find(DunningCase, org, number)
    if not name or case is None:
        return Opened(number, found=False)
    return Opened(number, name, case.items)


def _entries(books: Books, org: str, references: Iterable[str]) -> Iterator[Entry]:
    for reference in references:
        debtor, _, id = reference.rpartition("#")
        if debtor and (found := books.find(Entry, org, debtor, id)):
            yield found


def _earlier(books: Books, line: BankLine) -> Iterator[Entry]:
    """Every booking of a line has the line's version in its name, so they can be asked for."""
    for version in range(max(0, line.version - MOST_VERSIONS), line.version + 1):
        for nth in range(MOST_DEBTORS):
            name = external_id(replace(line, version=version), nth)
            paid = _named(books, line.org, name, EntryKind.PAYMENT)
            if paid is None:
                break
            yield paid
            if out := _named(books, line.org, f"{name}:undo", EntryKind.TRANSFER):
                yield out


def _named(books: Books, org: str, name: str, kind: EntryKind) -> Entry | None:
    found = books.lookup(org, "entry", key_of(SOURCE, name, kind))
    return books.find(Entry, org, found.debtor, found.target) if found else None


def _step(books: Books, e: Entry, names: dict[str, str]) -> Step:
    if e.debtor not in names:
        names[e.debtor] = debtor_name(books, e.org, e.debtor)
    amount = Money(abs(e.amount.minor), e.amount.currency)
    numbers = tuple(dict.fromkeys(a.invoice for a in e.allocations))
    return Step(
        e.kind, e.debtor, names[e.debtor], amount, numbers, e.booked_at, e.booked_on,
        e.about or e.id, e.by, e.reason,
    )  # fmt: skip
