"""How a debtor pays: counted from the ledger, kept by the bookings themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """What was paid in one calendar month; `minor_days_late` is the sum of amount x days late."""

    paid_minor: int = 0
    late_minor: int = 0
    minor_days_late: int = 0

    @property
    def days_late(self) -> int | None:
        return _average(self.minor_days_late, self.paid_minor)

    @property
    def late_percent(self) -> int | None:
        return _average(100 * self.late_minor, self.paid_minor)


@dataclass(frozen=True, slots=True)
class PaymentBehaviour:
    """Amounts in minor units of the account's currency; early counts as zero days late.

    `by_month` maps `2026-09` to what was paid that month, for the last twelve months paid in.
    """

    paid_invoices: int = 0
    late_invoices: int = 0
    paid_minor: int = 0
    late_minor: int = 0
    minor_days_late: int = 0
    by_month: dict[str, MonthPaid] = field(default_factory=dict)
    promises_broken: int = 0
    promises_kept: int = 0
    disputes: int = 0
    last_paid_on: date | None = None

    @property
    def days_late(self) -> int | None:
        """Average days late weighted by amount, whole days rounded half up; None: nothing paid."""
        return _average(self.minor_days_late, self.paid_minor)

    @property
    def late_percent(self) -> int | None:
        """Share of the paid amount that came late, whole percents; None: nothing paid."""
        return _average(100 * self.late_minor, self.paid_minor)


def _average(total: int, over: int) -> int | None:
    """Rounded half up; None over nothing."""
    return (2 * total + over) // (2 * over) if over > 0 else None
