"""What the functions said: their logs in one file, so that a failure can be read afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from infra.local.deploy import client
from infra.local.place import Place
from infra.local.ports import Ports

NAME = "functions.log"
PREFIX = "/aws/lambda/"


def collect(place: Place, ports: Ports) -> None:
    """Writes the log of every function, in the order of time, to `functions.log`."""
    logs = client("logs", ports)
    events = sorted(event for group in _groups(logs) for event in _events(logs, group))
    lines = (
        f"{datetime.fromtimestamp(millis / 1000, UTC):%H:%M:%S} {function}  {said}\n"
        for millis, _, function, said in events
    )
    (place.root / NAME).write_text("".join(lines))


def _groups(logs: Any) -> Iterator[str]:
    for page in logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=PREFIX):
        yield from (group["logGroupName"] for group in page["logGroups"])


def _events(logs: Any, group: str) -> Iterator[tuple[int, int, str, str]]:
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
    found = (event for page in pages for event in page["events"])
    for number, event in enumerate(found):
        said = event["message"].rstrip()
        if not said.startswith(("START ", "END ", "REPORT ")):
            yield event["timestamp"], number, group.removeprefix(PREFIX), said
