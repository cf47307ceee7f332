"""Any file of a bank on its way in: statements are booked, reports on direct debits end lines."""

from __future__ import annotations

from kasstroom.bank.accepted import StatementFile
from kasstroom.bank.identity import Source
from kasstroom.bank.importing import import_file
from kasstroom.bank.ports import LineQueue
from kasstroom.imports.model import RowResult, RowStatus
from kasstroom.mandates.bank_status import Outcome, StatusFile, report
from kasstroom.mandates.collection import LineState
from kasstroom.ports import Books

REASONS = {
    "information": "The bank refuses nothing with this; the statement tells what came in.",
    "ended": "This direct debit was rejected before; nothing was done again.",
    "too_late": "Its money came in, or it was never at the bank: look at it, and at the statement.",
}


def import_any(
    books: Books, queue: LineQueue, file: StatementFile | StatusFile, source: Source
) -> list[RowResult]:
    """A result per transaction; Quarantined when the file is not trusted."""
    if isinstance(file, StatementFile):
        return import_file(books, queue, file, source)
    return [_result(file, one) for one in report(books, source.org, file, source.at)]


def _result(file: StatusFile, one: Outcome) -> RowResult:
    position = f"{file.position}, {one.position}" if file.packed else one.position
    if not one.line:
        status, reason = RowStatus.SKIPPED, REASONS["information"]
    elif one.rejected:
        status, reason = RowStatus.OK, ""
    elif one.code == LineState.REJECTED:
        status, reason = RowStatus.DUPLICATE, REASONS["ended"]
    else:
        status, reason = RowStatus.FAILED, REASONS["too_late"]
    return RowResult(position, status, one.line, one.debtor, one.code, reason)
