"""Where the cells are kept: what an entity contributes and the cells it counts in change in one
transaction, so that the cells are at every moment the sum of what is remembered of the sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sheet import KeptSheet


@dataclass(frozen=True, slots=True)
class Seen:
    """What one entity is counted with: `revision` 0 when it was never counted."""

    revision: int = 0
    cells: Mapping[Cell, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """That `source` contributes `after`, by who saw it counted as `before`."""

    source: str
    before: Seen
    after: Mapping[Cell, int]


class FigureStore(Protocol):
    """Reads are strongly consistent. A cell that is zero may be missing."""

    def cells(
        self, org: str, measures: Collection[Measure], since: date | None = None
    ) -> dict[Cell, int]:
        """The cells of these measures: daily ones from `since` on, stocks whole."""
        ...

    def seen(self, org: str, source: str) -> Seen:
        """What `source` (`kasstroom.reports.sources.Source.name`) contributes to the cells now."""
        ...

    def count(self, org: str, source: str, before: Seen, after: Mapping[Cell, int]) -> None:
        """Adds the difference to the cells and remembers `after`, exactly once.
        Conflict: somebody counted this source since `before` was read."""
        ...


class FigureCounter(FigureStore, Protocol):
    """Many sources at once: as each by itself, with fewer requests."""

    def seen_all(self, org: str, sources: Collection[str]) -> dict[str, Seen]:
        """As `seen`, for each of them."""
        ...

    def count_all(self, org: str, counts: Sequence[Count]) -> list[str]:
        """As `count`, for each of them; returns the sources that were not counted, because
        somebody else counted them meanwhile."""
        ...


class FigureLedger(FigureCounter, Protocol):
    """The figures as a recount needs them."""

    def counted(self, org: str, debtor: str = "") -> Iterator[tuple[str, Seen]]:
        """Every source that was ever counted (of one debtor), with what it contributes."""
        ...

    def sheets(self, org: str) -> list[KeptSheet]:
        """All cells, with how often each sheet moved."""
        ...

    def put_right(self, org: str, kept: KeptSheet, cells: Mapping[Cell, int]) -> None:
        """Makes the sheet say `cells`. Conflict: it moved since `kept` was read."""
        ...
