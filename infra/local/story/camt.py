"""A bank statement of the demo's bank: camt.053.001.08, made from the samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from kasstroom.time import AMSTERDAM

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "camt"
CLOSES_AT, LAST_SECOND = time(23, 30), time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Credit:
    """Money that came in on a day: who paid, from which account, and what they wrote."""

    on: date
    minor: int
    name: str
    iban: str
    text: str


def statement(
    iban: str, opening_minor: int, lines: Sequence[Credit], first: date, last: date
) -> bytes:
    """The statement of `iban` from `first` to `last`, both included; its balances add up."""
    entry = Template((SAMPLES / "entry.xml").read_text())
    key = f"{last:%Y%m%d}"
    entries = "".join(
        entry.substitute(
            key=key, number=n, value=_value(line.minor), on=line.on.isoformat(),
            name=escape(line.name), iban=line.iban, text=escape(line.text),
        )
        for n, line in enumerate(lines, 1)
    )  # fmt: skip
    whole = Template((SAMPLES / "statement.xml").read_text())
    return whole.substitute(
        key=key, number=last.timetuple().tm_yday, iban=iban, entries=entries,
        made_at=_at(last, CLOSES_AT), from_at=_at(first, time()), to_at=_at(last, LAST_SECOND),
        opened_on=(first - timedelta(days=1)).isoformat(), to_on=last.isoformat(),
        opening=_value(opening_minor),
        closing=_value(opening_minor + sum(line.minor for line in lines)),
    ).encode()  # fmt: skip


def _at(day: date, hour: time) -> str:
    return datetime.combine(day, hour, AMSTERDAM).isoformat()


def _value(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
