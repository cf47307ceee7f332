"""A file of a bank that is not trusted: kept whole, booked not at all, with the line and why."""

from __future__ import annotations

from kasstroom.errors import Refused


class Quarantined(Refused):
    """Nothing of the file was booked. `position` is where it went wrong, as `line 12`; the sentence
    names it and says what to do."""

    def __init__(self, code: str, detail: str, position: str = "") -> None:
        told = f"{position[:1].upper()}{position[1:]}: {detail}" if position else detail
        super().__init__(code, told)
        self.position = position
