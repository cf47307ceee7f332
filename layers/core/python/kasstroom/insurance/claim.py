"""A claim at the insurer, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Command, Versioned
from kasstroom.insurance.coverage import InvoiceCover
from kasstroom.insurance.indemnity import Step
from kasstroom.insurance.terms import DocumentKind
from kasstroom.money import Money


class Cause(StrEnum):
    """The insured event: the debtor is insolvent, or did not pay within the waiting period."""

    INSOLVENCY = "insolvency"
    PROTRACTED_DEFAULT = "protracted_default"


class ClaimState(StrEnum):
    FILED = "filed"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class ClaimDocument(Command):
    """A reference to a document: its S3 key, its address, or its name in your archive."""

    kind: DocumentKind
    reference: str


@dataclass(frozen=True, slots=True)
class Claim(Versioned):
    """`debt` is what the invoices still owed when it was filed, `insured_debt` the part within the
    cover's limit; `expected` is our own sum with its `steps`. `aggregate` is what the claim takes
    of the policy's aggregate first loss once it is approved. `warnings` may cost the indemnity."""

    org: str
    id: str
    debtor: str
    policy: str
    cover: str
    cause: Cause
    filed_at: datetime
    filed_by: str
    invoices: tuple[InvoiceCover, ...]
    documents: tuple[ClaimDocument, ...]
    debt: Money
    insured_debt: Money
    expected: Money
    aggregate: Money
    steps: tuple[Step, ...] = ()
    below_threshold: bool = False
    warnings: tuple[str, ...] = ()
    collection_started_on: date | None = None
    insolvent_on: date | None = None
    state: ClaimState = ClaimState.FILED
    amount: Money | None = None
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    paid: Money | None = None
    paid_on: date | None = None
