"""The whole portfolio at a glance: every debtor's account, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Listed
from kasstroom.insurance.glance import (
    Glance,
    GlanceRow,
    ReserveView,
    Seen,
    glance,
    lines_of,
    reserve_view,
    row,
)
from kasstroom.insurance.model import Cover, InsurancePolicy, ListedCover
from kasstroom.insurance.reserve import Reserve
from kasstroom.invoices.model import Invoice
from kasstroom.money import EUR
from kasstroom.ports import Books

PAGE = 100
MOST_DEBTORS = 500
"""Looked at in one call; a larger portfolio goes on from `next_cursor`."""
MOST_LEDGERS = 100
"""Debtors with a cover and something open, whose invoices one call reads: one query each."""


def seen(books: Books, org: str, today: date, after: str) -> tuple[list[Seen], str | None]:
    """Debtors with their rows in the order of their numbers, and where to go on."""
    numbers, cursor = _numbers(books, org, after)
    insured = frozenset(_insured(books, org, after, numbers[-1])) if numbers else frozenset()
    found: list[Seen] = []
    left = MOST_LEDGERS
    for before, number in zip([after, *numbers], numbers, strict=False):
        account = books.find(CreditAccount, org, number)
        if account is None:
            continue
        cover = books.get(Cover, org, number) if number in insured else None
        reads = cover is not None and any(account.open_by_due.values())
        if reads and not left:
            return found, before
        left -= reads
        found.append((account, _row(books, account, cover, today, reads)))
    return found, cursor


def _row(
    books: Books, account: CreditAccount, cover: Cover | None, today: date, reads: bool
) -> GlanceRow:
    if cover is None or not reads:
        return row(account, cover, today)
    invoices = books.all_of(Invoice, account.org, account.debtor)
    return row(account, cover, today, lines_of(account, cover, invoices))


def _numbers(books: Books, org: str, after: str) -> tuple[list[str], str | None]:
    numbers: list[str] = []
    cursor: str | None = after
    while cursor is not None and len(numbers) < MOST_DEBTORS:
        listed = books.listing(Listed, org, after=cursor, limit=PAGE)
        numbers += [item.number for item in listed]
        cursor = numbers[-1] if len(listed) == PAGE else None
    return numbers, cursor


def _insured(books: Books, org: str, after: str, last: str) -> Iterator[str]:
    """Debtors up to `last` that have, or had, a cover; the list is in the same order."""
    while after < last:
        listed = books.listing(ListedCover, org, after=after, limit=PAGE)
        yield from (item.debtor for item in listed)
        if len(listed) < PAGE:
            return
        after = listed[-1].debtor


def at_a_glance(
    books: Books, org: str, today: date, *, most: int, after: str = "", currency: str = EUR
) -> Glance:
    """Which debtors are at risk and how much, the worst first."""
    found, cursor = seen(books, org, today, after)
    return glance([line for _, line in found], currency, most, cursor)


def self_insurance(books: Books, org: str, today: date, after: str = "") -> ReserveView:
    """The reserve with what is expected to be lost of what no insurer pays."""
    found, cursor = seen(books, org, today, after)
    return reserve_view(books.find(Reserve, org) or Reserve(org), found, today, cursor)


def policies(books: Books, org: str) -> list[InsurancePolicy]:
    return books.listing(InsurancePolicy, org, after="", limit=PAGE)


def covers(
    books: Books, org: str, *, after: str, limit: int
) -> tuple[tuple[Cover, ...], str | None]:
    listed = books.listing(ListedCover, org, after=after, limit=limit)
    found = tuple(books.get(Cover, org, item.debtor) for item in listed)
    return found, listed[-1].debtor if len(listed) == limit else None
