"""A step that a person looks at before it goes on: one that needs approval, or handing over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command, Reference, Versioned
from kasstroom.dunning.blocks import with_block
from kasstroom.dunning.model import BlockReason, DunningCase
from kasstroom.dunning.pausing import NewPause, noted
from kasstroom.dunning.policy import Propose, moved_on
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.dunning.signalling import must_be_signalled
from kasstroom.dunning.standing import standing_of
from kasstroom.dunning.steps import Facts
from kasstroom.dunning.strategy import End, StepKind
from kasstroom.errors import Conflict, NotFound
from kasstroom.events.dunning import DunningHandedOver, DunningProposed
from kasstroom.ids import derived_id
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import day_of

REFERENCE = "dunning_proposal"
TO_OTHERS = frozenset({End.AGENCY, End.LEGAL})
"""Ends in which somebody else goes on with it."""


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DunningProposal(Versioned):
    """`step` for these invoices, worth `amount` when it was proposed; `end` is what handing over
    means in this strategy. Looked at by `decided_by`."""

    org: str
    debtor: str
    id: str
    step: StepKind
    end: End
    invoices: tuple[str, ...]
    amount: Money
    proposed_at: datetime
    state: ProposalState = ProposalState.PROPOSED
    decided_at: datetime | None = None
    decided_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListedProposal:
    """In the organisation's list, the oldest first."""

    org: str
    id: str
    debtor: str


@dataclass(frozen=True, slots=True)
class Verdict(Command):
    """`approve` false: the step is passed over and the next one comes in its time."""

    approve: bool
    note: str = ""


def proposed(
    case: DunningCase, facts: Facts, action: Propose, now: datetime
) -> tuple[Changes, DunningCase]:
    """Pure: the proposal, and the case that waits for it."""
    id = derived_id("dpr", case.org, case.debtor, case.version)
    proposal = DunningProposal(
        case.org, case.debtor, id, action.step.kind, facts.strategy.end,
        tuple(item.number for item in action.items), action.total, now,
    )  # fmt: skip
    names = (
        Reference(case.org, REFERENCE, id, case.debtor, id),
        ListedProposal(case.org, id, case.debtor),
    )
    event = DunningProposed(
        org=case.org, debtor=case.debtor, subject=id, at=now, step=action.step.kind,
        invoices=proposal.invoices, amount=action.total,
    )  # fmt: skip
    waiting = replace(case, proposal=id, waiting=action.stepping, approved=False)
    return Changes(create=(proposal, *names), events=(event,)), rescheduled(waiting, now)


def decide(
    books: Books, org: str, id: str, verdict: Verdict, actor: Actor, now: datetime
) -> tuple[Changes, DunningProposal]:
    """Approved, a step goes out at the next contact hour, if it is still due then; a case that is
    handed over pauses until somebody lifts it. Conflict when it was decided before; Refused to hand
    over rent of which the municipality was not told."""
    proposal = proposal_of(books, org, id)
    if proposal.state is not ProposalState.PROPOSED:
        raise Conflict("decided_before", f"{proposal.decided_by} decided: {proposal.state}.")
    state = ProposalState.APPROVED if verdict.approve else ProposalState.REJECTED
    after = replace(proposal, state=state, decided_at=now, decided_by=actor.name, note=verdict.note)
    standing = standing_of(books, org, proposal.debtor, now)
    case = standing.stored
    if case.proposal != id:
        return Changes(update=(after,)), after  # The case went on without it.
    if verdict.approve and proposal.step is StepKind.HAND_OVER and proposal.end in TO_OTHERS:
        must_be_signalled(books, standing.facts.debtor, day_of(now))
    moved, more = _case_after(case, after, standing.facts, now)
    return Changes(update=(after, moved)) + more, after


def _case_after(
    case: DunningCase, proposal: DunningProposal, facts: Facts, now: datetime
) -> tuple[DunningCase, Changes]:
    approved = proposal.state is ProposalState.APPROVED
    if approved and proposal.step is not StepKind.HAND_OVER:
        waiting = replace(case, approved=True)
        return rescheduled(waiting, now), Changes()
    passed = moved_on(case, facts, case.waiting, now, sent=approved)
    if not approved:
        return passed, Changes()
    wanted = NewPause(BlockReason.HANDED_OVER, case.debtor, note=proposal.note)
    paused, _, block = noted(case.org, wanted, proposal.decided_by, now)
    event = DunningHandedOver(
        org=case.org, debtor=case.debtor, subject=proposal.id, at=now, to=proposal.end,
        invoices=proposal.invoices, amount=proposal.amount, by=proposal.decided_by,
    )  # fmt: skip
    return with_block(passed, block, now), paused + Changes(events=(event,))


def proposal_of(books: Books, org: str, id: str) -> DunningProposal:
    name = books.lookup(org, REFERENCE, id)
    if name is None:
        raise NotFound("proposal_not_found", f"There is no proposal {id}.")
    return books.get(DunningProposal, org, name.debtor, id)
