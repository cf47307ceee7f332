"""The self-insurance reserve (forfaitaire som): a fund of our own for what cannot be claimed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command, Versioned
from kasstroom.errors import Refused
from kasstroom.events.insurance import ReserveContributed, ReserveDrawn
from kasstroom.ids import new_id
from kasstroom.insurance.claim import Claim, ClaimState
from kasstroom.insurance.coverage import InvoiceCover, coverage
from kasstroom.insurance.expected_loss import LossTerms, checked
from kasstroom.insurance.model import Cover
from kasstroom.invoices.model import Invoice
from kasstroom.money import EUR, Money
from kasstroom.ports import Books
from kasstroom.time import day_of


class Because(StrEnum):
    """Why nothing can be claimed."""

    UNINSURED = "uninsured"
    REJECTED_CLAIM = "rejected_claim"


class EntryKind(StrEnum):
    CONTRIBUTION = "contribution"
    DRAW = "draw"


@dataclass(frozen=True, slots=True)
class Reserve(Versioned):
    """`balance` is always contributions less draws, and never below zero."""

    org: str
    balance: Money = Money(0, EUR)
    contributed: Money = Money(0, EUR)
    drawn: Money = Money(0, EUR)
    terms: LossTerms = field(default_factory=LossTerms)


@dataclass(frozen=True, slots=True)
class ReserveEntry:
    """One line of the fund's ledger: append-only."""

    org: str
    id: str
    kind: EntryKind
    amount: Money
    balance: Money
    at: datetime
    by: str
    debtor: str = ""
    invoice: str = ""
    claim: str = ""
    because: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceDraw(Versioned):
    """What the fund bore of one invoice so far."""

    org: str
    debtor: str
    invoice: str
    drawn: Money


@dataclass(frozen=True, slots=True)
class Contribute(Command):
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draw(Command):
    """`claim` names the rejected claim when that is why."""

    debtor: str
    invoice: str
    amount: Money
    because: Because
    claim: str = ""
    note: str = ""


def contribute(
    books: Books, org: str, told: Contribute, actor: Actor, now: datetime
) -> tuple[Changes, Reserve]:
    actor.must_be(Role.CREDIT_MANAGER)
    reserve = books.find(Reserve, org) or Reserve(org)
    _positive(told.amount, reserve)
    after = replace(
        reserve, balance=reserve.balance + told.amount,
        contributed=reserve.contributed + told.amount,
    )  # fmt: skip
    entry = ReserveEntry(
        org, new_id("rse", now), EntryKind.CONTRIBUTION, told.amount, after.balance, now,
        actor.name, note=told.note,
    )  # fmt: skip
    event = ReserveContributed(
        org=org, debtor="", subject=entry.id, at=now, amount=told.amount, balance=after.balance,
        by=actor.name,
    )  # fmt: skip
    return _written(reserve, after) + Changes(create=(entry,), events=(event,)), after


def draw(
    books: Books, org: str, told: Draw, actor: Actor, now: datetime
) -> tuple[Changes, Reserve]:
    """Refused above what nobody can claim of the invoice, and above the balance."""
    actor.must_be(Role.CREDIT_MANAGER)
    reserve = books.find(Reserve, org) or Reserve(org)
    _positive(told.amount, reserve)
    before = books.find(InvoiceDraw, org, told.debtor, told.invoice)
    drawn = before.drawn if before else Money.zero(reserve.balance.currency)
    room = lost_of(books, org, told, now) - drawn
    if room < told.amount:
        detail = f"Of invoice {told.invoice} {max(room, drawn - drawn)} can still be drawn."
        raise Refused("above_loss", detail, "/body/amount")
    if reserve.balance < told.amount:
        detail = f"The reserve holds {reserve.balance}; contribute first or draw less."
        raise Refused("reserve_insufficient", detail, "/body/amount")
    after = replace(
        reserve, balance=reserve.balance - told.amount, drawn=reserve.drawn + told.amount
    )
    entry = ReserveEntry(
        org, new_id("rse", now), EntryKind.DRAW, told.amount, after.balance, now, actor.name,
        told.debtor, told.invoice, told.claim, told.because, told.note,
    )  # fmt: skip
    event = ReserveDrawn(
        org=org, debtor=told.debtor, subject=entry.id, at=now, amount=told.amount,
        balance=after.balance, because=told.because, invoice=told.invoice, by=actor.name,
    )  # fmt: skip
    total = InvoiceDraw(org, told.debtor, told.invoice, drawn + told.amount)
    changes = _written(before, replace(total, version=before.version if before else 0))
    changes += _written(reserve, after) + Changes(create=(entry,), events=(event,))
    return changes, after


def lost_of(books: Books, org: str, told: Draw, now: datetime) -> Money:
    """What no insurer pays of an overdue invoice: its uninsured part and our own share, or all of
    it once the claim was rejected."""
    line = _line(books, org, told)
    if line is None or line.due_on >= day_of(now):
        detail = f"There is no overdue invoice {told.invoice} of {told.debtor}."
        raise Refused("invoice_not_overdue", detail, "/body/invoice")
    if told.because is Because.UNINSURED:
        return line.uninsured + line.co_share
    claim = books.get(Claim, org, id=told.claim)
    named = claim.debtor == told.debtor and told.invoice in {i.number for i in claim.invoices}
    if claim.state is not ClaimState.REJECTED or not named:
        detail = "This is not a rejected claim on this invoice."
        raise Refused("claim_not_rejected", detail, "/body/claim")
    return line.open


def _line(books: Books, org: str, told: Draw) -> InvoiceCover | None:
    cover = books.find(Cover, org, told.debtor)
    invoices = books.all_of(Invoice, org, told.debtor)
    currency = (cover.granted if cover and cover.granted else Money.zero()).currency
    lines = coverage(invoices, cover.periods if cover else (), None, currency)
    return next((line for line in lines if line.number == told.invoice), None)


def set_terms(books: Books, org: str, terms: LossTerms, actor: Actor) -> tuple[Changes, Reserve]:
    actor.must_be(Role.CREDIT_MANAGER)
    reserve = books.find(Reserve, org) or Reserve(org)
    after = replace(reserve, terms=checked(terms))
    return _written(reserve, after), after


def _positive(amount: Money, reserve: Reserve) -> None:
    if amount.minor <= 0 or amount.currency != reserve.balance.currency:
        detail = f"Give an amount above zero in {reserve.balance.currency}."
        raise Refused("invalid_amount", detail, "/body/amount")


def _written(before: Versioned | None, after: Versioned) -> Changes:
    if before is None or before.version == 0:
        return Changes(create=(after,))
    return Changes(update=(after,))
