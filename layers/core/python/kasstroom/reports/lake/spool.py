"""Rows set aside on disk, because the books come mixed and are written one organisation a time."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import count
from pathlib import Path
from typing import Any


class Spool:
    """Piles of rows below `folder`, never more than `rows_in_memory` of them in memory."""

    def __init__(self, folder: Path, rows_in_memory: int = 5_000) -> None:
        self._folder = folder
        self._limit = rows_in_memory
        self._waiting: defaultdict[Hashable, list[Any]] = defaultdict(list)
        self._count = 0
        self._files: dict[Hashable, Path] = {}
        self._names = count()

    def add(self, pile: Hashable, row: Any) -> None:
        self._waiting[pile].append(row)
        self._count += 1
        if self._count >= self._limit:
            self._put_away()

    def take(self, pile: Hashable) -> Iterator[Any]:
        """The rows of one pile in the order they came; its file is gone afterwards."""
        self._put_away()
        path = self._files.pop(pile, None)
        if path is None:
            return
        with path.open("rb") as file:
            while file.peek(1):
                yield from pickle.load(file)
        path.unlink()

    def _put_away(self) -> None:
        for pile, rows in self._waiting.items():
            if pile not in self._files:
                self._files[pile] = self._folder / str(next(self._names))
            with self._files[pile].open("ab") as file:
                pickle.dump(rows, file, pickle.HIGHEST_PROTOCOL)
        self._waiting.clear()
        self._count = 0
