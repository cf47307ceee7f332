"""What a person found out about a possible hit: never decided by a machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.credit.holds import placed
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reviews import (
    QueuedReview,
    Review,
    ReviewKind,
    ReviewState,
    review_closed,
)
from kasstroom.errors import Refused
from kasstroom.events.screening import DebtorInsolvent
from kasstroom.ports import Books
from kasstroom.screening.model import ExternalReport, Source
from kasstroom.screening.recording import POSSIBLE, profile_of
from kasstroom.screening.usecases import Screening

MOST_CLOSED = 25
"""Reviews closed with one verdict, which is one transaction; more are closed at the desk."""
HOLD_REASON = "compliance"
"""Says nothing a debtor could be warned by."""


@dataclass(frozen=True, slots=True)
class Verdict(Command):
    """`same_party`: the possible hits of this source are this debtor, or all somebody else."""

    source: Source
    same_party: bool
    note: str


def judged(
    books: Books, org: str, debtor: str, verdict: Verdict, actor: Actor, now: datetime
) -> tuple[Changes, Screening]:
    """Clears the hits, or acts on them: a sanctioned party gets a hold, an insolvent one is marked.
    Closes the review when nothing else in it is open. Refused for a machine, without open hits."""
    actor.must_be(Role.CREDIT_MANAGER)
    account = books.get(CreditAccount, org, debtor)
    reports = {report.source: report for report in books.all_of(ExternalReport, org, debtor)}
    report = reports.get(verdict.source)
    if verdict.source not in POSSIBLE or report is None or not report.open_hits:
        detail = f"There is nothing of {verdict.source} that waits for a decision."
        raise Refused("nothing_to_judge", detail, "/body/source")
    if verdict.same_party:
        after, changes = _confirmed(account, verdict, actor, now)
    else:
        cleared = (*report.cleared, *(hit.id for hit in report.open_hits))
        reports[verdict.source] = replace(report, cleared=cleared)
        after = replace(account, profile=profile_of(account.profile, reports, ()))
        changes = Changes(update=(reports[verdict.source],))
    if after != account:
        changes += Changes(update=(after,))
    changes += _closing(books, reports, account, verdict, actor, now)
    return changes, Screening(debtor, now, after, reports)


def _confirmed(
    account: CreditAccount, verdict: Verdict, actor: Actor, now: datetime
) -> tuple[CreditAccount, Changes]:
    about = {"org": account.org, "debtor": account.debtor, "subject": account.debtor, "at": now}
    if verdict.source is Source.INSOLVENCY:
        after = replace(account, profile=replace(account.profile, insolvent=True))
        return after, Changes(events=(DebtorInsolvent(**about, case=""),))
    return placed(account, HOLD_REASON, actor.name, now)


def _closing(
    books: Books,
    reports: Mapping[Source, ExternalReport],
    account: CreditAccount,
    verdict: Verdict,
    actor: Actor,
    now: datetime,
) -> Changes:
    """The reviews in which nothing waits any more."""
    waiting = {
        code
        for source, code in POSSIBLE.items()
        if source is not verdict.source and source in reports and reports[source].open_hits
    }
    state = ReviewState.DECLINED if verdict.same_party else ReviewState.APPROVED
    changes = Changes()
    for review in books.all_of(Review, account.org, account.debtor):
        open_here = review.kind is ReviewKind.PERIODIC and review.state is ReviewState.OPEN
        if not open_here or POSSIBLE[verdict.source] not in review.reasons:
            continue
        if waiting & set(review.reasons):
            continue
        if len(changes.update) >= 2 * MOST_CLOSED:
            break
        queued = books.get(QueuedReview, account.org, id=review.id)
        changes += review_closed(review, queued, state, actor, verdict.note, now)[0]
    return changes
