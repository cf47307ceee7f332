"""Clues looked up in the books: every question is one item by its key."""

from __future__ import annotations

from kasstroom.bank.candidates import Bearer, Candidate, IbanMemory, NameWord, Payer, Pointed
from kasstroom.debtors.model import Debtor
from kasstroom.dunning.model import DunningCase
from kasstroom.invoices.referenced import PAYMENT_REFERENCE
from kasstroom.payments.model import LINK_REFERENCE, PaymentLink
from kasstroom.payments.references import is_rf
from kasstroom.ports import Books


class BooksLookups:
    """`kasstroom.bank.candidates.Lookups`; `cases` keeps what was read, because what is booked must
    be what was looked at."""

    def __init__(self, books: Books, org: str) -> None:
        self._books, self._org = books, org
        self.cases: dict[str, DunningCase] = {}

    def reference(self, value: str) -> Pointed | None:
        return self._pointed(PAYMENT_REFERENCE, value) or self._of_link(value)

    def _of_link(self, value: str) -> Pointed | None:
        """What the payment page, a letter and a reminder ask to mention."""
        name = self._books.lookup(self._org, LINK_REFERENCE, value) if is_rf(value) else None
        link = name and self._books.find(PaymentLink, self._org, name.debtor, name.target)
        return Pointed(link.debtor, link.invoices[0], link.invoices[1:]) if link else None

    def invoice(self, number: str) -> Pointed | None:
        return self._pointed("invoice", number)

    def _pointed(self, kind: str, value: str) -> Pointed | None:
        found = self._books.lookup(self._org, kind, value)
        return Pointed(found.debtor, found.target) if found else None

    def payers(self, iban: str) -> tuple[Payer, ...]:
        found = self._books.find(IbanMemory, self._org, id=iban)
        return found.payers if found else ()

    def bearers(self, word: str) -> tuple[Bearer, ...]:
        found = self._books.find(NameWord, self._org, id=word)
        return found.bearers if found else ()

    def candidate(self, debtor: str) -> Candidate | None:
        found = self._books.find(Debtor, self._org, debtor)
        case = self._books.find(DunningCase, self._org, debtor)
        if found is None or case is None:
            return None
        self.cases[debtor] = case
        return Candidate(debtor, found.name, case.items)
