"""Money that moves: ledger entries, payment links, attempts at a provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.money import Money
from kasstroom.organisations.model import Language

LINK_REFERENCE = "creditor_reference"
"""The kind of name by which a transfer finds the link whose reference it mentions."""
PROVIDERS = ("mollie", "stripe")
"""Who can take a payment for us, and send it back."""


class EntryKind(StrEnum):
    """What a ledger entry books. Signed: what the debtor owes more is positive.

    Money: `payment` came in, `refund` was paid back by us, `refund_returned` came back to us,
    `chargeback` was taken back by the payer or the bank, `reversal` undoes a chargeback. Ours:
    `write_off`, `recovery` (undoes a write-off), `small_difference`, `costs`, `interest`,
    `exchange` (a difference in rates), `reallocation`, which moves and adds up to nothing, and
    `transfer`: a payment that was this debtor's by mistake is taken out again.
    """

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    REFUND = "refund"
    REFUND_RETURNED = "refund_returned"
    CHARGEBACK = "chargeback"
    REVERSAL = "reversal"
    WRITE_OFF = "write_off"
    RECOVERY = "recovery"
    SMALL_DIFFERENCE = "small_difference"
    COSTS = "costs"
    INTEREST = "interest"
    EXCHANGE = "exchange"
    REALLOCATION = "reallocation"
    TRANSFER = "transfer"


class Part(StrEnum):
    """What of an invoice an allocation pays (art. 6:44 BW)."""

    PRINCIPAL = "principal"
    COSTS = "costs"
    INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of an entry that lands on one invoice, with the entry's sign."""

    invoice: str
    amount: Money
    part: Part = Part.PRINCIPAL


@dataclass(frozen=True, slots=True)
class Entry:
    """Append-only. `(source, external_id, kind)` is unique; `unallocated` stays with the debtor.
    `about` names the entry it corrects; `by` and `reason` say who wanted it and why."""

    org: str
    debtor: str
    id: str
    kind: EntryKind
    amount: Money
    allocations: tuple[Allocation, ...]
    booked_at: datetime
    booked_on: date
    source: str
    external_id: str
    about: str = ""
    by: str = ""
    reason: str = ""

    @property
    def unallocated(self) -> Money:
        allocated = sum(allocation.amount.minor for allocation in self.allocations)
        return Money(self.amount.minor - allocated, self.amount.currency)


@dataclass(frozen=True, slots=True)
class BookedPayment:
    """A payment in the organisation's list of the day (Amsterdam) it was booked; below zero one
    that a person took out of the ledger again that day."""

    org: str
    day: date
    id: str
    debtor: str
    amount: Money
    unallocated: Money
    allocations: tuple[Allocation, ...]
    provider: str
    provider_id: str
    booked_at: datetime


class LinkState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    REVOKED = "revoked"


class LinkKind(StrEnum):
    """What is paid on a link: `all` that is open of its invoices, a `part` that the creditor sets,
    or a `free` amount that the payer chooses."""

    ALL = "all"
    PART = "part"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Instalment:
    """Which part of an arrangement a link asks for: `number` of `of`, on or before `due_on`."""

    number: int
    of: int
    due_on: date


@dataclass(frozen=True, slots=True)
class PaymentLink(Versioned):
    """A page where a debtor pays one or many invoices; the token is stored as its SHA-256 only.

    `amount` is what was asked when it was made; of a `part` link it stays the most that is asked.
    `paid_minor` came in on this link, less what went back. `ended_for` says why it was revoked.
    """

    org: str
    debtor: str
    id: str
    token_hash: str
    invoices: tuple[str, ...]
    amount: Money
    language: Language
    state: LinkState
    created_at: datetime
    expires_at: datetime
    created_for: str = "api"
    reference: str = ""
    attempt_id: str | None = None
    kind: LinkKind = LinkKind.ALL
    minimum_minor: int = 0
    instalment: Instalment | None = None
    paid_minor: int = 0
    ended_for: str = ""
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link in the organisation's list; `place` sorts the newest first."""

    org: str
    place: str
    debtor: str
    id: str


class AttemptState(StrEnum):
    CREATED = "created"
    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"


