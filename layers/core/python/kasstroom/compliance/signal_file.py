"""The file of early signals for a municipality: contact data and the arrears, and nothing more
(art. 2 Besluit gemeentelijke schuldhulpverlening). The decree names no format: these columns are
ours."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kasstroom.compliance.early_signal import Sector
from kasstroom.errors import Refused
from kasstroom.formula_free import formula_free
from kasstroom.money import EUR, Money

COLUMNS: Final = (
    "sector", "name", "street", "postcode", "city", "email", "phone", "arrears_eur", "as_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One debtor whose signal is ready. `street` with the house number; `municipality` is where the
    debtor lives, which is not always the city of the address. No note, no birth date, no BSN."""

    municipality: str
    sector: Sector
    name: str
    street: str
    postcode: str
    city: str
    email: str
    phone: str
    arrears: Money
    as_of: date


def signal_file(rows: Sequence[SignalRow]) -> dict[str, str]:
    """A CSV text (UTF-8, comma, CRLF) for each municipality by its name, rows by postcode and name.

    Refused for a row that no file may hold: no municipality, no sector, no arrears in euros.
    """
    by_municipality: dict[str, list[SignalRow]] = defaultdict(list)
    for at, row in enumerate(rows):
        _checked(row, f"/rows/{at}")
        by_municipality[row.municipality.strip()].append(row)
    return {name: _csv(found) for name, found in sorted(by_municipality.items())}


def _checked(row: SignalRow, pointer: str) -> None:
    if not row.municipality.strip():
        detail = "Give the municipality that the debtor lives in."
        raise Refused("municipality_missing", detail, f"{pointer}/municipality")
    if row.sector is Sector.NONE:
        detail = "Only housing, energy, water and health insurance are signalled."
        raise Refused("no_sector", detail, f"{pointer}/sector")
    if row.arrears.currency != EUR or row.arrears.minor <= 0:
        detail = "Only arrears in euros, above zero, are signalled."
        raise Refused("no_arrears", detail, f"{pointer}/arrears")


def _csv(rows: list[SignalRow]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in sorted(rows, key=lambda each: (each.postcode, each.name)):
        cells = (
            row.sector, row.name, row.street, row.postcode, row.city, row.email, row.phone,
            row.arrears.value, row.as_of.isoformat(),
        )  # fmt: skip
        writer.writerow([formula_free(cell) for cell in cells])
    return text.getvalue()
