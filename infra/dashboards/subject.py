"""What a data set asks of the lake: columns with their types, and where each comes from.

The SQL is understood by Athena; `{lake}` stands for the database. A column that its table does not
have cannot be named: the stack is not made then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from kasstroom.reports.lake import PARTITIONS, Table, Type

ORG, AS_OF, UNTIL = "org", "as_of", "valid_until"
FOREVER = "2999-12-31"
DAILY_DAYS = 92
"""Older photographs are thinned out to the first of each month, for a dashboard has no use for
every debtor on every day of a year."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a data set; `sql` says where its value comes from."""

    name: str
    type: Type
    sql: str


@dataclass(frozen=True)
class Query:
    """`FROM ...` is `source`."""

    name: str
    fields: tuple[Field, ...]
    source: str

    @cached_property
    def types(self) -> dict[str, Type]:
        return {field.name: field.type for field in self.fields}

    def sql(self, database: str) -> str:
        chosen = ", ".join(f"{field.sql} AS {field.name}" for field in self.fields)
        return f"SELECT {chosen} {self.source}".replace("{lake}", database)


@dataclass(frozen=True)
class Subject(Query):
    """Rows of photographs of one table. Each row says until which day it is the newest: as of any
    day, the photograph counts with `as_of` <= that day < `valid_until`.
    """

    @property
    def photographed(self) -> bool:
        """False: only the newest photograph is read, for its rows have days of their own."""
        return UNTIL in self.types

    @property
    def in_currency(self) -> bool:
        return "currency" in self.types


def plain(table: Table, *names: str) -> tuple[Field, ...]:
    """Columns as they stand in the table. KeyError: it has no such column."""
    known = {column.name: column.type for column in table.columns}
    return tuple(Field(name, known[name], f"t.{name}") for name in names)


def reckoned(table: Table, name: str, type_: Type, sql: str) -> Field:
    """`{column}` in the SQL is a column of the table. KeyError: it has no such column."""
    known = {column.name: f"t.{column.name}" for column in table.columns}
    for _, column, _, _ in Formatter().parse(sql):
        if column is not None and column not in known:
            raise KeyError(column)
    return Field(name, type_, sql.format_map(known))


def of_any_day(
    name: str, table: Table, fields: Iterable[Field], more: str = "", only: str = "1 = 1"
) -> Subject:
    """Every photograph that is still kept, of its rows `only` some. `more` is joined to it."""
    days = (
        Field(ORG, Type.STRING, "t.org"),
        Field(AS_OF, Type.DATE, "CAST(t.as_of AS date)"),
        Field(UNTIL, Type.DATE, "CAST(d.valid_until AS date)"),
    )
    return Subject(name, (*days, *fields), f"{_photographs(table)} {more} WHERE {only}")


def of_today(
    name: str, table: Table, fields: Iterable[Field], more: str = "", only: str = "1 = 1"
) -> Subject:
    """The newest photograph of each organisation, of its rows `only` some."""
    days = (
        Field(ORG, Type.STRING, "t.org"),
        Field(AS_OF, Type.DATE, "CAST(t.as_of AS date)"),
    )
    newest = f"d.valid_until = '{FOREVER}' AND {only}"
    return Subject(name, (*days, *fields), f"{_photographs(table)} {more} WHERE {newest}")


def _photographs(table: Table) -> str:
    """A day without rows in `table` is a day too: whoever owed nothing was photographed as well,
    and has figures."""
    org, as_of = (column.name for column in PARTITIONS)
    recent = f"CAST(CAST(current_date - INTERVAL '{DAILY_DAYS}' DAY AS date) AS varchar)"
    return (
        f"FROM {{lake}}.{table.name} t JOIN ("
        f"SELECT {org}, {as_of}, lead({as_of}, 1, '{FOREVER}')"
        f" OVER (PARTITION BY {org} ORDER BY {as_of}) AS valid_until"
        f" FROM (SELECT DISTINCT {org}, {as_of} FROM {{lake}}.kpis) photographs"
        f" WHERE {as_of} >= {recent} OR {as_of} LIKE '%-01'"
        f") d ON d.{org} = t.{org} AND d.{as_of} = t.{as_of}"
    )
