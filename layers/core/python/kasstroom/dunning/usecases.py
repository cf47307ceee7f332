"""Reminding: find what is due, claim, send, confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Work
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
from kasstroom.dunning.ports import MessageChannel, ReminderQueue
from kasstroom.errors import Refused, Unavailable
from kasstroom.events.dunning import DunningSent, DunningSkipped
from kasstroom.ids import derived_id, new_token
from kasstroom.messages.model import Message, MessageState, Outgoing
from kasstroom.organisations.model import Organisation
from kasstroom.payments.links import issue, reissue
from kasstroom.payments.model import PaymentLink
from kasstroom.ports import Books
from kasstroom.settle import settle

CLAIM_MINUTES = 15
RETRY_MINUTES = 2
MOST_ATTEMPTS = 5


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


Write = Callable[[Draft], Outgoing]
"""Renders a draft for its channel and language."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The outside world of one sending: where to read, how to write, how to send."""

    books: Books
    channels: Mapping[Channel, MessageChannel]
    write: Write


def plan_due(books: Books, queue: ReminderQueue, now: datetime) -> int:
    """Queues every debtor and unfinished message that is due; returns how many. Reads keys only."""
    if not may_contact(now):
        return 0
    queued = 0
    for due in books.due(Work.DUNNING, now):
        queue.put(due.org, due.debtor)
        queued += 1
    for due in books.due(Work.MESSAGE_CLAIM, now):
        queue.put(due.org, due.debtor, due.id)
        queued += 1
    return queued


def remind(sender: Sender, org: str, debtor: str, now: datetime) -> Message | None:
    """Claims the step that is due and sends it; None when nothing was to be sent."""
    draft = settle(sender.books, lambda: _claim(sender.books, org, debtor, now))
    return deliver(sender, draft) if draft else None


def resume(sender: Sender, org: str, debtor: str, message_id: str, now: datetime) -> Message | None:
    """Finishes a message whose sender died: sends it again unless a receipt proved it was sent."""
    draft = settle(sender.books, lambda: _reclaim(sender.books, org, debtor, message_id, now))
    return deliver(sender, draft) if draft else None


def deliver(sender: Sender, draft: Draft) -> Message:
    """Sends a claimed message over its channel, or the next one when the address is refused."""
    message = draft.message
    try:
        provider_id = sender.channels[message.channel].send(sender.write(draft))
    except Unavailable:
        return settle(sender.books, lambda: _retry_later(sender.books, message, draft.now))
    except Refused as error:
        code = error.code
        following = settle(sender.books, lambda: _fall_back(sender.books, draft, code))
        return deliver(sender, following) if isinstance(following, Draft) else following
    return settle(sender.books, lambda: confirm(sender.books, message, provider_id, draft.now))


def _claim(books: Books, org: str, number: str, now: datetime) -> tuple[Changes, Draft | None]:
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


def _reclaim(
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
        return _failed(message, "attempts_exhausted", now), None
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


def _retry_later(books: Books, message: Message, now: datetime) -> tuple[Changes, Message]:
    """The provider did not take it: the claim ends soon and the planner finds it again."""
    current = books.get(Message, message.org, message.debtor, message.id)
    if current.state is not MessageState.CLAIMED:
        return Changes(), current
    later = replace(current, claimed_until=now + timedelta(minutes=RETRY_MINUTES))
    return Changes(update=(later,)), later


def _fall_back(books: Books, draft: Draft, reason: str) -> tuple[Changes, Draft | Message]:
    """The next way to reach the debtor, or the message failed."""
    message = books.get(Message, draft.message.org, draft.message.debtor, draft.message.id)
    tried = (*message.tried, message.channel)
    ways = [(c, address) for c, address in channels_of(draft.debtor) if c not in tried]
    if not ways:
        failed = _failed(replace(message, tried=tried), reason, draft.now)
        return failed, failed.update[0]
    channel, address = ways[0]
    moved = replace(message, channel=channel, address=address, tried=tried)
    again = replace(draft, message=replace(moved, version=message.version + 1))
    return Changes(update=(moved,)), again


def _failed(message: Message, reason: str, now: datetime) -> Changes:
    event = DunningSkipped(
        org=message.org, debtor=message.debtor, subject=message.id, at=now, reason=reason
    )
    failed = replace(message, state=MessageState.FAILED)
    return Changes(update=(failed,), events=(event,))


def confirm(
    books: Books, message: Message, provider_id: str, at: datetime
) -> tuple[Changes, Message]:
    """Writes down that the provider has the message; doing it twice changes nothing."""
    current = books.get(Message, message.org, message.debtor, message.id)
    if current.state is not MessageState.CLAIMED:
        return Changes(), current
    sent = replace(current, state=MessageState.SENT, provider_id=provider_id, sent_at=at)
    event = DunningSent(
        org=sent.org, debtor=sent.debtor, subject=sent.id, at=at, step=sent.template,
        channel=sent.channel, language=sent.language, invoices=sent.invoices, amount=sent.amount,
    )  # fmt: skip
    return Changes(update=(sent,), events=(event,)), sent
