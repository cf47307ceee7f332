"""Who pays after a reminder is thanked: one message per reminder at most, over the way it took, by
day, claimed before it is sent.

What is thanked for is the last message that named the invoice: all of it has to be paid, with
money.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Work
from kasstroom.compliance.contact_frequency import Contact
from kasstroom.compliance.contact_hours import may_contact, next_contact
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.blocks import blocking
from kasstroom.dunning.brought_in import Paid, paid_of, reminder_of
from kasstroom.dunning.contacts import one_more
from kasstroom.dunning.model import BlockReason, DunningCase
from kasstroom.dunning.ports import ReminderQueue
from kasstroom.ids import derived_id
from kasstroom.messages.model import THANK_YOU, Message, MessageState
from kasstroom.messages.sending import CLAIM_MINUTES, MOST_ATTEMPTS, Sender, deliver, failed
from kasstroom.messages.ways import USUAL, Way, reach
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import PaymentLink
from kasstroom.ports import Books
from kasstroom.settle import settle

FRESH_DAYS = 3
"""Thanks that come later are not sent any more."""
QUIET = frozenset(
    {BlockReason.DECEASED, BlockReason.INSOLVENCY, BlockReason.DEBT_COUNSELLING, BlockReason.LEGAL}
)
"""Somebody else pays then, or there is nothing to be cheerful about."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """All the thanks are written from."""

    organisation: Organisation
    debtor: Debtor
    message: Message
    paid: Paid
    reference: str
    now: datetime
    ways: tuple[Way, ...]


def plan_thanks(books: Books, queue: ReminderQueue, now: datetime) -> int:
    """Queues the thanks that wait for the morning, or whose sender died; returns how many."""
    if not may_contact(now):
        return 0
    queued = 0
    for due in books.due(Work.THANKS, now):
        queue.put(due.org, due.debtor, due.id)
        queued += 1
    return queued


def thank(sender: Sender, org: str, debtor: str, number: str, now: datetime) -> Message | None:
    """Thanks for a paid invoice; None when there is nothing to thank for, it was done, or it waits
    for the morning."""
    thanks = settle(sender.books, lambda: claim(sender.books, org, debtor, number, now))
    return deliver(sender, thanks) if thanks else None


def resume(sender: Sender, org: str, debtor: str, message_id: str, now: datetime) -> Message | None:
    """Finishes thanks that waited, or whose sender died."""
    thanks = settle(sender.books, lambda: reclaim(sender.books, org, debtor, message_id, now))
    return deliver(sender, thanks) if thanks else None


def claim(
    books: Books, org: str, debtor: str, number: str, now: datetime
) -> tuple[Changes, Thanks | None]:
    organisation = books.get(Organisation, org)
    if not organisation.thank_you:
        return Changes(), None
    reminder = reminder_of(books.all_of(Message, org, debtor), number, now)
    if reminder is None or books.find(Message, org, debtor, thanks_id(reminder)):
        return Changes(), None
    person, paid = books.get(Debtor, org, debtor), paid_of(books, reminder)
    ways = _ways(books, person, reminder)
    if paid is None or not ways or _quiet(books, reminder, now):
        return Changes(), None
    waits, (channel, address) = not may_contact(now), ways[0]
    message = Message(
        org, debtor, thanks_id(reminder), THANK_YOU, channel, person.language, address,
        paid.invoices, paid.amount, MessageState.CLAIMED,
        next_contact(now) if waits else now + timedelta(minutes=CLAIM_MINUTES), now,
        attempts=0 if waits else 1, about=reminder.id, channels=(channel,),
        link_id=reminder.link_id,
    )  # fmt: skip
    goes_at = message.claimed_until if waits else now
    made = Changes(create=(message,)) + one_more(books, org, debtor, Contact.MESSAGE, goes_at)
    if waits:
        return made, None
    return made, _thanks(books, organisation, replace(message, version=1), paid, now)


def reclaim(
    books: Books, org: str, debtor: str, message_id: str, now: datetime
) -> tuple[Changes, Thanks | None]:
    """The thanks taken over; not sent any more when the payment came back, or it is too late."""
    message = books.get(Message, org, debtor, message_id)
    waits = message.claimed_until > now or not may_contact(now)
    if message.state is not MessageState.CLAIMED or waits:
        return Changes(), None
    organisation, reminder = (
        books.get(Organisation, org),
        books.get(Message, org, debtor, message.about),
    )
    paid = paid_of(books, reminder)
    late = now - message.created_at > timedelta(days=FRESH_DAYS)
    if paid is None or late or not organisation.thank_you or _quiet(books, reminder, now):
        return Changes(update=(replace(message, state=MessageState.CANCELLED),)), None
    if message.attempts >= MOST_ATTEMPTS:
        return failed(message, "attempts_exhausted", now), None
    claimed = replace(
        message, attempts=message.attempts + 1, amount=paid.amount,
        claimed_until=now + timedelta(minutes=CLAIM_MINUTES),
    )  # fmt: skip
    again = replace(claimed, version=message.version + 1)
    return Changes(update=(claimed,)), _thanks(books, organisation, again, paid, now)


def thanks_id(reminder: Message) -> str:
    """One per reminder."""
    return derived_id("msg", reminder.org, reminder.debtor, THANK_YOU, reminder.id)


def _ways(books: Books, debtor: Debtor, reminder: Message) -> tuple[Way, ...]:
    """The way the reminder took, if it is open to what nobody needs; paper and calls cost more than
    thanks are worth."""
    if reminder.channel not in USUAL:
        return ()
    return reach(books, debtor, channels=(reminder.channel,)).ways


def _quiet(books: Books, reminder: Message, now: datetime) -> bool:
    case = books.find(DunningCase, reminder.org, reminder.debtor)
    held = blocking(case, now) if case else None
    return held is not None and held.reason in QUIET


def _thanks(
    books: Books, organisation: Organisation, message: Message, paid: Paid, now: datetime
) -> Thanks:
    link = books.find(PaymentLink, message.org, message.debtor, message.link_id)
    debtor = books.get(Debtor, message.org, message.debtor)
    way: tuple[Channel, str] = (message.channel, message.address)
    return Thanks(organisation, debtor, message, paid, link.reference if link else "", now, (way,))
