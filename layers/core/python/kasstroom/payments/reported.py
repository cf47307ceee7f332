"""What a provider reports of payments, translated into our words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.money import Money
from kasstroom.payments.model import AttemptState


class RefundState(StrEnum):
    PENDING = "pending"
    REFUNDED = "refunded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """Money we send back. `failed` after it was sent: the money came back (a bounced refund).
    `reference` is our refund's id when we asked for it, empty when it was made elsewhere."""

    id: str
    amount: Money
    state: RefundState
    at: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ProviderChargeback:
    """Money the payer or the bank took back; `reversed_at`: it was given to us again."""

    id: str
    amount: Money
    at: datetime
    reason: str = ""
    reversed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProviderPayment:
    """A payment as the provider reports it, translated; unknown methods are valid. `refunds` and
    `chargebacks` are all it had so far, in any order."""

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
    refunds: tuple[ProviderRefund, ...] = ()
    chargebacks: tuple[ProviderChargeback, ...] = ()
    payer_name: str = ""
    payer_iban: str = ""


class NewsKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"
    CHARGEBACK = "chargeback"


@dataclass(frozen=True, slots=True)
class ProviderNews:
    """One thing that happened at the provider, from its own lists: what the ledger is compared
    with. `payment_id` is the payment it belongs to (itself for a payment); `reference` is our
    attempt id, empty when the list does not say. `settled`: the money moved, or is on its way, and
    has not come back: a payment that is paid, a refund that did not fail, a chargeback that is not
    reversed. `came_back`: it did: a refund that failed, a chargeback that was reversed."""

    kind: NewsKind
    id: str
    payment_id: str
    amount: Money
    at: datetime
    settled: bool
    reference: str = ""
    came_back: bool = False


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """What one payment, refund, chargeback or fee adds to a settlement: gross - fee = net, each
    rounded to minor units only when the settlement's total is. `kind`: `payment`, `refund`,
    `refund_returned`, `chargeback`, `reversal`, `fee`, `rounding`, or `other` for what a provider
    does not itemise. `reference` is our attempt id, of a payment where the provider says it;
    `payment_id` is the payment a line belongs to, empty where that is not said."""

    kind: str
    provider_id: str
    gross: Money
    fee: Money
    net: Money
    reference: str = ""
    payment_id: str = ""


@dataclass(frozen=True, slots=True)
class ProviderSettlement:
    """What a provider paid out to the bank; `reference` is what the bank statement shows."""

    provider: str
    id: str
    reference: str
    amount: Money
    paid_on: date | None
    lines: tuple[SettlementLine, ...]
