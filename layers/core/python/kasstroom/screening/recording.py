"""Pure: what was heard, written into reports, profile, limit, reviews and events at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, Profile
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.restricted import LISTED_CODE
from kasstroom.credit.reviews import ReviewKind, review_opened
from kasstroom.debtors.model import OWNED_BY_PEOPLE
from kasstroom.screening.asking import Heard
from kasstroom.screening.bureau_limit import Proposals, advised
from kasstroom.screening.model import ExternalReport, Outcome, Source, StatedBasis
from kasstroom.screening.news import Reports, new_hits, news, screened
from kasstroom.screening.policy import TERMS, about
from kasstroom.screening.ports import Subject

REVIEW_DAYS = 2
POSSIBLE = {Source.SANCTIONS: LISTED_CODE, Source.INSOLVENCY: "insolvency_possible"}
"""What only a person decides, with the reason its review carries."""


@dataclass(frozen=True, slots=True)
class Known:
    """What there was before. `expected`: the sources that could be asked about this debtor;
    `policy` is the live one; `proposals` gives the limits that waited, or wait, for a person, and
    is asked only when one may have to be put to a person."""

    account: CreditAccount
    subject: Subject
    reports: Reports
    expected: tuple[Source, ...] = ()
    bases: Mapping[Source, StatedBasis] = field(default_factory=dict)
    policy: CreditPolicy = field(default_factory=default_policy)
    proposals: Proposals = tuple


def recorded(
    known: Known, heard: Sequence[Heard], now: datetime
) -> tuple[Changes, CreditAccount, Reports]:
    """One transaction: the reports, the account with its profile and bureau limit, reviews for what
    a person has to see, and the events. An answer older than the one we have changes nothing."""
    after = dict(known.reports)
    for answer in heard:
        after[answer.source] = heard_report(known, answer, now)
    changed = tuple(r for s, r in after.items() if r != known.reports.get(s))
    profile = profile_of(known.account.profile, after, known.expected)
    person = known.account.natural_person or profile.legal_form in OWNED_BY_PEOPLE
    account = replace(known.account, profile=profile, natural_person=person)
    account, limit_changes = advised(
        account, known.reports, after, known.policy, known.proposals, now
    )
    events = (
        *screened(account, heard, now),
        *news(known.account, account, known.reports, after, now),
    )
    told = Changes(update=changed, events=events)
    if account != known.account and account not in limit_changes.update:
        told += Changes(update=(account,))
    return told + limit_changes + _review(known, account, after, now), account, after


def heard_report(known: Known, heard: Heard, now: datetime) -> ExternalReport:
    """The report with this answer in it; without an answer it keeps what it knew."""
    terms, account = TERMS[heard.source], known.account
    asked_with = about(heard.source, known.subject)
    report = known.reports.get(heard.source) or ExternalReport(
        account.org, account.debtor, heard.source, Outcome.UNAVAILABLE, now, terms.basis
    )
    if heard.outcome is Outcome.UNAVAILABLE:
        return replace(report, retry_at=now + timedelta(minutes=terms.retry_minutes))
    spent = report.spent_minor + heard.cost_minor
    same = report.about == asked_with
    if same and is_older(heard, report, now):
        return replace(report, spent_minor=spent)
    stated = known.bases.get(heard.source, StatedBasis(terms.basis))
    provider_id = heard.facts.provider_id or (report.facts.provider_id if same else "")
    return replace(
        report,
        outcome=heard.outcome,
        facts=replace(heard.facts, provider_id=provider_id),
        fetched_at=now,
        fresh_until=now + timedelta(days=terms.fresh_days),
        retry_at=None,
        cost_minor=heard.cost_minor,
        spent_minor=spent,
        basis=stated.kind,
        basis_reference=stated.reference,
        about=asked_with,
        cleared=report.cleared if same else (),
        subscribe_at=_subscribe_at(report, provider_id, now),
    )


def _subscribe_at(report: ExternalReport, provider_id: str, now: datetime) -> datetime | None:
    """At once, when the bureau's number of a monitored company is known only now, or changed."""
    follows = report.source is Source.BUREAU and report.monitored and provider_id
    if follows and (not report.subscribed or provider_id != report.facts.provider_id):
        return report.subscribe_at or now
    return report.subscribe_at


def is_older(heard: Heard, before: ExternalReport, now: datetime) -> bool:
    """By the date of the report itself where both have one, else by when it was asked."""
    known, new = before.facts.as_of, heard.facts.as_of
    if known and new and known != new:
        return new < known
    return before.fetched_at is not None and now < before.fetched_at


def profile_of(profile: Profile, reports: Reports, expected: tuple[Source, ...]) -> Profile:
    """What each source that ever answered says, put together; what nobody answered stays."""
    facts = {s: r.facts for s, r in reports.items() if r.fetched_at is not None}
    if register := facts.get(Source.TRADE_REGISTER):
        profile = replace(
            profile,
            registered=register.registered,
            legal_form=register.legal_form or profile.legal_form,
            founded_on=register.founded_on or profile.founded_on,
        )
    if vat := facts.get(Source.VAT):
        profile = replace(profile, vat_valid=vat.vat_valid)
    if bureau := facts.get(Source.BUREAU):
        profile = replace(profile, score=bureau.score, rating=bureau.rating)
    if (register := facts.get(Source.INSOLVENCY)) and register.insolvent is not None:
        profile = replace(profile, insolvent=register.insolvent)
    if Source.SANCTIONS in facts:
        open_hits = reports[Source.SANCTIONS].open_hits
        profile = replace(profile, sanctions="possible" if open_hits else "clear")
    return replace(profile, screened_at=_screened_at(profile.screened_at, reports, expected))


def _screened_at(
    before: datetime | None, reports: Reports, expected: tuple[Source, ...]
) -> datetime | None:
    """When the oldest answer was fetched, once every source that can be asked has answered."""
    fetched = [reports[s].fetched_at if s in reports else None for s in expected]
    known = [moment for moment in fetched if moment is not None]
    return min(known) if known and len(known) == len(fetched) else before


def _review(known: Known, account: CreditAccount, after: Reports, now: datetime) -> Changes:
    """One review for all that a person has to look at."""
    reasons = tuple(
        code for source, code in POSSIBLE.items() if new_hits(known.reports, after, source)
    )
    if not reasons:
        return Changes()
    return review_opened(
        account.org, account.debtor, ReviewKind.PERIODIC, account.debtor, now, days=REVIEW_DAYS,
        reasons=reasons, natural_person=account.natural_person,
    )  # fmt: skip
