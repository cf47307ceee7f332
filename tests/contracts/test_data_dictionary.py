"""The data dictionary is what the code says, and the code says something about everything."""

from __future__ import annotations

import pytest

from infra.dictionary import DICTIONARY, dictionary
from kasstroom.reports.kpi.registry import KPIS
from kasstroom.reports.lake import CATALOGUE
from kasstroom.reports.measures import SHAPES, Measure


def test_it_is_up_to_date() -> None:
    assert DICTIONARY.read_text() == dictionary(), "run `make schemas`"


@pytest.mark.parametrize("table", CATALOGUE, ids=lambda table: table.name)
def test_every_column_says_what_it_means_in_one_line(table) -> None:
    names = [column.name for column in (*table.columns, *table.partitions)]
    assert len(set(names)) == len(names)
    for column in (*table.columns, *table.partitions):
        assert 2 < len(column.means) <= 255 and "\n" not in column.means, column.name
    assert table.description and table.kept_days > 30


def test_every_measure_and_figure_stands_in_it() -> None:
    text = dictionary()
    assert SHAPES.keys() == set(Measure)
    assert [m for m in Measure if f"| `{m}` |" not in text] == []
    assert [kpi.name for kpi in KPIS if f"| `{kpi.name}` |" not in text] == []
