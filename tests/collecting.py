"""An organisation that collects by direct debit, its debtors' mandates, and what the bank says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from kasstroom.access.model import Actor
from kasstroom.bank.model import BankLine, LineKind
from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.mandates import ending, exporting, planning
from kasstroom.mandates.bank_lines import Told, collected, returned
from kasstroom.mandates.collection import Collection, CollectionLine
from kasstroom.mandates.ending import Cancellation
from kasstroom.mandates.exporting import lines_of
from kasstroom.mandates.model import Mandate, Scheme
from kasstroom.mandates.notices import announce
from kasstroom.mandates.planning import NewCollection
from kasstroom.mandates.registering import NewMandate, register
from kasstroom.mandates.terms import DirectDebitTerms
from kasstroom.messages.sending import Sender
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.settle import settle
from kasstroom_documents.pain008 import pain_008
from kasstroom_pages.notices import written
from tests.people import NOW, ORG

CREDITOR_ID = "NL69ZZZ123456780000"
"""KvK 12345678 of `tests.people`, branch 0000."""
IBANS = {"D1": "NL53KNAB0730699660", "D2": "NL12KNAB0512941121", "D3": "NL91INGB0945362807"}
ANNA = Actor("anna", ("finance",))
SHOP = Actor("webshop")
DAY = date(2026, 9, 15)
"""Fourteen days after `tests.people.NOW`, a Tuesday."""
THE_DAY_BEFORE = NOW + timedelta(days=13)


class Shelf:
    """`kasstroom.mandates.ports.FileStore` in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.puts = 0

    def put(self, key: str, content: bytes) -> None:
        self.files[key], self.puts = content, self.puts + 1


def collects(books: Any, **terms: Any) -> None:
    known = books.get(Organisation, ORG)
    after = replace(known, direct_debit=DirectDebitTerms(CREDITOR_ID, **terms))
    books.commit(Changes(update=(after,)))


def mandate(books: Any, debtor: str = "D1", **facts: Any) -> Mandate:
    new = NewMandate(
        debtor, facts.pop("iban", IBANS.get(debtor, IBANS["D1"])),
        facts.pop("signed_on", date(2026, 8, 15)), **facts,
    )  # fmt: skip
    return settle(books, lambda: register(books, ORG, new, SHOP, NOW))


class Post:
    """Every channel at once: keeps what it sent, or raises `error`."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.sent = error, []

    def send(self, message: Any) -> str:
        if self.error:
            raise self.error
        self.sent.append(message)
        return f"provider-{len(self.sent)}"

    def sender(self, books: Any) -> Sender:
        return Sender(books, dict.fromkeys(Channel, self), written)


def announced(books: Any, id: str, post: Post, now: datetime = NOW) -> None:
    """What the worker does with the news of this collection."""
    for debtor in sorted({line.debtor for line in lines(books, id)}):
        announce(post.sender(books), ORG, debtor, id, now)


def plan(books: Any, *debtors: str, now: datetime = NOW, **facts: Any) -> Collection:
    """Planned, and everybody was told at once."""
    made = planned(books, *debtors, now=now, **facts)
    announced(books, made.id, Post(), now)
    return made


def planned(
    books: Any, *debtors: str, on: date = DAY, now: datetime = NOW, due_by: date | None = None,
    scheme: Scheme = Scheme.CORE, id: str = "",
) -> Collection:  # fmt: skip
    id = id or planning.new_collection_id(now)
    asked = NewCollection(on, scheme, debtors, due_by)
    settle(books, lambda: planning.start(books, ORG, id, asked, SHOP, now))
    return planning.go_on(books, ORG, id, now)


def export(books: Any, shelf: Shelf, id: str, now: datetime = THE_DAY_BEFORE) -> Collection:
    settle(books, lambda: exporting.start(books, ORG, id, ANNA, now))
    return exporting.finish(books, shelf, pain_008, ORG, id, now)


def cancel(books: Any, id: str, now: datetime = NOW) -> Collection:
    settle(books, lambda: ending.start(books, ORG, id, Cancellation("mistake"), ANNA, now))
    return ending.finish(books, ORG, id, now)


def lines(books: Any, id: str) -> list[CollectionLine]:
    return list(lines_of(books, ORG, id))


def credit(minor: int, *, id: str = "line-1", on: date = DAY, **names: str) -> BankLine:
    """Money on the statement; `end_to_end_id`, `text` and so on say what it is."""
    return BankLine(
        ORG, id, "NL91ABNA0417164300", "statement-1", "1", LineKind.RECEIPT, Money(minor), on, on,
        NOW, **names,
    )  # fmt: skip


def taken_back(line: CollectionLine, reason: str, *, id: str = "line-9") -> BankLine:
    """A return as in camt.053: DBIT, with the end-to-end id and mandate of the collection."""
    made = credit(
        -line.amount.minor, id=id, on=DAY + timedelta(days=2), end_to_end_id=line.id,
        mandate_id=line.mandate_reference, return_reason=reason,
        text=f"Incasso {', '.join(line.invoices)}",
    )  # fmt: skip
    return replace(made, kind=LineKind.RETURN)


def told(books: Any, line: BankLine, now: datetime = THE_DAY_BEFORE + timedelta(days=3)) -> Told:
    """What matching does with a line: asks, commits, and asks again until it is complete."""
    use = collected if line.amount.minor > 0 else returned
    while True:
        found = settle(books, lambda: use(books, line, now) or (Changes(), None))
        if found is None or found.complete:
            return found
