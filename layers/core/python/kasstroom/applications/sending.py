"""Sending an application in, and what the organisation's rules make of it at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.applications.deciding import Grounds, asked_by
from kasstroom.applications.duplicates import PossibleDuplicate, lookalikes_of, traced
from kasstroom.applications.finding import relisted
from kasstroom.applications.granting import account_for, approved
from kasstroom.applications.model import (
    BUYER,
    RULES,
    WAITING,
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
from kasstroom.credit.model import CreditAccount, Profile
from kasstroom.credit.reviews import (
    QueuedReview,
    Review,
    ReviewKind,
    ReviewState,
    review_closed,
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
    sent = _step(sent, ApplicationState.SUBMITTED, now, sender.by)
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
        verdict = _by_rules(sent, account, ground, now)
        return approved(books, sent, account, verdict, ground, now)
    opened = review_opened(
        sent.org, sent.debtor, ReviewKind.APPLICATION, sent.id, now, days=REVIEW_DAYS,
        amount=sent.data.requested, reasons=finding.reasons,
        natural_person=sent.is_natural_person, asked_by=asked_by(sent),
    )  # fmt: skip
    review = next(entity for entity in opened.create if isinstance(entity, Review))
    waiting = _step(sent, ApplicationState.IN_REVIEW, now, RULES, _why(finding))
    waiting = replace(waiting, review_id=review.id)
    return opened + Changes(update=(waiting, relisted(books, waiting))), waiting


def _why(finding: Finding) -> str:
    return ", ".join(finding.reasons)


def _step(
    application: CreditApplication, state: ApplicationState, now: datetime, by: str, why: str = ""
) -> CreditApplication:
    history = (*application.history, Transition(state, now, by, why))
    return replace(application, state=state, history=history)


def _by_rules(
    application: CreditApplication, account: CreditAccount, ground: Ground, now: datetime
) -> ApplicationVerdict:
    standing = account.terms_days if account.terms_days is not None else ground.terms_days
    days = application.data.terms_days or standing
    return ApplicationVerdict(True, RULES, now, BY_RULES, application.data.requested, days)


def note_facts(
    books: Books,
    org: str,
    debtor: str,
    id: str,
    profile: Profile,
    grounds: Grounds,
    now: datetime,
    *,
    doubts: tuple[str, ...] = (),
) -> tuple[Changes, CreditApplication]:
    """Keeps what was fetched for an applicant and asks the rules again; `doubts` are more reasons
    for a person to look. An application that is not waiting any more stays as it is."""
    application = books.get(CreditApplication, org, debtor, id)
    if application.state not in WAITING:
        return Changes(), application
    known = replace(application, facts=profile, screened_at=profile.screened_at)
    account = account_for(books, known)
    ground = grounds(account)
    finding = found_by_rules(terms_of(books, org), known, account, ground, now)
    if doubts or not finding.approve or known.first_approval:
        return _still_waiting(books, known, finding, doubts, now)
    closing = _closed_by_rules(books, known, now)
    verdict = _by_rules(known, account, ground, now)
    changes, after = approved(books, known, account, verdict, ground, now)
    return closing + changes, after


def _still_waiting(
    books: Books, known: CreditApplication, finding: Finding, doubts: tuple[str, ...], now: datetime
) -> tuple[Changes, CreditApplication]:
    """The reviewer reads the reasons that are left; of doubts the history says nothing, because
    systems read it too."""
    review = books.get(Review, known.org, known.debtor, known.review_id)
    told = replace(review, reasons=(*finding.reasons, *doubts) or review.reasons)
    after = _step(known, known.state, now, RULES, _why(finding))
    return Changes(update=(after, told, relisted(books, after))), after


def _closed_by_rules(books: Books, application: CreditApplication, now: datetime) -> Changes:
    """The rules speak for the credit manager who wrote them."""
    review = books.get(Review, application.org, application.debtor, application.review_id)
    queued = books.get(QueuedReview, application.org, id=application.review_id)
    actor = Actor(RULES, (Role.CREDIT_MANAGER,))
    closing, _ = review_closed(review, queued, ReviewState.APPROVED, actor, BY_RULES, now)
    return closing
