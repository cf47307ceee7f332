"""The limit and the ages as bars: whole thousandths of the width, never a drawing to read alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kasstroom.work.figures import AgedAmount, Figures

FULL = 1000
"""The width of a bar in the drawing's own units."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the bar: `name` is used, held, asked or free."""

    name: str
    minor: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class LimitBar:
    """`mark` is where the limit stands when what is used and asked goes beyond it, by
    `over_minor`."""

    pieces: tuple[Piece, ...]
    mark: int | None
    over_minor: int


def limit_bar(figures: Figures, asked_minor: int = 0) -> LimitBar | None:
    """None without a limit. What is asked lies behind what is in use; free is what is left."""
    if figures.limit is None:
        return None
    limit = figures.limit.minor
    used, held = max(0, figures.open.minor), figures.reserved.minor
    taken = used + held + asked_minor
    whole = max(limit, taken, 1)
    parts = [("used", used), ("held", held), ("asked", asked_minor), ("free", whole - taken)]
    pieces, start = [], 0
    for name, minor in parts:
        if minor > 0:
            end = start + minor
            x = FULL * start // whole
            pieces.append(Piece(name, minor, x, FULL * end // whole - x))
            start = end
    over = max(0, taken - limit)
    return LimitBar(tuple(pieces), FULL * limit // whole if over else None, over)


def age_widths(ages: Iterable[AgedAmount]) -> list[tuple[AgedAmount, int]]:
    """Each age with the width of its bar; the largest is the whole width."""
    listed = list(ages)
    largest = max((aged.amount.minor for aged in listed), default=0)
    if largest <= 0:
        return [(aged, 0) for aged in listed]
    return [(aged, max(0, FULL * aged.amount.minor // largest)) for aged in listed]
