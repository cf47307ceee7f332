"""What the law asks of us to look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kasstroom.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesStale(Event):
    """The statutory rates were not published, or not checked, up to today; of the whole
    installation, so without organisation and debtor. `detail` says what to do."""

    TYPE: ClassVar[str] = "compliance.rates_stale"
    known_until: date
    checked_on: date
    detail: str
