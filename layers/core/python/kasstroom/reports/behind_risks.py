"""The list of risks: accounts by what no insurer pays, what lies above the limit, and how late."""

from __future__ import annotations

from collections.abc import Iterator

from kasstroom.credit.model import CreditAccount
from kasstroom.money import Money
from kasstroom.reports.behind import Line, Listing, Reading
from kasstroom.reports.contributions import contributions
from kasstroom.reports.measures import Measure
from kasstroom.reports.sources import KnownFromBooks

LATE, ACCOUNT = "late", "account"


def risks(*codes: str) -> Listing:
    """Debtors by what is uncovered or above the limit; with `late` also those that are late."""

    def lines(reading: Reading, number: str) -> Iterator[Line]:
        account = reading.books.find(CreditAccount, reading.org, number)
        found = _exposed(account, reading) if account else {}
        why = tuple((code, found[code]) for code in codes if found.get(code))
        if account and why:
            amount = found[codes[0]] if len(codes) == 1 else _owed(account, reading.currency)
            yield Line(number, ACCOUNT, amount=Money(amount, reading.currency), why=why)

    return Listing(lines, _largest_first)


def _exposed(account: CreditAccount, reading: Reading) -> dict[str, int]:
    cells = contributions(account, KnownFromBooks(reading.books))
    found = {
        cell.parts[0]: minor for cell, minor in cells.items()
        if cell.measure is Measure.EXPOSURE and cell.currency == reading.currency
    }  # fmt: skip
    own = account.currency == reading.currency
    return found | {LATE: account.oldest_overdue_days(reading.today) if own else 0}


def _owed(account: CreditAccount, currency: str) -> int:
    if account.currency == currency:
        return max(0, account.open_minor)
    return max(0, account.other_open.get(currency, 0))


def _largest_first(line: Line) -> tuple[int, str]:
    weight = sum(minor for code, minor in line.why if code != LATE)
    return (-weight, line.debtor)
