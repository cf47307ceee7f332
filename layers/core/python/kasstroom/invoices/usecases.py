"""Invoices into the books: one transaction each, with ledger, credit account and dunning case."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes, Command, Reference
from kasstroom.credit import exposure
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reservations import reservation_of
from kasstroom.credit.warning import Grounds, default_ground, with_warning
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.dunning.stopping import stopped
from kasstroom.errors import NotFound, Refused
from kasstroom.events.invoices import InvoiceCredited, InvoiceIssued
from kasstroom.ids import derived_id, digest
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.invoices.referenced import findable
from kasstroom.invoices.reserved import consuming
from kasstroom.invoices.terms import deviation
from kasstroom.money import Money, minor_digits
from kasstroom.payments.model import Allocation, Entry, EntryKind
from kasstroom.ports import Books
from kasstroom.time import Day, day_of

NUMBER = re.compile(r"[^\s#\x00-\x1f][^#\x00-\x1f]{0,63}\Z")
LONGEST_TERM_DAYS = 3650
EARLIEST = date(1990, 1, 1)
"""Days before it, and more than ten years ahead, are mistyped."""


@dataclass(frozen=True, slots=True)
class NewInvoice(Command):
    """`amount` is what is payable, above zero; a credit note says so with `kind`. Without `due_on`
    the debtor's payment term, else the organisation's, counts from `issued_on`. `reservation` is
    the hold it uses up; `contract` the agreement it is an instalment of: such claims of a consumer
    bear costs together (art. 2a Besluit vergoeding BIK).
    """

    number: str
    debtor: str
    issued_on: Day
    amount: Money
    kind: DocumentKind = DocumentKind.INVOICE
    due_on: Day | None = None
    payment_reference: str = ""
    purchase_order: str = ""
    order_reference: str = ""
    credits_invoice: str = ""
    reservation: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What booking an invoice needs to know of the debtor; `credited` is the invoice that a
    credit note names, when it is this debtor's and still open."""

    account: CreditAccount
    case: DunningCase
    credited: Invoice | None


def book(
    books: Books,
    org: str,
    new: NewInvoice,
    *,
    terms_days: int,
    now: datetime,
    source: str = "api",
    grounds: Grounds = default_ground,
    document: str = "",
) -> tuple[Changes, Invoice]:
    """NotFound without the debtor; Duplicate when the number is in the books; Refused otherwise.
    `terms_days` counts for a debtor with whom no term was agreed; `document` is the key of the
    invoice's own document."""
    account = books.find(CreditAccount, org, new.debtor)
    case = books.find(DunningCase, org, new.debtor)
    if account is None or case is None:
        detail = f"There is no debtor {new.debtor}; register it first."
        raise NotFound("debtor_not_found", detail, "/body/debtor")
    agreed = account.terms_days
    usual = terms_days if agreed is None else agreed
    invoice = replace(opened(org, new, terms_days=usual, now=now, source=source), document=document)
    credited = _credited(books, invoice)
    changes, invoice = decide(invoice, Standing(account, case, credited), now)
    changes += deviation(invoice, agreed, now) + findable(books, invoice)
    if new.reservation:
        reservation = reservation_of(books, org, new.reservation)
        changes = consuming(changes, reservation, invoice, now)
    # After the reservation is used up: what moves from reserved to open is not used twice.
    return with_warning(changes, grounds, now), invoice


def opened(org: str, new: NewInvoice, *, terms_days: int, now: datetime, source: str) -> Invoice:
    """The open item a request describes; Refused with the field to fix."""
    if not NUMBER.match(new.number):
        detail = "An invoice number has 1 to 64 characters and no '#'."
        raise Refused("invalid_number", detail, "/body/number")
    minor_digits(new.amount.currency)
    if new.amount.minor < 0:
        detail = "The amount must not be negative; book a credit note with kind credit_note."
        raise Refused("negative_amount", detail, "/body/amount/value")
    if not EARLIEST <= new.issued_on <= day_of(now) + timedelta(days=LONGEST_TERM_DAYS):
        detail = "This day cannot be meant; give the day the invoice was made."
        raise Refused("invalid_day", detail, "/body/issued_on")
    due_on = new.due_on or new.issued_on + timedelta(days=terms_days)
    if due_on < new.issued_on:
        raise Refused("due_before_issue", "due_on lies before issued_on.", "/body/due_on")
    if (due_on - new.issued_on).days > LONGEST_TERM_DAYS:
        raise Refused("due_too_late", "due_on lies more than ten years ahead.", "/body/due_on")
    amount = -new.amount if new.kind is DocumentKind.CREDIT_NOTE else new.amount
    return Invoice(
        org, new.debtor, new.number, new.kind, new.issued_on, due_on, amount, amount, now,
        new.payment_reference, new.purchase_order, new.order_reference, new.credits_invoice,
        source, fingerprint=_fingerprint(new, due_on), contract=new.contract,
    )  # fmt: skip


