"""What a step books and demands with its message: costs, interest, the fourteen-day letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.compliance.demand import Demand
from kasstroom.dunning.charging import Charging, charged
from kasstroom.dunning.demanded_anew import standing_letters
from kasstroom.dunning.letters import contract_of, demand_of, letter_invoices
from kasstroom.dunning.model import Demanded, DunningCase, OpenItem
from kasstroom.dunning.policy import Remind
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.dunning.steps import Facts
from kasstroom.dunning.strategy import Step, StepKind
from kasstroom.errors import Refused
from kasstroom.messages.model import Message
from kasstroom.payments.loading import load
from kasstroom.payments.model import Entry
from kasstroom.payments.posting import Position, Posted, changes_of
from kasstroom.ports import Books
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Bill:
    """The case and the items of a message after what its step booked; `posted` None: it booked
    nothing."""

    case: DunningCase
    action: Remind
    items: tuple[OpenItem, ...]
    demand: Demand | None = None
    before: Position | None = None
    posted: Posted | None = None

    def changes(self, after: DunningCase, now: datetime) -> Changes:
        """What is written, with the case as it becomes."""
        if self.posted is None or self.before is None or not self.posted.entries:
            return Changes(update=(after,))
        position = replace(self.posted.position, case=after)
        return changes_of(self.before, replace(self.posted, position=position), now)


def needs_books(step: Step) -> bool:
    return step.costs or step.interest or step.kind is StepKind.FOURTEEN_DAY_LETTER


def billed(
    books: Books, facts: Facts, case: DunningCase, action: Remind, id: str, now: datetime
) -> Bill:
    """Refused when a fourteen-day letter would demand nothing that was not demanded before."""
    numbers = tuple(item.number for item in action.items)
    before = replace(load(books, case.org, case.debtor, numbers), case=case)
    found = (books.find(Message, case.org, case.debtor, one.message) for one in case.letters)
    messages = {message.id: message for message in found if message}
    if action.step.kind is StepKind.FOURTEEN_DAY_LETTER:
        entries = tuple(books.all_of(Entry, case.org, case.debtor)) if case.letters else ()
        letters = standing_letters(case, messages, entries, before.invoices, day_of(now))
        case = replace(case, letters=letters)
        invoices = letter_invoices(case, before.invoices.values())
        demand = demand_of(case, facts.debtor, invoices, action.channel, day_of(now))
        if not demand.total_costs:
            raise Refused("no_costs", "Earlier letters about this contract bore all the costs.")
        one = Demanded(id, now, demand, contract=contract_of(facts.debtor, invoices))
        lettered = replace(case, letters=(*case.letters, one))
        named = {invoice.number for invoice in invoices}
        items = tuple(item for item in action.items if item.number in named)
        return Bill(lettered, action, items, demand)
    entries = tuple(books.all_of(Entry, case.org, case.debtor))
    how = Charging(facts.debtor, action.step, entries, messages, id, now)
    posted = charged(Posted(before), how)
    after = rescheduled(posted.position.case, now)
    items = tuple(item for item in after.items if item.number in numbers)
    return Bill(after, action, items, None, before, posted)
