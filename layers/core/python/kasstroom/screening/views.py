"""What the API shows of a screening. What could tip off a listed party is for people only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.access.model import Actor
from kasstroom.credit.model import Profile
from kasstroom.credit.restricted import sees_lists
from kasstroom.money import Money
from kasstroom.screening.model import Basis, ExternalReport, Hit, Outcome, Source
from kasstroom.screening.usecases import Screening


@dataclass(frozen=True, slots=True)
class ReportView:
    """`cost` of the last answer and `spent` on all of them, in euros."""

    source: Source
    outcome: Outcome
    fetched_at: datetime | None
    fresh_until: datetime
    retry_at: datetime | None
    report_date: datetime | None
    cost: Money
    spent: Money
    basis: Basis
    basis_reference: str
    proof: str
    case: str
    recommended_limit: Money | None
    monitored: bool
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileView:
    """None or empty: not known."""

    legal_form: str
    founded_on: date | None
    registered: bool | None
    vat_valid: bool | None
    rating: str
    score: int | None
    insolvent: bool
    sanctions: str
    screened_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScreeningView:
    debtor: str
    profile: ProfileView
    reports: tuple[ReportView, ...]
    asked: tuple[Source, ...] = ()
    missing: tuple[Source, ...] = ()
    skipped: tuple[str, ...] = ()
    cost: Money = Money(0)


def screening_view(screening: Screening, actor: Actor) -> ScreeningView:
    view = known_view(screening.debtor, screening.account.profile, screening.reports, actor)
    return ScreeningView(
        view.debtor, view.profile, view.reports, screening.asked, screening.missing,
        tuple(f"{source}: {why}" for source, why in screening.skipped.items()),
        Money(screening.spent_minor),
    )  # fmt: skip


def known_view(
    debtor: str, profile: Profile, reports: Mapping[Source, ExternalReport], actor: Actor
) -> ScreeningView:
    """Sanctions and unconfirmed hits are left out for whoever is no credit manager or auditor."""
    sees_all = sees_lists(actor)
    shown = [r for s, r in sorted(reports.items()) if sees_all or s is not Source.SANCTIONS]
    return ScreeningView(
        debtor,
        ProfileView(
            profile.legal_form, profile.founded_on, profile.registered, profile.vat_valid,
            profile.rating, profile.score, profile.insolvent,
            profile.sanctions if sees_all else "", profile.screened_at,
        ),
        tuple(_report(report, sees_all) for report in shown),
    )  # fmt: skip


def _report(report: ExternalReport, sees_all: bool) -> ReportView:
    facts = report.facts
    outcome = report.outcome
    if not sees_all and report.open_hits and facts.insolvent is None:
        outcome = Outcome.NOT_FOUND
    return ReportView(
        report.source, outcome, report.fetched_at, report.fresh_until, report.retry_at,
        facts.as_of, Money(report.cost_minor), Money(report.spent_minor), report.basis,
        report.basis_reference, facts.proof, facts.case, facts.limit, report.monitored,
        report.open_hits if sees_all else (),
    )  # fmt: skip
