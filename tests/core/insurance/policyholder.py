"""A policy, a debtor who can be found, and an insurer that answers what it is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Debtor, DebtorKind, Identifier, IdentifierScheme
from kasstroom.errors import NotFound
from kasstroom.insurance import requests
from kasstroom.insurance.codes import Response
from kasstroom.insurance.covers import BookAnswer, book_by_hand
from kasstroom.insurance.model import Buyer, Cover, CoverAnswer, CoverRequest, InsurancePolicy
from kasstroom.insurance.policies import NewPolicy, register
from kasstroom.insurance.ports import CoverOrder
from kasstroom.insurance.requests import NewCoverRequest
from kasstroom.insurance.terms import PolicyTerms
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

MANAGER = Actor("anna", ("credit_manager",))
TERMS = PolicyTerms(90, discretionary_limit=eur("15000"))
ANSWER = CoverAnswer("dec-1", Response.APPROVED, eur("50000"))


def policyholder(terms: PolicyTerms = TERMS, insurer: str = "allianz_trade") -> MemoryBooks:
    """Books with one policy and debtor D1, KvK number known."""
    books = MemoryBooks()
    kvk = Identifier(IdentifierScheme.KVK, "68750110")
    books.commit(
        Changes(
            create=(
                Debtor(ORG, "D1", "Klant D1", DebtorKind.COMPANY, NOW, identifiers=(kvk,)),
                CreditAccount(ORG, "D1"),
            )
        )
    )
    new = NewPolicy("NL-778001", insurer, terms, date(2026, 1, 1))
    settle(books, lambda: register(books, ORG, new, MANAGER, NOW))
    return books


def policies(books: MemoryBooks) -> list[InsurancePolicy]:
    return list(books.every(InsurancePolicy))


def ask(books: MemoryBooks, amount: str = "50000", now=NOW, **more) -> CoverRequest:
    new = NewCoverRequest("D1", eur(amount), **more)
    return settle(books, lambda: requests.request(books, ORG, new, policies(books), "webshop", now))


def told(books: MemoryBooks, response: Response, granted: str = "", now=NOW, **more) -> Cover:
    """The insurer's answer, booked by hand."""
    id = more.pop("decision_id", f"dec-{response}-{now.isoformat()}")
    amount = eur(granted) if granted else None
    answer = BookAnswer(id, response, granted=amount, **more)
    return settle(
        books,
        lambda: book_by_hand(books, ORG, "D1", answer, policies(books), MANAGER, now),
    )


def owes(books: MemoryBooks, **by_due: str) -> None:
    """Sets what is open: `owes(books, d20260331="1000")`."""
    account = account_of(books)
    days = {date.fromisoformat(name[1:]): eur(value).minor for name, value in by_due.items()}
    books.commit(Changes(update=(replace(account, open_by_due=days),)))


def account_of(books: MemoryBooks) -> CreditAccount:
    return books.get(CreditAccount, ORG, "D1")


def cover_of(books: MemoryBooks) -> Cover:
    return books.get(Cover, ORG, "D1")


def types(books: MemoryBooks) -> list[str]:
    return [event.TYPE for event in books.events]


@dataclass
class ScriptedInsurer:
    """Answers in the order of `answers`; an exception among them is raised."""

    answers: list[object] = field(default_factory=list)
    orders: list[CoverOrder] = field(default_factory=list)

    def company_of(self, buyer: Buyer) -> str:
        if not buyer.numbers:
            raise NotFound("company_not_found", "Nobody has this number.")
        return "AT1"

    def ask(self, order: CoverOrder) -> str:
        self.orders.append(order)
        return f"job-{order.reference}"

    def answer(self, job_id: str) -> CoverAnswer | None:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[return-value]
