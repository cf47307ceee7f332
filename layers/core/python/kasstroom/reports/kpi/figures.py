"""The figures of one organisation as of one day, in one currency; every KPI is a function of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from copy import copy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from kasstroom.dunning.learning.uplift import Uplift
from kasstroom.invoices.model import DocumentKind
from kasstroom.payments.model import EntryKind
from kasstroom.reports.ageing import Bucket, bucket_after, days_past_due
from kasstroom.reports.as_of import checked_as_of, first_booking
from kasstroom.reports.assumptions import Assumptions
from kasstroom.reports.kpi.amounts import YEAR_DAYS, ZERO, Amounts, Parts
from kasstroom.reports.measures import Cells, Measure

T = TypeVar("T")
UNDATED = "undated"
"""The bucket of an invoice without a due date: neither late nor on time."""
AGES: tuple[str, ...] = (*(bucket.value for bucket in Bucket), UNDATED)
OVERDUE = (
    Bucket.DAYS_1_30, Bucket.DAYS_31_60, Bucket.DAYS_61_90, Bucket.DAYS_91_120,
    Bucket.DAYS_OVER_120,
)  # fmt: skip
CASH = (
    EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.REFUND_RETURNED, EntryKind.CHARGEBACK,
    EntryKind.REVERSAL, EntryKind.TRANSFER,
)  # fmt: skip
"""Money that came in, less what went back."""

ByDue = dict[tuple[str, date | None], Decimal]
"""Open principal by kind of document and due date."""


class Figures:
    """Amounts are exact Decimals in major units of `currency`; nothing is rounded here.

    `today` is the day the cells were read: stocks stand as of then, and are wound back to `as_of`.
    Refused when `as_of` lies ahead or before the books begin, and when a total over several
    currencies lacks a rate. `uplift` is what the learner's holdout says, where it was read.
    """

    def __init__(
        self,
        cells: Cells,
        as_of: date,
        today: date,
        currency: str = "",
        assumptions: Assumptions | None = None,
        uplift: Uplift | None = None,
    ) -> None:
        self.assumptions = assumptions or Assumptions()
        self.today = today
        self.first = first_booking(cells)
        self.as_of = checked_as_of(as_of, today, self.first)
        self.uplift = uplift
        self.amounts = Amounts(cells, currency, self.assumptions.rates)
        self._made: dict[object, Any] = {}

    @property
    def currency(self) -> str:
        return self.amounts.currency

    @property
    def is_now(self) -> bool:
        """Whether what is only known as it stands now may be shown."""
        return self.as_of == self.today

    def at(self, as_of: date) -> Figures:
        """The same books as of another day; before they begin everything is zero."""
        other = copy(self)
        other.as_of = min(as_of, self.today)
        return other

    def once(self, make: Callable[[Figures], T]) -> T:
        """What `make` makes of these books; it may not depend on `as_of`, because it is kept for
        every other day too."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    def ago(self, days: int) -> date:
        return self.as_of - timedelta(days=days)

    def year_ago(self) -> date:
        return self.ago(YEAR_DAYS)

    def open_by_due(self, on: date | None = None) -> ByDue:
        """What was open at the end of `on` (left out: `as_of`); credit notes are negative."""
        found = self.amounts.on(Measure.OPEN, on or self.as_of)
        return {(kind, _day(due_on)): amount for (kind, due_on), amount in found.items()}

    def unallocated(self, on: date | None = None) -> Decimal:
        """Money of debtors that no invoice took: negative."""
        return sum(self.amounts.on(Measure.UNALLOCATED, on or self.as_of).values(), ZERO)

    def charges(self, on: date | None = None) -> dict[str, Decimal]:
        """Open collection costs and interest; no part of `outstanding`."""
        found = self.amounts.on(Measure.CHARGES, on or self.as_of)
        return {part: amount for (part,), amount in found.items()}

    def ageing(self, on: date | None = None) -> dict[str, Decimal]:
        """Every bucket; together they are `outstanding`."""
        on = on or self.as_of
        ages = dict.fromkeys(AGES, ZERO)
        for (kind, due_on), amount in self.open_by_due(on).items():
            ages[age_of(kind, due_on, on)] += amount
        ages[Bucket.UNALLOCATED] += self.unallocated(on)
        return ages

    def outstanding(self, on: date | None = None) -> Decimal:
        found = self.amounts.on(Measure.OPEN, on or self.as_of)
        return sum(found.values(), ZERO) + self.unallocated(on)

    def overdue(self, on: date | None = None) -> Decimal:
        ages = self.ageing(on)
        return sum((ages[bucket] for bucket in OVERDUE), ZERO)

    def current(self, on: date | None = None) -> Decimal:
        return self.ageing(on)[Bucket.CURRENT]

    def flow(
        self, measure: Measure, after: date | None, until: date | None = None
    ) -> dict[Parts, Decimal]:
        """What a daily measure counted after one day up to and including another (left out:
        `as_of`), by its parts; `after` None: from the beginning."""
        total: defaultdict[Parts, Decimal] = defaultdict(lambda: ZERO)
        for day in self.amounts.daily(measure, after, until or self.as_of):
            total[day.parts] += day.amount
        return dict(total)

    def total(self, measure: Measure, after: date | None, until: date | None = None) -> Decimal:
        return sum(self.flow(measure, after, until).values(), ZERO)

    def sales(self, after: date | None, until: date | None = None) -> Decimal:
        """Invoiced less credited, by day of issue."""
        return self.total(Measure.SOLD, after, until)

    def booked(
        self, kinds: Collection[str], after: date | None, until: date | None = None
    ) -> Decimal:
        """Ledger entries of these kinds, signed as in the ledger."""
        found = self.flow(Measure.BOOKED, after, until)
        return sum((amount for (kind,), amount in found.items() if kind in kinds), ZERO)

    def cash(self, after: date | None, until: date | None = None) -> Decimal:
        """Money that came in less what went back, positive."""
        return -self.booked(CASH, after, until)

    def days_sold(self, days: int) -> int:
        """`days`, or fewer when nothing was sold before: what a period of sales really spans."""
        first = self.amounts.first_day(Measure.SOLD)
        return min(days, max(0, (self.as_of - first).days + 1)) if first else 0


def age_of(kind: str, due_on: date | None, on: date) -> str:
    """The bucket of an open item; what stands to a debtor's credit has no age."""
    if kind == DocumentKind.CREDIT_NOTE:
        return Bucket.UNALLOCATED
    return bucket_after(days_past_due(due_on, on)) if due_on else UNDATED


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
