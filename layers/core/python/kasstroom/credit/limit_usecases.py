"""Limits set by hand: load, decide, commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.limit_rules import (
    change,
    check_days,
    check_used,
    check_withdrawal,
    in_currency,
    kept,
    needs_four_eyes,
)
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
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
    books: Books, account: CreditAccount, limit: CreditLimit, reason: str, now: datetime
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
        raise Conflict("proposal_open", detail, "/body/amount")
    return proposed(account, limit, reason=reason, why=FOUR_EYES, now=now)


def withdraw_limit(
    books: Books,
    org: str,
    debtor: str,
    source: SetByHand,
    request: Withdrawal,
    actor: Actor,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, CreditAccount]:
    """The account without this source's limit; nothing changes when there is none. Refused when
    that lets more count than one person may grant."""
    account = books.get(CreditAccount, org, debtor)
    policy = grounds(account).policy
    check_withdrawal(account, LimitSource(source), policy, day_of(now), "/path/source")
    after, told = change(
        account, LimitSource(source), policy, by=actor.name, reason=request.reason, now=now
    )
    if not request.force:
        check_used(account, after, policy, now, "/body/force")
    return kept(account, after) + told, after
