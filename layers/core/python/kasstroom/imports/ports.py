"""What imports need from outside."""

from __future__ import annotations

from typing import Protocol

from kasstroom.imports.model import RowResult


class Uploads(Protocol):
    """Where uploaded files and their row results lie. Keys are of our making."""

    def put(self, key: str, content: bytes) -> None: ...
    def get(self, key: str, largest: int) -> bytes:
        """Refused (`file_too_large`) above `largest` bytes, before reading."""
        ...

    def upload_url(self, key: str) -> str:
        """Where a caller may PUT a large file, for a quarter of an hour."""
        ...

    def put_rows(self, key: str, rows: list[RowResult]) -> None: ...
    def get_rows(self, key: str) -> list[RowResult]: ...
