"""The figures of an organisation with what they take for granted of it."""

from __future__ import annotations

from datetime import date

from kasstroom.ports import Books
from kasstroom.reports.assumptions import assumptions_of
from kasstroom.reports.holdout import holdout_of
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.measures import Cells


def figures_with(
    books: Books, org: str, cells: Cells, *, as_of: date, today: date, currency: str
) -> Figures:
    """`cells` under the assumptions that the organisation stated, with what its holdout says.
    Refused (`rate_missing`) when several currencies have to be added and one has no rate."""
    stated = assumptions_of(books, org).stated
    return Figures(cells, as_of, today, currency, stated, holdout_of(books, org))
