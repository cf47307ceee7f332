"""Sending an application in, and what the organisation's rules make of it at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.applications.deciding import Grounds, asked_by
from kasstroom.applications.duplicates import PossibleDuplicate, lookalikes_of, traced
from kasstroom.applications.finding import relisted
from kasstroom.applications.granting import account_for, approved
from kasstroom.applications.model import (
    BUYER,
    RULES,
    Applicant,
    ApplicationState,
    ApplicationVerdict,
    CreditApplication,
    Transition,
)
from kasstroom.applications.opening import must_be_draft, plain
from kasstroom.applications.terms import Finding, found_by_rules, terms_of
from kasstroom.applications.validation import Incomplete, faults_of
from kasstroom.changes import Changes, Command
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.restricted import public_codes
from kasstroom.credit.reviews import (
    Review,
    ReviewKind,
    review_opened,
)
from kasstroom.credit.room import Ground
from kasstroom.debtors.identities import Identities
from kasstroom.events.applications import ApplicationSubmitted
from kasstroom.organisations.model import Language
from kasstroom.ports import Books

REVIEW_DAYS = 3
BY_RULES = "approved by the organisation's rules"


@dataclass(frozen=True, slots=True)
class SubmitRequest(Command):
    """`allow_duplicates`: go on although this looks like somebody you know."""

    allow_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends it in: `by` is `buyer` on the public page, else the name of an API key."""

    by: str = BUYER
    language: Language | None = None
    allow_duplicates: bool = False


def submit(
    books: Books,
    identities: Identities,
    grounds: Grounds,
    application: CreditApplication,
    sender: Sender,
    now: datetime,
    data: Applicant | None = None,
) -> tuple[Changes, CreditApplication]:
    """Incomplete with every fault; PossibleDuplicate for the merchant, never for the buyer."""
    must_be_draft(application, now)
    told = plain(data or application.data)
    if faults := faults_of(told, application.kind, identities):
        raise Incomplete(faults)
    like = lookalikes_of(books, application.org, application.debtor, application.id, told)
    if like and sender.by != BUYER and not sender.allow_duplicates:
        raise PossibleDuplicate(like, "/body/allow_duplicates")
    sent = replace(
        application,
        data=told,
        language=sender.language or application.language,
        consented_at=now,
        submitted_by=sender.by,
        duplicates=like,
    )
    sent = stepped(sent, ApplicationState.SUBMITTED, now, sender.by)
    changes, after = _ruled(books, sent, grounds, now)
    return _told(sent, now) + traced(books, sent) + changes, after


def _told(sent: CreditApplication, now: datetime) -> Changes:
    assert sent.data.requested
    event = ApplicationSubmitted(
        org=sent.org, debtor=sent.debtor, subject=sent.id, at=now, kind=sent.kind,
        requested=sent.data.requested, by=sent.submitted_by,
    )  # fmt: skip
    return Changes(events=(event,))


def _ruled(
    books: Books, sent: CreditApplication, grounds: Grounds, now: datetime
) -> tuple[Changes, CreditApplication]:
    """Approved by the rules, or waiting for a person with the reasons why."""
    account = account_for(books, sent)
    ground = grounds(account)
    finding = found_by_rules(terms_of(books, sent.org), sent, account, ground, now)
    if finding.approve:
        verdict = by_rules(sent, account, ground, now)
        return approved(books, sent, account, verdict, ground, now)
    opened = review_opened(
        sent.org, sent.debtor, ReviewKind.APPLICATION, sent.id, now, days=REVIEW_DAYS,
        amount=sent.data.requested, reasons=finding.reasons,
        natural_person=sent.is_natural_person, asked_by=asked_by(sent),
    )  # fmt: skip
    review = next(entity for entity in opened.create if isinstance(entity, Review))
    waiting = stepped(sent, ApplicationState.IN_REVIEW, now, RULES, why_of(finding))
    waiting = replace(waiting, review_id=review.id)
    return opened + Changes(update=(waiting, relisted(books, waiting))), waiting


def why_of(finding: Finding) -> str:
    """For the history, which systems read too."""
    return ", ".join(public_codes(finding.reasons))


def stepped(
    application: CreditApplication, state: ApplicationState, now: datetime, by: str, why: str = ""
) -> CreditApplication:
    history = (*application.history, Transition(state, now, by, why))
    return replace(application, state=state, history=history)


def by_rules(
    application: CreditApplication, account: CreditAccount, ground: Ground, now: datetime
) -> ApplicationVerdict:
    standing = account.terms_days if account.terms_days is not None else ground.terms_days
    days = application.data.terms_days or standing
    return ApplicationVerdict(True, RULES, now, BY_RULES, application.data.requested, days)
