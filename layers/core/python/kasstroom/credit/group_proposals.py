"""A change of a group that waits for a second person: asked by one, made by another (four eyes)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Versioned
from kasstroom.credit.group_members import leaving, members_of
from kasstroom.credit.group_rules import changed
from kasstroom.credit.groups import CreditGroup, GroupState
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.proposals import LIMIT_REVIEW_DAYS, ProposalState
from kasstroom.credit.reviews import (
    QueuedReview,
    Review,
    ReviewKind,
    ReviewState,
    review_closed,
    review_opened,
)
from kasstroom.credit.warning import Grounds
from kasstroom.errors import Conflict, Refused
from kasstroom.ids import new_id
from kasstroom.ports import Books

FOUR_EYES = "four_eyes"


@dataclass(frozen=True, slots=True)
class GroupProposal(Versioned):
    """`before` is the group as it was when this was asked, `after` what it becomes; `review_id` is
    where it is decided."""

    org: str
    group: str
    id: str
    before: GroupState
    after: GroupState
    reason: str
    asked_by: str
    asked_at: datetime
    review_id: str
    state: ProposalState = ProposalState.PROPOSED
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""


def asked(
    books: Books,
    known: CreditGroup,
    after: GroupState,
    accounts: Sequence[CreditAccount],
    *,
    reason: str,
    by: str,
    now: datetime,
) -> tuple[Changes, GroupProposal]:
    """The proposal with its review, on the desk under the group's parent. The same question again
    gets the same proposal; Conflict while another one waits."""
    if known.proposal:
        waiting = books.get(GroupProposal, known.org, id=known.proposal)
        if (waiting.before, waiting.after) == (known.state, after):
            return Changes(), waiting
        detail = (
            f"Another change of this group waits for a decision (review {waiting.review_id});"
            " decide on that one first."
        )
        raise Conflict("proposal_open", detail, "/body")
    if not reason:
        raise Refused("reason_missing", "Write down why, for whoever decides.", "/body/reason")
    id = new_id("gpr", now)
    opened = review_opened(
        known.org, known.parent, ReviewKind.GROUP, id, now, days=LIMIT_REVIEW_DAYS,
        amount=after.limit, reasons=(FOUR_EYES,), asked_by=by,
        natural_person=any(account.natural_person for account in accounts),
    )  # fmt: skip
    review = next(entity for entity in opened.create if isinstance(entity, Review))
    facts = (known.org, known.id, id, known.state, after, reason, by, now, review.id)
    proposal = GroupProposal(*facts)
    # The group is written too: two who ask at the same moment do not both open one.
    marked = replace(known, proposal=id)
    return Changes(create=(proposal,), update=(marked,)) + opened, proposal


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
    """Approved: the group becomes what was asked, in the decider's name. Refused for who asked it
    and for a machine; Conflict when the group changed meanwhile, since the decider saw another one.
    """
    review = books.get(Review, org, debtor, review_id)
    queued = books.get(QueuedReview, org, id=review_id)
    closed, after = review_closed(review, queued, verdict, actor, note, now)
    proposal = books.get(GroupProposal, org, id=review.subject)
    approved = verdict is ReviewState.APPROVED
    decided = replace(
        proposal,
        state=ProposalState.GRANTED if approved else ProposalState.REFUSED,
        decided_by=actor.name, decided_at=now, note=after.note,
    )  # fmt: skip
    known = books.get(CreditGroup, org, id=proposal.group)
    made = _made(books, known, decided, now) if approved else Changes()
    free = Changes() if made else Changes(update=(replace(known, proposal=""),))
    return closed + Changes(update=(decided,)) + made + free, after


def _made(books: Books, known: CreditGroup, proposal: GroupProposal, now: datetime) -> Changes:
    if known.state != proposal.before:
        detail = "This group changed after this was asked; decline it and ask anew."
        raise Conflict("group_changed", detail)
    asked = proposal.after
    group = replace(
        known, name=asked.name, parent=asked.parent, limit=asked.limit, members=asked.members,
        proposal="",
    )  # fmt: skip
    members = members_of(books, known.org, known.id, asked, "/body/verdict")
    gone = leaving(books, known, asked)
    return changed(
        known, group, members, gone, now,
        by=proposal.decided_by, reason=proposal.reason, asked_by=proposal.asked_by,
    )  # fmt: skip
