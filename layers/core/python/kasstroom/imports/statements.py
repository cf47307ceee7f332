"""Bank statements among the imports: booked by the bank context, told of here row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from kasstroom.bank.accepted import StatementFile
from kasstroom.bank.quarantine import Quarantined
from kasstroom.errors import KasstroomError
from kasstroom.events.bank import StatementQuarantined
from kasstroom.imports.model import Import, RowResult, RowStatus
from kasstroom.mandates.bank_status import StatusFile

MOST_EVENTS = 50
BankFile = StatementFile | StatusFile
"""Statements, or a report on a file of direct debits (pain.002)."""
Statements = Callable[[str, BankFile, str, datetime], list[RowResult]]
"""Books a file of a bank: organisation, file, source, now. Quarantined, or a result per
transaction."""


def no_statements(org: str, file: BankFile, source: str, now: datetime) -> list[RowResult]:
    """Where nobody books statements."""
    raise Quarantined("no_bank", "Bank statements are not taken here.", file.position)


def rows_of(
    running: Import, file: BankFile, statements: Statements, now: datetime
) -> list[RowResult]:
    """A result per transaction, or one row for a file of a zip that was quarantined. Quarantined
    for a file on its own: then the import as a whole failed."""
    source = f"import:{running.id}:{file.position}"
    try:
        return statements(running.org, file, source, now)
    except Quarantined as error:
        if not file.packed:
            raise
        status = RowStatus.QUARANTINED
        return [RowResult(file.position, status, code=error.code, reason=error.detail)]


def quarantined(
    running: Import, rows: Iterable[RowResult], error: KasstroomError | None, now: datetime
) -> tuple[StatementQuarantined, ...]:
    """What to tell of the files of a bank that were kept and not booked."""
    bad = [r for r in rows if r.status is RowStatus.QUARANTINED]
    told = [(r.position, r.code, r.reason) for r in bad[:MOST_EVENTS]]
    if isinstance(error, Quarantined):
        told.append((running.filename, error.code, error.detail))
    return tuple(
        StatementQuarantined(
            org=running.org, debtor="", subject=running.id, at=now, file=file, code=code,
            reason=reason,
        )
        for file, code, reason in told
    )  # fmt: skip
