"""Limits set by hand: load, decide, commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.credit.limit_rules import (
    change,
    check_days,
    check_used,
    check_withdrawal,
    in_currency,
    kept,
    needs_four_eyes,
    raised_without,
)
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.proposals import LimitProposal, open_proposal, proposed
from kasstroom.credit.warning import Grounds
from kasstroom.errors import Conflict, Refused
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import Day, day_of

FOUR_EYES = "four_eyes"


class SetByHand(StrEnum):
    """The sources a person or an ERP sets; the others follow from what they rest on."""

    OWN = "own"
    DISCRETIONARY = "discretionary"
    TEMPORARY = "temporary"


class Withdrawable(StrEnum):
    """The sources whose limit somebody can end; of a bureau only the zero that bad news left."""

    OWN = "own"
    DISCRETIONARY = "discretionary"
    TEMPORARY = "temporary"
    BUREAU = "bureau"


@dataclass(frozen=True, slots=True)
class NewLimit(Command):
    """`valid_to` is the last day it counts; a temporary limit needs one. `force`: also when more
    than this is open or reserved already."""

    amount: Money
    reason: str
    valid_from: Day | None = None
    valid_to: Day | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal(Command):
    reason: str = "withdrawn by API"
    force: bool = False


def set_limit(
    books: Books,
    org: str,
    debtor: str,
    source: SetByHand,
    request: NewLimit,
    actor: Actor,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, CreditAccount | LimitProposal]:
    """The account with the limit, or the proposal that waits for a second person. Refused with the
    place of what to put right."""
    stored = books.get(CreditAccount, org, debtor)
    policy, today = grounds(stored).policy, day_of(now)
    account = in_currency(stored, request.amount, "/body/amount")
    limit = CreditLimit(
        LimitSource(source), request.amount, actor.name, now, request.valid_from, request.valid_to
    )
    if not request.reason:
        raise Refused("reason_missing", "Write down why, for whoever asks later.", "/body/reason")
    check_days(account, limit, today)
    if needs_four_eyes(account, limit, policy, today):
        return _propose(books, account, limit, request.reason, now)
    after, told = change(account, limit, policy, by=actor.name, reason=request.reason, now=now)
    if not request.force:
        check_used(account, after, policy, now, "/body/amount/value")
    return kept(stored, after) + told, after


def _propose(
    books: Books,
    account: CreditAccount,
    limit: CreditLimit,
    reason: str,
    now: datetime,
    *,
    ends: bool = False,
) -> tuple[Changes, LimitProposal]:
    """The same question again gets the same proposal."""
    waiting = open_proposal(books, account, limit.source)
    if waiting and waiting.asks(limit):
        return Changes(), waiting
    if waiting:
        detail = (
            f"The {waiting.source} limit of {waiting.amount} waits for a decision"
            f" (review {waiting.review_id}); decide on that one first."
        )
        raise Conflict("proposal_open", detail, "/path/source" if ends else "/body/amount")
    return proposed(account, limit, reason=reason, why=FOUR_EYES, now=now, ends=ends)


def withdraw_limit(
    books: Books,
    org: str,
    debtor: str,
    source: Withdrawable,
    request: Withdrawal,
    actor: Actor,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, CreditAccount | LimitProposal]:
    """The account without this source's limit; nothing changes when there is none. Forbidden when
    that lets more count than one person may grant; of a bureau, for who is no credit manager, and
    what one person may not do waits for another."""
    account = books.get(CreditAccount, org, debtor)
    policy = grounds(account).policy
    if source is Withdrawable.BUREAU and account.limit_of(LimitSource.BUREAU):
        counts = _end_of_zero(account, policy, actor, now)
        if counts is not None:
            return _propose(books, account, counts, request.reason, now, ends=True)
    else:
        check_withdrawal(account, LimitSource(source), policy, day_of(now), "/path/source")
    after, told = change(
        account, LimitSource(source), policy, by=actor.name, reason=request.reason, now=now
    )
    if not request.force:
        check_used(account, after, policy, now, "/body/force")
    return kept(account, after) + told, after


def _end_of_zero(
    account: CreditAccount, policy: CreditPolicy, actor: Actor, now: datetime
) -> CreditLimit | None:
    """What would count without the zero that bad news left, when one person may not let so much
    count; None when they may. Refused while a bureau does advise something."""
    actor.must_be(Role.CREDIT_MANAGER)
    standing = account.limit_of(LimitSource.BUREAU)
    if standing and standing.amount.minor:
        detail = "The bureau advises this limit; set an own limit below it to allow less."
        raise Refused("advice_stands", detail, "/path/source")
    raised = raised_without(account, LimitSource.BUREAU, policy, day_of(now))
    if raised <= policy.terms.four_eyes_above.minor:
        return None
    amount = Money(raised, policy.terms.currency)
    return CreditLimit(LimitSource.BUREAU, amount, actor.name, now)
