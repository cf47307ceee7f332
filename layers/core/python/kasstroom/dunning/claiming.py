"""A message is claimed before it is sent: case moved on, message and link made, at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.compliance.contact_hours import may_contact
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.model import DunningCase, OpenItem, StepKind
from kasstroom.dunning.policy import (
    Remind,
    Skip,
    Wait,
    channels_of,
    plan,
    reminded,
    strategy_of,
    total_of,
)
from kasstroom.events.dunning import DunningSkipped
from kasstroom.ids import derived_id, new_token
from kasstroom.messages.model import Message, MessageState
from kasstroom.messages.sending import CLAIM_MINUTES, MOST_ATTEMPTS, failed
from kasstroom.organisations.model import Organisation
from kasstroom.payments.links import issue, reissue
from kasstroom.payments.model import PaymentLink
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class Draft:
    """All a message is written from; `token` opens the payment page."""

    organisation: Organisation
    debtor: Debtor
    message: Message
    step: StepKind
    items: tuple[OpenItem, ...]
    token: str
    reference: str
    now: datetime

    @property
    def ways(self) -> tuple[tuple[Channel, str], ...]:
        return channels_of(self.debtor)


def claim(books: Books, org: str, number: str, now: datetime) -> tuple[Changes, Draft | None]:
    case = books.get(DunningCase, org, number)
    debtor = books.get(Debtor, org, number)
    strategy = strategy_of(case)
    action = plan(case, debtor, strategy, now)
    if isinstance(action, Wait):
        moved = replace(case, next_action_at=action.until)
        return (Changes(update=(moved,)) if moved != case else Changes()), None
    if isinstance(action, Skip):
        return _skipped(case, action, now), None
    organisation = books.get(Organisation, org)
    return _claimed(case, debtor, organisation, action, now)


def _skipped(case: DunningCase, action: Skip, now: datetime) -> Changes:
    """Nothing is planned any more until something changes, and the reason is told once."""
    parked = replace(case, next_action_at=action.until)
    event = DunningSkipped(
        org=case.org, debtor=case.debtor, subject=case.debtor, at=now, reason=action.reason
    )
    return Changes(update=(parked,), events=(event,)) if parked != case else Changes()


def _claimed(
    case: DunningCase, debtor: Debtor, organisation: Organisation, action: Remind, now: datetime
) -> tuple[Changes, Draft]:
    """The claim: case moved on, message and link created, all in one transaction."""
    after = reminded(case, strategy_of(case), action, now)
    message_id = derived_id("msg", case.org, case.debtor, after.sequence)
    token = new_token()
    numbers = tuple(item.number for item in action.items)
    link, issued = issue(
        case.org, case.debtor, token, numbers, action.total, debtor.language, now, message_id
    )
    message = Message(
        case.org, case.debtor, message_id, action.step.kind, action.channel, debtor.language,
        action.address, numbers, action.total, MessageState.CLAIMED,
        claimed_until=now + timedelta(minutes=CLAIM_MINUTES), created_at=now, link_id=link.id,
    )  # fmt: skip
    draft = Draft(
        organisation, debtor, replace(message, version=1), action.step.kind, action.items,
        token, link.reference, now,
    )  # fmt: skip
    return issued + Changes(create=(message,), update=(after,)), draft


def reclaim(
    books: Books, org: str, number: str, message_id: str, now: datetime
) -> tuple[Changes, Draft | None]:
    message = books.get(Message, org, number, message_id)
    if message.state is not MessageState.CLAIMED or message.claimed_until > now:
        return Changes(), None
    if not may_contact(now):
        return Changes(), None  # The planner finds it again in the morning.
    case = books.get(DunningCase, org, number)
    items = tuple(item for item in case.items if item.number in message.invoices)
    if total_of(items).minor <= 0:
        return Changes(update=(replace(message, state=MessageState.CANCELLED),)), None
    if message.attempts >= MOST_ATTEMPTS:
        return failed(message, "attempts_exhausted", now), None
    link = books.get(PaymentLink, org, number, message.link_id)
    token = new_token()
    link, reissued = reissue(link, token, total_of(items))
    claimed = replace(
        message,
        attempts=message.attempts + 1,
        claimed_until=now + timedelta(minutes=CLAIM_MINUTES),
        amount=total_of(items),
    )
    draft = Draft(
        books.get(Organisation, org), books.get(Debtor, org, number),
        replace(claimed, version=message.version + 1), StepKind(message.template), items,
        token, link.reference, now,
    )  # fmt: skip
    return reissued + Changes(update=(claimed,)), draft
