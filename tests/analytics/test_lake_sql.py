"""SQL over the lake and the recount over the books give the same figures, to the last cent."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kasstroom.reports.contributions import COUNTED, contributions
from kasstroom.reports.lake.asking import Ground, export
from kasstroom.reports.lake.message import to_message
from kasstroom.reports.lake.photograph import plan_export
from kasstroom.reports.lake_sql import cells_sql, disagreeing_sql
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import KnownFromBooks
from kasstroom_analytics.lake import S3Lake
from tests.lake_folder import DUCKDB, FolderS3, ask
from tests.lake_kept import KeptLake
from tests.lake_world import NOW, TODAY, LakeWorld
from tests.memory_figures import MemoryFigures

pytestmark = pytest.mark.skipif(not DUCKDB.exists(), reason="make environment brings DuckDB")
ORGS = ("acme", "borg")
WRONG = Cell(Measure.OPEN, "EUR", None, ("invoice", "2026-07-15"))
"""What the figures of one organisation count too much."""


class Lake:
    """A world of many debtors, its figures counted from the books and asked of the lake."""

    def __init__(self, folder: Path) -> None:
        books = LakeWorld(11, debtors=40).books()
        known = KnownFromBooks(books)
        self.counted: dict[str, Counter[Cell]] = {org: Counter() for org in ORGS}
        for entity in books.every(*COUNTED):
            self.counted[entity.org].update(contributions(entity, known))
        figures, runs = MemoryFigures(), KeptLake()
        figures.put("acme", self.counted["acme"])
        figures.put("borg", self.counted["borg"])
        figures.put("borg", {WRONG: 7})
        sink = S3Lake("lake", "kasstroom", FolderS3(folder), _Catalogue())
        ground = Ground(books, figures, sink, runs, runs)
        run = plan_export(runs, runs, NOW)
        for segment in runs.queued:
            export(ground, to_message(run, segment=segment.number), NOW)
        for org in runs.figures_of:
            export(ground, to_message(run, figures_of=org), NOW)
        questions = {
            f"{org} {measure}": cells_sql(measure, org, TODAY)
            for org in ORGS
            for measure in Measure
        }
        questions |= {f"{org} disagreeing": disagreeing_sql(org, TODAY) for org in ORGS}
        self.answers = ask(folder, questions)

    def asked(self, org: str, measure: Measure) -> dict[Cell, int]:
        rows = self.answers[f"{org} {measure}"]["rows"]
        return {_cell(measure, row): row[-1] for row in rows}


class _Catalogue:
    def batch_create_partition(self, **asked: Any) -> dict[str, Any]:
        return {}


def _cell(measure: Measure, row: list[Any]) -> Cell:
    currency, on, *parts, _ = row
    return Cell(measure, currency, date.fromisoformat(on) if on else None, tuple(parts))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return Lake(tmp_path_factory.mktemp("lake"))


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_is_the_same_in_sql(lake: Lake, measure: Measure) -> None:
    for org in ORGS:
        counted = {c: v for c, v in lake.counted[org].items() if c.measure is measure and v}
        assert lake.asked(org, measure) == counted
        assert counted, "the world has nothing of this measure"


def test_one_question_finds_every_figure_that_is_not_what_the_books_say(lake: Lake) -> None:
    assert lake.answers["acme disagreeing"]["rows"] == []
    (found,) = lake.answers["borg disagreeing"]["rows"]
    true = lake.counted["borg"][WRONG]
    assert found == ["open", "EUR", None, "invoice", "2026-07-15", "", true, true + 7]


def test_a_name_with_a_quote_is_no_sql() -> None:
    sql = cells_sql(Measure.OPEN, "o'brien", TODAY)
    assert "org = 'o''brien'" in sql
