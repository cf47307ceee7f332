"""Scene: how much is open, how much is late, what will come in; and that it is counted right.

Every figure is counted three ways: kept up change by change, from the books alone, and in SQL from
the photograph in the lake. The story goes on when the three agree, and stops when they do not.
"""

from __future__ import annotations

from typing import Any

from infra.local.place import NotReady
from infra.local.seed import books
from infra.local.story import lake
from infra.local.story.stage import Stage
from kasstroom.reports.recounting import afresh, compare
from kasstroom.settings import FigureSettings

SHOWN = (
    "outstanding", "overdue", "overdue_percent", "dso", "dso_count_back", "dso_best_possible",
    "dso_benchmark", "cei", "collection_rate", "reminders_paid", "auto_match", "cost_to_collect",
)  # fmt: skip


def play(stage: Stage) -> dict[str, Any]:
    stage.say.scene("Finance looks at the figures")
    cells = _kept_up(stage)
    told = lake.play(stage)
    figures = stage.suite.get("/v1/reports/kpis?language=en")
    shown = {row["figure"]: row for row in figures["rows"] if row["value"] is not None}
    stage.say.note(f"Some figures of {figures['as_of']} (GET /v1/reports/kpis):")
    lines = [[name, _plain(shown[name]), shown[name]["meaning"]] for name in SHOWN if name in shown]
    stage.say.table(["figure", "value", "meaning"], lines)
    answers = {name: _plain(row) for name, row in shown.items()}
    return told | {"cells": cells, "kpis": answers, "as_of": figures["as_of"]}


def _kept_up(stage: Stage) -> int:
    """How many figures there are, once all news of the story has been counted."""
    from kasstroom_aws.figure_table import FigureTable

    kept = FigureTable(FigureSettings(figure_table=stage.environment.outputs["FigureTable"]))
    org, seen = stage.access.org, []

    def agreed() -> int | None:
        found = afresh(books(stage.environment))[org]
        seen[:] = compare(kept, org, found)
        return None if seen else len(found)

    try:
        cells = stage.until("the figures to follow the books", agreed)
    except NotReady as error:
        raise NotReady(f"The figures and a recount differ: {seen[:3]}.") from error
    stage.say.done(f"{cells} figures kept up change by change; a recount of the books agrees")
    return cells


def _plain(row: dict[str, Any]) -> str:
    value = row["value"]
    if isinstance(value, dict):
        return f"{value['currency']} {value['value']}"
    return f"{value} {row['unit']}"
