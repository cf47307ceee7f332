"""What is insured, what is our own share, and until when: pure functions of amounts and days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kasstroom.insurance.indemnity import insured_part
from kasstroom.insurance.model import CoverPeriod
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class Gap:
    """An exposure on a limit: `insured` + `co_share` lie within the limit, `uninsured` above it.
    `at_risk` is what no insurer pays: uninsured and co-share together."""

    exposure: Money
    insured: Money
    co_share: Money
    uninsured: Money

    @property
    def at_risk(self) -> Money:
        return self.uninsured + self.co_share


def gap(exposure: Money, limit: Money, percentage: int) -> Gap:
    """Exposure below zero counts as none."""
    zero = Money.zero(exposure.currency)
    exposure = max(exposure, zero)
    within = min(exposure, max(limit, zero))
    insured = insured_part(within, percentage)
    return Gap(exposure, insured, within - insured, exposure - within)


def stop_on(due_on: date, extension_days: int) -> date:
    """The last day of the maximum extension period: deliveries stop after it."""
    return due_on + timedelta(days=extension_days)


def report_by(due_on: date, extension_days: int, notification_days: int) -> date:
    """The last day to report the overdue and to hand it over for collection."""
    return stop_on(due_on, extension_days) + timedelta(days=notification_days)


class InvoiceState(StrEnum):
    INSURED = "insured"
    PARTLY_INSURED = "partly_insured"
    UNINSURED = "uninsured"


@dataclass(frozen=True, slots=True)
class InvoiceCover:
    """One open invoice: `insured` + `co_share` + `uninsured` is what is open."""

    number: str
    due_on: date
    open: Money
    insured: Money
    co_share: Money
    uninsured: Money
    state: InvoiceState
    stop_on: date | None = None
    report_by: date | None = None


@dataclass(frozen=True, slots=True)
class Days:
    extension: int
    notification: int


def coverage(
    invoices: Iterable[Invoice], periods: Sequence[CoverPeriod], days: Days | None, currency: str
) -> tuple[InvoiceCover, ...]:
    """Per open invoice, the oldest delivery first: the limit that held on the invoice date covers
    it as far as older invoices left room. Credit balances take from the oldest. Another currency
    than the cover's is uninsured here."""
    still = sorted((i for i in invoices if i.open), key=lambda i: (i.issued_on, i.number))
    credit = -sum(i.open.minor for i in still if i.open.minor < 0 and _is(i, currency))
    taken, found = 0, []
    for invoice in (i for i in still if i.open.minor > 0):
        used_credit = min(credit, invoice.open.minor) if _is(invoice, currency) else 0
        credit -= used_credit
        owed = Money(invoice.open.minor - used_credit, invoice.open.currency)
        period = _period(periods, invoice.issued_on) if _is(invoice, currency) else None
        found.append(_covered(invoice, owed, period, taken, days))
        taken += (found[-1].insured + found[-1].co_share).minor if period else 0
    return tuple(found)


def together(lines: Iterable[InvoiceCover], currency: str) -> Gap:
    """What the invoices of one currency add up to."""
    mine = [line for line in lines if line.open.currency == currency]
    parts = ("open", "insured", "co_share", "uninsured")
    return Gap(*(Money(sum(getattr(x, part).minor for x in mine), currency) for part in parts))


def _covered(
    invoice: Invoice, owed: Money, period: CoverPeriod | None, taken: int, days: Days | None
) -> InvoiceCover:
    room = Money(max(0, period.limit.minor - taken) if period else 0, owed.currency)
    found = gap(owed, room, period.percentage if period else 0)
    state = InvoiceState.PARTLY_INSURED
    if not found.uninsured and period:
        state = InvoiceState.INSURED
    elif not (found.insured + found.co_share):
        state = InvoiceState.UNINSURED
    counts = days is not None and period is not None
    return InvoiceCover(
        invoice.number, invoice.due_on, owed, found.insured, found.co_share, found.uninsured, state,
        stop_on(invoice.due_on, days.extension) if counts and days else None,
        report_by(invoice.due_on, days.extension, days.notification) if counts and days else None,
    )  # fmt: skip


def _period(periods: Sequence[CoverPeriod], day: date) -> CoverPeriod | None:
    """The latest that held that day: a change counts from its own first day."""
    return next((p for p in reversed(periods) if p.holds_on(day)), None)


def _is(invoice: Invoice, currency: str) -> bool:
    return invoice.open.currency == currency
