"""What a report looks like: its columns, what it can be asked, and in which files it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.organisations.model import READ_AS, Language
from kasstroom.ports import Books
from kasstroom.reports.figure_store import FigureStore

Row = dict[str, Any]
"""A value per column: `str`, `int`, `date`, `datetime` (UTC), `Decimal`, `Money`; None: no figure.
"""


class Unit(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    DAY = "day"
    INSTANT = "instant"
    COUNT = "count"
    DAYS = "days"
    AMOUNT = "amount"
    PERCENT = "percent"
    NUMBER = "number"
    VALUE = "value"
    """A figure whose own unit stands beside it, in the column `unit`."""


class Parameter(StrEnum):
    AS_OF = "as_of"
    CURRENCY = "currency"
    SEGMENT = "segment"
    SINCE = "since"


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


TABLES = (Format.JSON, Format.CSV, Format.XLSX)


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Dutch and in English."""

    nl: str
    en: str

    def by(self, language: Language) -> str:
        return self.nl if READ_AS.get(language, language) is Language.NL else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """`adds_up`: the totals have the sum of it; never for what is counted twice when added."""

    name: str
    unit: Unit
    title: Words
    adds_up: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """`as_of` and `today` are Amsterdam days; `currency` and `segment` empty: all. `since` is the
    first day that counts, None: from the beginning."""

    org: str
    as_of: date
    today: date
    currency: str = ""
    segment: str = ""
    since: date | None = None

    def wants(self, currency: str) -> bool:
        return not self.currency or currency == self.currency

    def has(self, day: date) -> bool:
        """Whether what counts on this day is in the report."""
        return day <= self.as_of and (self.since is None or self.since <= day)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where reports come from: the books, the cells that are counted from them, and the policies
    that say which limit counts."""

    books: Books
    figures: FigureStore
    grounds: Grounds = default_ground


Rows = Callable[[Sources, Asked], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Report:
    """`rows` reads as it is iterated, so that a report of any size takes little memory."""

    name: str
    title: Words
    means: Words
    columns: tuple[Column, ...]
    rows: Rows
    parameters: tuple[Parameter, ...] = (Parameter.AS_OF, Parameter.CURRENCY, Parameter.SEGMENT)
    formats: tuple[Format, ...] = TABLES
    of_its_own_day: bool = False
    """Part of it is known only as it stands now, so that a schedule asks of the day itself and not
    of the day before."""


CURRENCY = "currency"


@dataclass(slots=True)
class Totals:
    """The sums per currency, added up while the rows pass by. Counts of a report without
    currencies stand under the empty one."""

    columns: tuple[Column, ...]
    rows: int = 0
    by_currency: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.rows += 1
        sums = self.by_currency.setdefault(row.get(CURRENCY) or "", {})
        for column in self.columns:
            value = row.get(column.name)
            if column.adds_up and value is not None:
                name = column.name
                sums[name] = sums[name] + value if name in sums else value

    def lines(self) -> list[Row]:
        """A line per currency; none when there was no row, for a sum of nothing has none."""
        return [{CURRENCY: currency, **sums} for currency, sums in sorted(self.by_currency.items())]


def percent(part: int, whole: int) -> Decimal | None:
    """With two decimals; None, not nought, of nothing."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01")) if whole else None


@dataclass(frozen=True, slots=True)
class Paper:
    """For whom a file is made: the creditor's name, the language, and the moment it is made."""

    organisation: str
    language: Language
    at: datetime
