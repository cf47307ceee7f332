"""Every night, or by hand: the figures counted again from the books and put right."""

from __future__ import annotations

from typing import Any

from kasstroom.reports.recounting import recount
from kasstroom.settings import FigureSettings
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, logger, schedule
from kasstroom_aws.figure_table import FigureTable

MOST_TOLD = 20


def handle() -> dict[str, Any]:
    found = recount(books(), FigureTable(FigureSettings.from_env()))
    told = [
        f"{one.org} {one.cell.measure} {one.cell.currency} {one.cell.on or ''}"
        f" {' '.join(one.cell.parts)}: {one.kept}, counted {one.counted}"
        for one in found.differing[:MOST_TOLD]
    ]
    if told:
        logger.warning("figures differed", extra={"cells": told})
    count("FiguresDiffered", found.faults + found.left)
    count("FiguresLate", found.late)
    return {
        "organisations": found.organisations,
        "cells": found.cells,
        "differing": len(found.differing),
        "late": found.late,
        "faults": found.faults,
        "left": found.left,
    }


handler = schedule(handle)
