"""What an insurer's answer does to a cover and to the credit account: pure, one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.credit.limits import granted as limit_granted
from kasstroom.credit.limits import withdrawn as limit_withdrawn
from kasstroom.credit.model import CoverTerms, CreditAccount, CreditLimit
from kasstroom.errors import Refused
from kasstroom.events.insurance import CoverDecided, CoverReduced
from kasstroom.ids import derived_id
from kasstroom.insurance.beginning import until_then
from kasstroom.insurance.codes import ENDING, GRANTING, RequestKind, Response
from kasstroom.insurance.ending import SOURCES, closed, ended
from kasstroom.insurance.model import (
    Cover,
    CoverAnswer,
    CoverKind,
    CoverPeriod,
    CoverState,
    InsurancePolicy,
    ListedCover,
)
from kasstroom.insurance.mornings import next_morning
from kasstroom.money import Money
from kasstroom.time import day_of

EARLIEST = date(1990, 1, 1)
LEAVES_COVER = frozenset(
    {RequestKind.INCREASE, RequestKind.REDUCE, RequestKind.PROLONG, RequestKind.CANCEL}
)
"""A change that is not approved leaves what is covered, until the day it was to end anyway."""
MOST_CONDITIONS = 50
DECISIONS_KEPT = 8
PERIODS_KEPT = 24
STATES = {
    Response.APPROVED: CoverState.APPROVED,
    Response.PARTLY_APPROVED: CoverState.PARTLY_APPROVED,
    Response.CONDITIONAL: CoverState.CONDITIONAL,
    Response.REDUCED: CoverState.REDUCED,
    Response.NOT_APPROVED: CoverState.REFUSED,
    Response.CANCELLED: CoverState.CANCELLED,
    Response.CLOSED: CoverState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision stands on; `cover` is None when the debtor never had one."""

    policy: InsurancePolicy
    account: CreditAccount
    cover: Cover | None = None


def new_cover(standing: Standing, kind: CoverKind, state: CoverState) -> Cover:
    account, policy = standing.account, standing.policy
    return Cover(
        account.org, account.debtor, derived_id("cov", account.org, account.debtor), policy.id,
        kind, state, policy.insurer, policy.terms.insured_percentage, policy.terms.extension_days,
        policy.terms.notification_days,
    )  # fmt: skip


def checked(answer: CoverAnswer, currency: str, path: str = "/body/answer") -> CoverAnswer:
    """Refused when it cannot be booked as it stands."""
    granting = answer.response in GRANTING
    if granting and (answer.granted is None or answer.granted.minor <= 0):
        detail = f"An answer {answer.response} says how much is covered."
        raise Refused("granted_missing", detail, f"{path}/granted")
    if answer.granted is not None and answer.granted.currency != currency:
        detail = f"This account runs in {currency}; book the cover in that currency."
        raise Refused("wrong_currency", detail, f"{path}/granted/currency")
    if answer.percentage is not None and not 1 <= answer.percentage <= 100:
        detail = "An insured percentage is a whole number from 1 to 100."
        raise Refused("invalid_percentage", detail, f"{path}/percentage")
    if answer.valid_from and answer.valid_to and answer.valid_to < answer.valid_from:
        raise Refused("invalid_period", "valid_to lies before valid_from.", f"{path}/valid_to")
    if answer.valid_from and answer.valid_from < EARLIEST:
        detail = "This first day cannot be meant."
        raise Refused("invalid_period", detail, f"{path}/valid_from")
    if len(answer.conditions) > MOST_CONDITIONS:
        detail = f"Give at most {MOST_CONDITIONS} conditions; take some together."
        raise Refused("too_many_conditions", detail, f"{path}/conditions")
    return answer