def _fingerprint(new: NewInvoice, due_on: date) -> str:
    facts = (new.debtor, new.kind, new.issued_on, due_on, new.amount)
    return digest("\x1f".join(map(str, facts)))


def _credited(books: Books, invoice: Invoice) -> Invoice | None:
    """The invoice a credit note names, when it can be netted with it."""
    if invoice.kind is not DocumentKind.CREDIT_NOTE or not invoice.credits_invoice:
        return None
    named = books.find(Invoice, invoice.org, invoice.debtor, invoice.credits_invoice)
    fits = named and named.open.minor > 0 and named.open.currency == invoice.amount.currency
    return named if fits else None


def decide(invoice: Invoice, standing: Standing, now: datetime) -> tuple[Changes, Invoice]:
    """Pure: the invoice with its ledger entry; a credit note nets the invoice it names, and what is
    left of it stays a credit balance."""
    account, case, credited = standing.account, standing.case, standing.credited
    changes = Changes()
    netted = Money.zero(invoice.amount.currency)
    if credited:
        netted = Money(min(credited.open.minor, -invoice.amount.minor), invoice.amount.currency)
        credited_after = replace(
            credited,
            open=credited.open - netted,
            disputed_minor=max(0, credited.disputed_minor - netted.minor),
        )
        account = exposure.moved(account, credited.due_on, -netted)
        case = with_open(case, credited_after)
        event = InvoiceCredited(
            org=invoice.org, debtor=invoice.debtor, subject=credited.number, at=now,
            credited=netted, credit_note=invoice.number,
        )  # fmt: skip
        changes += Changes(update=(credited_after,), events=(event,))
        invoice = replace(invoice, open=invoice.amount + netted)
    account = exposure.moved(account, invoice.due_on, invoice.open)
    case = rescheduled(with_open(case, invoice), now)
    reference = Reference(invoice.org, "invoice", invoice.number, invoice.debtor, invoice.number)
    issued = InvoiceIssued(
        org=invoice.org, debtor=invoice.debtor, subject=invoice.number, at=now, kind=invoice.kind,
        amount=invoice.amount, issued_on=invoice.issued_on, due_on=invoice.due_on,
    )  # fmt: skip
    entry = _entry(invoice, credited, netted, now)
    booked = Changes(create=(invoice, reference, entry), update=(account, case), events=(issued,))
    told = stopped(standing.case, case, "credited", now)
    return booked + changes + Changes(events=told), invoice


def _entry(invoice: Invoice, credited: Invoice | None, netted: Money, now: datetime) -> Entry:
    allocations = (Allocation(invoice.number, invoice.open),) if invoice.open else ()
    if credited:
        allocations += (Allocation(credited.number, -netted),)
    return Entry(
        invoice.org, invoice.debtor,
        derived_id("ent", invoice.org, invoice.kind, invoice.number),
        EntryKind(invoice.kind), invoice.amount, allocations, now, day_of(now),
        invoice.source, invoice.number,
    )  # fmt: skip


def with_open(case: DunningCase, invoice: Invoice) -> DunningCase:
    """The case with this invoice's open amount; a settled one leaves the list."""
    known = {item.number: item for item in case.items}
    items = tuple(item for item in case.items if item.number != invoice.number)
    if invoice.payable:
        new = OpenItem(invoice.number, invoice.due_on, invoice.payable)
        item = known.get(invoice.number, new)
        kept = replace(
            item, open=invoice.payable, disputed_minor=invoice.disputed.minor,
            costs_minor=invoice.costs_minor, interest_minor=invoice.interest_minor,
            issued_on=invoice.issued_on,
        )  # fmt: skip
        items += (kept,)
    else:
        case = case.not_waiting_for(invoice.number)
    return replace(case, items=tuple(sorted(items, key=lambda i: (i.due_on, i.number))))


def invoice_of(books: Books, org: str, number: str) -> Invoice:
    reference = books.lookup(org, "invoice", number)
    if reference is None:
        raise NotFound("invoice_not_found", f"There is no invoice {number}.")
    return books.get(Invoice, org, reference.debtor, number)
