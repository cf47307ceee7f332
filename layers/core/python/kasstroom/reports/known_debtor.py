"""What is known of a debtor whose entities were just read together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kasstroom.credit.decision import Decision
from kasstroom.invoices.model import Invoice
from kasstroom.ports import Books
from kasstroom.resolution.model import Dispute


class KnownDebtor:
    """`kasstroom.reports.sources.Known`: invoices out of what was read, the rest (which few
    entities ask for) and whatever was not among it from the books."""

    def __init__(self, books: Books, read: Iterable[Any]) -> None:
        self._books = books
        self._invoices = {
            (one.org, one.debtor, one.number): one for one in read if isinstance(one, Invoice)
        }

    def invoice(self, org: str, debtor: str, number: str) -> Invoice | None:
        found = self._invoices.get((org, debtor, number))
        return found or self._books.find(Invoice, org, debtor, number)

    def disputes(self, org: str, debtor: str) -> Sequence[Dispute]:
        return self._books.all_of(Dispute, org, debtor)

    def decisions(self, org: str, debtor: str) -> Sequence[Decision]:
        return self._books.all_of(Decision, org, debtor)
