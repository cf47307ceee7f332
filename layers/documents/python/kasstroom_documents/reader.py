"""A file of invoices or of a bank, whatever its format, as what it tells and what is wrong with
it."""

from __future__ import annotations

from collections.abc import Iterator

from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom.imports.statements import BankFile
from kasstroom_documents.archive import read_archive
from kasstroom_documents.bank_reader import CAMT, MT940, PAIN_002, bank_format, read_bank
from kasstroom_documents.csv_reader import read_open_items
from kasstroom_documents.limits import MAX_BYTES, Limits, size_text
from kasstroom_documents.text import clean
from kasstroom_documents.ubl import read_document

__all__ = ["CAMT", "CSV", "MAX_BYTES", "MT940", "UBL", "ZIP", "Limits", "read", "sniff"]

UBL = "ubl"
ZIP = "zip"
CSV = "csv"

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_NOT_OURS = {
    b"%PDF": "a PDF; ask for the UBL document that belongs to it",
    b"\xd0\xcf\x11\xe0": "an old Excel or Outlook file; save it as CSV",
    b"\x1f\x8b": "a gzip file; send a zip",
    b"Rar!": "a RAR file; send a zip",
    b"7z\xbc\xaf": "a 7-Zip file; send a zip",
    b"\x89PNG": "a picture; ask for the UBL document",
    b"\xff\xd8\xff": "a picture; ask for the UBL document",
}


def read(
    filename: str, content: bytes, *, limits: Limits = Limits()
) -> Iterator[ParsedInvoice | BankFile | RowProblem]:
    """One result per document or row, in the order of the file.

    `Refused` is raised by this call itself, before any result, when the file as a whole cannot be
    read; what goes wrong in one document or row is a `RowProblem` among the results. A bank
    statement is `Quarantined` as a whole.
    """
    if len(content) > limits.max_bytes:
        raise Refused(
            "file_too_large",
            f"The file has {size_text(len(content))}; send at most {size_text(limits.max_bytes)} "
            "at a time.",
        )
    found = sniff(filename, content)
    if found == ZIP:
        return read_archive(content, limits)
    if found in (CAMT, MT940, PAIN_002):
        return iter([read_bank(clean(filename)[-200:], content, limits)])
    if found == UBL:
        return iter([read_document(clean(filename)[-200:], content, limits)])
    return read_open_items(content, limits)


def sniff(filename: str, content: bytes) -> str:
    """`zip`, `camt`, `mt940`, `pain.002`, `ubl` or `csv` by what the file holds; its name only
    helps to explain a refusal."""
    if not content.strip(_BLANK):
        raise Refused("empty_file", f"The file {clean(filename)[-100:]} is empty.")
    if content.startswith(_ZIP_STARTS):
        return ZIP
    if found := bank_format(content):
        return found
    if _start(content).startswith("<"):
        return UBL
    for start, name in _NOT_OURS.items():
        if content.startswith(start):
            raise Refused("unknown_format", f"This is {name}.")
    return CSV


def _start(content: bytes) -> str:
    """The first characters, blanks skipped; UTF-16 is known by its mark or its zero bytes."""
    head = content[:400]
    if head.startswith(_UTF16_STARTS):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").lstrip()
    if head.startswith((b"<\x00", b"\x00<")):
        return "<"
    return head.lstrip(_BLANK).decode("ascii", "replace")