def decided(
    standing: Standing,
    answer: CoverAnswer,
    now: datetime,
    *,
    request: RequestKind = RequestKind.NEW,
    requested: Money | None = None,
    kind: CoverKind = CoverKind.NAMED,
    by: str,
) -> tuple[Cover, Changes]:
    """The cover after an answer, with cover and account among the changes.

    Granting answers set the insured limit and the cover terms of the account. Ending answers
    withdraw them for new deliveries; a refused change leaves the cover as it was. Everything else
    (a name change, an account without limit) is kept and changes no limit.
    """
    fresh = standing.cover is None
    cover = standing.cover or new_cover(standing, kind, CoverState.REQUESTED)
    known = replace(cover, decisions=(*cover.decisions, answer.decision_id)[-DECISIONS_KEPT:])
    event = CoverDecided(
        org=cover.org, debtor=cover.debtor, subject=cover.id, at=now,
        insurer=standing.policy.insurer,
        response=answer.response, granted=answer.granted or Money.zero(standing.account.currency),
        reason=answer.reason or "",
    )  # fmt: skip
    told = Changes(events=(event,))
    if answer.response in GRANTING:
        after, account, more = _granted(standing, known, answer, requested, kind, now, by)
    elif answer.response in ENDING and not (
        request in LEAVES_COVER and answer.response is Response.NOT_APPROVED
    ):
        reason = answer.reason or answer.response
        state = STATES[answer.response]
        after, account, more = ended(known, standing.account, state, reason, now, by=by)
    else:
        after, account, more = known, standing.account, Changes()
    return after, told + more + kept(after, account, fresh, account is not standing.account)


def kept(cover: Cover, account: CreditAccount, fresh: bool, account_too: bool = True) -> Changes:
    """A cover that is new is put in the organisation's list too."""
    accounts = (account,) if account_too else ()
    if fresh:
        listed = ListedCover(cover.org, cover.debtor)
        return Changes(create=(cover, listed), update=accounts)
    return Changes(update=(cover, *accounts))


def _granted(
    standing: Standing,
    cover: Cover,
    answer: CoverAnswer,
    requested: Money | None,
    kind: CoverKind,
    now: datetime,
    by: str,
) -> tuple[Cover, CreditAccount, Changes]:
    assert answer.granted is not None
    policy, account, today = standing.policy, standing.account, day_of(now)
    begins = max(answer.valid_from or today, today) if cover.in_force else answer.valid_from
    begins = begins or today
    percentage = answer.percentage or policy.terms.insured_percentage
    period = CoverPeriod(answer.granted, percentage, begins, answer.valid_to)
    after = replace(
        cover, policy=policy.id, insurer=policy.insurer, kind=kind, state=STATES[answer.response],
        percentage=percentage, extension_days=policy.terms.extension_days,
        notification_days=policy.terms.notification_days, requested=requested or cover.requested,
        granted=answer.granted, conditions=answer.conditions, reason=answer.reason,
        grade=answer.grade or cover.grade, valid_to=answer.valid_to, review_on=answer.review_on,
        decided_at=now, periods=_with_period(cover.periods, period), idle_since=None,
        watch_at=next_morning(now),
    )  # fmt: skip
    previous = cover.granted if cover.in_force else None
    reduced = previous is not None and answer.granted < previous
    waits = until_then(cover, account, answer, kind, today)
    counts = answer.granted if waits is None else min(waits, answer.granted)
    # Less cover counts at once, also when the insurer gives notice: the safe side.
    starts = None if reduced or waits is not None else answer.valid_from
    limit = CreditLimit(SOURCES[kind], counts, by, now, starts, answer.valid_to, cover.id)
    account, changes = limit_granted(account, limit, reason=answer.response, now=now)
    for other in set(SOURCES.values()) - {SOURCES[kind]}:
        account, more = limit_withdrawn(account, other, by=by, reason="replaced", now=now)
        changes += more
    terms = CoverTerms(cover.id, counts, percentage, after.extension_days, answer.valid_to)
    account = replace(account, cover=terms)
    if previous is not None and reduced:
        changes += Changes(events=(_reduced(cover, answer, previous, now),))
    return after, account, changes


def _reduced(cover: Cover, answer: CoverAnswer, previous: Money, now: datetime) -> CoverReduced:
    assert answer.granted is not None
    return CoverReduced(
        org=cover.org, debtor=cover.debtor, subject=cover.id, at=now, granted=answer.granted,
        previous=previous, reason=answer.reason or answer.response,
    )  # fmt: skip


def _with_period(periods: tuple[CoverPeriod, ...], new: CoverPeriod) -> tuple[CoverPeriod, ...]:
    """The period before ends where the new one begins; one that never began is gone."""
    before = new.from_on - timedelta(days=1)
    return (*closed(periods, before), new)[-PERIODS_KEPT:]
