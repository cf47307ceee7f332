"""Debtors with the habits a test is about, put in the books as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Debtor, DebtorKind, Listed
from kasstroom.debtors.vulnerability import Vulnerability
from kasstroom.risk.model import MonthPaid, PaymentBehaviour
from kasstroom.segments.facts import Known

ORG = "vandijk"
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
TODAY = date(2026, 9, 1)
MANAGER = Actor("Anna", (Role.CREDIT_MANAGER,))
MACHINE = Actor("webshop")


def habits(invoices: int = 6, minor: int = 600_000, days: int = 0) -> PaymentBehaviour:
    """`invoices` paid in August, all of them `days` late."""
    late = minor if days else 0
    month = MonthPaid(minor, late, minor * days)
    late_invoices = invoices if days else 0
    return PaymentBehaviour(invoices, late_invoices, minor, late, minor * days, {"2026-08": month})


def known(
    number: str = "D1",
    *,
    kind: DebtorKind = DebtorKind.COMPANY,
    paid: PaymentBehaviour | None = None,
    due: dict[int, int] | None = None,
    days_known: int = 400,
    care: frozenset[Vulnerability] = frozenset(),
    account: dict[str, Any] | None = None,
    **debtor: Any,
) -> Known:
    """`due` maps days from today (below zero: overdue) to minor units that are open."""
    made = NOW - timedelta(days=days_known)
    person = Debtor(ORG, number, f"Klant {number}", kind, made, **debtor)
    standing = CreditAccount(
        ORG, number, kind=kind, natural_person=person.is_natural_person,
        behaviour=paid or PaymentBehaviour(),
        open_by_due={TODAY + timedelta(days=day): minor for day, minor in (due or {}).items()},
    )  # fmt: skip
    return Known(person, replace(standing, **(account or {})), care)


def keep(books: Any, *debtors: Known) -> None:
    for one in debtors:
        listed = Listed(ORG, one.debtor.number, one.debtor.created_at)
        books.commit(Changes(create=(one.debtor, one.account, listed)))


def change(books: Any, number: str, **account: Any) -> None:
    """The credit account as a booking would leave it."""
    standing = books.get(CreditAccount, ORG, number)
    books.commit(Changes(update=(replace(standing, **account),)))
