"""What bank lines and money without an invoice contribute."""

from __future__ import annotations

from kasstroom.bank.lines import WAITING
from kasstroom.bank.model import BY_PERSON, BankLine, LineKind, LineState
from kasstroom.payments.model import UnmatchedMoney, WorkState
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import Known
from kasstroom.reports.tally import Tally

AUTOMATIC, PERSON = "automatic", "person"
WAITS, SET_ASIDE = "waiting", "set_aside"
AT_BANK, AT_DEBTOR = "bank", "debtor"


def of_bank_line(line: BankLine, known: Known) -> dict[Cell, int]:
    """BANK_LINES  one on `booked_on`, by kind and how: `waiting` (open or proposed), `set_aside`,
                   `person` (matched, and its note says by whom), else `automatic`
    UNMATCHED      the amount of a receipt that waits, at the `bank`
    """
    tally = Tally()
    how = _how(line)
    tally.count(Measure.BANK_LINES, line.kind, how, on=line.booked_on)
    if how == WAITS and line.kind is LineKind.RECEIPT:
        tally.money(Measure.UNMATCHED, line.amount, AT_BANK)
    return tally.cells


def _how(line: BankLine) -> str:
    if line.state in WAITING:
        return WAITS
    if line.state is LineState.SET_ASIDE:
        return SET_ASIDE
    by_person = line.state is LineState.MATCHED and line.note.startswith(BY_PERSON)
    return PERSON if by_person else AUTOMATIC


def of_unmatched_money(money: UnmatchedMoney, known: Known) -> dict[Cell, int]:
    """UNMATCHED  the amount while it is open, at the `debtor`."""
    tally = Tally()
    if money.state is WorkState.OPEN:
        tally.money(Measure.UNMATCHED, money.amount, AT_DEBTOR)
    return tally.cells
