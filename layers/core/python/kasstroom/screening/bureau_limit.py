"""Pure: the limit a bureau recommends, beside the others, and when a person decides on it first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from kasstroom.changes import Changes
from kasstroom.credit.basis import effective
from kasstroom.credit.limit_rules import change, needs_four_eyes
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.proposals import LimitProposal, ProposalState, proposed
from kasstroom.money import Money
from kasstroom.screening.model import Source
from kasstroom.screening.news import Reports, facts_in
from kasstroom.time import day_of

BY = "screening"
Proposals = Callable[[], Sequence[LimitProposal]]
CUT_OF_A_PERSON, FOUR_EYES = "bureau_limit_lower", "four_eyes"


def advised(
    account: CreditAccount,
    before: Reports,
    after: Reports,
    policy: CreditPolicy,
    proposals: Proposals,
    now: datetime,
) -> tuple[CreditAccount, Changes]:
    """The recommended limit granted. When there is none any more a limit of zero stays, until a
    fresh advice or until a credit manager ends it: bad news gives nobody more room, whatever limit
    the policy takes. What one person could not grant alone, no bureau grants either: above the
    four-eyes bound a person decides, as on less for a natural person (art. 22 GDPR). In another
    currency it is left alone."""
    report = after.get(Source.BUREAU)
    if report is None or report == before.get(Source.BUREAU) or report.fetched_at is None:
        return account, Changes()
    amount, standing = report.facts.limit, account.limit_of(LimitSource.BUREAU)
    none = amount is None and standing is None
    if none or (amount is not None and amount.currency != account.currency):
        return account, Changes()
    limit = CreditLimit(
        LimitSource.BUREAU, amount or Money.zero(account.currency), BY, now, reference="bureau"
    )
    reason = "advised by the bureau" if amount is not None else "no rating"
    if why := _for_a_person(account, limit, policy, day_of(now)):
        if _said(proposals(), limit, facts_in(before, Source.BUREAU).limit):
            return account, Changes()
        changes, _ = proposed(account, limit, reason=reason, why=why, now=now)
        return account, changes
    return change(account, limit, policy, by=BY, reason=reason, now=now)


def _for_a_person(
    account: CreditAccount, limit: CreditLimit, policy: CreditPolicy, today: date
) -> str:
    """Why, as the code of the rule; empty when nobody has to look."""
    if account.natural_person and _cuts(account, limit, policy, today):
        return CUT_OF_A_PERSON
    return FOUR_EYES if needs_four_eyes(account, limit, policy, today) else ""


def _cuts(account: CreditAccount, limit: CreditLimit, policy: CreditPolicy, today: date) -> bool:
    """Less of the bureau, or less that counts: where the lowest does, a first limit may cut."""
    standing = account.limit_of(limit.source)
    if standing is not None and limit.amount < standing.amount:
        return True
    others = tuple(li for li in account.limits if li.source is not limit.source)
    known = effective(account, policy.terms.basis, today)
    counts = effective(replace(account, limits=(*others, limit)), policy.terms.basis, today)
    return known is not None and counts is not None and counts < known


def _said(proposals: Sequence[LimitProposal], limit: CreditLimit, before: Money | None) -> bool:
    """A person has one on the desk, or refused this very advice, which did not change since."""
    mine = [proposal for proposal in proposals if proposal.source is limit.source]
    if not mine:
        return False
    last = max(mine, key=lambda proposal: proposal.asked_at)
    refused = last.state is ProposalState.REFUSED and last.amount == limit.amount
    return last.state is ProposalState.PROPOSED or (refused and before == limit.amount)
