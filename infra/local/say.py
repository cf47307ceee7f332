"""Progress on the terminal: plain sentences, colour only where a person looks."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TextIO

CODES = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "red": "31", "cyan": "36"}


class Say:
    """Writes to `out`; honours NO_COLOR and anything that is not a terminal."""

    def __init__(self, out: TextIO = sys.stdout, env: Mapping[str, str] = os.environ) -> None:
        self.out = out
        self.colour = out.isatty() and "NO_COLOR" not in env and env.get("TERM") != "dumb"
        self.began = time.monotonic()

    def paint(self, text: str, *styles: str) -> str:
        if not self.colour:
            return text
        return f"\033[{';'.join(CODES[s] for s in styles)}m{text}\033[0m"

    def line(self, text: str = "") -> None:
        print(text, file=self.out, flush=True)

    def scene(self, title: str) -> None:
        seconds = f"{time.monotonic() - self.began:4.0f} s"
        self.line(f"\n{self.paint(title, 'bold', 'cyan')}  {self.paint(seconds, 'dim')}")

    def step(self, text: str) -> None:
        self.line(f"  {text}")

    def done(self, text: str) -> None:
        self.line(f"  {self.paint('ok', 'green')}  {text}")

    def note(self, text: str) -> None:
        self.line(f"  {self.paint(text, 'dim')}")

    def failed(self, text: str) -> None:
        self.line(f"\n{self.paint('Stopped:', 'bold', 'red')} {text}")

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Columns as wide as their widest cell; columns of numbers and amounts to the right."""
        columns = [[str(cell) for cell in column] for column in zip(*rows, strict=True)]
        aligned = [_aligned(title, column) for title, column in zip(head, columns, strict=True)]
        first, *others = zip(*aligned, strict=True)
        self.note("  ".join(first).rstrip())
        for row in others:
            self.step("  ".join(row).rstrip())


def _aligned(title: str, column: list[str]) -> list[str]:
    width = max(map(len, (title, *column)))
    amounts = all(re.fullmatch(r"([A-Z]{3} )?-?[\d.,]+", cell) for cell in column)
    return [cell.rjust(width) if amounts else cell.ljust(width) for cell in (title, *column)]
