"""A message is claimed before it is sent: case moved on, costs booked, message and link made, at
once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.compliance.demand import Demand
from kasstroom.debtors.model import Debtor
from kasstroom.dunning.billing import Bill, billed, needs_books
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.policy import (
    Action,
    Pass,
    Propose,
    Remind,
    Skip,
    Wait,
    moved_on,
    plan,
    reminded,
)
from kasstroom.dunning.proposals import proposed
from kasstroom.dunning.reasons import Why
from kasstroom.dunning.scheduling import first_later
from kasstroom.dunning.standing import Standing, standing_of
from kasstroom.dunning.steps import Facts, Ways, due_items, total_of
from kasstroom.dunning.strategy import StepKind, Tone
from kasstroom.dunning.timing import timed
from kasstroom.errors import Refused
from kasstroom.events.dunning import DunningSkipped
from kasstroom.ids import derived_id, new_token
from kasstroom.messages.attention import nowhere_to_write, waits_for_address
from kasstroom.messages.model import Message, MessageState
from kasstroom.messages.sending import CLAIM_MINUTES
from kasstroom.organisations.model import Organisation
from kasstroom.payments.links import issue
from kasstroom.ports import Books

STATUTORY = frozenset({StepKind.FOURTEEN_DAY_LETTER, StepKind.FINAL_DEMAND})
"""Steps that go out although the debtor called our mail spam: they have consequences in law."""


@dataclass(frozen=True, slots=True)
class Draft:
    """All a message is written from; `token` opens the payment page. `demand` is what a
    fourteen-day letter announces."""

    organisation: Organisation
    debtor: Debtor
    message: Message
    step: StepKind
    items: tuple[OpenItem, ...]
    token: str
    reference: str
    now: datetime
    ways: Ways = ()
    tone: Tone | None = None
    demand: Demand | None = None


def claim(books: Books, org: str, number: str, now: datetime) -> tuple[Changes, Draft | None]:
    """Nothing, or what is written before the message of the step that is due goes out."""
    standing = standing_of(books, org, number, now)
    case, action = decided(standing.case, standing.facts, now)
    if isinstance(action, Remind):
        action = timed(books, action, case, standing.facts, now)
    if isinstance(action, Wait):
        timed_for = case.sequence if action.reason == Why.CHOSEN_HOUR else case.timed
        waiting = replace(case, next_action_at=action.until, timed=timed_for)
        return _stored(standing, waiting), None
    if isinstance(action, Skip):
        return _skipped(books, standing, case, action, now), None
    if isinstance(action, Propose):
        changes, after = proposed(case, standing.facts, action, now)
        return changes + _stored(standing, after), None
    assert isinstance(action, Remind)
    return _claimed(books, standing, case, action, now)


def decided(case: DunningCase, facts: Facts, now: datetime) -> tuple[DunningCase, Action]:
    """What to do, with the case moved past the steps that are not for this debtor."""
    while isinstance(action := plan(case, facts, now), Pass):
        case = moved_on(case, facts, action.stepping, now, sent=False)
    return case, action


def _stored(standing: Standing, after: DunningCase) -> Changes:
    """The case as it is kept, when anything of it changed."""
    kept = standing.kept(after)
    return Changes(update=(kept,)) if kept != standing.stored else Changes()


def _skipped(
    books: Books, standing: Standing, case: DunningCase, action: Skip, now: datetime
) -> Changes:
    """Nothing is planned any more until something changes or another invoice reaches its step, and
    the reason is told once."""
    again = action.until or first_later(case, now)
    changes = _stored(standing, replace(case, next_action_at=again))
    if changes and action.reason == Why.MISSING_ADDRESS:
        step = due_items(case, standing.facts, now)[-1][1].kind
        if not waits_for_address(books, case.org, case.debtor, step):
            closed = standing.facts.closed
            changes += nowhere_to_write(case.org, case.debtor, step, closed, now)
    event = DunningSkipped(
        org=case.org, debtor=case.debtor, subject=case.debtor, at=now, reason=action.reason
    )
    return changes + Changes(events=(event,)) if changes else changes


def _claimed(
    books: Books, standing: Standing, case: DunningCase, action: Remind, now: datetime
) -> tuple[Changes, Draft | None]:
    """The claim: case moved on, message and link created, all in one transaction."""
    message_id = id_of(case)
    bill = Bill(case, action, action.items)
    if needs_books(action.step):
        try:
            bill = billed(books, standing.facts, case, action, message_id, now)
        except Refused:
            # An earlier letter demanded all of it: this one is not needed; milder steps still are.
            due = due_items(case, standing.facts, now)
            letters = tuple(item.number for item, step in due if step.kind is action.step.kind)
            passed = moved_on(case, standing.facts, letters, now, sent=False)
            return _stored(standing, passed), None
    named = {item.number for item in bill.items}
    taken = tuple(number for number in action.stepping if number in named)
    after = reminded(bill.case, standing.facts, replace(action, stepping=taken), now)
    message, token, issued, reference = _message(standing, action, bill.items, message_id, now)
    draft = Draft(
        books.get(Organisation, case.org), standing.facts.debtor, replace(message, version=1),
        action.step.kind, bill.items, token, reference, now, action.ways, action.step.tone,
        bill.demand,
    )  # fmt: skip
    return issued + Changes(create=(message,)) + bill.changes(after, now), draft


def id_of(case: DunningCase, sequence: int | None = None) -> str:
    """Names the next message of a case, or an earlier one: claimed once, whatever is repeated."""
    number = case.sequence + 1 if sequence is None else sequence
    return derived_id("msg", case.org, case.debtor, number)


def _message(
    standing: Standing, action: Remind, items: tuple[OpenItem, ...], id: str, now: datetime
) -> tuple[Message, str, Changes, str]:
    case, debtor = standing.case, standing.facts.debtor
    numbers, total = tuple(item.number for item in items), total_of(items)
    token = new_token()
    link, issued = issue(
        case.org, case.debtor, token, numbers, total, debtor.language, now, id
    )  # fmt: skip
    message = Message(
        case.org, case.debtor, id, action.step.kind, action.channel, debtor.language,
        action.address, numbers, total, MessageState.CLAIMED,
        claimed_until=now + timedelta(minutes=CLAIM_MINUTES), created_at=now, link_id=link.id,
        channels=tuple(channel for channel, _ in action.ways),
        statutory=action.step.kind in STATUTORY,
    )  # fmt: skip
    return message, token, issued, link.reference
