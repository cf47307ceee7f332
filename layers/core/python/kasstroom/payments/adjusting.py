"""What is booked without money: given up, brought back, or charged. Pure."""

from __future__ import annotations

from datetime import datetime

from kasstroom.errors import Refused
from kasstroom.events.invoices import InvoiceCharged
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Allocation, EntryKind, Part
from kasstroom.payments.posting import Posted, entry_of, post

VALUE = "/body/amount/value"


def write_off(
    before: Posted, number: str, amount: Money, *, id: str, now: datetime, by: str, reason: str
) -> Posted:
    """Part or all of the open principal is given up; the debtor may still pay it. Refused above
    what is open."""
    invoice = before.position.invoices[number]
    _payable(invoice, amount)
    if amount.minor > invoice.open.minor:
        detail = f"{number} has {invoice.open} open; write off that at most."
        raise Refused("more_than_open", detail, VALUE)
    return _adjusted(
        before, EntryKind.WRITE_OFF, number, -amount, Part.PRINCIPAL, id, now, by, reason
    )


def recover(
    before: Posted, number: str, amount: Money, *, id: str, now: datetime, by: str, reason: str
) -> Posted:
    """What was written off is claimed again. Refused above what was."""
    invoice = before.position.invoices[number]
    _payable(invoice, amount)
    if amount.minor > invoice.written_off_minor:
        given_up = Money(invoice.written_off_minor, invoice.open.currency)
        detail = f"{given_up} of {number} was written off; bring back that at most."
        raise Refused("more_than_written_off", detail, VALUE)
    return _adjusted(
        before, EntryKind.RECOVERY, number, amount, Part.PRINCIPAL, id, now, by, reason
    )


def charge(
    before: Posted, number: str, kind: EntryKind, amount: Money, *, id: str, now: datetime, by: str,
    reason: str,
) -> Posted:  # fmt: skip
    """Collection costs or interest on an invoice; a negative amount waives what is open of them."""
    invoice = before.position.invoices[number]
    part = Part.COSTS if kind is EntryKind.COSTS else Part.INTEREST
    charged = invoice.costs_minor if part is Part.COSTS else invoice.interest_minor
    if invoice.amount.minor < 0 or amount.currency != invoice.open.currency or not amount:
        detail = f"Charge an amount in {invoice.amount.currency} on an invoice."
        raise Refused("cannot_charge", detail, VALUE)
    if amount.minor > 0 and invoice.open.minor <= 0:
        raise Refused("nothing_open", f"{number} is settled; nothing can be charged on it.", VALUE)
    if amount.minor + charged < 0:
        open_charge = Money(charged, amount.currency)
        detail = f"{number} has {open_charge} of {part} open; waive that at most."
        raise Refused("more_than_open", detail, VALUE)
    posted = _adjusted(before, kind, number, amount, part, id, now, by, reason)
    event = InvoiceCharged(
        org=invoice.org, debtor=invoice.debtor, at=now, subject=number, kind=kind, amount=amount,
        open=posted.position.invoices[number].payable,
    )  # fmt: skip
    return posted.told(event)


def _payable(invoice: Invoice, amount: Money) -> None:
    if amount.currency != invoice.open.currency or amount.minor <= 0:
        detail = f"Give an amount above zero in {invoice.open.currency}."
        raise Refused("not_positive", detail, VALUE)


def _adjusted(
    before: Posted,
    kind: EntryKind,
    number: str,
    amount: Money,
    part: Part,
    id: str,
    now: datetime,
    by: str,
    reason: str,
) -> Posted:
    entry = entry_of(
        before.position, kind, amount, (Allocation(number, amount, part),), now,
        source="kasstroom", external_id=id, by=by, reason=reason,
    )  # fmt: skip
    return post(before, entry)
