"""How the export is asked: a message names a segment, or an organisation whose figures are to be
written; without one, everything is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kasstroom.ids import new_id
from kasstroom.ports import Books
from kasstroom.reports.figure_store import FigureStore
from kasstroom.reports.lake import RECKONED
from kasstroom.reports.lake.message import run_of
from kasstroom.reports.lake.photograph import Exported, export_segment
from kasstroom.reports.lake.ports import ExportQueue, LakeSink, Run, Runs, Segment
from kasstroom.reports.lake.reckoning import reckoned
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Ground:
    """What an export stands on."""

    books: Books
    figures: FigureStore
    sink: LakeSink
    runs: Runs
    queue: ExportQueue


def export(ground: Ground, message: Mapping[str, Any], now: datetime) -> Exported:
    """What a message of `plan_export` or of the last segment asks for; `{}` is a whole export that
    somebody waits for."""
    if "run" not in message:
        return export_whole(ground, now)
    run = run_of(message)
    if "figures_of" in message:
        return export_figures(ground, run, message["figures_of"])
    segment = Segment(run, message["segment"])
    done = export_segment(ground.books, ground.sink, ground.runs, segment)
    ground.queue.put_figures(run, done.orgs)
    return done


def export_whole(ground: Ground, now: datetime) -> Exported:
    """All books in one segment, and all figures: for whoever starts it by hand and waits."""
    run = Run(day_of(now), new_id("run", now), 1)
    ground.runs.begin(run)
    done = export_segment(ground.books, ground.sink, ground.runs, Segment(run, 0))
    rows = sum(export_figures(ground, run, org).rows for org in done.orgs)
    return replace(done, rows=done.rows + rows)


def export_figures(ground: Ground, run: Run, org: str) -> Exported:
    """The figures of one organisation: they can be asked for at once."""
    if not ground.runs.is_current(run):
        return Exported(run.as_of, superseded=True)
    count = 0
    with ground.sink.part(org, Segment(run, 0), RECKONED) as part:
        for table, row in reckoned(ground.books, ground.figures, org, run.as_of):
            part.add(table, row)
            count += 1
    for table in RECKONED:
        ground.sink.register(table, [org], run.as_of)
    return Exported(run.as_of, count)
