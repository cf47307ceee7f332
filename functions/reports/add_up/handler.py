"""The table's stream: the figures follow what changed in the books, within seconds."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.reports.adding_up import refresh_all
from kasstroom.reports.contributions import COUNTED
from kasstroom.settings import FigureSettings
from kasstroom_aws.changed import changed
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, stream
from kasstroom_aws.figure_table import FigureTable


@cache
def figures() -> FigureTable:
    return FigureTable(FigureSettings.from_env())


def handle(records: list[dict[str, Any]]) -> list[str]:
    count("FiguresMoved", refresh_all(books(), figures(), changed(records, COUNTED)))
    return []


handler = stream(handle)
