"""Direct debit: what is collected with mandates, in batches of one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.mandates.calendar import last_file_day, start_of
from kasstroom.mandates.model import Scheme, SequenceType
from kasstroom.mandates.terms import CollectPer, FileFormat
from kasstroom.money import Money


class CollectionState(StrEnum):
    """`planning` and `exporting` go on when they are asked for again. `exported`: there is a file,
    or nothing was left to collect."""

    PLANNING = "planning"
    PLANNED = "planned"
    EXPORTING = "exporting"
    EXPORTED = "exported"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"


NOT_AT_THE_BANK = frozenset(
    {CollectionState.PLANNING, CollectionState.PLANNED, CollectionState.EXPORTING}
)
"""There is no file that anybody could have sent."""
GOES_ON_AFTER = timedelta(minutes=15)
MOST_HELD = 200


class LineState(StrEnum):
    """`announced`: planned, and the debtor is told. `collecting`: it is in the file. `left_out`: it
    is not, with the reason. `rejected`: the bank did not take it. `returned`: the money went
    back."""

    ANNOUNCED = "announced"
    COLLECTING = "collecting"
    LEFT_OUT = "left_out"
    CANCELLED = "cancelled"
    COLLECTED = "collected"
    REJECTED = "rejected"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A debtor of whom nothing is collected though something was asked for, and why."""

    debtor: str
    why: str


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who collects, as the file says it; kept, so that the same file can be made again."""

    name: str
    creditor_id: str
    iban: str
    bic: str


@dataclass(frozen=True, slots=True)
class Collection(Versioned):
    """A batch of direct debits for one day. `debtors` empty: everybody with a mandate. `due_by`:
    invoices due on that day or before. `cursor` is how far planning, exporting or cancelling is.

    `lines` and `announced` count what was planned; `file_lines` and `file_total` what the file
    asks for, `file_sha256` is that of its bytes and `file_key` its place.
    """

    org: str
    id: str
    scheme: Scheme
    per: CollectPer
    collect_on: date
    due_by: date
    created_at: datetime
    created_by: str
    state: CollectionState = CollectionState.PLANNING
    debtors: tuple[str, ...] = ()
    cursor: str = ""
    lines: int = 0
    announced: Money = Money(0)
    skipped: tuple[Skipped, ...] = ()
    skipped_more: int = 0
    format: FileFormat = FileFormat.PAIN_008_08
    creditor: Creditor | None = None
    exported_at: datetime | None = None
    exported_by: str = ""
    file_key: str = ""
    file_sha256: str = ""
    file_lines: int = 0
    file_total: Money = Money(0)
    ended_at: datetime | None = None
    reason: str = ""

    @property
    def due(self) -> Due | None:
        """When nobody made the file in time, or a cancellation broke off half-way."""
        if self.state in NOT_AT_THE_BANK:
            last = last_file_day(self.collect_on)
            return Due(Work.COLLECTION, start_of(last + timedelta(days=1)))
        if self.state is CollectionState.CANCELLING and self.ended_at:
            return Due(Work.COLLECTION, self.ended_at + GOES_ON_AFTER)
        return None

    @property
    def message_id(self) -> str:
        """Names the file at the bank (MsgId)."""
        return "KS" + self.id.removeprefix("col_")


@dataclass(frozen=True, slots=True)
class CollectionLine(Versioned):
    """One direct debit; `id` is its end-to-end id: the collection's message id and a number.

    `amount` is what was announced and, once it is in the file, what is asked for: never more.
    `invoices` may hold credit notes that are netted. What the file says of the debtor is a copy of
    the mandate. `announced_on` is the day the notice went out, written down when the file is made.
    `bank_line` brought the money, `money_id` is its booking. `tells_account`: the file says that
    the mandate has another account than before.
    """

    org: str
    collection: str
    id: str
    debtor: str
    mandate: str
    invoices: tuple[str, ...]
    amount: Money
    announced_on: date | None
    collect_on: date
    state: LineState = LineState.ANNOUNCED
    reason: str = ""
    mandate_reference: str = ""
    signed_on: date | None = None
    holder: str = ""
    iban: str = ""
    sequence: SequenceType | None = None
    money_id: str = ""
    bank_line: str = ""
    tells_account: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice or credit note that a line of a collection has, announced or at the bank."""

    invoice: str
    line: str
    collect_on: date


@dataclass(frozen=True, slots=True)
class Held:
    """An invoice whose direct debit came back for a reason (the bank's code) that somebody has to
    speak with the debtor about: not collected again with everybody's, only when a person names the
    debtor."""

    invoice: str
    reason: str


@dataclass(frozen=True, slots=True)
class Collecting(Versioned):
    """What is being collected of a debtor: each invoice by one line at a time; `held` are those
    that wait for a talk, the latest."""

    org: str
    debtor: str
    claims: tuple[Claim, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def invoices(self) -> frozenset[str]:
        return frozenset(claim.invoice for claim in self.claims)

    def with_lines(self, lines: Iterable[CollectionLine]) -> Collecting:
        """With the invoices of these lines claimed."""
        new = [Claim(n, line.id, line.collect_on) for line in lines for n in line.invoices]
        asked = {claim.invoice for claim in new}
        held = tuple(one for one in self.held if one.invoice not in asked)
        return replace(self, claims=(*self.claims, *new), held=held)

    def with_held(self, invoices: Iterable[str], reason: str) -> Collecting:
        """With these invoices held for this reason."""
        new = dict.fromkeys(invoices)
        others = tuple(one for one in self.held if one.invoice not in new)
        return replace(self, held=(*others, *(Held(n, reason) for n in new))[-MOST_HELD:])

    def day_of(self, invoice: str) -> date | None:
        """When it is collected; None when it is not."""
        return next((c.collect_on for c in self.claims if c.invoice == invoice), None)
