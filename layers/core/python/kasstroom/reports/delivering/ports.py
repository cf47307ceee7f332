"""What making and sending reports asks of the outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Protocol

from kasstroom.reports.reading import Reading
from kasstroom.reports.shape import Paper

Writer = Callable[[BinaryIO, Reading, Paper], None]
"""Writes a reading as a file of one format."""


class ReportFiles(Protocol):
    """Where the files lie."""

    def put(self, key: str, content: BinaryIO, media_type: str) -> None:
        """From where `content` stands; replaces what an earlier try laid down."""
        ...

    def get(self, key: str) -> bytes: ...

    def download_url(self, key: str) -> str:
        """For a quarter of an hour."""
        ...


class ReportQueue(Protocol):
    def put(self, org: str, run: str) -> None:
        """A run to be made; twice makes it once."""
        ...
