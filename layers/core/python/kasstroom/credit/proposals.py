"""A limit that waits for a second person: asked by one, granted by another (four eyes)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Versioned
from kasstroom.credit.limit_rules import change, in_currency, kept
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.reviews import (
    QueuedReview,
    Review,
    ReviewKind,
    ReviewState,
    review_closed,
    review_opened,
)
from kasstroom.credit.room import Ground
from kasstroom.credit.warning import Grounds
from kasstroom.errors import Conflict, Refused
from kasstroom.ids import new_id
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.screening.model import ExternalReport, Source
from kasstroom.time import day_of

LIMIT_REVIEW_DAYS = 2
"""A customer or a colleague of sales waits for this one."""


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LimitProposal(Versioned):
    """`before` is what the source granted when it was asked; `review_id` is where it is decided.
    `ends`: the source's limit goes when it is approved, and `amount` is what then counts."""

    org: str
    debtor: str
    id: str
    source: LimitSource
    amount: Money
    before: Money | None
    reason: str
    asked_by: str
    asked_at: datetime
    review_id: str
    valid_from: date | None = None
    valid_to: date | None = None
    state: ProposalState = ProposalState.PROPOSED
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    ends: bool = False

    def asks(self, limit: CreditLimit) -> bool:
        """Whether it is this very limit that waits."""
        mine = (self.source, self.amount, self.valid_from, self.valid_to)
        return mine == (limit.source, limit.amount, limit.valid_from, limit.valid_to)


def open_proposal(
    books: Books, account: CreditAccount, source: LimitSource
) -> LimitProposal | None:
    """The one that waits for this source; there is never more than one."""
    found = books.all_of(LimitProposal, account.org, account.debtor)
    waiting = (p for p in found if p.state is ProposalState.PROPOSED and p.source is source)
    return next(waiting, None)


def proposed(
    account: CreditAccount,
    limit: CreditLimit,
    *,
    reason: str,
    why: str,
    now: datetime,
    ends: bool = False,
) -> tuple[Changes, LimitProposal]:
    """Pure: the proposal with its review; `limit.granted_by` is who asks and `why` the code of the
    rule that wants a second person. The account is written too, so that two who ask at the same
    moment do not both open one."""
    id = new_id("lpr", now)
    opened = review_opened(
        account.org, account.debtor, ReviewKind.LIMIT, id, now, days=LIMIT_REVIEW_DAYS,
        amount=limit.amount, reasons=(why,), natural_person=account.natural_person,
        asked_by=limit.granted_by,
    )  # fmt: skip
    review = next(entity for entity in opened.create if isinstance(entity, Review))
    standing = account.limit_of(limit.source)
    proposal = LimitProposal(
        account.org, account.debtor, id, limit.source, limit.amount,
        standing.amount if standing else None, reason, limit.granted_by, now, review.id,
        limit.valid_from, limit.valid_to, ends=ends,
    )  # fmt: skip
    return Changes(create=(proposal,), update=(account,)) + opened, proposal


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
    """Approved: the limit is granted as it was asked, in the decider's name. Refused for who asked
    it, for a machine, and when it would have ended meanwhile; Conflict when the bureau advises less
    by now, which leaves it open to be declined."""
    review = books.get(Review, org, debtor, review_id)
    queued = books.get(QueuedReview, org, id=review_id)
    closed, after = review_closed(review, queued, verdict, actor, note, now)
    proposal = books.get(LimitProposal, org, debtor, review.subject)
    approved = verdict is ReviewState.APPROVED
    decided = replace(
        proposal,
        state=ProposalState.GRANTED if approved else ProposalState.REFUSED,
        decided_by=actor.name, decided_at=now, note=after.note,
    )  # fmt: skip
    changes = closed + Changes(update=(decided,))
    if approved:
        account = books.get(CreditAccount, org, debtor)
        if proposal.source is LimitSource.BUREAU:
            check_advice(proposal, account, books.find(ExternalReport, org, debtor, Source.BUREAU))
        changes += _granted(account, decided, grounds(account), now)
    return changes, after


def check_advice(
    proposal: LimitProposal, account: CreditAccount, report: ExternalReport | None
) -> None:
    """Pure: Conflict when what was proposed on a bureau's advice is more than it advises now, or
    when the zero that was to end is no longer there. A cut is never held up: less than what counts
    is on the safe side, also of a newer advice."""
    advice = report.facts.limit if report else None
    standing = account.limit_of(LimitSource.BUREAU)
    counts = standing.amount.minor if standing else 0
    if proposal.ends:
        overtaken = standing is None or counts > 0
    else:
        advised = advice.minor if advice and advice.currency == proposal.amount.currency else 0
        overtaken = proposal.amount.minor > max(advised, counts)
    if overtaken:
        detail = (
            f"This was overtaken: the bureau advises {advice or 'no limit'} now. Decline it; its"
            " advice of today counts already, or is put to a person with its next report."
        )
        raise Conflict("advice_changed", detail)


def _granted(
    account: CreditAccount, proposal: LimitProposal, ground: Ground, now: datetime
) -> Changes:
    if proposal.valid_to and proposal.valid_to < day_of(now):
        detail = f"This limit would have ended on {proposal.valid_to}; decline it and ask anew."
        raise Refused("proposal_ended", detail)
    by, reason = proposal.decided_by, f"{proposal.reason} (asked by {proposal.asked_by})"
    if proposal.ends:
        after, told = change(account, proposal.source, ground.policy, by=by, reason=reason, now=now)
        return kept(account, after) + told
    before = in_currency(account, proposal.amount, "/body/verdict")
    limit = CreditLimit(
        proposal.source, proposal.amount, proposal.decided_by, now, proposal.valid_from,
        proposal.valid_to, proposal.id,
    )  # fmt: skip
    after, told = change(before, limit, ground.policy, by=by, reason=reason, now=now)
    return kept(account, after) + told
