"""Screening a debtor: load what is known, ask what is stale, commit what was learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from kasstroom.changes import Changes, Command
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.debtors.model import Debtor, IdentifierScheme
from kasstroom.errors import Refused
from kasstroom.ports import Books
from kasstroom.screening.asking import Heard, ask_all, questions
from kasstroom.screening.bureau_limit import Proposals
from kasstroom.screening.model import ExternalReport, Outcome, Source, StatedBasis
from kasstroom.screening.monitoring import switched
from kasstroom.screening.policy import (
    Wanted,
    basis_of,
    is_fresh,
    is_resting,
    skipped_because,
)
from kasstroom.screening.ports import Sources, Subject
from kasstroom.screening.recording import Known, recorded
from kasstroom.settle import settle

BUDGET_MS = 4000
"""For somebody at a desk; a checkout gives its policy's own."""


@dataclass(frozen=True, slots=True)
class NewScreening(Command):
    """No `sources`: all that are set up and apply. `force` asks again although the answer is still
    fresh. `monitor` true: keep it fresh and follow the bureau's rating; false: stop that."""

    debtor: str
    sources: tuple[Source, ...] = ()
    basis: StatedBasis | None = None
    force: bool = False
    monitor: bool | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """`missing` did not answer in time, now or a moment ago; `skipped` says by source why it was
    not asked."""

    debtor: str
    at: datetime
    account: CreditAccount
    reports: dict[Source, ExternalReport]
    asked: tuple[Source, ...] = ()
    missing: tuple[Source, ...] = ()
    skipped: dict[Source, str] = field(default_factory=dict)
    spent_minor: int = 0


@dataclass(frozen=True, slots=True)
class _Standing:
    """All that a screening reads."""

    subject: Subject
    account: CreditAccount
    reports: dict[Source, ExternalReport]
    policy: CreditPolicy


def screen(
    books: Books,
    sources: Sources,
    org: str,
    debtor: str,
    now: datetime,
    budget_ms: int = BUDGET_MS,
    wanted: Wanted = Wanted(),
    grounds: Grounds = default_ground,
) -> Screening:
    """Asks what is not fresh, all at once, and writes down what was learned in one transaction.

    It never takes longer than `budget_ms` and its own three reads and one write: what did not
    answer is in `missing`. Refused `consent_required`, `source_not_set_up`; NotFound: no debtor.
    """
    plan = planned(books, sources, org, debtor, now, budget_ms, wanted, None, grounds)
    return settle(books, plan)


def planned(
    books: Books,
    sources: Sources,
    org: str,
    debtor: str,
    now: datetime,
    budget_ms: int = BUDGET_MS,
    wanted: Wanted = Wanted(),
    monitor: bool | None = None,
    grounds: Grounds = default_ground,
) -> Callable[[], tuple[Changes, Screening]]:
    """As `screen`, for whoever commits: asks at its first call only, so that a second attempt to
    write costs no second report."""
    heard: list[tuple[Heard, ...]] = []

    def plan() -> tuple[Changes, Screening]:
        on = _load(books, org, debtor, grounds)
        skipped, ask, resting = _chosen(on, sources, wanted, now)
        if not heard:
            ways = questions(on.subject, sources)
            heard.append(ask_all({source: ways[source] for source in ask}, budget_ms))
        waiting = partial(books.all_of, LimitProposal, org, debtor)
        return _written(on, sources, wanted, waiting, heard[0], skipped, resting, monitor, now)

    return plan


def _load(books: Books, org: str, debtor: str, grounds: Grounds) -> _Standing:
    found = books.get(Debtor, org, debtor)
    account = books.get(CreditAccount, org, debtor)
    reports = {report.source: report for report in books.all_of(ExternalReport, org, debtor)}
    return _Standing(subject_of(found), account, reports, grounds(account).policy)


def subject_of(debtor: Debtor) -> Subject:
    numbers = {i.scheme: i.value for i in reversed(debtor.identifiers)}
    return Subject(
        debtor.name,
        debtor.address.country,
        numbers.get(IdentifierScheme.KVK, ""),
        numbers.get(IdentifierScheme.VAT, ""),
        debtor.is_natural_person,
    )


def _stated(on: _Standing, wanted: Wanted, source: Source) -> StatedBasis | None:
    """The basis stated now, else the one an earlier answer was asked under."""
    report = on.reports.get(source)
    if wanted.basis or report is None or report.fetched_at is None:
        return wanted.basis
    return StatedBasis(report.basis, report.basis_reference)


def _chosen(
    on: _Standing, sources: Sources, wanted: Wanted, now: datetime
) -> tuple[dict[Source, str], tuple[Source, ...], tuple[Source, ...]]:
    """What is skipped and why, what to ask, and what rests after it did not answer."""
    _named_can_be_asked(on, sources, wanted)
    skipped, ask, resting = {}, [], []
    for source in wanted.sources or tuple(Source):
        why = skipped_because(source, on.subject, sources, _stated(on, wanted, source))
        report = on.reports.get(source)
        if why:
            skipped[source] = why
        elif report is None or wanted.force:
            ask.append(source)
        elif is_resting(report, now):
            resting.append(source)
        elif not is_fresh(report, on.subject, now, wanted.max_age_days):
            ask.append(source)
    return skipped, tuple(dict.fromkeys(ask)), tuple(resting)


def _named_can_be_asked(on: _Standing, sources: Sources, wanted: Wanted) -> None:
    """Who names a source gets it or hears why not; what is merely left out is skipped."""
    for index, source in enumerate(wanted.sources):
        if getattr(sources, source) is None:
            detail = f"No access to {source} is set up for this organisation."
            raise Refused("source_not_set_up", detail, f"/body/sources/{index}")
        basis_of(source, on.subject, _stated(on, wanted, source))


def _written(
    on: _Standing,
    sources: Sources,
    wanted: Wanted,
    proposals: Proposals,
    heard: tuple[Heard, ...],
    skipped: dict[Source, str],
    resting: tuple[Source, ...],
    monitor: bool | None,
    now: datetime,
) -> tuple[Changes, Screening]:
    bases = {h.source: basis_of(h.source, on.subject, _stated(on, wanted, h.source)) for h in heard}
    expected = tuple(
        source
        for source in Source
        if not skipped_because(source, on.subject, sources, _stated(on, wanted, source))
    )
    changes, account, reports = recorded(
        Known(on.account, on.subject, on.reports, expected, bases, on.policy, proposals), heard, now
    )
    if monitor is not None:
        chosen = wanted.sources or tuple(reports)
        changes, reports = switched(changes, reports, chosen, monitor, now)
    missing = tuple(h.source for h in heard if h.outcome is Outcome.UNAVAILABLE)
    return changes, Screening(
        account.debtor, now, account, dict(reports), tuple(h.source for h in heard),
        missing + resting, skipped, sum(h.cost_minor for h in heard),
    )  # fmt: skip