FINAL_ATTEMPTS = frozenset(
    {AttemptState.PAID, AttemptState.FAILED, AttemptState.CANCELED, AttemptState.EXPIRED}
)


@dataclass(frozen=True, slots=True)
class PaymentAttempt(Versioned):
    """One try to pay at a provider. Stored before the provider is called; `idempotency_key` is a
    UUID v4 that every retry of the same attempt repeats. `token_hash` is that of the address the
    payer comes back to, `methods` are the ways to pay it offers (our names).
    """

    org: str
    debtor: str
    id: str
    link_id: str
    provider: str
    idempotency_key: str
    amount: Money
    state: AttemptState
    created_at: datetime
    sweep_at: datetime
    provider_id: str = ""
    checkout_url: str = ""
    expires_at: datetime | None = None
    paid_on: date | None = None
    token_hash: str = ""
    methods: tuple[str, ...] = ()

    @property
    def due(self) -> Due | None:
        return None if self.state in FINAL_ATTEMPTS else Due(Work.ATTEMPT_SWEEP, self.sweep_at)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """`taken_minor` of a payment, in its own currency, that pays an invoice in another."""

    taken_minor: int
    paid: Allocation


@dataclass(frozen=True, slots=True)
class MoneyIn(Versioned):
    """Where one payment rests now. `allocations` are the parts of invoices it pays (above zero),
    `returned` went back (refund, chargeback), `kept` was a small difference or went into another
    currency (`exchanged` says into which invoices); what is then left is the debtor's. Below zero:
    more went back than came in.

    `refunding` is what refunds asked for but not booked yet may take. `paid_on` is the day the
    payer paid, `id` that of the ledger entry that booked it.
    """

    org: str
    debtor: str
    id: str
    amount: Money
    source: str
    external_id: str
    method: str
    paid_on: date
    allocations: tuple[Allocation, ...] = ()
    returned_minor: int = 0
    kept_minor: int = 0
    refunding_minor: int = 0
    exchanged: tuple[Exchanged, ...] = ()

    @property
    def pays(self) -> tuple[str, ...]:
        """Every invoice that is open again when it goes back."""
        numbers = (
            *(a.invoice for a in self.allocations),
            *(x.paid.invoice for x in self.exchanged),
        )
        return tuple(dict.fromkeys(numbers))

    @property
    def left(self) -> Money:
        rests = sum(allocation.amount.minor for allocation in self.allocations)
        minor = self.amount.minor - rests - self.returned_minor - self.kept_minor
        return Money(minor, self.amount.currency)

    @property
    def refundable(self) -> Money:
        """What can still be sent back, wherever it rests."""
        minor = self.amount.minor - self.returned_minor - self.kept_minor - self.refunding_minor
        return Money(max(0, minor), self.amount.currency)


class RefundStatus(StrEnum):
    """`requested`: not at the provider yet. `sent`: the provider has it. `booked`: the ledger has
    it. `failed`: refused, or the money came back."""

    REQUESTED = "requested"
    SENT = "sent"
    BOOKED = "booked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Refund(Versioned):
    """Money we want to send back of one payment (`money_id`). Stored before the provider is asked;
    `idempotency_key` is a UUID v4 that every retry repeats."""

    org: str
    debtor: str
    id: str
    money_id: str
    provider: str
    payment_id: str
    amount: Money
    reason: str
    by: str
    status: RefundStatus
    idempotency_key: str
    requested_at: datetime
    look_at: datetime
    provider_id: str = ""
    problem: str = ""

    @property
    def due(self) -> Due | None:
        waits = self.status in (RefundStatus.REQUESTED, RefundStatus.SENT)
        return Due(Work.REFUND, self.look_at) if waits else None


class WorkState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class UnmatchedMoney(Versioned):
    """Money received that no open invoice takes: never dropped, it has an owner and a deadline.
    `entry_id` names the payment; `amount` is what is left of it now. Resolved, it goes after some
    weeks (`gone_at`): the ledger keeps the story."""

    org: str
    debtor: str
    id: str
    amount: Money
    entry_id: str
    reason: str
    received_at: datetime
    owner: str
    resolve_by: date
    state: WorkState = WorkState.OPEN
    gone_at: datetime | None = None
