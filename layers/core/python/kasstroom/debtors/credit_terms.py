"""A debtor's terms of credit in one request: the own limit and the hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.holds import placed, released
from kasstroom.credit.limit_rules import (
    change,
    check_used,
    check_withdrawal,
    in_currency,
    kept,
    needs_four_eyes,
)
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.errors import Forbidden
from kasstroom.money import Money
from kasstroom.omitted import omitted
from kasstroom.ports import Books
from kasstroom.time import day_of

API, SET_BY_API = Actor("api"), "set by API"


@dataclass(frozen=True, slots=True)
class HoldRequest(Command):
    reason: str


@dataclass(frozen=True, slots=True)
class CreditTerms(Command):
    """`limit` null: no credit limit. `hold` left out stays as it is; null releases it, which only a
    credit manager may. `force`: also when more than the limit is open or reserved already."""

    limit: Money | None = None
    hold: HoldRequest | None = field(default_factory=omitted)
    force: bool = False


def set_credit(
    books: Books,
    org: str,
    number: str,
    terms: CreditTerms,
    now: datetime,
    *,
    actor: Actor = API,
    grounds: Grounds = default_ground,
) -> tuple[Changes, CreditAccount]:
    """Sets the own credit limit and the hold, by the rules of the limits API. Refused for a limit
    that needs a second person, and for who may not release a hold."""
    stored = books.get(CreditAccount, org, number)
    policy, account, told = grounds(stored).policy, stored, Changes()
    if terms.limit is None:
        own: CreditLimit | LimitSource = LimitSource.OWN
        check_withdrawal(account, LimitSource.OWN, policy, day_of(now), "/body/limit")
    else:
        account = in_currency(account, terms.limit, "/body/limit")
        own = CreditLimit(LimitSource.OWN, terms.limit, actor.name, now)
        if needs_four_eyes(account, own, policy, day_of(now)):
            detail = (
                "A limit this high needs a second person: ask for it with"
                f" PUT /v1/credit-limits/{number}/own."
            )
            raise Forbidden("four_eyes_required", detail, "/body/limit/value")
    if isinstance(terms.hold, HoldRequest):
        account, told = placed(account, terms.hold.reason, actor.name, now, "/body/hold/reason")
    elif terms.hold is None:
        account, told = released(account, SET_BY_API, actor, now)
    after, more = change(account, own, policy, by=actor.name, reason=SET_BY_API, now=now)
    if not terms.force:
        check_used(account, after, policy, now, "/body/limit")
    return kept(stored, after) + told + more, after
