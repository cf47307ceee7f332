"""A zip of UBL documents and bank statements: each is read on its own and a bad one never
stops the rest."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from kasstroom.bank.quarantine import Quarantined
from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom.imports.statements import BankFile
from kasstroom_documents.bank_reader import bank_format, read_bank
from kasstroom_documents.limits import Limits, size_text
from kasstroom_documents.text import clean
from kasstroom_documents.ubl import read_document

# What the standard library raises on damaged zips, found by feeding it damage.
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
    EOFError,
    IndexError,
)
_DIRECTORY_ENTRY = b"PK\x01\x02"
_SPREADSHEET = "xl/workbook.xml"
# Only these unpack in bounded steps; others would fill the memory before they can be measured.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LITTER = re.compile(r"(^|/)(\.[^./]|__MACOSX(/|$)|(thumbs\.db|desktop\.ini)$)", re.IGNORECASE)
_ENCRYPTED = 0x1
_RATIO_COUNTS_FROM_BYTES = 1024 * 1024


def read_archive(content: bytes, limits: Limits) -> Iterator[ParsedInvoice | BankFile | RowProblem]:
    """Every document of the zip in order; `Refused` before the first one when the zip is unsafe."""
    archive = _open(content, limits)
    entries = [e for e in archive.infolist() if not e.is_dir() and not _LITTER.search(_path(e))]
    _check(entries, limits)
    return (_read_entry(archive, entry, limits) for entry in entries)


def _open(content: bytes, limits: Limits) -> zipfile.ZipFile:
    # Counted in the bytes first: opening a directory of a million entries costs gigabytes.
    if content.count(_DIRECTORY_ENTRY) > limits.max_entries:
        raise Refused(
            "too_many_entries",
            f"The zip holds more than {limits.max_entries} files; split it into smaller ones.",
        )
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE:
        raise Refused("malformed_zip", "The zip is damaged or incomplete; make it again.") from None


def _check(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("zip_encrypted", "The zip has a password; send it without one.")
    if any(entry.filename == _SPREADSHEET for entry in entries):
        raise Refused("spreadsheet", "This is an Excel workbook; save it as CSV and send that.")
    if not entries:
        raise Refused("empty_zip", "The zip holds no files; put the UBL documents in it.")
    if sum(entry.file_size for entry in entries) > limits.max_unpacked_bytes:
        raise Refused(
            "zip_too_large",
            f"The zip unpacks to more than {size_text(limits.max_unpacked_bytes)}; split it.",
        )
    if any(_suspicious(entry, limits) for entry in entries):
        raise Refused("zip_bomb", "The zip unpacks to far more than documents ever do.")


def _suspicious(entry: zipfile.ZipInfo, limits: Limits) -> bool:
    large = entry.file_size > _RATIO_COUNTS_FROM_BYTES
    return large and entry.file_size > limits.max_ratio * max(entry.compress_size, 1)


def _read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits
) -> ParsedInvoice | BankFile | RowProblem:
    position = _path(entry)
    try:
        content = _unpacked(archive, entry, limits)
        if bank_format(content):
            return read_bank(position, content, limits, packed=True)
        return read_document(position, content, limits)
    except Quarantined as error:
        return RowProblem(position, error.code, error.detail, quarantined=True)
    except Refused as error:
        return RowProblem(position, error.code, error.detail)
    except _DAMAGE:
        reason = "This file in the zip is damaged; make the zip again."
        return RowProblem(position, "malformed_zip_entry", reason)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    if entry.compress_type not in _METHODS:
        raise Refused(
            "unsupported_compression", "Make the zip with ordinary (deflate) compression."
        )
    if not _is_document(archive, entry):
        raise Refused(
            "not_xml",
            "Only UBL documents (XML) and bank statements are read from a zip; send other files"
            " apart.",
        )
    largest = max(limits.max_document_bytes, limits.max_statement_bytes)
    if entry.file_size > largest:
        raise Refused(
            "document_too_large",
            f"The document has {size_text(entry.file_size)}; "
            f"one document may have {size_text(largest)}.",
        )
    return archive.read(entry)


def _is_document(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if entry.filename.lower().endswith(".xml"):
        return True
    with archive.open(entry) as opened:
        head = opened.read(200)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or bool(bank_format(head))


def _path(entry: zipfile.ZipInfo) -> str:
    return clean(entry.filename.replace("\\", "/"))[-200:] or "(no name)"
