"""What a decision about reminding reads of a debtor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.choosing import BY_PERSON, LiveStrategies, fitted, strategy_of
from kasstroom.dunning.leaving_alone import left_alone
from kasstroom.dunning.letters import term_until
from kasstroom.dunning.model import Block, DunningCase
from kasstroom.dunning.scheduling import retracked
from kasstroom.dunning.steps import PROVABLE, Facts
from kasstroom.dunning.strategy import StepKind, Strategy, track_of
from kasstroom.errors import NotFound
from kasstroom.messages.model import Message
from kasstroom.messages.ways import in_order, reach
from kasstroom.payments.model import FINAL_ATTEMPTS, PaymentAttempt
from kasstroom.ports import Books
from kasstroom.segments.model import DebtorSegments

PAYING_MINUTES = 60
"""So long a payment that was begun and not ended keeps reminders away: whoever pays now is not
reminded, and whoever closed the page is reminded within the hour."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The case on the strategies in force, and what stands in the way of its next step. `case` may
    differ from `stored` by the strategy, and by the pauses `from_elsewhere`: those for everybody,
    and those that follow from what is known of the debtor."""

    stored: DunningCase
    case: DunningCase
    facts: Facts
    live: LiveStrategies
    chosen_by: str
    from_elsewhere: tuple[Block, ...] = ()

    def kept(self, case: DunningCase) -> DunningCase:
        """As it is stored: without what is looked at anew each time."""
        own = tuple(block for block in case.blocks if block not in self.from_elsewhere)
        return replace(case, blocks=own)


def standing_of(
    books: Books, org: str, number: str, now: datetime, *, trial: Strategy | None = None
) -> Standing:
    """NotFound when there is no such debtor. With a `trial` as if that strategy were in force for
    all that have none of a person's choice."""
    stored = books.find(DunningCase, org, number)
    debtor = books.find(Debtor, org, number)
    if stored is None or debtor is None:
        raise NotFound("debtor_not_found", f"There is no debtor {number}.")
    live = books.find(LiveStrategies, org) or LiveStrategies(org)
    known = books.find(DebtorSegments, org, number)
    segments = known.segments if known else ()
    case = fitted(stored, live, segments, now)
    account = books.find(CreditAccount, org, number)
    elsewhere = (*live.pauses, *left_alone(books, org, number, account))
    case = replace(case, blocks=(*case.blocks, *elsewhere)) if elsewhere else case
    strategy, chosen_by = strategy_of(live, case, segments)
    if trial and chosen_by != BY_PERSON:
        strategy, case = trial, retracked(case, track_of(trial), now)
    reached = reach(books, debtor, channels=_channels(strategy, debtor))
    facts = Facts(
        debtor, strategy, reached.ways, closed=reached.closed,
        late_percent=(account and account.behaviour.late_percent) or 0,
        paying_until=_paying_until(books, case, now),
        term_until=term_until(case, _letters(books, case), now),
        strategies=tuple(live.active.values()), segments=tuple(segments),
    )  # fmt: skip
    return Standing(stored, case, facts, live, chosen_by, elsewhere)


def _channels(strategy: Strategy, debtor: Debtor) -> tuple[Channel, ...]:
    """The usual ones, the preferred first, and what the steps name."""
    named = [channel for step in strategy.steps for channel in step.channels]
    if any(step.kind is StepKind.FOURTEEN_DAY_LETTER for step in strategy.steps):
        named += PROVABLE
    return tuple(dict.fromkeys((*in_order(debtor), *named)))


def _paying_until(books: Books, case: DunningCase, now: datetime) -> datetime | None:
    """Read only when something may be said now, or waits for exactly this."""
    paying = timedelta(minutes=PAYING_MINUTES)
    if case.next_action_at is None or case.next_action_at > now + paying:
        return None
    begun = [
        attempt.created_at + paying
        for attempt in books.all_of(PaymentAttempt, case.org, case.debtor)
        if attempt.state not in FINAL_ATTEMPTS
    ]
    return max(begun, default=None)


def _letters(books: Books, case: DunningCase) -> dict[str, Message]:
    found = (books.find(Message, case.org, case.debtor, x.message) for x in case.letters)
    return {message.id: message for message in found if message}
