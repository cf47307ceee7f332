"""GET /v1/calculations/rates: every statutory rate with its first day, and whether they can still
be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kasstroom.compliance.explained import percent
from kasstroom.compliance.rates_state import RatesState, rates_state
from kasstroom.compliance.statutory_rates import ARTICLE, RATES, ClaimType


@dataclass(frozen=True, slots=True)
class RateRow:
    """Percent a year from this day on, until the next row."""

    from_on: date
    rate: str
    source: str


@dataclass(frozen=True, slots=True)
class RateTable:
    """Oldest first."""

    claim: ClaimType
    source: str
    rows: tuple[RateRow, ...]


@dataclass(frozen=True, slots=True)
class RatesView:
    """`detail` says what to do; `known_until` is the last day with a published rate."""

    state: RatesState
    detail: str
    checked_on: date
    known_until: date
    tables: tuple[RateTable, ...]


def rates_view(today: date) -> RatesView:
    answer = rates_state(today)
    tables = tuple(
        RateTable(
            claim,
            ARTICLE[claim],
            tuple(RateRow(row.from_on, percent(row.percent), row.source) for row in rows),
        )
        for claim, rows in RATES.items()
    )
    return RatesView(answer.state, answer.sentence, answer.checked_on, answer.known_until, tables)
