"""Three sides of a day: what the ledger booked, what the providers say, what the bank shows;
whether that is right, what is between them, and what to do about each difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kasstroom.money import EUR, Money
from kasstroom.payments.day_findings import (
    DayStatus,
    Finding,
    explained,
    payout_of_day,
    status_of,
)
from kasstroom.payments.day_judging import difference_found, findings_of
from kasstroom.payments.day_reading import DayRead, read_day
from kasstroom.payments.day_sides import (
    InTransit,
    PayoutSide,
    ProviderSide,
    Side,
    bank_sides,
    ledger_sides,
    payout_side,
    provider_side,
)
from kasstroom.payments.model import UnmatchedMoney, WorkState
from kasstroom.payments.payouts import Settlement
from kasstroom.payments.provider_days import Day, ProviderDay, keep_days
from kasstroom.ports import Books
from kasstroom.whole_list import whole_list

__all__ = ["Day", "DayReport", "ProviderDay", "keep_days", "report"]


@dataclass(frozen=True, slots=True)
class DayReport:
    """`complete` is `status` right: every provider was compared after the day and agrees, every
    payout of the day is on a statement, the statements reach this day, and no bank line of it waits
    for anybody. `findings` say what is not so, why, and what to do; `in_transit` is what the
    providers sent and the bank did not show by the end of this day. `open_differences` and
    `open_unmatched` count all that is open, of whichever day."""

    on: date
    ledger: tuple[Side, ...]
    providers: tuple[ProviderSide, ...]
    payouts: tuple[PayoutSide, ...]
    bank: tuple[Side, ...]
    open_differences: int
    open_unmatched: int
    complete: bool
    currency: str
    status: DayStatus
    explanation: str
    findings: tuple[Finding, ...]
    in_transit: InTransit


def report(
    books: Books, org: str, on: date, currency: str = EUR, *, today: date | None = None
) -> DayReport:
    """The day in one currency, as it is known on `today` (the day itself, when that is not given).
    Bounded by what happened that day and what is open."""
    read = read_day(books, org, on, currency, today or on)
    findings = findings_of(read)
    status = status_of(findings)
    opened = sum(d.state is WorkState.OPEN for d in read.differences)
    unmatched = sum(u.state is WorkState.OPEN for u in whole_list(books, UnmatchedMoney, org))
    return DayReport(
        on, ledger_sides(read.booked, currency),
        tuple(provider_side(day, currency) for day in read.days),
        tuple(_payout(s, read) for s in read.settlements if s.paid_on == on),
        bank_sides(read.lines, currency), opened, unmatched, status is DayStatus.RIGHT, currency,
        status, explained(on, findings), findings, _in_transit(read),
    )  # fmt: skip


def _payout(s: Settlement, read: DayRead) -> PayoutSide:
    if task := read.wrong(s):
        return payout_side(s, DayStatus.DIFFERS, difference_found(task).explanation)
    if not s.line_id:
        finding = payout_of_day(s.reference, s.provider, s.amount, s.paid_on, read.today)
        return payout_side(s, finding.status, finding.explanation)
    day = read.arrived.get(s.id)
    return payout_side(
        s, DayStatus.RIGHT, f"On the statement{f' of {day}' if day else ''}, to the cent."
    )


def _in_transit(read: DayRead) -> InTransit:
    late = [
        s for s in read.settlements
        if not s.line_id or (s.id in read.arrived and read.arrived[s.id] > read.on)
    ]  # fmt: skip
    total = Money(sum(s.amount.minor for s in late), read.currency)
    return InTransit(len(late), total, tuple(_payout(s, read) for s in late))
