"""Facts that came in for an application: kept, and weighed by the rules once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.applications.deciding import Grounds
from kasstroom.applications.facts import FactsRequest, Learned
from kasstroom.applications.finding import relisted
from kasstroom.applications.granting import account_for, approved
from kasstroom.applications.model import RULES, WAITING, CreditApplication
from kasstroom.applications.sending import BY_RULES, by_rules, stepped, why_of
from kasstroom.applications.terms import Finding, found_by_rules, terms_of
from kasstroom.changes import Changes
from kasstroom.credit.reviews import QueuedReview, Review, ReviewState, review_closed
from kasstroom.ports import Books

WOULD_APPROVE = "rules_would_approve"
"""Why a review still waits of which the rules doubt nothing."""


def note_facts(
    books: Books,
    org: str,
    debtor: str,
    id: str,
    heard: Learned,
    grounds: Grounds,
    now: datetime,
) -> tuple[Changes, CreditApplication]:
    """Keeps what was fetched for an applicant and asks the rules again; doubts are more reasons for
    a person to look. An application that is not waiting any more stays as it is, and so does one
    that a person is looking into: what they asked for is for them."""
    application = books.get(CreditApplication, org, debtor, id)
    if application.state not in WAITING:
        return Changes(), application
    profile, doubts = heard.profile, heard.doubts
    asked = application.facts_request or FactsRequest(application.last_step_at, RULES)
    by_person = asked.asked_by != RULES
    known = replace(
        application, facts=profile, screened_at=profile.screened_at,
        facts_request=replace(asked, answered_at=now, missing=heard.missing),
    )  # fmt: skip
    account = account_for(books, known)
    ground = grounds(account)
    finding = found_by_rules(terms_of(books, org), known, account, ground, now)
    if doubts or not finding.approve or known.first_approval or by_person:
        return _still_waiting(books, known, finding, doubts, now)
    closing = _closed_by_rules(books, known, now)
    verdict = by_rules(known, account, ground, now)
    changes, after = approved(books, known, account, verdict, ground, now)
    return closing + changes, after


def _still_waiting(
    books: Books, known: CreditApplication, finding: Finding, doubts: tuple[str, ...], now: datetime
) -> tuple[Changes, CreditApplication]:
    """The reviewer reads the reasons that are left; of doubts the history says nothing, because
    systems read it too."""
    review = books.get(Review, known.org, known.debtor, known.review_id)
    queued = books.get(QueuedReview, known.org, id=known.review_id)
    reasons = (*finding.reasons, *doubts) or _nothing_left(known)
    person = review.natural_person or "natural_person" in finding.reasons
    told = replace(review, reasons=reasons, natural_person=person)
    after = stepped(known, known.state, now, RULES, why_of(finding))
    listed = (replace(queued, natural_person=person), relisted(books, after))
    return Changes(update=(after, told, *listed)), after


def _nothing_left(known: CreditApplication) -> tuple[str, ...]:
    """Two people have to agree, or a person asked for the facts: then they read what the rules make
    of them."""
    return ("four_eyes",) if known.first_approval else (WOULD_APPROVE,)


def _closed_by_rules(books: Books, application: CreditApplication, now: datetime) -> Changes:
    """The rules speak for the credit manager who wrote them."""
    review = books.get(Review, application.org, application.debtor, application.review_id)
    queued = books.get(QueuedReview, application.org, id=application.review_id)
    actor = Actor(RULES, (Role.CREDIT_MANAGER,))
    closing, _ = review_closed(review, queued, ReviewState.APPROVED, actor, BY_RULES, now)
    return closing
