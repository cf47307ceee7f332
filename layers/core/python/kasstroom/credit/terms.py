"""Payment terms, the planned review, and the stop on new credit: set by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.credit.holds import placed, released
from kasstroom.credit.limit_rules import LONGEST_DAYS, in_currency, kept
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.warning import Grounds, looked_at
from kasstroom.errors import Refused
from kasstroom.events.credit import CreditTermsChanged
from kasstroom.money import Money
from kasstroom.omitted import OMITTED, omitted
from kasstroom.ports import Books
from kasstroom.time import Day, day_of

SEGMENT = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z|\Z")
LONGEST_TERM_DAYS = 365


@dataclass(frozen=True, slots=True)
class Why(Command):
    reason: str


@dataclass(frozen=True, slots=True)
class NewTerms(Command):
    """Only what is given changes; null takes a term away. `per_order_cap`: the largest order;
    `terms_days`: the payment term agreed, 0 to 365; `review_on`: the next planned review;
    `segment` chooses the policy, empty for none."""

    per_order_cap: Money | None = field(default_factory=omitted)
    terms_days: int | None = field(default_factory=omitted)
    review_on: Day | None = field(default_factory=omitted)
    segment: str = field(default_factory=omitted)


def set_terms(
    books: Books,
    org: str,
    debtor: str,
    request: NewTerms,
    actor: Actor,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, CreditAccount]:
    """The account with its agreed terms and the next review."""
    stored = books.get(CreditAccount, org, debtor)
    account = stored
    if isinstance(request.per_order_cap, Money):
        account = in_currency(account, request.per_order_cap, "/body/per_order_cap")
    _check_terms(request, now)
    names = ("per_order_cap", "terms_days", "review_on", "segment")
    given = {n: getattr(request, n) for n in names if getattr(request, n) is not OMITTED}
    account = replace(account, **given)
    changed = tuple(n for n in names if getattr(account, n) != getattr(stored, n))
    if not changed:
        return Changes(), stored
    event = CreditTermsChanged(
        org=org, debtor=debtor, subject=debtor, at=now, fields=changed, by=actor.name
    )
    # Another segment is another policy, and may be another limit.
    account, warning = looked_at(account, grounds(account).policy, now)
    return Changes(update=(account,), events=(event,)) + warning, account


def _check_terms(request: NewTerms, now: datetime) -> None:
    days, review_on, segment = request.terms_days, request.review_on, request.segment
    if isinstance(days, int) and not 0 <= days <= LONGEST_TERM_DAYS:
        detail = f"A payment term has 0 to {LONGEST_TERM_DAYS} days."
        raise Refused("invalid_term", detail, "/body/terms_days")
    if isinstance(review_on, date):
        ahead = (review_on - day_of(now)).days
        if not 0 <= ahead <= LONGEST_DAYS:
            detail = "Plan the review today or later, at most ten years ahead."
            raise Refused("invalid_review_day", detail, "/body/review_on")
    if isinstance(segment, str) and not SEGMENT.match(segment):
        detail = "A segment has up to 40 small letters, digits, dashes or underscores."
        raise Refused("invalid_segment", detail, "/body/segment")


def hold(
    books: Books, org: str, debtor: str, request: Why, actor: Actor, now: datetime
) -> tuple[Changes, CreditAccount]:
    """New credit stops; Refused for who is no credit manager."""
    actor.must_be(Role.CREDIT_MANAGER)
    account = books.get(CreditAccount, org, debtor)
    after, told = placed(account, request.reason, actor.name, now)
    return kept(account, after) + told, after


def release(
    books: Books, org: str, debtor: str, request: Why, actor: Actor, now: datetime
) -> tuple[Changes, CreditAccount]:
    """New credit is possible again; Refused for who is no credit manager."""
    actor.must_be(Role.CREDIT_MANAGER)
    account = books.get(CreditAccount, org, debtor)
    after, told = released(account, request.reason, actor, now)
    return kept(account, after) + told, after
