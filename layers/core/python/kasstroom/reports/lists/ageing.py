"""What everybody owes by days past the due date; the buckets add up to outstanding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Entry
from kasstroom.reports.ageing import Bucket, days_past_due
from kasstroom.reports.kpi.figures import AGES, age_of
from kasstroom.reports.lists.columns import BUCKETS, DEBTOR, amount, column, count
from kasstroom.reports.position import Position, StandingItem, position_on
from kasstroom.reports.shape import Asked, Row, Sources, Unit, percent
from kasstroom.reports.walking import OfDebtor, by_debtor, walk
from kasstroom.resolution.model import Dispute

LEDGER = (Invoice, Entry, Dispute)
"""What a debtor's position on a day is made from."""
MONEY_WITHOUT_INVOICE = "unallocated_money"
AGEING = (
    *DEBTOR, column("currency"), *BUCKETS, amount("outstanding"), amount("disputed"),
    amount("costs"), amount("interest"),
)  # fmt: skip
SUMMARY = (
    column("currency"), column("bucket"), amount("amount"), column("share", Unit.PERCENT),
    count("items"), count("debtors", adds_up=False),
)  # fmt: skip
OPEN_ITEMS = (
    *DEBTOR, column("kind"), column("number"), column("issued_on", Unit.DAY),
    column("due_on", Unit.DAY), column("days_past_due", Unit.DAYS), column("bucket"),
    column("currency"), amount("invoiced"), amount("open"), amount("disputed"), amount("costs"),
    amount("interest"),
)  # fmt: skip


@dataclass(slots=True)
class _Sums:
    """Minor units of one currency."""

    buckets: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AGES, 0))
    items: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AGES, 0))
    disputed: int = 0
    costs: int = 0
    interest: int = 0

    def __bool__(self) -> bool:
        return any((*self.buckets.values(), self.costs, self.interest))


def of(debtor: OfDebtor, asked: Asked) -> Position:
    """The debtor's position on the day that is asked."""
    read = (debtor.all(kind) for kind in LEDGER)
    return position_on(asked.as_of, asked.today, *read)


def age_in(item: StandingItem, as_of: date) -> str:
    """As in the figures, so that both say the same."""
    return age_of(item.invoice.kind, item.invoice.due_on, as_of)


def sums_of(position: Position, asked: Asked) -> dict[str, _Sums]:
    """By currency; one in which everything is nought has none."""
    found: defaultdict[str, _Sums] = defaultdict(_Sums)
    for item in position.items:
        sums = found[item.open.currency]
        if item.open:
            bucket = age_in(item, asked.as_of)
            sums.buckets[bucket] += item.open.minor
            sums.items[bucket] += 1
        sums.disputed += item.disputed.minor
        sums.costs += item.costs.minor
        sums.interest += item.interest.minor
    for currency, minor in position.unallocated.items():
        found[currency].buckets[Bucket.UNALLOCATED] += minor
        found[currency].items[Bucket.UNALLOCATED] += 1
    return {c: sums for c, sums in sorted(found.items()) if sums and asked.wants(c)}


def _ageing(debtor: OfDebtor, asked: Asked) -> Iterator[Row]:
    for currency, sums in sums_of(of(debtor, asked), asked).items():
        minor = {**sums.buckets, "outstanding": sum(sums.buckets.values())}
        minor |= {"disputed": sums.disputed, "costs": sums.costs, "interest": sums.interest}
        amounts = {name: Money(m, currency) for name, m in minor.items()}
        yield {**debtor.heading, "currency": currency, **amounts}


def _open_items(debtor: OfDebtor, asked: Asked) -> Iterator[Row]:
    position = of(debtor, asked)
    for item in sorted(position.items, key=lambda i: (i.invoice.due_on, i.invoice.number)):
        invoice, currency = item.invoice, item.open.currency
        if asked.wants(currency):
            yield {
                **debtor.heading,
                "kind": str(invoice.kind),
                "number": invoice.number,
                "issued_on": invoice.issued_on,
                "due_on": invoice.due_on,
                "days_past_due": days_past_due(invoice.due_on, asked.as_of),
                "bucket": age_in(item, asked.as_of),
                "currency": currency,
                "invoiced": invoice.amount,
                "open": item.open,
                "disputed": item.disputed,
                "costs": item.costs,
                "interest": item.interest,
            }
    for currency, minor in sorted(position.unallocated.items()):
        if asked.wants(currency):
            yield {
                **debtor.heading,
                "kind": MONEY_WITHOUT_INVOICE,
                "bucket": str(Bucket.UNALLOCATED),
                "currency": currency,
                "open": Money(minor, currency),
            }


ageing = by_debtor(_ageing, *LEDGER)
open_items = by_debtor(_open_items, *LEDGER)


def summary(sources: Sources, asked: Asked) -> Iterator[Row]:
    """A line per currency and bucket; `share` is of outstanding, None of nothing."""
    whole: defaultdict[str, _Sums] = defaultdict(_Sums)
    debtors: defaultdict[tuple[str, str], int] = defaultdict(int)
    for debtor in walk(sources.books, asked, LEDGER):
        for currency, sums in sums_of(of(debtor, asked), asked).items():
            for bucket in AGES:
                whole[currency].buckets[bucket] += sums.buckets[bucket]
                whole[currency].items[bucket] += sums.items[bucket]
                debtors[currency, bucket] += bool(sums.items[bucket])
    for currency, sums in sorted(whole.items()):
        outstanding = sum(sums.buckets.values())
        for bucket in AGES:
            yield {
                "currency": currency,
                "bucket": bucket,
                "amount": Money(sums.buckets[bucket], currency),
                "share": percent(sums.buckets[bucket], outstanding),
                "items": sums.items[bucket],
                "debtors": debtors[currency, bucket],
            }
