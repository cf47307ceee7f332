"""A day as a picture: three columns of stacked bars, and bands between what is of one provider.

Whole units of the drawing; every figure of it stands beside it as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, COLUMN = 900, 300, 150
STARTS = (75, 375, 675)
LEAST = 4
"""So that a small amount is seen at all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One bar: `name` joins it with the bar of the same name in the next column, `tone` is its
    colour. What went out has no bar: it is told in words."""

    name: str
    tone: str
    minor: int


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    tone: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    blocks: tuple[Block, ...]
    bands: tuple[tuple[str, str], ...]
    """The tone and the points of each."""


def picture(columns: Sequence[Sequence[Part]]) -> Picture:
    """All columns on one scale: the largest is as high as the drawing."""
    most = max((sum(p.minor for p in column if p.minor > 0) for column in columns), default=0)
    blocks: list[Block] = []
    stacks = [_stack(column, STARTS[at], most) for at, column in enumerate(columns)]
    bands = []
    for left, right in zip(stacks, stacks[1:], strict=False):
        other = {block.name: block for block in right}
        bands += [_band(b, other[b.name]) for b in left if b.name in other]
    for stack in stacks:
        blocks += stack
    return Picture(tuple(blocks), tuple(bands))


def _stack(column: Sequence[Part], x: int, most: int) -> list[Block]:
    """From the bottom up, in the order given."""
    found, bottom = [], HEIGHT
    for part in column:
        if part.minor > 0:
            height = max(LEAST, (HEIGHT - LEAST * len(column)) * part.minor // most)
            found.append(Block(part.name, part.tone, x, bottom - height, height))
            bottom -= height
    return found


def _band(left: Block, right: Block) -> tuple[str, str]:
    a, b = left.x + COLUMN, right.x
    points = ((a, left.y), (b, right.y), (b, right.y + right.height), (a, left.y + left.height))
    return left.tone, " ".join(f"{x},{y}" for x, y in points)
