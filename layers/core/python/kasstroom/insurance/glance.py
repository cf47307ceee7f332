"""At a glance: which debtors are at risk, and for how much. Pure functions of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kasstroom.credit.model import CreditAccount
from kasstroom.insurance.coverage import Days, Gap, InvoiceCover, coverage, gap, stop_on, together
from kasstroom.insurance.expected_loss import (
    Adequacy,
    LossTerms,
    Risk,
    adequacy,
    expected_loss,
    probability,
)
from kasstroom.insurance.model import Cover
from kasstroom.insurance.reserve import Reserve
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money

OVER_BELOW_PERCENT = 50


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One debtor. `unused` is the cover above the exposure. `signals` are: uninsured (no cover at
    all), under_insured, over_insured, idle, stopped (past the extension period), ended."""

    debtor: str
    exposure: Money
    limit: Money
    percentage: int
    insured: Money
    co_share: Money
    uninsured: Money
    at_risk: Money
    unused: Money
    signals: tuple[str, ...] = ()
    cover_state: str = "none"
    stop_on: date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    debtors: int
    exposure: Money
    limit: Money
    insured: Money
    co_share: Money
    uninsured: Money
    at_risk: Money
    unused: Money


@dataclass(frozen=True, slots=True)
class Glance:
    """Totals over all debtors looked at; `rows` are those with the most at risk first.
    `next_cursor`: there are more debtors than one call looks at; ask again and add up."""

    totals: Totals
    rows: tuple[GlanceRow, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ReserveView:
    """`next_cursor` not null: the expected loss is of the debtors looked at so far."""

    reserve: Reserve
    adequacy: Adequacy
    next_cursor: str | None = None


def lines_of(
    account: CreditAccount, cover: Cover, invoices: Iterable[Invoice]
) -> tuple[InvoiceCover, ...]:
    """A debtor's open invoices with what the cover makes of each."""
    days = Days(cover.extension_days, cover.notification_days)
    return coverage(invoices, cover.periods, days, account.currency)


def row(
    account: CreditAccount,
    cover: Cover | None,
    today: date,
    lines: Sequence[InvoiceCover] = (),
) -> GlanceRow:
    """`lines` are the open invoices by the rule that a claim is judged by
    (`kasstroom.insurance.coverage`): what was delivered before the cover began is not insured, what
    was delivered before it ended runs off. Without a cover nothing is insured."""
    zero, terms = Money.zero(account.currency), account.cover
    limit, percentage = (terms.insured, terms.percentage) if terms else (zero, 0)
    found = together(lines, account.currency)
    if cover is None:
        found = gap(Money(account.open_minor, account.currency), zero, 0)
    unused = max(limit - found.exposure, zero) if cover and cover.in_force else zero
    stop = _stop(account, today)
    return GlanceRow(
        account.debtor, found.exposure, limit, percentage, found.insured,
        found.co_share, found.uninsured, found.at_risk, unused,
        _signals(account, cover, found, today, stop), cover.state if cover else "none", stop,
    )  # fmt: skip


def _stop(account: CreditAccount, today: date) -> date | None:
    late = [d for d, minor in account.open_by_due.items() if minor > 0 and d < today]
    return stop_on(min(late), account.cover.extension_days) if late and account.cover else None


def _signals(
    account: CreditAccount, cover: Cover | None, found: Gap, today: date, stop: date | None
) -> tuple[str, ...]:
    terms = account.cover
    use = found.exposure.minor * 100
    in_force = cover is not None and cover.in_force and terms is not None
    signals = {
        "uninsured": terms is None and bool(found.exposure),
        "under_insured": terms is not None and bool(found.uninsured),
        "over_insured": in_force and terms and use < terms.insured.minor * OVER_BELOW_PERCENT,
        "idle": bool(cover and cover.idle_since),
        "stopped": stop is not None and today > stop,
        "ended": terms is not None and not in_force,
    }
    return tuple(name for name, is_so in signals.items() if is_so)


def glance(rows: Iterable[GlanceRow], currency: str, most: int, next_cursor: str | None) -> Glance:
    """Debtors without exposure and without cover are left out; so are other currencies."""
    seen = [r for r in rows if r.exposure.currency == currency and (r.exposure or r.limit)]
    total = lambda name: Money(sum(getattr(r, name).minor for r in seen), currency)  # noqa: E731
    names = ("exposure", "limit", "insured", "co_share", "uninsured", "at_risk", "unused")
    totals = Totals(len(seen), *(total(name) for name in names))
    first = sorted(seen, key=lambda r: (-r.at_risk.minor, -r.unused.minor, r.debtor))
    return Glance(totals, tuple(first[:most]), next_cursor)


Seen = tuple[CreditAccount, GlanceRow]
"""A debtor with its row."""


def risk_of(seen: Seen, terms: LossTerms, today: date) -> Risk:
    account, found = seen
    late = account.oldest_overdue_days(today)
    return Risk(probability(account, late, terms), found.at_risk)


def reserve_view(
    reserve: Reserve, seen: Sequence[Seen], today: date, next_cursor: str | None
) -> ReserveView:
    currency, terms = reserve.balance.currency, reserve.terms
    risks = [risk_of(one, terms, today) for one in seen if one[0].currency == currency]
    expected = expected_loss(risks, terms.loss_given_default, currency)
    return ReserveView(reserve, adequacy(reserve.balance, expected), next_cursor)
