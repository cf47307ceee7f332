"""What the sources say of somebody who asks for credit, whether or not they are a debtor yet."""

from __future__ import annotations

from datetime import datetime

from kasstroom.applications.facts import Learned
from kasstroom.applications.model import CreditApplication
from kasstroom.credit.model import CreditAccount, Profile
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.debtors.model import Debtor
from kasstroom.ports import Books
from kasstroom.screening.asking import ask_all, questions
from kasstroom.screening.model import Basis, Outcome, Source, StatedBasis
from kasstroom.screening.news import Reports
from kasstroom.screening.policy import Wanted, skipped_because
from kasstroom.screening.ports import Sources, Subject
from kasstroom.screening.recording import POSSIBLE, Known, heard_report, profile_of
from kasstroom.screening.usecases import screen

BUDGET_MS = 15_000
"""Nobody waits for it."""


def learned(
    books: Books,
    sources: Sources,
    application: CreditApplication,
    now: datetime,
    budget_ms: int = BUDGET_MS,
    grounds: Grounds = default_ground,
) -> Learned:
    """Of a debtor the reports are kept as by any screening; of anybody else the profile is all
    there is. A source that is not set up or does not answer leaves its facts as they were known."""
    stated = consent_of(application)
    if books.find(Debtor, application.org, application.debtor):
        wanted = Wanted(basis=stated)
        org, debtor = application.org, application.debtor
        seen = screen(books, sources, org, debtor, now, budget_ms, wanted, grounds)
        return Learned(seen.account.profile, _possible(seen.reports), tuple(seen.missing))
    return _of_newcomer(sources, application, stated, now, budget_ms)


def consent_of(application: CreditApplication) -> StatedBasis | None:
    """The applicant agreed on the form (art. 6(1)(a) GDPR); it can be looked up by its id."""
    agreed = application.data.consent and application.consented_at is not None
    return StatedBasis(Basis.CONSENT, application.id) if agreed else None


def subject_of(application: CreditApplication) -> Subject:
    data = application.data
    return Subject(
        data.name, data.address.country, data.kvk, data.vat, application.is_natural_person
    )


def _of_newcomer(
    sources: Sources,
    application: CreditApplication,
    stated: StatedBasis | None,
    now: datetime,
    budget_ms: int,
) -> Learned:
    subject = subject_of(application)
    expected = tuple(s for s in Source if not skipped_because(s, subject, sources, stated))
    ways = questions(subject, sources)
    heard = ask_all({source: ways[source] for source in expected}, budget_ms)
    nobody = CreditAccount(application.org, application.debtor)
    known = Known(nobody, subject, {}, expected)
    reports = {answer.source: heard_report(known, answer, now) for answer in heard}
    profile = profile_of(application.facts or Profile(), reports, expected)
    missing = tuple(h.source for h in heard if h.outcome is Outcome.UNAVAILABLE)
    return Learned(profile, _possible(reports), missing)


def _possible(reports: Reports) -> tuple[str, ...]:
    """What the profile has no place for: that a person may be insolvent. It does hold sanctions."""
    report = reports.get(Source.INSOLVENCY)
    return (POSSIBLE[Source.INSOLVENCY],) if report and report.open_hits else ()
