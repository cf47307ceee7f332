"""The fourteen-day letters of a case: what they demand, and from when their costs are owed. Pure
(art. 6:96 lid 5 to 7 BW)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.costs_due import CostsDue, Payment, SentLetter, costs_due, costs_due_from
from kasstroom.compliance.demand import Demand, EarlierLetter, fourteen_day_demand
from kasstroom.compliance.letter14 import LetterChannel
from kasstroom.debtors.model import Channel, Debtor, DebtorKind
from kasstroom.dunning.model import Demanded, DunningCase
from kasstroom.dunning.scheduling import at_first_hour
from kasstroom.invoices.model import Invoice
from kasstroom.messages.model import LOST, Message, MessageState
from kasstroom.money import EUR, Money
from kasstroom.payments.model import Entry, EntryKind, Part
from kasstroom.time import day_of


def debtor_type(debtor: Debtor) -> DebtorType:
    """Who acts in business is no consumer, whoever owns it (art. 6:96 lid 5 BW)."""
    is_consumer = debtor.kind is DebtorKind.CONSUMER
    return DebtorType.CONSUMER if is_consumer else DebtorType.BUSINESS


def demand_of(
    case: DunningCase, debtor: Debtor, invoices: Collection[Invoice], channel: Channel, today: date
) -> Demand:
    """One demand for all these invoices, in euros; open credit notes among them are taken off the
    newest first, so that the costs are never over what is not owed. Refused when nothing is left
    that no earlier letter demanded."""
    return fourteen_day_demand(
        _claims(invoices), debtor_type(debtor), True, today, letter_channel(channel),
        earlier=earlier(case), contract=contract_of(debtor, invoices),
    )  # fmt: skip


def letter_invoices(case: DunningCase, invoices: Collection[Invoice]) -> tuple[Invoice, ...]:
    """What one fourteen-day letter is about: what no letter demanded yet, and open credit notes. No
    other amount may stand in it. Instalments whose contract bore its costs wait for a letter of
    their own when there is something else."""
    demanded = {number for one in case.letters for number in one.claims}
    borne = {one.contract for one in case.letters if one.contract}
    fresh = tuple(i for i in invoices if i.open.minor > 0 and i.number not in demanded)
    others = tuple(i for i in fresh if i.contract not in borne)
    return (*(others or fresh), *(i for i in invoices if i.open.minor < 0))


def contract_of(debtor: Debtor, invoices: Iterable[Invoice]) -> str:
    """The agreement of which all these are instalments, of a consumer; "" when there is none."""
    named = {invoice.contract for invoice in invoices if invoice.open.minor > 0}
    is_one = len(named) == 1 and debtor_type(debtor) is DebtorType.CONSUMER
    return named.pop() if is_one else ""


def earlier(case: DunningCase) -> tuple[EarlierLetter, ...]:
    return tuple(
        EarlierLetter(one.sent_on, one.claims, one.demand.principal, one.demand.costs, one.contract)
        for one in case.letters
    )


def letter_channel(channel: Channel) -> LetterChannel:
    return LetterChannel.POST if channel is Channel.LETTER else LetterChannel.EMAIL


def evidence(one: Demanded, message: Message | None, today: date) -> SentLetter:
    """What the message proves: when it was posted or mailed, that it arrived, that it came back. A
    letter on paper counts from the day it was posted; until it is on its way, from today. One that
    we know nothing of, or that was cancelled, has not arrived. By two clocks it may arrive before
    it left; then it arrived the day it left."""
    channel = letter_channel(message.channel) if message else LetterChannel.EMAIL
    lost = message is None or message.state in (*LOST, MessageState.CANCELLED)
    sent_on = (message and _left_on(message)) or today
    proven = message.delivered_at if message and channel is LetterChannel.EMAIL else None
    return SentLetter(
        one.message, channel, one.sent_on if lost else sent_on, one.demand,
        delivered_on=max(sent_on, day_of(proven)) if proven else None, bounced=lost,
    )  # fmt: skip


def _left_on(message: Message) -> date | None:
    if message.channel is Channel.LETTER:
        return message.posted_on
    return day_of(message.sent_at) if message.sent_at else None


def term_until(
    case: DunningCase, messages: Mapping[str, Message], now: datetime
) -> datetime | None:
    """The morning of the safe day of the latest letter over what is still open; None: no term
    runs."""
    open_now = {item.number for item in case.items if item.claimable.minor > 0}
    ends = [
        at_first_hour(dates.safe_on)
        for one in case.letters
        if not one.charged and open_now & set(one.claims)
        if (dates := costs_due_from(evidence(one, messages.get(one.message), day_of(now))))
    ]
    return max((end for end in ends if end > now), default=None)


def owed_by(
    one: Demanded, message: Message | None, entries: Collection[Entry],
    invoices: Mapping[str, Invoice], today: date,
) -> CostsDue:  # fmt: skip
    """What a letter's costs have become. A credit note, or what is disputed, was never owed: it
    lowers them whenever it came."""
    letter = evidence(one, message, today)
    held = sum(
        min(invoices[n].disputed_minor, max(0, invoices[n].open.minor))
        for n in one.claims
        if n in invoices
    )
    came = payments_of(one.claims, one.at, letter.sent_on, entries)
    payments = [*came, (letter.sent_on, Money(held))]
    return costs_due([letter], payments, today)


_AFTERWARDS = frozenset(
    {
        EntryKind.CHARGEBACK, EntryKind.REVERSAL, EntryKind.REFUND, EntryKind.REFUND_RETURNED,
    }
)  # fmt: skip
"""Who paid in time answered the letter, whatever becomes of the money: what comes back of it may be
demanded in a new letter, and bears no costs by the old one."""


def payments_of(
    claims: Collection[str], since: datetime, sent_on: date, entries: Collection[Entry]
) -> list[Payment]:
    """What came off the principal of these claims since they were demanded. Money that was put on
    them later was paid the day it came in."""
    came_on, found = {entry.id: entry.booked_on for entry in entries}, []
    for entry in entries:
        minor = -sum(
            a.amount.minor
            for a in entry.allocations
            if a.invoice in claims and a.part is Part.PRINCIPAL
        )
        if not minor or entry.booked_at < since or entry.kind in _AFTERWARDS:
            continue
        never_owed = entry.kind in (EntryKind.CREDIT_NOTE, EntryKind.WRITE_OFF)
        day = sent_on if never_owed else came_on.get(entry.about, entry.booked_on)
        found.append((max(sent_on, day), Money(minor)))
    return found


def _claims(invoices: Iterable[Invoice]) -> tuple[tuple[str, Money], ...]:
    euros = [i for i in invoices if i.open.currency == EUR]
    credit = -sum(i.open.minor for i in euros if i.open.minor < 0)
    claims = []
    for invoice in sorted(euros, key=lambda i: (i.due_on, i.number), reverse=True):
        asked = max(0, invoice.open.minor - invoice.disputed_minor)
        taken = min(credit, asked)
        credit -= taken
        if asked > taken:
            claims.append((invoice.number, Money(asked - taken)))
    return tuple(reversed(claims))
