"""The case of a debtor: what is open, how far reminding is, and what makes it wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.compliance.contact_frequency import Contact, Contacted, with_contact
from kasstroom.compliance.demand import Demand
from kasstroom.dunning.strategy import DEFAULT_TRACK, StepKind, Track
from kasstroom.money import Money
from kasstroom.time import day_of


class BlockReason(StrEnum):
    """Why reminding pauses. `direct_debit` and `payment_returned` are set by the books and lifted
    by them; a person sets the others."""

    PROMISE = "promise"
    PAYMENT_PLAN = "payment_plan"
    SAYS_PAID = "says_paid"
    CANNOT_PAY = "cannot_pay"
    MANUAL = "manual"
    VALIDATION = "validation"
    INSOLVENCY = "insolvency"
    DEBT_COUNSELLING = "debt_counselling"
    DECEASED = "deceased"
    IN_PERSON = "in_person"
    LEGAL = "legal"
    DISPUTE = "dispute"
    HANDED_OVER = "handed_over"
    DIRECT_DEBIT = "direct_debit"
    PAYMENT_RETURNED = "payment_returned"


class Scope(StrEnum):
    """What a pause holds: everybody, a debtor until it is lifted, what is open now (it ends when
    nothing is open any more), or one invoice."""

    ORGANISATION = "organisation"
    DEBTOR = "debtor"
    CASE = "case"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Block:
    """A pause with a reason and an end; `until` None means until lifted. `id` names the pause in
    the history, "" when the books set it."""

    reason: str
    until: datetime | None = None
    scope: Scope = Scope.CASE
    id: str = ""

    def holds(self, now: datetime) -> bool:
        return self.until is None or self.until > now


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open invoice as the case sees it; `level` is the number of steps of its track it has been
    through, `reached` the furthest kind it was sent, and `disputed_minor` the part of `open` nobody
    is reminded of, `costs_minor` and `interest_minor` what of it are charges. `track` is its own
    strategy, None: the case's. `returned_on` is the day its payment was taken back."""

    number: str
    due_on: date
    open: Money
    level: int = 0
    disputed_minor: int = 0
    costs_minor: int = 0
    interest_minor: int = 0
    issued_on: date | None = None
    reached: StepKind | None = None
    track: Track | None = None
    blocks: tuple[Block, ...] = ()
    returned_on: date | None = None

    @property
    def claimable(self) -> Money:
        return Money(self.open.minor - self.disputed_minor, self.open.currency)

    @property
    def charges_minor(self) -> int:
        return self.costs_minor + self.interest_minor


@dataclass(frozen=True, slots=True)
class Demanded:
    """What was demanded: in the fourteen-day letter that `message` is, or of a business, which owes
    costs without one. `contract`: its claims are instalments of it. `charged` once the costs are
    booked."""

    message: str
    at: datetime
    demand: Demand
    charged: bool = False
    contract: str = ""

    @property
    def sent_on(self) -> date:
        return day_of(self.at)

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(number for number, _ in self.demand.claims)


@dataclass(frozen=True, slots=True)
class DunningCase(Versioned):
    """How far reminding a debtor is. `items` are all open items; credit notes are negative.

    `sequence` counts the messages planned so far and names the next one, so that a message can be
    claimed once; `next_action_at` None means nothing is planned. `chosen` is the strategy a person
    chose for this debtor, "": by segment or organisation. `proposal` is for the
    invoices that are `waiting` for a person, until it is `approved`; the others go on. `timed` is
    the message (by its `sequence`) that has waited for its hour. `contacts` are the last messages
    and calls of whatever kind, as many as the caps on contact look at.
    """

    org: str
    debtor: str
    chosen: str = ""
    track: Track = DEFAULT_TRACK
    items: tuple[OpenItem, ...] = ()
    sequence: int = 0
    next_action_at: datetime | None = None
    last_sent_at: datetime | None = None
    blocks: tuple[Block, ...] = ()
    letters: tuple[Demanded, ...] = ()
    proposal: str = ""
    waiting: tuple[str, ...] = ()
    approved: bool = False
    timed: int = -1
    contacts: tuple[Contacted, ...] = ()

    @property
    def due(self) -> Due | None:
        return Due(Work.DUNNING, self.next_action_at) if self.next_action_at else None

    def waits(self, item: OpenItem) -> bool:
        """Whether its next step waits for a person."""
        return item.number in self.waiting and not self.approved

    def not_waiting_for(self, number: str) -> DunningCase:
        """A proposal is over with what it was for: open again, an invoice starts again."""
        waiting = tuple(each for each in self.waiting if each != number)
        if waiting or not self.waiting:
            return replace(self, waiting=waiting)
        return replace(self, waiting=(), proposal="", approved=False)

    def track_of(self, item: OpenItem) -> Track:
        return item.track or self.track

    def contacted(self, contact: Contact, at: datetime) -> DunningCase:
        return replace(self, contacts=with_contact(self.contacts, Contacted(at, contact)))
