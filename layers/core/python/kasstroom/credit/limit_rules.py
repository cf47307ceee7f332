"""What a limit set by hand must keep to: currency, days, four eyes, and what is used already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.credit.basis import effective
from kasstroom.credit.limits import granted, withdrawn
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.room import other_currencies
from kasstroom.credit.warning import looked_at
from kasstroom.errors import Forbidden, Refused
from kasstroom.money import Money
from kasstroom.time import day_of

LARGEST_MINOR = 10**13
"""A hundred thousand million in cents; above it something was mistyped."""
LONGEST_DAYS = 3650


def used_minor(account: CreditAccount, policy: CreditPolicy, now: datetime) -> int:
    """Open in every currency and reserved, in minor units of the account."""
    owed = max(0, account.open_minor + other_currencies(account, policy))
    return owed + account.reserved_minor(now)


def in_currency(account: CreditAccount, amount: Money, pointer: str) -> CreditAccount:
    """The account in the amount's currency; Refused when it runs in another one already."""
    if not 0 <= amount.minor <= LARGEST_MINOR:
        detail = "A limit cannot be negative."
        if amount.minor > 0:
            detail = "This amount is too large to be meant."
        code = "negative_amount" if amount.minor < 0 else "amount_too_large"
        raise Refused(code, detail, f"{pointer}/value")
    if amount.currency == account.currency:
        return account
    runs = account.open_by_due or account.held or account.group
    # Open dollars stand among the other currencies, and months paid count in the account's own.
    runs = runs or amount.currency in account.other_open or account.behaviour.by_month
    runs = runs or account.per_order_cap is not None
    if runs or any(limit.amount.currency != amount.currency for limit in account.limits):
        detail = f"This account runs in {account.currency}; give the amount in that currency."
        raise Refused("wrong_currency", detail, f"{pointer}/currency")
    return replace(account, currency=amount.currency)


def check_days(account: CreditAccount, limit: CreditLimit, today: date) -> None:
    """Refused when the days make no sense, or would silently leave the debtor without a limit."""
    if limit.source is LimitSource.TEMPORARY and limit.valid_to is None:
        detail = "A temporary limit ends: give the last day it counts."
        raise Refused("valid_to_missing", detail, "/body/valid_to")
    if limit.valid_to and limit.valid_to <= today:
        raise Refused("valid_to_past", "Give a last day after today.", "/body/valid_to")
    latest = max(limit.valid_to or today, limit.valid_from or today)
    if (latest - today).days > LONGEST_DAYS:
        at = "/body/valid_to" if limit.valid_to == latest else "/body/valid_from"
        raise Refused("too_far_ahead", "This lies more than ten years ahead.", at)
    if limit.valid_from is None:
        return
    if limit.valid_to and limit.valid_to < limit.valid_from:
        detail = "The last day lies before the first."
        raise Refused("ends_before_start", detail, "/body/valid_to")
    standing = account.limit_of(limit.source)
    if limit.valid_from > today and standing and standing.counts_on(today):
        detail = (
            f"The {limit.source} limit of {standing.amount} that counts now would end today. Set"
            " the new one on its first day, or use a temporary limit next to it."
        )
        raise Refused("starts_later", detail, "/body/valid_from")


def needs_four_eyes(
    account: CreditAccount, limit: CreditLimit, policy: CreditPolicy, today: date
) -> bool:
    """A raise, or a longer validity, of a limit above the policy's bound; also when it is the
    limits together that come above it, on any day."""
    standing = account.limit_of(limit.source)
    lowered = standing is not None and _within(limit, standing)
    others = tuple(li for li in account.limits if li.source is not limit.source)
    after = replace(account, limits=(*others, limit))
    alone = 0 if lowered else by_policy(limit.amount, policy)
    raised = _most_raised(account, after, policy, today)
    return max(alone, raised) > policy.terms.four_eyes_above.minor


def check_withdrawal(
    account: CreditAccount, source: LimitSource, policy: CreditPolicy, today: date, pointer: str
) -> None:
    """Forbidden when more than the bound would count without this limit: where the lowest counts,
    taking one away is a raise, and that takes two."""
    raised = raised_without(account, source, policy, today)
    if raised > policy.terms.four_eyes_above.minor:
        detail = (
            f"Without this limit {Money(raised, policy.terms.currency)} would count, which needs a"
            f" second person. Set it to that amount with PUT /v1/credit-limits/{account.debtor}/"
            f"{source} instead; somebody else then decides."
        )
        raise Forbidden("four_eyes_required", detail, pointer)


