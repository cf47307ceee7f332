"""A file of invoices on its way into the books: one result per row, nothing half-booked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.debtors.model import Address, Contact, DebtorKind, Identifier
from kasstroom.invoices.model import DocumentKind, InvoiceDocument
from kasstroom.money import Money
from kasstroom.organisations.model import Language


class ImportState(StrEnum):
    AWAITING_UPLOAD = "awaiting_upload"
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


class RowStatus(StrEnum):
    """`skipped`: read, and rightly not booked (a line the bank has not booked itself).
    `quarantined`: a bank statement of a zip that is not trusted; it counts as failed."""

    OK = "ok"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    SKIPPED = "skipped"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Import(Versioned):
    """`error` tells why the whole file was refused; row results lie beside the file in S3."""

    org: str
    id: str
    filename: str
    state: ImportState
    created_at: datetime
    object_key: str = ""
    format: str = ""
    rows: int = 0
    ok: int = 0
    duplicates: int = 0
    failed: int = 0
    error_code: str = ""
    error: str = ""
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """`position` is the file inside a zip and the line, as a person would look for it."""

    position: str
    status: RowStatus
    number: str = ""
    debtor: str = ""
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDebtor:
    """The debtor as a document names it. `number` is set only when the file gives the creditor's
    own debtor number (a CSV column); otherwise the debtor is found by `identifiers`.
    """

    name: str
    number: str = ""
    kind: DebtorKind = DebtorKind.COMPANY
    address: Address = Address()
    contact: Contact = Contact()
    identifiers: tuple[Identifier, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class ParsedInvoice:
    """One document read from a file, before anything is booked. `amount` is what is payable,
    positive for an invoice and negative for a credit note; `due_on` None means terms decide.
    `document` is the invoice itself, when the file holds it.
    """

    position: str
    number: str
    kind: DocumentKind
    debtor: ParsedDebtor
    issued_on: date
    due_on: date | None
    amount: Money
    payment_reference: str = ""
    purchase_order: str = ""
    credits_invoice: str = ""
    document: InvoiceDocument | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be read, with what to fix."""

    position: str
    code: str
    reason: str
    number: str = ""
    quarantined: bool = False
