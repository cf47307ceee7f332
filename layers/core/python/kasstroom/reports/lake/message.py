"""What the queue of an export carries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kasstroom.reports.lake.ports import Run


def to_message(run: Run, **what: Any) -> dict[str, Any]:
    """`segment=3`, or `figures_of="acme"`."""
    return {"as_of": run.as_of.isoformat(), "run": run.id, "of": run.of, **what}


def run_of(message: Mapping[str, Any]) -> Run:
    return Run(date.fromisoformat(message["as_of"]), message["run"], message["of"])
