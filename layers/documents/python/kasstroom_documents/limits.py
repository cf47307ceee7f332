"""How large a file may be before it is refused: a file of invoices never needs more."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 45 * 1024 * 1024
MAX_DOCUMENT_BYTES = 10 * 1024 * 1024
MAX_STATEMENT_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_RATIO = 200
MAX_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; `max_ratio` is unpacked size over packed size of one file in a zip."""

    max_bytes: int = MAX_BYTES
    max_document_bytes: int = MAX_DOCUMENT_BYTES
    max_statement_bytes: int = MAX_STATEMENT_BYTES
    max_unpacked_bytes: int = MAX_UNPACKED_BYTES
    max_entries: int = MAX_ENTRIES
    max_ratio: int = MAX_RATIO
    max_rows: int = MAX_ROWS


def size_text(size_bytes: int) -> str:
    """`10 MB`, or kilobytes and bytes when it is less."""
    for unit, factor in (("MB", 1024 * 1024), ("kB", 1024)):
        if size_bytes >= factor:
            return f"{size_bytes / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size_bytes} bytes"
