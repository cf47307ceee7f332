"""A value that is carried along and rarely looked at: kept as its text until somebody opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Sealed(Generic[T]):
    """Made of a value, or of its text with what reads it; equal when what is inside is equal."""

    __slots__ = ("_read", "_text", "_value")

    def __init__(
        self, value: T | None = None, text: str = "", read: Callable[[str], T] | None = None
    ) -> None:
        self._value, self._text, self._read = value, text, read

    @property
    def text(self) -> str:
        """Empty when it was made of a value in this process."""
        return self._text

    def open(self) -> T:
        if self._value is None:
            assert self._read is not None
            self._value = self._read(self._text)
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.open() == other.open()

    __hash__ = None  # type: ignore[assignment]
