"""A claimed message whose sender died, or that has to go another way, is looked at again before it
goes out: what was right then may be wrong now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from kasstroom.changes import Changes
from kasstroom.compliance.contact_frequency import Contact
from kasstroom.compliance.contact_hours import may_contact
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.blocks import blocking
from kasstroom.dunning.choosing import LiveStrategies
from kasstroom.dunning.claiming import Draft, id_of
from kasstroom.dunning.leaving_alone import left_alone
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.dunning.steps import Ways, total_of
from kasstroom.dunning.strategy import RANK, StepKind
from kasstroom.ids import new_token
from kasstroom.messages.model import Message, MessageState
from kasstroom.messages.sending import CLAIM_MINUTES, MOST_ATTEMPTS, failed
from kasstroom.messages.ways import reach
from kasstroom.organisations.model import Organisation
from kasstroom.payments.links import reissue
from kasstroom.payments.model import PaymentLink
from kasstroom.ports import Books
from kasstroom.time import day_of


def reclaim(
    books: Books, org: str, number: str, message_id: str, now: datetime
) -> tuple[Changes, Draft | None]:
    """Taken over; cancelled when nothing of it is asked any more, the debtor is left alone or a
    message that goes as far was claimed since. At night and in a pause for all it waits."""
    message = books.get(Message, org, number, message_id)
    if message.state is not MessageState.CLAIMED or message.claimed_until > now:
        return Changes(), None
    debtor = books.get(Debtor, org, number)
    live = books.find(LiveStrategies, org)
    for_all = live is not None and any(block.holds(now) for block in live.pauses)
    if for_all or not may_contact(now, debtor.address.country):
        return Changes(), None  # The planner finds it again.
    case = books.get(DunningCase, org, number)
    items = _asked(case, message, now)
    paused = blocking(case, now) or left_alone(
        books, org, number, books.find(CreditAccount, org, number)
    )
    if total_of(items).minor <= 0 or paused or _overtaken(books, case, message):
        cancelled = replace(message, state=MessageState.CANCELLED)
        return Changes(update=(cancelled,), check=(case,)), None
    if message.attempts >= MOST_ATTEMPTS:
        return failed(message, "attempts_exhausted", now), None
    return _reclaimed(books, debtor, message, items, case, now)


def _asked(case: DunningCase, message: Message, now: datetime) -> tuple[OpenItem, ...]:
    return tuple(
        item
        for item in case.items
        if item.number in message.invoices and not any(block.holds(now) for block in item.blocks)
    )


def _overtaken(books: Books, case: DunningCase, message: Message) -> bool:
    """Whether a later message goes as far. The fourteen-day letter is never: costs hang on it."""
    if message.template == StepKind.FOURTEEN_DAY_LETTER:
        return False
    names = (id_of(case, number) for number in range(case.sequence, 0, -1))
    later = takewhile(lambda id: id != message.id, names)
    found = (books.find(Message, case.org, case.debtor, id) for id in later)
    rank = RANK[StepKind(message.template)]
    return any(RANK[StepKind(one.template)] >= rank for one in found if one)


def _reclaimed(
    books: Books, debtor: Debtor, message: Message, items: tuple[OpenItem, ...],
    case: DunningCase, now: datetime,
) -> tuple[Changes, Draft]:  # fmt: skip
    link = books.get(PaymentLink, message.org, message.debtor, message.link_id)
    token = new_token()
    link, reissued = reissue(link, token, total_of(items))
    claimed = replace(
        message, attempts=message.attempts + 1,
        claimed_until=now + timedelta(minutes=CLAIM_MINUTES), amount=total_of(items),
        invoices=tuple(item.number for item in items),
    )  # fmt: skip
    ways: Ways = reach(books, debtor, channels=message.channels, statutory=message.statutory).ways
    demand = next((one.demand for one in case.letters if one.message == message.id), None)
    draft = Draft(
        books.get(Organisation, message.org), debtor,
        replace(claimed, version=message.version + 1), StepKind(message.template), items,
        token, link.reference, now, ways, None, demand,
    )  # fmt: skip
    return reissued + Changes(update=(claimed,)) + _spoken_to(case, message, now), draft


def _spoken_to(case: DunningCase, message: Message, now: datetime) -> Changes:
    """The gap counts from the day the debtor hears of us. The case moves with every payment,
    dispute and pause, so that none of them comes in between."""
    if case.last_sent_at and day_of(case.last_sent_at) >= day_of(now):
        return Changes(check=(case,))
    after = replace(case, last_sent_at=now)
    if message.channel is not Channel.PHONE:  # A call counts when it is made.
        after = after.contacted(Contact.MESSAGE, now)
    return Changes(update=(rescheduled(after, now),))
