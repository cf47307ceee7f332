"""Progress on the terminal: plain sentences, colour only where a person looks."""

from __future__ import annotations

import os
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
        """Columns as wide as their widest cell; numbers and amounts to the right."""
        cells = [[str(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
        self.note("  ".join(title.ljust(w) for title, w in zip(head, widths, strict=True)))
        for row in cells:
            aligned = (
                cell.rjust(w) if cell[:1].isdigit() and cell[-1:].isdigit() else cell.ljust(w)
                for cell, w in zip(row, widths, strict=True)
            )
            self.step("  ".join(aligned).rstrip())
