"""What a part of an entry does to the invoice it lands on, and what it says of how the debtor pays.
Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kasstroom.credit.model import CreditAccount
from kasstroom.invoices.model import Invoice
from kasstroom.payments.model import Allocation, EntryKind, Part
from kasstroom.risk import behaviour

PAID_BY_DEBTOR = frozenset({EntryKind.PAYMENT, EntryKind.REVERSAL, EntryKind.REFUND_RETURNED})
"""What counts as paying in the payment behaviour."""
TAKEN_BACK = frozenset({EntryKind.REFUND, EntryKind.CHARGEBACK})
MOVED = frozenset({EntryKind.REALLOCATION, EntryKind.EXCHANGE})
"""The debtor's own money to an invoice, or off it."""


def open_of(invoice: Invoice, part: Part) -> int:
    """What is open of a part of an invoice, in minor units."""
    match part:
        case Part.COSTS:
            return invoice.costs_minor
        case Part.INTEREST:
            return invoice.interest_minor
        case _:
            return invoice.open.minor


def applied(invoice: Invoice, allocation: Allocation, kind: EntryKind) -> Invoice:
    minor = allocation.amount.minor
    if allocation.part is Part.COSTS:
        return replace(invoice, costs_minor=invoice.costs_minor + minor)
    if allocation.part is Part.INTEREST:
        return replace(invoice, interest_minor=invoice.interest_minor + minor)
    given_up = -minor if kind in (EntryKind.WRITE_OFF, EntryKind.RECOVERY) else 0
    return replace(
        invoice,
        open=invoice.open + allocation.amount,
        written_off_minor=invoice.written_off_minor + given_up,
    )


def behaved(
    account: CreditAccount,
    before: Invoice,
    after: Invoice,
    allocation: Allocation,
    kind: EntryKind,
    money: int,
    paid_on: date,
) -> tuple[Invoice, CreditAccount]:
    """How the debtor paid the principal; a credit note pays nothing, and other currencies than the
    account's are not counted."""
    minor = allocation.amount.minor
    if allocation.part is not Part.PRINCIPAL:
        return after, account
    counted = before.open.currency == account.currency
    habits = account.behaviour
    comes = kind in PAID_BY_DEBTOR or (kind in MOVED and minor < 0)
    goes = kind in TAKEN_BACK or (kind in MOVED and minor > 0)
    if comes and (paid := money if kind is EntryKind.PAYMENT else -minor):
        settled = not after.open
        if counted:
            habits = behaviour.paid(habits, paid, before.due_on, paid_on, settled)
        after = replace(after, settled_on=paid_on if settled else None)
    if goes and counted:
        habits = behaviour.unpaid(habits, minor, before.due_on, paid_on)
    if after.open and before.settled_on:
        if counted:
            habits = behaviour.reopened(habits, before.due_on, before.settled_on)
        after = replace(after, settled_on=None)
    return after, replace(account, behaviour=habits)
