"""What the API shows of limits: the sources side by side, what counts, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.credit.basis import effective
from kasstroom.credit.group_views import GroupView, group_of
from kasstroom.credit.limit_rules import used_minor
from kasstroom.credit.limits import LimitChange
from kasstroom.credit.model import CreditAccount, Hold, LimitSource, Warned
from kasstroom.credit.proposals import LimitProposal, ProposalState
from kasstroom.credit.warning import Grounds
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class SourceView:
    """`counts`: whether it is within its days today; the policy says which sources make the limit
    and how."""

    source: LimitSource
    amount: Money
    granted_by: str
    granted_at: datetime
    valid_from: date | None
    valid_to: date | None
    reference: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSummary:
    """`limit` is the effective one; null when no source grants any. `used` is open and reserved;
    `available` never falls below zero. `warned`: the last warning given."""

    debtor: str
    limit: Money | None
    limits: tuple[SourceView, ...]
    open: Money
    reserved: Money
    used: Money
    available: Money
    warned: Warned
    per_order_cap: Money | None
    terms_days: int | None
    segment: str
    policy: str
    group: str
    review_on: date | None
    open_review: str
    hold: Hold | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitView(LimitSummary):
    """`ledger` is newest first; `next_cursor` null: this was its last page. `proposals` wait for a
    second person. `terms_days` null: the organisation's own term."""

    group_use: GroupView | None
    proposals: tuple[LimitProposal, ...]
    ledger: tuple[LimitChange, ...]
    next_cursor: str | None


def summary(account: CreditAccount, grounds: Grounds, now: datetime) -> LimitSummary:
    policy, today = grounds(account).policy, day_of(now)
    limit = effective(account, policy.terms.basis, today)
    used, currency = used_minor(account, policy, now), account.currency
    return LimitSummary(
        debtor=account.debtor,
        limit=limit,
        limits=tuple(
            SourceView(
                li.source, li.amount, li.granted_by, li.granted_at, li.valid_from, li.valid_to,
                li.reference, li.counts_on(today),
            )
            for li in sorted(account.limits, key=lambda li: list(LimitSource).index(li.source))
        ),
        open=Money(account.open_minor, currency),
        reserved=Money(account.reserved_minor(now), currency),
        used=Money(used, currency),
        available=Money(max(0, limit.minor - used) if limit else 0, currency),
        warned=account.warned,
        per_order_cap=account.per_order_cap,
        terms_days=account.terms_days,
        segment=account.segment,
        policy=policy.id,
        group=account.group,
        review_on=account.review_on,
        open_review=account.review_id,
        hold=account.hold,
    )  # fmt: skip


def limit_view(
    books: Books, org: str, debtor: str, grounds: Grounds, now: datetime, *, cursor: str, limit: int
) -> LimitView:
    """NotFound without the debtor. `cursor` is the id of the last ledger line that was shown."""
    account = books.get(CreditAccount, org, debtor)
    lines = sorted(books.all_of(LimitChange, org, debtor), key=lambda line: line.id, reverse=True)
    older = [line for line in lines if not cursor or line.id < cursor]
    shown = tuple(older[:limit])
    proposals = books.all_of(LimitProposal, org, debtor)
    known = summary(account, grounds, now)
    return LimitView(
        **{name: getattr(known, name) for name in LimitSummary.__dataclass_fields__},
        group_use=group_of(books, org, account.group, grounds, now) if account.group else None,
        proposals=tuple(p for p in proposals if p.state is ProposalState.PROPOSED),
        ledger=shown,
        next_cursor=shown[-1].id if len(older) > limit else None,
    )


def answer_of(
    found: CreditAccount | LimitProposal, grounds: Grounds, now: datetime
) -> LimitSummary | LimitProposal:
    """What a change of limits or terms is answered with."""
    return found if isinstance(found, LimitProposal) else summary(found, grounds, now)


def status_of(found: CreditAccount | LimitProposal) -> int:
    """202: nothing changed yet, somebody else decides."""
    return 202 if isinstance(found, LimitProposal) else 200
