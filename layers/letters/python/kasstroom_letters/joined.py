"""Many letters as one file, in their order: what a printer takes in one go."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter


def joined(letters: Sequence[bytes]) -> bytes:
    """The same letters give the same bytes."""
    writer = PdfWriter()
    for letter in letters:
        writer.append(PdfReader(BytesIO(letter)), import_outline=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
