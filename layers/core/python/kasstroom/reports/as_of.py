"""Of which days a figure can be asked: from the first booking up to today."""

from __future__ import annotations

from datetime import date

from kasstroom.errors import Refused
from kasstroom.reports.measures import Cells, Measure

FROM_THE_LEDGER = frozenset({Measure.BOOKED, Measure.BOOKED_ITEMS, Measure.OPEN_MOVED})
"""Any of these says when the books begin; `BOOKED_ITEMS` is the smallest."""
POINTER = "/query/as_of"


def first_booking(cells: Cells) -> date | None:
    """The first day something counts on; None when nothing was ever booked."""
    days = (cell.on for cell, value in cells.items() if value and cell.measure in FROM_THE_LEDGER)
    return min((day for day in days if day), default=None)


def checked_as_of(as_of: date, today: date, first: date | None) -> date:
    """`as_of` itself; Refused in the future and before the books begin. Of empty books every day
    up to today is as good as another: there is no figure on any of them."""
    if as_of > today:
        detail = f"{as_of} is still to come: ask for a day up to and including today, {today}."
        raise Refused("as_of_in_future", detail, POINTER)
    if first and as_of < first:
        detail = f"The books begin on {first}: ask for that day or a later one."
        raise Refused("as_of_before_first_booking", detail, POINTER)
    return as_of
