"""Which reports are kept fresh, and which rating the bureau is asked to follow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.screening.model import ExternalReport, Source
from kasstroom.screening.news import Reports


def switched(
    changes: Changes, reports: Reports, chosen: Collection[Source], on: bool, now: datetime
) -> tuple[Changes, Reports]:
    """The reports with their monitoring switched; the bureau is told by the worker."""
    after = dict(reports)
    for source in chosen:
        report = reports.get(source)
        if report is None or report.monitored == on:
            continue
        tell = source is Source.BUREAU and bool(report.facts.provider_id)
        after[source] = replace(
            report, monitored=on, subscribe_at=now if tell and report.subscribed != on else None
        )
    changed = tuple(r for s, r in after.items() if r is not reports[s])
    keys = {r.source for r in changed}
    others = tuple(
        e for e in changes.update if not (isinstance(e, ExternalReport) and e.source in keys)
    )
    return replace(changes, update=(*others, *changed)), after
