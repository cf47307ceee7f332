"""Money that moves: ledger entries, payment links, attempts at a provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.money import Money
from kasstroom.organisations.model import Language


class EntryKind(StrEnum):
    """What a ledger entry books. Signed: what the debtor owes more is positive."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of an entry that lands on one invoice, with the entry's sign."""

    invoice: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Entry:
    """Append-only. `(source, external_id, kind)` is unique; `unallocated` stays with the debtor."""

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

    @property
    def unallocated(self) -> Money:
        allocated = sum(allocation.amount.minor for allocation in self.allocations)
        return Money(self.amount.minor - allocated, self.amount.currency)


@dataclass(frozen=True, slots=True)
class BookedPayment:
    """A payment in the organisation's list of the day (Amsterdam) it was booked."""

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


@dataclass(frozen=True, slots=True)
class PaymentLink(Versioned):
    """A page where a debtor pays one or many invoices; the token is stored as its SHA-256 only."""

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
    UUID v4 that every retry of the same attempt repeats.
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

    @property
    def due(self) -> Due | None:
        return None if self.state in FINAL_ATTEMPTS else Due(Work.ATTEMPT_SWEEP, self.sweep_at)


@dataclass(frozen=True, slots=True)
class ProviderPayment:
    """A payment as the provider reports it, translated; unknown methods are valid."""

    provider: str
    id: str
    mode: str
    state: AttemptState
    amount: Money
    method: str
    reference: str
    checkout_url: str = ""
    paid_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnmatchedMoney(Versioned):
    """Money received that no open invoice takes: never dropped, it has an owner and a deadline."""

    org: str
    debtor: str
    id: str
    amount: Money
    entry_id: str
    reason: str
    received_at: datetime
    owner: str
    resolve_by: date
    state: str = "open"
