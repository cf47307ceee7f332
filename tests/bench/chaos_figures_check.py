"""Whether the figures that followed a storm are what the books say: counted from nothing, asked of
the lake in SQL, and in every KPI."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kasstroom.errors import Refused
from kasstroom.reports.dashboard_figures import currencies_in
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.registry import KPIS, TABLES
from kasstroom.reports.lake.asking import Ground, export_whole
from kasstroom.reports.lake_sql import cells_sql, disagreeing_sql
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.reading_figures import figures_with
from kasstroom.reports.recounting import afresh, compare
from kasstroom.reports.sheet import difference, total
from kasstroom.time import day_of
from tests.bench.chaos_figures import Follower
from tests.lake_folder import DUCKDB, FolderS3, ask
from tests.lake_kept import KeptLake

DAYS_AGO = (0, 3, 40)
"""KPIs are asked as of today and as of these days before."""
MOST_TOLD = 3
_NONE = (None, ())
Cells = dict[Cell, int]


def kept_in_step(follower: Follower, org: str) -> Cells:
    """Drains the news; what is not as the books say it is in `follower.wrong`. The cells, counted
    from nothing."""
    follower.drained()
    kept, fresh = follower.kept, afresh(follower.books).get(org, {})
    wrong = [
        f"{one.cell.measure} {one.cell.currency} {one.cell.on or ''} {' '.join(one.cell.parts)}:"
        f" kept {one.kept}, counted {one.counted}"
        for one in compare(kept, org, fresh)
    ]
    sources = total(seen.cells for _, seen in kept.counted(org))
    cells = kept.cells(org, tuple(Measure))
    wrong += [f"{cell} is not the sum of its sources" for cell in difference(sources, cells)]
    follower.told["cells"] = len(cells)
    follower.told["cells wrong"] = len(wrong)
    follower.wrong += wrong[:MOST_TOLD]
    return fresh


def told(follower: Follower, org: str, now: datetime, fresh: Cells) -> str:
    """The KPIs and the lake as well, and what there is to say about it in one line. `now`: UTC."""
    today, kept = day_of(now), follower.kept.cells(org, tuple(Measure))
    asked = {"a recount": fresh}
    if DUCKDB.exists():
        asked["the SQL"] = _asked(follower, org, now)
    for name, cells in asked.items():
        _same(follower, name, cells, kept)
        kpis = _kpis(follower, org, kept, today)
        _same(follower, f"KPIs by {name}", _kpis(follower, org, cells, today), kpis)
        follower.told["KPIs"] = len({key[0] for key, value in kpis.items() if value not in _NONE})
    said = follower.told
    agree = "they are not what the books say" if follower.wrong else (
        f"{' and '.join(asked)} agree, {said['KPIs']} of {len(KPIS) + len(TABLES)} KPIs with a"
        " figure, too"
    )  # fmt: skip
    skipped = (
        "" if DUCKDB.exists() else " (the SQL was not asked: `make environment` brings DuckDB)"
    )
    return (
        f"figures: {said['cells']:,} cells kept through {said['news']:,} news"
        f" ({said['doubled']:,} doubled, {said['crashes']:,} crashes,"
        f" {said['conflicts']:,} conflicts), {agree}{skipped}"
    )


def _same(follower: Follower, name: str, asked: dict[Any, Any], kept: dict[Any, Any]) -> None:
    differ = [key for key in {**asked, **kept} if asked.get(key) != kept.get(key)]
    follower.told[f"{name}: differ"] = len(differ)
    follower.wrong += [
        f"{name}: {key} is {asked.get(key)}, kept as {kept.get(key)}" for key in differ[:MOST_TOLD]
    ]


def _kpis(follower: Follower, org: str, cells: Cells, today: date) -> dict[Any, Any]:
    """Every KPI and table by name, currency and day; where none can be given, why not."""
    found: dict[Any, Any] = {}
    for currency in currencies_in(cells):
        for days in DAYS_AGO:
            on = today - timedelta(days=days)
            try:
                figures = figures_with(
                    follower.books, org, cells, as_of=on, today=today, currency=currency
                )
                found |= {(name, currency, days): value for name, value in _values(figures)}
            except Refused as error:
                found["all", currency, days] = error.code
    return found


def _values(figures: Figures) -> Iterator[tuple[str, Any]]:
    for one in (*KPIS, *TABLES):
        yield one.name, one.of(figures)


def _asked(follower: Follower, org: str, now: datetime) -> Cells:
    """The cells by SQL over a photograph of the books; `disagreeing_sql` has to find nothing."""
    from kasstroom_analytics.lake import S3Lake

    with TemporaryDirectory() as name:
        folder, runs = Path(name), KeptLake()
        sink = S3Lake("lake", "kasstroom", FolderS3(folder), _Catalogue())
        export_whole(Ground(follower.books, follower.kept, sink, runs, runs), now)
        today = day_of(now)
        questions = {str(measure): cells_sql(measure, org, today) for measure in Measure}
        answers = ask(folder, questions | {"disagreeing": disagreeing_sql(org, today)})
    disagree = answers.pop("disagreeing")["rows"]
    follower.wrong += [f"the lake disagrees: {row}" for row in disagree[:MOST_TOLD]]
    return {
        _cell(Measure(measure), row): row[-1]
        for measure, answer in answers.items() for row in answer["rows"]
    }  # fmt: skip


def _cell(measure: Measure, row: list[Any]) -> Cell:
    currency, on, *parts, _ = row
    return Cell(measure, currency, date.fromisoformat(on) if on else None, tuple(parts))


class _Catalogue:
    """Takes every partition."""

    def batch_create_partition(self, **asked: Any) -> dict[str, Any]:
        return {}
