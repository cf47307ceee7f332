"""The whole portfolio at a glance: every debtor's account, page by page."""

from __future__ import annotations

from datetime import date

from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Listed
from kasstroom.insurance.glance import Glance, ReserveView, glance, reserve_view, row
from kasstroom.insurance.model import Cover, InsurancePolicy, ListedCover
from kasstroom.insurance.reserve import Reserve
from kasstroom.money import EUR
from kasstroom.ports import Books

PAGE = 100
MOST_DEBTORS = 500
"""Looked at in one call; a larger portfolio goes on from `next_cursor`."""


def accounts(books: Books, org: str, after: str) -> tuple[list[CreditAccount], str | None]:
    """Accounts in the order of their numbers, and where to go on."""
    numbers: list[str] = []
    cursor: str | None = after
    while cursor is not None and len(numbers) < MOST_DEBTORS:
        listed = books.listing(Listed, org, after=cursor, limit=PAGE)
        numbers += [item.number for item in listed]
        cursor = numbers[-1] if len(listed) == PAGE else None
    found = (books.find(CreditAccount, org, number) for number in numbers)
    return [account for account in found if account], cursor


def at_a_glance(
    books: Books, org: str, today: date, *, most: int, after: str = "", currency: str = EUR
) -> Glance:
    """Which debtors are at risk and how much, the worst first."""
    known, cursor = accounts(books, org, after)
    rows = [
        row(account, books.find(Cover, org, account.debtor) if account.cover else None, today)
        for account in known
    ]
    return glance(rows, currency, most, cursor)


def self_insurance(books: Books, org: str, today: date, after: str = "") -> ReserveView:
    """The reserve with what is expected to be lost of what no insurer pays."""
    known, cursor = accounts(books, org, after)
    return reserve_view(books.find(Reserve, org) or Reserve(org), known, today, cursor)


def policies(books: Books, org: str) -> list[InsurancePolicy]:
    return books.listing(InsurancePolicy, org, after="", limit=PAGE)


def covers(
    books: Books, org: str, *, after: str, limit: int
) -> tuple[tuple[Cover, ...], str | None]:
    listed = books.listing(ListedCover, org, after=after, limit=limit)
    found = tuple(books.get(Cover, org, item.debtor) for item in listed)
    return found, listed[-1].debtor if len(listed) == limit else None
