"""What the export asks of the outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from kasstroom.reports.lake import Table

Row = dict[str, Any]
"""A value per column of the table: `str`, `int`, `date`, `datetime` (UTC) or `Decimal`."""


class LakeSink(Protocol):
    """Where the tables of a day are laid down."""

    def write(self, table: Table, org: str, as_of: date, rows: Iterable[Row]) -> list[str]:
        """Replaces what this table had for this organisation and day, also when there are no rows;
        reads the rows once and returns the keys it wrote.
        """
        ...

    def register(self, table: Table, orgs: Sequence[str], as_of: date) -> None:
        """Makes what was written for these organisations and this day findable for questions;
        what is known already stays as it is.
        """
        ...
