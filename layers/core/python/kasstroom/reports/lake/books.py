"""Tables of what is owed and what moved: debtors, documents, ageing, the ledger, payments."""

from __future__ import annotations

from kasstroom.payments.model import PROVIDERS
from kasstroom.reports.ageing import Bucket, bucket_of, days_past_due
from kasstroom.reports.lake.about import DEBTOR, NAMED_DEBTOR
from kasstroom.reports.lake.shape import Column, Table, codes, day, moment, money, number, text
from kasstroom.time import day_of

TREND_DAYS = 400
"""Thirteen months: what a year ago is compared with."""
_OPAQUE_SOURCES = (*PROVIDERS, "bank")
"""Who names a payment by a code; what others call it may be any text."""

DEBTORS = Table(
    "debtors",
    (
        *NAMED_DEBTOR,
        text("token", "the debtor's token, as the table `events` has it", lambda r: r.who.token),
        text("country", "ISO 3166 code", lambda r: r.one.address.country),
        text("language", "the language it is written to in", lambda r: str(r.one.language)),
        text(
            "sector", "SBI code or the creditor's word; companies only",
            lambda r: "" if r.who.is_person else r.one.sector,
        ),
        text("segment", "first segment that systems may see", lambda r: r.more),
        day("created_on", "the day it was entered", lambda r: day_of(r.one.created_at)),
    ),
    "Debtors: companies by number and name, natural persons by token",
)  # fmt: skip

_DOCUMENT: tuple[Column, ...] = (
    text("number", "the document's number", lambda r: r.one.number),
    text("kind", "invoice or credit_note", lambda r: str(r.one.kind)),
    day("issued_on", "day of issue", lambda r: r.one.issued_on),
    day("due_on", "last day to pay", lambda r: r.one.due_on),
    number(
        "days_past_due", "days after due_on, negative before it",
        lambda r: days_past_due(r.one.due_on, r.as_of),
    ),
    text("bucket", "ageing bucket of what is open", lambda r: str(bucket_of(r.one, r.as_of))),
    text("currency", "ISO 4217 code", lambda r: r.one.amount.currency),
    *money("invoiced", "the document's amount; negative for a credit note", lambda r: r.one.amount),
    *money("open", "open principal", lambda r: r.one.open),
)  # fmt: skip

INVOICES = Table(
    "invoices",
    (
        *DEBTOR,
        *_DOCUMENT,
        number("costs_minor", "open collection costs, minor units", lambda r: r.one.costs_minor),
        number("interest_minor", "open interest, minor units", lambda r: r.one.interest_minor),
        number(
            "disputed_minor", "held by disputes of what is still to be paid, minor units",
            lambda r: r.one.disputed.minor,
        ),
        number(
            "written_off_minor", "given up of the principal, minor units",
            lambda r: r.one.written_off_minor,
        ),
        day("settled_on", "the day nothing of it was open any more", lambda r: r.one.settled_on),
        text("state", "open, partially_paid, paid, written_off", lambda r: str(r.one.state)),
        text("order_token", "token of its order, as in `decisions`; empty: none", lambda r: r.more),
        moment("created_at", "when it was booked here", lambda r: r.one.created_at),
    ),
    "All invoices and credit notes, settled ones too",
)  # fmt: skip

OPEN_ITEMS = Table(
    "open_items",
    (
        *NAMED_DEBTOR,
        *_DOCUMENT,
        moment("created_at", "when it was booked here", lambda r: r.one.created_at),
    ),
    "Invoices and credit notes that are not settled",
    kept_days=TREND_DAYS,
    for_people=True,
)

_BUCKETS = {
    Bucket.CURRENT: "open and not due yet, or due today",
    Bucket.DAYS_1_30: "1 to 30 days past due",
    Bucket.DAYS_31_60: "31 to 60 days past due",
    Bucket.DAYS_61_90: "61 to 90 days past due",
    Bucket.DAYS_91_120: "91 to 120 days past due",
    Bucket.DAYS_OVER_120: "more than 120 days past due",
    Bucket.UNALLOCATED: "credit notes and money no invoice took, negative",
}


def _bucket(bucket: Bucket, means: str) -> tuple[Column, Column]:
    return money(bucket, means, lambda r: r.one.by_bucket[bucket])


AGEING = Table(
    "ageing",
    (
        *NAMED_DEBTOR,
        text("currency", "ISO 4217 code", lambda r: r.one.currency),
        *(column for bucket, means in _BUCKETS.items() for column in _bucket(bucket, means)),
        *money("outstanding", "all buckets together", lambda r: r.one.outstanding),
    ),
    "What each debtor owes by days past due; the buckets add up to outstanding",
    kept_days=TREND_DAYS,
    for_people=True,
)

LEDGER = Table(
    "ledger",
    (
        *DEBTOR,
        text("entry", "id of the entry; it may have several rows", lambda r: r.one.entry.id),
        text("entry_kind", "invoice, payment, write_off, ...", lambda r: str(r.one.entry.kind)),
        text("part", "principal, costs, interest or unallocated", lambda r: r.one.part),
        text("invoice", "the document it landed on; none when unallocated", lambda r: r.one.number),
        text(
            "document_kind", "kind of that document",
            lambda r: str(r.one.invoice.kind) if r.one.invoice else None,
        ),
        day(
            "issued_on", "day of issue of that document",
            lambda r: r.one.invoice.issued_on if r.one.invoice else None,
        ),
        day(
            "due_on", "due day of that document",
            lambda r: r.one.invoice.due_on if r.one.invoice else None,
        ),
        day("effective_on", "the day it counts on in figures", lambda r: r.one.effective_on),
        day("booked_on", "the day of the money", lambda r: r.one.entry.booked_on),
        moment("booked_at", "when it was booked here", lambda r: r.one.entry.booked_at),
        text("source", "api, bank, mollie, ...", lambda r: r.one.entry.source),
        text("currency", "ISO 4217 code", lambda r: r.one.amount.currency),
        *money("booked", "this part; what is owed more is positive", lambda r: r.one.amount),
    ),
    "Every booking: a row per part that landed somewhere, and one for what did not",
)  # fmt: skip

PAYMENTS = Table(
    "payments",
    (
        *NAMED_DEBTOR,
        text("entry", "id of the ledger entry", lambda r: r.one.id),
        day("booked_on", "the day of the money", lambda r: r.one.booked_on),
        moment("booked_at", "when it was booked here", lambda r: r.one.booked_at),
        text("source", "bank, mollie, stripe, api", lambda r: r.one.source),
        text(
            "external_id", "the payment at the provider or the bank line",
            lambda r: r.one.external_id if r.one.source in _OPAQUE_SOURCES else "",
        ),
        text(
            "invoices", "documents it settles, with spaces between",
            lambda r: codes(part.invoice for part in r.one.allocations),
        ),
        text("currency", "ISO 4217 code", lambda r: r.one.amount.currency),
        *money("received", "what came in, positive", lambda r: -r.one.amount),
        *money("unallocated", "what no document took, positive", lambda r: -r.one.unallocated),
    ),
    "Money received, positive, with the invoices it settles",
    for_people=True,
)  # fmt: skip
