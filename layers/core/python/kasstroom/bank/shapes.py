"""What an organisation's own invoice numbers look like, learned from those it has.

`F-2026-8826` teaches `F-####-####`: a payer's `f 2026 8826` then has only one way to be meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from kasstroom.bank.text import LOOKALIKES
from kasstroom.changes import Versioned

MOST_SHAPES = 60
"""Whose numbers look different every time cannot be helped by shapes."""
LEAST_DIGITS_ALONE = 6
"""Fewer digits, without the letters they belong to, may be anything: a day, a quantity."""
LEAST_DIGITS = 4
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGIT = re.compile(r"[0-9]")
_DIGITS_OR_NOT = re.compile(r"#+|[^#]+")
_RUN = re.compile(r"[A-Z]+")
_SEPARATOR = re.compile(r"[^A-Z0-9#]+")


@dataclass(frozen=True, slots=True)
class NumberShapes(Versioned):
    """`shapes` are numbers with `#` for every digit, each once."""

    org: str
    shapes: tuple[str, ...] = ()


def shape_of(number: str) -> str:
    return _DIGIT.sub("#", number)


def with_number(known: NumberShapes, number: str) -> NumberShapes:
    """What is known after one more number; the same when it taught nothing."""
    shape = shape_of(number)
    if shape in known.shapes or "#" not in shape or len(known.shapes) >= MOST_SHAPES:
        return known
    return replace(known, shapes=(*known.shapes, shape))


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write numbers of one shape: text that fits `pattern` once separators are gone.
    `parts` are where its digits come from, and what stands between them in the books. Without
    `complete` the letters in front are missing; a `short` one may be anything."""

    pattern: re.Pattern[str]
    parts: tuple[str | slice, ...]
    complete: bool
    short: bool

    def number(self, squeezed: str) -> str:
        """The number as it stands in the books; empty when this is not one."""
        if not self.pattern.match(squeezed):
            return ""
        return "".join([squeezed[p] if isinstance(p, slice) else p for p in self.parts])


@dataclass(frozen=True, slots=True)
class Spellings:
    """All ways to write numbers of some shapes: `ways` by length without separators, the `letters`
    that may stand in one, in runs, and the `longest` in characters."""

    ways: Mapping[int, tuple[Spelling, ...]]
    letters: frozenset[str]
    longest: int


@lru_cache(maxsize=256)
def spellings(shapes: tuple[str, ...]) -> Spellings:
    found: dict[int, list[Spelling]] = {}
    letters: set[str] = set()
    for shape in shapes:
        for spelling, length in _ways(shape):
            found.setdefault(length, []).append(spelling)
        for run in _RUN.findall(shape.upper()):
            folded = run.translate(LOOKALIKES)
            letters.update(folded[at:end] for at in range(len(run)) for end in _ends(at, run))
    ways = {length: tuple(some) for length, some in found.items()}
    return Spellings(ways, frozenset(letters), max(ways, default=0))


def _ends(at: int, run: str) -> range:
    return range(at + 1, len(run) + 1)


def _ways(shape: str) -> list[tuple[Spelling, int]]:
    squeezed = _squeezed(shape)
    bare = squeezed.lstrip(_LETTERS)
    least = LEAST_DIGITS_ALONE if squeezed == "#" * len(squeezed) else LEAST_DIGITS
    short = squeezed.count("#") < least
    ways = [(Spelling(_pattern(squeezed), _parts(shape, 0), True, short), len(squeezed))]
    if bare != squeezed and bare.count("#") >= LEAST_DIGITS_ALONE:
        missing = len(squeezed) - len(bare)
        ways.append((Spelling(_pattern(bare), _parts(shape, missing), False, False), len(bare)))
    return ways


def _parts(shape: str, missing: int) -> tuple[str | slice, ...]:
    """Literal text as it is, digits from where they stand when `missing` letters are left out."""
    parts: list[str | slice] = []
    at = -missing
    for run in _DIGITS_OR_NOT.findall(shape):
        length = len(_squeezed(run))
        parts.append(slice(at, at + length) if run[0] == "#" else run)
        at += length
    return tuple(parts)


def _squeezed(shape: str) -> str:
    return _SEPARATOR.sub("", shape.upper())


def _pattern(squeezed: str) -> re.Pattern[str]:
    """Compared with text in which O, I and L stand as the digits they are typed for."""
    parts = ("[0-9]" if c == "#" else re.escape(c.translate(LOOKALIKES)) for c in squeezed)
    return re.compile("".join(parts) + r"\Z")
