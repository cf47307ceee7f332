"""What a bank reports: statements, their lines, and what became of each line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.money import Money


class StatementFormat(StrEnum):
    CAMT_053 = "camt.053"
    CAMT_052 = "camt.052"
    CAMT_054 = "camt.054"
    MT940 = "mt940"
    MT942 = "mt942"


class EntryStatus(StrEnum):
    """As ISO 20022 has it: only booked money is money."""

    BOOKED = "BOOK"
    PENDING = "PDNG"
    INFORMATION = "INFO"


class ReferenceKind(StrEnum):
    """How a structured creditor reference was announced, `NONE` without one."""

    NONE = "NONE"
    RF = "ISO11649"
    BETALINGSKENMERK = "NL-BETALINGSKENMERK"


@dataclass(frozen=True, slots=True)
class ParsedTransaction:
    """One payment inside an entry. `amount` is signed: money that came in is positive; the other
    party is who paid us, or whom we paid."""

    amount: Money
    counterparty_name: str = ""
    counterparty_iban: str = ""
    ultimate_name: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    reference: str = ""
    reference_kind: ReferenceKind = ReferenceKind.NONE
    text: str = ""
    return_reason: str = ""
    bank_reference: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One line of a statement; a batch holds many transactions, which add up to `amount`. None: the
    bank told no details. `code` is the bank's transaction code, `text` what it wrote beside the
    entry itself. `reference` counts entries, `bank_reference` is the bank's own name for it."""

    position: str
    amount: Money
    status: EntryStatus
    booked_on: date
    value_on: date
    reference: str
    bank_reference: str
    reversal: bool
    code: str
    transactions: tuple[ParsedTransaction, ...]
    text: str = ""
    dated: bool = True
    """False when the bank gave no booking day and another day stands in for it."""


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """`opening` and `closing` are None where the format has no such balance (camt.054). `from_on`
    is the day of the opening balance, `to_on` that of the closing one, else what the bank says."""

    position: str
    format: StatementFormat
    account: str
    id: str
    number: str
    opening: Money | None
    closing: Money | None
    from_on: date | None
    to_on: date | None
    entries: tuple[ParsedEntry, ...]


class AccountKind(StrEnum):
    """`g_account`: blocked; it is ours, to pay wage tax and VAT with (chain liability, Wka)."""

    CURRENT = "current"
    G_ACCOUNT = "g_account"


@dataclass(frozen=True, slots=True)
class BankAccount(Versioned):
    """An account of the organisation; `last_statement`, `closing` and `closed_on` are those of the
    latest statement imported: the next one must continue from there."""

    org: str
    iban: str
    name: str = ""
    last_statement: str = ""
    closing: Money | None = None
    closed_on: date | None = None
    kind: AccountKind = AccountKind.CURRENT


class LineKind(StrEnum):
    RECEIPT = "receipt"
    RETURN = "return"
    REVERSAL = "reversal"
    PAYOUT = "payout"
    COSTS = "costs"
    PAYMENT = "payment"


class LineState(StrEnum):
    """`open`: nobody knows yet. `proposed`: a match waits for a person. `matched`: booked.
    `cleared`: set against a provider's payout. `set_aside`: not a debtor's money (costs, own)."""

    OPEN = "open"
    PROPOSED = "proposed"
    MATCHED = "matched"
    CLEARED = "cleared"
    SET_ASIDE = "set_aside"


BY_PERSON = "by "
"""How the note of a line begins that a person matched; their name follows."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who a line may be for: `score` 0 to 100; `why` are codes that people and tests can read."""

    debtor: str
    invoices: tuple[str, ...]
    amount: Money
    score: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BankLine(Versioned):
    """One transaction of a statement, once, whichever files tell of it. `entries` are the ledger
    entries it became, as `debtor#entry`; `owner` has to resolve an open line by `resolve_by`."""

    org: str
    id: str
    account: str
    statement: str
    position: str
    kind: LineKind
    amount: Money
    booked_on: date
    value_on: date
    imported_at: datetime
    counterparty_name: str = ""
    counterparty_iban: str = ""
    ultimate_name: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    reference: str = ""
    reference_kind: ReferenceKind = ReferenceKind.NONE
    text: str = ""
    return_reason: str = ""
    bank_reference: str = ""
    state: LineState = LineState.OPEN
    proposals: tuple[Proposal, ...] = ()
    entries: tuple[str, ...] = ()
    owner: str = ""
    resolve_by: date | None = None
    note: str = ""
    source: str = ""
    """`import:<id>` of the file that told of it first."""


@dataclass(frozen=True, slots=True)
class QueuedLine(Versioned):
    """A line that waits for a person or for matching, the oldest money first; goes some weeks after
    it was resolved (`gone_at`). Matched again by itself at `next_try_at`, `tries` times so far; at
    `late_at` its owner's time is over, which is told once."""

    org: str
    id: str
    account: str
    kind: LineKind
    amount: Money
    booked_on: date
    state: LineState = LineState.OPEN
    owner: str = ""
    resolve_by: date | None = None
    gone_at: datetime | None = None
    next_try_at: datetime | None = None
    tries: int = 0
    late_at: datetime | None = None

    @property
    def due(self) -> Due | None:
        times = [at for at in (self.next_try_at, self.late_at) if at]
        return Due(Work.BANK_LINE, min(times)) if times else None
