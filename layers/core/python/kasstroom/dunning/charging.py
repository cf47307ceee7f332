"""Costs and interest put on invoices by the step that says so, never before the law allows. Pure.

A reminder asks what the books say: what is charged is booked in the transaction that claims it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.compliance import interest as law
from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.costs_due import costs_due_from
from kasstroom.compliance.countries import HOME
from kasstroom.compliance.statutory_rates import KNOWN_UNTIL, ClaimType
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.letters import debtor_type, demand_of, evidence, owed_by
from kasstroom.dunning.model import Demanded
from kasstroom.dunning.strategy import Step
from kasstroom.errors import Refused
from kasstroom.messages.model import Message
from kasstroom.money import EUR, Money
from kasstroom.payments.adjusting import charge
from kasstroom.payments.model import Entry, EntryKind, Part
from kasstroom.payments.posting import Posted
from kasstroom.time import day_of

BY = "dunning"
_TAKEN_OFF = frozenset(
    {EntryKind.CHARGEBACK, EntryKind.REFUND, EntryKind.REALLOCATION, EntryKind.EXCHANGE}
)
COSTS_LAW = "collection costs (art. 6:96 BW)"
INTEREST_LAW = {
    DebtorType.CONSUMER: "statutory interest (art. 6:119 BW)",
    DebtorType.BUSINESS: "statutory interest (art. 6:119a BW)",
}


@dataclass(frozen=True, slots=True)
class Charging:
    """What charging looks at: the `entries` of the debtor, and the `messages` that its letters
    are. `id` names the message whose step charges."""

    debtor: Debtor
    step: Step
    entries: tuple[Entry, ...]
    messages: Mapping[str, Message]
    id: str
    now: datetime

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def kind(self) -> DebtorType:
        return debtor_type(self.debtor)


def charged(posted: Posted, how: Charging) -> Posted:
    """The position with what this step may charge on it; nothing when it may not. The law of other
    countries is not confirmed, so nothing is charged there."""
    if how.debtor.address.country != HOME:
        return posted
    if how.step.costs:
        by_letter = how.kind is DebtorType.CONSUMER
        posted = _costs_by_letter(posted, how) if by_letter else _costs_of_business(posted, how)
    return _interest(posted, how) if how.step.interest else posted


def _costs_by_letter(posted: Posted, how: Charging) -> Posted:
    letters = []
    for one in posted.position.case.letters:
        due = owed_by(
            one, how.messages.get(one.message), how.entries, posted.position.invoices, how.today
        )
        if one.charged or not due.may_charge:
            letters.append(one)
            continue
        posted = _on_the_oldest(posted, one, due.total_costs, how)
        letters.append(replace(one, charged=True))
    return _with_letters(posted, tuple(letters))


def _costs_of_business(posted: Posted, how: Charging) -> Posted:
    """Owed from the day after the due date, without a letter (art. 6:96 lid 4 BW)."""
    late = [i for i in posted.position.invoices.values() if i.due_on < how.today]
    try:
        demand = demand_of(posted.position.case, how.debtor, late, Channel.EMAIL, how.today)
    except Refused:
        return posted  # Nothing is late that was not demanded before.
    one = Demanded(how.id, how.now, demand, charged=True)
    posted = _on_the_oldest(posted, one, demand.total_costs, how)
    return _with_letters(posted, (*posted.position.case.letters, one))


def _on_the_oldest(posted: Posted, one: Demanded, amount: Money, how: Charging) -> Posted:
    opens = [i for n in one.claims if (i := posted.position.invoices.get(n)) and i.open.minor > 0]
    if not opens or not amount:
        return posted
    oldest = min(opens, key=lambda i: (i.due_on, i.number))
    return charge(
        posted, oldest.number, EntryKind.COSTS, amount, id=f"{how.id}:costs:{one.message}",
        now=how.now, by=BY, reason=COSTS_LAW,
    )  # fmt: skip


def _interest(posted: Posted, how: Charging) -> Posted:
    """Over what is open now since the interest that was booked last: never more than is owed. Days
    whose rate is not published yet wait."""
    claim = ClaimType.CONSUMER if how.kind is DebtorType.CONSUMER else ClaimType.COMMERCIAL
    until = min(how.today, KNOWN_UNTIL)
    for invoice in tuple(posted.position.invoices.values()):
        since = _interest_since(posted, invoice.number, how)
        principal = invoice.open.minor - invoice.disputed.minor
        if since is None or principal <= 0 or invoice.open.currency != EUR or since >= until:
            continue
        minor = law.interest(principal, since, until, law.Terms(claim)).interest_minor
        if minor:
            posted = charge(
                posted, invoice.number, EntryKind.INTEREST, Money(minor),
                id=f"{how.id}:interest:{invoice.number}", now=how.now, by=BY,
                reason=INTEREST_LAW[how.kind],
            )  # fmt: skip
            posted = _counted_until(posted, invoice.number, until)
    return posted


def _interest_since(posted: Posted, number: str, how: Charging) -> date | None:
    """The last day without interest: also those on which we had the money that came back later."""
    since = _default_since(posted, number, how)
    returned = (
        entry.booked_on
        for entry in how.entries
        if entry.kind in _TAKEN_OFF
        for a in entry.allocations
        if a.invoice == number and a.part is Part.PRINCIPAL and a.amount.minor > 0
    )
    return since and max((since, *returned))


def _default_since(posted: Posted, number: str, how: Charging) -> date | None:
    """A business is in default after the due date; a consumer when
    the term of the letter has ended (art. 6:82 BW), the careful count."""
    invoice = posted.position.invoices[number]
    if invoice.interest_until:
        return invoice.interest_until
    if how.kind is DebtorType.BUSINESS:
        return invoice.due_on
    ends = [
        dates.safe_on
        for one in posted.position.case.letters
        if number in one.claims
        if (dates := costs_due_from(evidence(one, how.messages.get(one.message), how.today)))
    ]
    return min((day for day in ends if day <= how.today), default=None)


def _counted_until(posted: Posted, number: str, until: date) -> Posted:
    invoices = dict(posted.position.invoices)
    invoices[number] = replace(invoices[number], interest_until=until)
    return replace(posted, position=replace(posted.position, invoices=invoices))


def _with_letters(posted: Posted, letters: tuple[Demanded, ...]) -> Posted:
    case = replace(posted.position.case, letters=letters)
    return replace(posted, position=replace(posted.position, case=case))
