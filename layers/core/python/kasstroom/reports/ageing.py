"""Ageing: what a debtor owes, by how long it should have been paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Entry


class Bucket(StrEnum):
    """Days past the due date. `unallocated` is what stands to the debtor's credit: open credit
    notes and money not yet allocated; it is never taken off an overdue bucket unseen.
    """

    CURRENT = "current"
    DAYS_1_30 = "days_1_30"
    DAYS_31_60 = "days_31_60"
    DAYS_61_90 = "days_61_90"
    DAYS_91_120 = "days_91_120"
    DAYS_OVER_120 = "days_over_120"
    UNALLOCATED = "unallocated"


_LAST_DAY = (
    (0, Bucket.CURRENT),
    (30, Bucket.DAYS_1_30),
    (60, Bucket.DAYS_31_60),
    (90, Bucket.DAYS_61_90),
    (120, Bucket.DAYS_91_120),
)


def days_past_due(due_on: date, as_of: date) -> int:
    """Zero on the due date itself, negative before it."""
    return (as_of - due_on).days


def bucket_of(invoice: Invoice, as_of: date) -> Bucket:
    """Where the open amount of an item belongs."""
    if invoice.open.minor < 0:
        return Bucket.UNALLOCATED
    return bucket_after(days_past_due(invoice.due_on, as_of))


def bucket_after(days: int) -> Bucket:
    """The bucket of what is owed and this many days past its due date."""
    return next((bucket for last, bucket in _LAST_DAY if days <= last), Bucket.DAYS_OVER_120)


@dataclass(frozen=True, slots=True)
class Aged:
    """One debtor's open amount in one currency; every bucket is present."""

    debtor: str
    currency: str
    by_bucket: dict[Bucket, Money]

    @property
    def outstanding(self) -> Money:
        return sum(self.by_bucket.values(), Money.zero(self.currency))


class Ageing:
    """The ageing list of one organisation, added up while its books pass by."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._minor: defaultdict[tuple[str, str], dict[Bucket, int]] = defaultdict(dict)

    def add_invoice(self, invoice: Invoice) -> None:
        self._add(invoice.debtor, bucket_of(invoice, self._as_of), invoice.open)

    def add_entry(self, entry: Entry) -> None:
        """What is allocated is already in the open amount of an invoice."""
        self._add(entry.debtor, Bucket.UNALLOCATED, entry.unallocated)

    def _add(self, debtor: str, bucket: Bucket, money: Money) -> None:
        if money:
            row = self._minor[debtor, money.currency]
            row[bucket] = row.get(bucket, 0) + money.minor

    def rows(self) -> Iterator[Aged]:
        """By debtor and currency; a debtor with nothing in any bucket has no row."""
        for (debtor, currency), minor in sorted(self._minor.items()):
            if any(minor.values()):
                amounts = {bucket: Money(minor.get(bucket, 0), currency) for bucket in Bucket}
                yield Aged(debtor, currency, amounts)
