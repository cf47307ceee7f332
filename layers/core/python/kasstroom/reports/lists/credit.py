"""Credit: what was decided, and how much of the limits is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from kasstroom.credit.basis import effective
from kasstroom.credit.decision import Decision
from kasstroom.credit.limits import LimitChange
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.restricted import public_reasons
from kasstroom.insurance.model import Cover
from kasstroom.money import Money
from kasstroom.reports.lists import ageing
from kasstroom.reports.lists.columns import DEBTOR, amount, column
from kasstroom.reports.shape import Asked, Row, Sources, Unit, percent
from kasstroom.reports.walking import OfDebtor, by_debtor, walk
from kasstroom.time import AMSTERDAM, day_of

DECISIONS = (
    *DEBTOR, column("decision"), column("decided_at", Unit.INSTANT), column("policy"),
    column("outcome"), column("order_reference"), column("reasons"), column("currency"),
    amount("requested"), amount("approved"),
)  # fmt: skip
LIMITS = (
    *DEBTOR, column("currency"), amount("limit"), column("limit_source"), amount("open"),
    column("utilisation", Unit.PERCENT), amount("above_limit"), amount("insured"),
    amount("coverage_gap"),
)  # fmt: skip


def _decisions(debtor: OfDebtor, asked: Asked) -> Iterator[Row]:
    """What lists of sanctioned parties said is in no file: those reasons are the neutral one."""
    for decision in debtor.all(Decision):
        currency = decision.requested.currency
        if asked.has(day_of(decision.decided_at)) and asked.wants(currency):
            yield {
                **debtor.heading,
                "decision": decision.id,
                "decided_at": decision.decided_at,
                "policy": decision.policy,
                "outcome": str(decision.outcome),
                "order_reference": decision.order_reference,
                "reasons": " ".join(r.code for r in public_reasons(decision.reasons)),
                "currency": currency,
                "requested": decision.requested,
                "approved": Money(decision.approved.minor, currency),
            }


decisions = by_debtor(_decisions, Decision)


def limits(sources: Sources, asked: Asked) -> Iterator[Row]:
    """Use is what was open in the account's currency, credit balances taken off, never below zero.
    `coverage_gap` is what of it no insurer covers, without any cover all of it; a limit of None was
    never granted."""
    kinds = (CreditAccount, LimitChange, Cover, *ageing.LEDGER)
    for debtor in walk(sources.books, asked, kinds):
        for account in debtor.all(CreditAccount):
            if asked.wants(account.currency):
                row = _used(sources, debtor, account, asked)
                if row["open"] or row["limit"] or row["insured"]:
                    yield {**debtor.heading, **row}


def _used(sources: Sources, debtor: OfDebtor, account: CreditAccount, asked: Asked) -> Row:
    currency = account.currency
    standing = _limits_on(asked, account, debtor.all(LimitChange))
    basis = sources.grounds(account).policy.terms.basis
    limit = effective(replace(account, limits=standing), basis, asked.as_of)
    minor = max(0, ageing.of(debtor, asked).outstanding_minor(currency))
    insured = sum(_insured(cover, asked.as_of, currency) for cover in debtor.all(Cover))
    counting = sorted(li.source for li in standing if li.counts_on(asked.as_of))
    return {
        "currency": currency,
        "limit": limit,
        "limit_source": " ".join(counting),
        "open": Money(minor, currency),
        "utilisation": percent(minor, limit.minor) if limit else None,
        "above_limit": Money(max(0, minor - limit.minor), currency) if limit is not None else None,
        "insured": Money(insured, currency),
        "coverage_gap": Money(max(0, minor - insured), currency),
    }


def _insured(cover: Cover, as_of: date, currency: str) -> int:
    """The highest period that held on the day, in minor units."""
    held = (p.limit for p in cover.periods if p.holds_on(as_of) and p.limit.currency == currency)
    return max((limit.minor for limit in held), default=0)


def _limits_on(
    asked: Asked, account: CreditAccount, changes: Sequence[LimitChange]
) -> tuple[CreditLimit, ...]:
    """As they stood at the end of the day: the last change of each source says."""
    if asked.as_of == asked.today:
        return account.limits
    ends = _end_of(asked.as_of)
    last: dict[LimitSource, LimitChange] = {}
    for change in sorted(changes, key=lambda c: (c.changed_at, c.id)):
        if change.changed_at < ends:
            last[change.source] = change
    return tuple(
        CreditLimit(source, c.after, c.by, c.changed_at, valid_to=c.valid_to)
        for source, c in last.items()
        if c.after is not None
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)
