"""The planned review: opened when its day comes, limits lapse when nobody looks, and limits whose
last day has passed end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Work
from kasstroom.credit.limit_rules import change, kept
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.reviews import (
    QueuedReview,
    Review,
    ReviewKind,
    ReviewState,
    review_closed,
    review_opened,
)
from kasstroom.credit.warning import Grounds
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of

BY = "policy"
"""Who ends a limit when its time is over: the rules, and no person."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What one round did for an account: reviews opened, limits lapsed or ended."""

    opened: int = 0
    lapsed: int = 0
    ended: int = 0

    def __add__(self, other: Looked) -> Looked:
        return Looked(
            self.opened + other.opened, self.lapsed + other.lapsed, self.ended + other.ended
        )


def look(
    books: Books, org: str, debtor: str, now: datetime, grounds: Grounds
) -> tuple[Changes, Looked]:
    """Brings one account to the day of `now`. Done twice it changes nothing; done late it does what
    was due, and whoever has to review still gets the days of grace."""
    account = books.get(CreditAccount, org, debtor)
    policy = grounds(account).policy
    review = books.get(Review, org, debtor, account.review_id) if account.review_id else None
    return decide(account, review, policy, now)


def decide(
    account: CreditAccount, review: Review | None, policy: CreditPolicy, now: datetime
) -> tuple[Changes, Looked]:
    """Pure: `review` is the one that `account.review_id` names."""
    after, told, ended = _ended(account, policy, now)
    done = Looked(ended=ended)
    if after.review_id:
        after, lapsing, lapsed = _lapsed(after, review, policy, now)
        told, done = told + lapsing, done + Looked(lapsed=lapsed)
    elif after.review_on and after.review_on <= day_of(now):
        after, opening = _opened(after, policy, now)
        told, done = told + opening, done + Looked(opened=1)
    return kept(account, after) + told, done


def _ended(
    account: CreditAccount, policy: CreditPolicy, now: datetime
) -> tuple[CreditAccount, Changes, int]:
    """Limits whose last day has passed count no more; here they also leave the account."""
    today, told = day_of(now), Changes()
    over = [limit for limit in account.limits if limit.valid_to and limit.valid_to < today]
    for limit in over:
        reason = f"its last day was {limit.valid_to}"
        account, more = change(account, limit.source, policy, by=BY, reason=reason, now=now)
        told += more
    return account, told, len(over)


def _opened(
    account: CreditAccount, policy: CreditPolicy, now: datetime
) -> tuple[CreditAccount, Changes]:
    terms = policy.terms.reviews
    opened = review_opened(
        account.org, account.debtor, ReviewKind.PERIODIC, account.debtor, now,
        days=terms.grace_days, reasons=(f"planned for {account.review_on}",),
        natural_person=account.natural_person,
    )  # fmt: skip
    review = next(entity for entity in opened.create if isinstance(entity, Review))
    lapse_on = review.due_on + timedelta(days=1)
    return replace(account, review_id=review.id, lapse_on=lapse_on), opened


def _lapsed(
    account: CreditAccount, review: Review | None, policy: CreditPolicy, now: datetime
) -> tuple[CreditAccount, Changes, int]:
    """The limits that the policy lets lapse end once, after the last day of grace; the review stays
    open for whoever is late."""
    over = account.lapse_on is not None and account.lapse_on <= day_of(now)
    if not over or review is None or review.state is not ReviewState.OPEN:
        return account, Changes(), 0
    reason = f"the review planned for {account.review_on} was not done by {review.due_on}"
    return _withdrawn(replace(account, lapse_on=None), policy, BY, reason, now)


def _withdrawn(
    account: CreditAccount, policy: CreditPolicy, by: str, reason: str, now: datetime
) -> tuple[CreditAccount, Changes, int]:
    told = Changes()
    sources = [limit.source for limit in account.limits]
    lapsing = [source for source in sources if source in policy.terms.reviews.lapse]
    for source in lapsing:
        account, more = change(account, source, policy, by=by, reason=reason, now=now)
        told += more
    return account, told, len(lapsing)


def decide_review(
    books: Books,
    org: str,
    debtor: str,
    review_id: str,
    verdict: ReviewState,
    actor: Actor,
    note: str,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, Review]:
    """Closes a planned review and plans the next one, `every_days` after this one was planned.
    Approved: the limits stay. Declined: the limits that lapse without a review end now."""
    review = books.get(Review, org, debtor, review_id)
    queued = books.get(QueuedReview, org, id=review_id)
    closed, after = review_closed(review, queued, verdict, actor, note, now)
    account = books.get(CreditAccount, org, debtor)
    policy = grounds(account).policy
    told, planned = Changes(), account
    if account.review_id == review_id:
        planned = replace(_next(account, policy, now), review_id="", lapse_on=None)
    if verdict is ReviewState.DECLINED:
        planned, told, _ = _withdrawn(planned, policy, actor.name, after.note, now)
    return closed + kept(account, planned) + told, after


def _next(account: CreditAccount, policy: CreditPolicy, now: datetime) -> CreditAccount:
    """A day that was planned anew while the review was open stands."""
    every, today = timedelta(days=policy.terms.reviews.every_days), day_of(now)
    if account.review_on and account.review_on > today:
        return account
    following = (account.review_on or today) + every
    return replace(account, review_on=following if following > today else today + every)


def open_due(books: Books, now: datetime, grounds: Grounds) -> Looked:
    """Looks at every account that is due."""
    done = Looked()
    for due in list(books.due(Work.CREDIT_REVIEW, now)):
        done += settle(books, lambda due=due: look(books, due.org, due.debtor, now, grounds))
    return done
