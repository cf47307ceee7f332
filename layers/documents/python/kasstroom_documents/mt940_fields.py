"""An MT940 file as fields with their lines: what banks wrap, frame and number oddly put right.

A line that does not start with `:NN:` belongs to the field above it. Around the fields stand SWIFT
blocks (`{1:...}`), a bank's own heading (`ABNANL2A`, `940`), and `-` at the end of a statement.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kasstroom.bank.quarantine import Quarantined
from kasstroom_documents.bank_values import line
from kasstroom_documents.limits import Limits, size_text
from kasstroom_documents.text import shown

_FIELD = re.compile(r":([0-9]{2}[A-Z]?|NS):")
_BLOCK_END = re.compile(r"-\}?(\{5:.*)?\Z")
_HEADING = re.compile(r"(\{[1-5]:.*|:?94[0-9]:?|[A-Z]{6}[A-Z0-9]{2,6})\Z")
_FRAMING = "\x01\x03\x1a\ufeff"
"""Start and end of a transmission, end of a file, byte-order mark: around the text, never in it."""
_NO_TEXT = re.compile(r"[\x00\x02\x04-\x08\x0b\x0c\x0e-\x19\x1b-\x1f\x7f\ufffd]")
_OPEN_ENDED = frozenset({"61", "86", "NS"})
_WRAPPED = frozenset({"20", "21", "25", "25P", "28", "28C"})
START = "20"


@dataclass(slots=True)
class Field:
    """`lines` without their ends; `number` is the line of the file the field begins on."""

    tag: str
    number: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part.strip() for part in self.lines)


@dataclass(slots=True)
class Block:
    """The fields of one statement, from its `:20:` on, and the bank's heading above it."""

    heading: str
    fields: list[Field]


def blocks(content: bytes, limits: Limits) -> list[Block]:
    """Quarantined, with the line, for what is no text or does not begin with a field."""
    if len(content) > limits.max_statement_bytes:
        most = size_text(limits.max_statement_bytes)
        detail = f"The statement has {size_text(len(content))}; send at most {most} at a time."
        raise Quarantined("document_too_large", detail)
    found: list[Block] = []
    heading = ""
    for item in _fields(_decoded(content)):
        if isinstance(item, str):
            heading = item
        elif item.tag == START:
            found.append(Block(heading, [item]))
        elif not found:
            detail = f"field :{item.tag}: stands before any :20:, so its statement is cut off."
            raise Quarantined("statement_cut_off", detail, line(item.number))
        else:
            found[-1].fields.append(item)
    if not found:
        raise Quarantined("no_statement", "The file holds no field :20:, so no MT940 statement.")
    return found


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 with its mark; else Windows-1252, as Dutch banks' programs write it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            number = content[: error.start].count(b"\n") + 1
            continue
        return _checked(text)
    detail = "these bytes are no text in UTF-8 or Windows-1252; export the file again."
    raise Quarantined("wrong_charset", detail, line(number))


def _checked(text: str) -> str:
    if found := _NO_TEXT.search(text):
        number = text.count("\n", 0, found.start()) + 1
        detail = f"the character {found[0]!r} is no text; export the file again as UTF-8."
        raise Quarantined("wrong_charset", detail, line(number))
    return text


def _fields(text: str) -> Iterator[Field | str]:
    """Fields, and the headings between statements as plain text."""
    current: Field | None = None
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        row = raw.strip(_FRAMING)
        if found := _FIELD.match(row):
            if current:
                yield current
            current = Field(found[1], number, [row[found.end() :]])
        elif _BLOCK_END.match(row.strip()) or _HEADING.match(row.strip()):
            if current:
                yield current
            current = None
            yield row
        elif row.strip():
            _continue(current, row, number)
    if current:
        yield current


def _continue(current: Field | None, row: str, number: int) -> None:
    takes_more = current and (
        current.tag in _OPEN_ENDED or (current.tag in _WRAPPED and len(current.lines) < 3)
    )
    if not (current and takes_more):
        detail = f"{shown(row)} belongs to no field; the file is damaged here."
        raise Quarantined("stray_line", detail, line(number))
    current.lines.append(row)
