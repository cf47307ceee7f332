"""One row of an open-item list, its cells asked for by the field they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kasstroom.errors import Refused
from kasstroom_documents.csv_table import Row
from kasstroom_documents.text import clean

Read = TypeVar("Read")
_NOTHING = frozenset({"-", "--", "n.v.t.", "nvt", "n/a", "null", "none", "onbekend"})


@dataclass(frozen=True, slots=True)
class Cells:
    """`columns` tells which cell holds a field; `header` how the file itself calls that column."""

    row: Row
    columns: Mapping[str, int]
    header: tuple[str, ...]

    @property
    def position(self) -> str:
        return f"line {self.row.line}"

    def text(self, field: str) -> str:
        """The cell, cleaned; empty when the column or the cell is not there."""
        at = self.columns.get(field)
        if at is None or at >= len(self.row.cells):
            return ""
        found = clean(self.row.cells[at])
        return "" if found.casefold() in _NOTHING else found

    def read(self, field: str, reading: Callable[[str], Read]) -> Read:
        """What the cell says; a refusal is told with the column it is about."""
        try:
            return reading(self.text(field))
        except Refused as error:
            raise self.refused(field, error.code, error.detail) from None

    def required(self, field: str) -> str:
        if found := self.text(field):
            return found
        raise self.refused(field, "missing_value", "This cell is empty; fill it in.")

    def refused(self, field: str, code: str, detail: str) -> Refused:
        """A refusal that points at the column, in the file's own words."""
        at = self.columns.get(field)
        name = clean(self.header[at]) if at is not None else field
        return Refused(code, detail, pointer=name)
