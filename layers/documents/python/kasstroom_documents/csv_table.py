"""The cells of a CSV file: its encoding and delimiter found out, every row with its line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from kasstroom.errors import Refused
from kasstroom_documents.csv_columns import recognised
from kasstroom_documents.limits import Limits
from kasstroom_documents.text import clean

DELIMITERS = (";", ",", "\t", "|")
_LONGEST_LINE = 20_000
_LINES_PER_ROW = 10
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is the line of the file on which the row begins, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    header: Row
    rows: tuple[Row, ...]


def read_table(content: bytes, limits: Limits) -> Table:
    """Header and rows, blank ones left out; `Refused` when the text cannot be read as a table."""
    text, skipped = _without_hint(decode(content))
    _check_lines(text, limits)
    delimiter = _delimiter(text)
    found: list[Row] = []
    for row in _records(text, delimiter, skipped):
        found.append(row)
        if len(found) > limits.max_rows + 1:
            raise _too_many_rows(limits)
    if not found:
        raise Refused("empty_file", "The file has no rows.")
    return Table(found[0], tuple(found[1:]))


def decode(content: bytes) -> str:
    """UTF-8 or UTF-16 with its mark, else UTF-8, else Windows-1252 as Dutch Excel saves it."""
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8-sig"
    for attempt in (encoding, "cp1252"):
        try:
            text = content.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Refused("not_text", "The file is no text; save it as 'CSV UTF-8' or as Windows CSV.")


def _check_lines(text: str, limits: Limits) -> None:
    """Millions of cells or blank lines cost gigabytes before a row can be counted."""
    for count, line in enumerate(io.StringIO(text, newline="")):
        if len(line) > _LONGEST_LINE:
            raise Refused(
                "line_too_long",
                f"Line {count + 1} has more than {_LONGEST_LINE} characters; is this a CSV file?",
            )
        if count > limits.max_rows * _LINES_PER_ROW:
            raise _too_many_rows(limits)


def _too_many_rows(limits: Limits) -> Refused:
    return Refused(
        "too_many_rows",
        f"The file has more than {limits.max_rows} rows; split it into smaller files.",
    )


def _without_hint(text: str) -> tuple[str, int]:
    """Without the `sep=;` line Excel writes for itself, and how many lines that took."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        return rest, 1
    return text, 0


def _delimiter(text: str) -> str:
    """The one that yields the most known column names; with none known, the most columns."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            names = next(_records(text, delimiter, 0)).cells
        except (StopIteration, Refused):
            return (0, 0)
        return (len(recognised(names)), len(names))

    return max(DELIMITERS, key=score)


def _records(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    # Strict: a forgotten closing quote would otherwise swallow the rows below it in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(clean(cell) for cell in cells):
                yield Row(line + skipped, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused(
            "malformed_csv",
            f"The row that begins on line {line + skipped} cannot be read ({error}); "
            "check its quotation marks.",
        ) from None