def raised_without(
    account: CreditAccount, source: LimitSource, policy: CreditPolicy, today: date
) -> int:
    """The largest limit a day is raised to by taking this source's away, in minor units of the
    policy; zero when no day gets more."""
    after = replace(account, limits=tuple(li for li in account.limits if li.source is not source))
    return _most_raised(account, after, policy, today)


def _most_raised(
    before: CreditAccount, after: CreditAccount, policy: CreditPolicy, today: date
) -> int:
    """The largest limit a day is raised to. What counts changes on the days a limit begins, and
    after its last; where the lowest counts, an end is a raise."""
    limits = (*before.limits, *after.limits)
    starts = {today, *(li.valid_from for li in limits if li.valid_from)}
    ends = {over for li in limits if (over := li.over_on)}
    return max(_raised(before, after, policy, day) for day in starts | ends if day >= today)


def _raised(before: CreditAccount, after: CreditAccount, policy: CreditPolicy, day: date) -> int:
    """To what the limit of that day is raised, in minor units of the policy; zero for no raise."""
    known = effective(before, policy.terms.basis, day)
    limit = effective(after, policy.terms.basis, day)
    if limit is None or (known is not None and limit <= known):
        return 0
    return by_policy(limit, policy)


def _within(limit: CreditLimit, standing: CreditLimit) -> bool:
    """Not more than what was granted before, and not for other days."""
    last, known = limit.valid_to or date.max, standing.valid_to or date.max
    first, began = limit.valid_from or date.min, standing.valid_from or date.min
    return limit.amount <= standing.amount and last <= known and first >= began


def by_policy(amount: Money, policy: CreditPolicy) -> int:
    """In minor units of the policy's currency; one to one without a rate, as exposure is."""
    if amount.currency == policy.terms.currency:
        return amount.minor
    rate = policy.terms.exchange_rates.get(amount.currency)
    worth = amount.decimal * rate if rate is not None else amount.decimal
    return Money.of(worth, policy.terms.currency).minor


def check_used(
    before: CreditAccount, after: CreditAccount, policy: CreditPolicy, now: datetime, pointer: str
) -> None:
    """Refused, in plain words, when the limit falls below what is open and reserved already."""
    today, basis = day_of(now), policy.terms.basis
    limit, known = effective(after, basis, today), effective(before, basis, today)
    used = Money(used_minor(after, policy, now), after.currency)
    if limit is None or used <= limit or (known is not None and known <= limit):
        return
    detail = (
        f"{used} is open or reserved already, which is more than {limit}. Nothing new would be"
        ' approved until it is paid. Send "force": true when that is what you want.'
    )
    raise Refused("limit_below_reserved", detail, pointer)


def change(
    account: CreditAccount,
    limit: CreditLimit | LimitSource,
    policy: CreditPolicy,
    *,
    by: str,
    reason: str,
    now: datetime,
) -> tuple[CreditAccount, Changes]:
    """Pure: the limit granted (or, by its source, withdrawn), the next review planned and the
    warning given that follows; the account is not among the changes. What stands there already is
    left as it is, whoever granted it."""
    after, told = account, Changes()
    if isinstance(limit, CreditLimit):
        standing = account.limit_of(limit.source)
        if not (standing and _within(limit, standing) and _within(standing, limit)):
            after, told = granted(account, limit, reason=reason, now=now)
    else:
        after, told = withdrawn(account, limit, by=by, reason=reason, now=now)
    after, warning = looked_at(with_review(after, policy, now), policy, now)
    return after, told + warning


def with_review(account: CreditAccount, policy: CreditPolicy, now: datetime) -> CreditAccount:
    """Whoever has a limit has a day on which a person looks at it again."""
    if account.review_on or account.review_id or not account.limits:
        return account
    days = policy.terms.reviews.every_days
    return replace(account, review_on=day_of(now) + timedelta(days=days))


def kept(before: CreditAccount, after: CreditAccount) -> Changes:
    """The account to write, when it is another one than was read."""
    return Changes(update=(after,)) if after != before else Changes()
