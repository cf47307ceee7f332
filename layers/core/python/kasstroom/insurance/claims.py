"""The claim file: filed with its documents and our own expectation, then decided and paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.model import CreditAccount
from kasstroom.errors import Refused
from kasstroom.events.insurance import ClaimFiled
from kasstroom.ids import new_id
from kasstroom.insurance.claim import Cause, Claim, ClaimDocument, ClaimState
from kasstroom.insurance.coverage import Days, InvoiceCover, coverage
from kasstroom.insurance.indemnity import Indemnity, indemnity
from kasstroom.insurance.model import Cover, InsurancePolicy
from kasstroom.insurance.overdue import (
    NotificationState,
    OverdueKind,
    OverdueNotification,
    notification,
)
from kasstroom.insurance.terms import PolicyTerms
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import Day, day_of

MOST_INVOICES = 200
MOST_DOCUMENTS = 400
MOST_BYTES = 100_000
"""Of all references together: a claim is one item of at most 400 KB."""


@dataclass(frozen=True, slots=True)
class NewClaim(Command):
    """`invoices` left out: everything that is overdue. Insolvency needs `insolvent_on`, protracted
    default `collection_started_on`."""

    debtor: str
    cause: Cause
    documents: tuple[ClaimDocument, ...] = ()
    invoices: tuple[str, ...] = ()
    insolvent_on: Day | None = None
    collection_started_on: Day | None = None


def file(
    books: Books, org: str, new: NewClaim, actor: Actor, now: datetime
) -> tuple[Changes, Claim]:
    """The claim with what may be expected of it; Refused says what is missing."""
    cover = books.find(Cover, org, new.debtor)
    if cover is None or not cover.periods:
        detail = "This debtor was never covered; see the self-insurance reserve."
        raise Refused("no_cover", detail, "/body/debtor")
    policy = books.get(InsurancePolicy, org, id=cover.policy)
    _check(new, policy.terms, day_of(now))
    account = books.get(CreditAccount, org, new.debtor)
    earlier = [books.get(Claim, org, id=id) for id in cover.claims]
    lines = _lines(books, cover, account, new, earlier, day_of(now))
    claim = _claim(cover, policy, new, lines, _warnings(books, cover, lines, now), actor, now)
    event = ClaimFiled(
        org=org, debtor=new.debtor, subject=claim.id, at=now, cause=new.cause, debt=claim.debt,
        expected=claim.expected, by=actor.name,
    )  # fmt: skip
    # The cover is written too: two claims at the same moment cannot hold the same invoice.
    held = replace(cover, claims=(*cover.claims, claim.id))
    return Changes(create=(claim,), update=(held,), events=(event,)), claim


def _check(new: NewClaim, terms: PolicyTerms, today: date) -> None:
    if len(new.documents) > MOST_DOCUMENTS or len(new.invoices) > MOST_INVOICES:
        raise Refused("claim_too_large", f"A claim holds {MOST_INVOICES} invoices at most.")
    if sum(len(document.reference.encode()) for document in new.documents) > MOST_BYTES:
        detail = "Refer to the documents in fewer words: by their key or address."
        raise Refused("claim_too_large", detail, "/body/documents")
    for index, document in enumerate(new.documents):
        if not document.reference.strip():
            detail = "Say where the document is: its key, address or name."
            raise Refused("empty_reference", detail, f"/body/documents/{index}/reference")
    missing = [k for k in terms.documents if k not in {d.kind for d in new.documents}]
    if missing:
        detail = f"The policy asks for these documents too: {', '.join(missing)}."
        raise Refused("documents_missing", detail, "/body/documents")
    _check_event(new, terms, today)


def _check_event(new: NewClaim, terms: PolicyTerms, today: date) -> None:
    if new.cause is Cause.INSOLVENCY:
        if new.insolvent_on is None or new.insolvent_on > today:
            detail = "Give the day of the insolvency; it has to have come."
            raise Refused("insolvency_date", detail, "/body/insolvent_on")
        return
    if new.collection_started_on is None:
        detail = "Give the day the collection started; the waiting period runs from there."
        raise Refused("collection_date", detail, "/body/collection_started_on")
    from_on = new.collection_started_on + timedelta(days=terms.waiting_days)
    if today < from_on:
        detail = f"The waiting period runs until {from_on}; file the claim from that day."
        raise Refused("waiting_period", detail, "/body/collection_started_on")


def _lines(
    books: Books,
    cover: Cover,
    account: CreditAccount,
    new: NewClaim,
    earlier: list[Claim],
    today: date,
) -> tuple[InvoiceCover, ...]:
    """The claimed invoices, each with what of it is insured among all that is open."""
    invoices = books.all_of(Invoice, cover.org, cover.debtor)
    days = Days(cover.extension_days, cover.notification_days)
    known = {c.number: c for c in coverage(invoices, cover.periods, days, account.currency)}
    overdue = [
        number
        for number, line in known.items()
        if line.due_on < today and line.open.currency == account.currency
    ]
    wanted = list(dict.fromkeys(new.invoices or overdue))
    held = {
        line.number: claim.id
        for claim in earlier
        if claim.state is not ClaimState.REJECTED
        for line in claim.invoices
    }
    for index, number in enumerate(wanted):
        pointer = f"/body/invoices/{index}" if new.invoices else "/body/invoices"
        if number not in known:
            raise Refused("invoice_not_open", f"There is no open invoice {number}.", pointer)
        if known[number].open.currency != account.currency:
            detail = f"Invoice {number} is not in {account.currency}, the currency of the cover."
            raise Refused("wrong_currency", detail, pointer)
        if number in held:
            detail = f"Invoice {number} is in claim {held[number]} already."
            raise Refused("already_claimed", detail, pointer)
    lines = tuple(known[number] for number in wanted)
    if not any(line.insured.minor for line in lines):
        detail = "Nothing of these invoices is insured; see the self-insurance reserve."
        raise Refused("nothing_insured", detail, "/body/invoices")
    return lines[:MOST_INVOICES]


def _claim(
    cover: Cover,
    policy: InsurancePolicy,
    new: NewClaim,
    lines: tuple[InvoiceCover, ...],
    warnings: tuple[str, ...],
    actor: Actor,
    now: datetime,
) -> Claim:
    currency = lines[0].open.currency
    total = lambda minors: Money(sum(minors), currency)  # noqa: E731
    debt = total(line.open.minor for line in lines)
    insured_debt = total(line.insured.minor + line.co_share.minor for line in lines)
    expected = expectation(policy, cover, insured_debt)
    return Claim(
        cover.org, new_id("clm", now), cover.debtor, policy.id, cover.id, new.cause, now,
        actor.name, lines, new.documents, debt, insured_debt, expected.amount, expected.aggregate,
        expected.steps, expected.below_threshold, warnings, new.collection_started_on,
        new.insolvent_on,
    )  # fmt: skip


def expectation(policy: InsurancePolicy, cover: Cover, insured_debt: Money) -> Indemnity:
    """What this policy pays for a debt within the limit, with what earlier claims took."""
    currency = insured_debt.currency
    limit = max((p.limit for p in cover.periods), default=Money.zero(currency))
    return indemnity(
        insured_debt, limit, policy.terms, percentage=cover.percentage,
        aggregate_used=Money(policy.aggregate_used_minor, currency),
        paid=Money(policy.paid_minor, currency),
    )  # fmt: skip


def _warnings(
    books: Books, cover: Cover, lines: tuple[InvoiceCover, ...], now: datetime
) -> tuple[str, ...]:
    """The oldest overdue has to be reported in time, or the insurer may refuse."""
    oldest = min(line.due_on for line in lines)
    made = notification(cover, OverdueKind.OVD, oldest, lines[0].open, now)
    known = books.find(OverdueNotification, cover.org, id=made.id)
    if known is None or known.state is not NotificationState.REPORTED or not known.reported_at:
        return ("overdue_not_reported",)
    return ("overdue_reported_late",) if day_of(known.reported_at) > made.report_by else ()
