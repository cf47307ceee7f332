"""The limit that payment behaviour earns, kept up with every payment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from kasstroom.changes import Changes
from kasstroom.credit.basis import effective
from kasstroom.credit.limit_rules import change, kept, needs_four_eyes
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.policy import AutomaticTerms, CreditPolicy
from kasstroom.credit.proposals import LimitProposal, ProposalState, proposed
from kasstroom.credit.warning import Grounds
from kasstroom.events.insurance import CoverDecided
from kasstroom.events.invoices import InvoicePaid
from kasstroom.events.payments import PaymentAllocated
from kasstroom.events.screening import BureauRatingChanged, DebtorInsolvent
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.risk.model import PaymentBehaviour
from kasstroom.time import day_of

BY = "automatic"
WINDOW_MONTHS = 12
LEFT_ALONE_DAYS = 30
"""After a person refused an automatic change, it is not proposed again for so long."""
CUT_OF_A_PERSON, FOUR_EYES = "automatic_cut", "four_eyes"
FOLLOWED = (
    PaymentAllocated.TYPE,
    InvoicePaid.TYPE,
    BureauRatingChanged.TYPE,
    DebtorInsolvent.TYPE,
    CoverDecided.TYPE,
)
"""Events after which the limit is looked at again; infra reads this too."""


class Adjusted(StrEnum):
    UNCHANGED = "unchanged"
    SET = "set"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Earned:
    """The amount, and the figures it comes from, in words."""

    amount: Money
    because: str


def earned(
    behaviour: PaymentBehaviour, terms: AutomaticTerms, currency: str, today: date
) -> Earned | None:
    """None when there are too few paid invoices to say anything. The average counts the completed
    months since the first one paid in (at most twelve); the running month counts when it is all
    there is, so that the first day of a month lowers nobody's limit."""
    if behaviour.paid_invoices < terms.smallest_invoices:
        return None
    monthly, months = _per_month(behaviour, today)
    minor = min(monthly * terms.percent // 100, terms.most.minor)
    words = [
        f"{Money(monthly, currency)} paid per month over {months} months",
        f"{terms.percent}% of it, at most {Money(terms.most.minor, currency)}",
    ]
    late = behaviour.days_late
    if late is not None and late > terms.late_days:
        minor = minor * (100 - terms.cut_percent) // 100
        words.append(f"less {terms.cut_percent}% because {late} days late on average")
    return Earned(Money(minor, currency), "; ".join(words))


def _per_month(behaviour: PaymentBehaviour, today: date) -> tuple[int, int]:
    """What was paid per month in minor units, rounded down, and over how many months."""
    running = today.year * 12 + today.month - 1
    paid = {_month(name): max(0, month.paid_minor) for name, month in behaviour.by_month.items()}
    completed = {m: minor for m, minor in paid.items() if running - WINDOW_MONTHS <= m < running}
    if not completed:
        return paid.get(running, 0), 1
    months = running - min(completed)
    return sum(completed.values()) // months, months


def _month(name: str) -> int:
    """`2026-09` as a number that counts months."""
    year, _, month = name.partition("-")
    return int(year) * 12 + int(month) - 1


def decide(
    account: CreditAccount,
    proposals: tuple[LimitProposal, ...],
    policy: CreditPolicy,
    now: datetime,
) -> tuple[Changes, Adjusted]:
    """Pure: the automatic limit as it is earned now. A change smaller than the policy's step is
    left alone; a cut for a natural person (art. 22 GDPR) and a raise above the four-eyes bound wait
    for a person. `proposals` are the earlier ones of this source."""
    terms, today = policy.terms.automatic, day_of(now)
    if terms is None or account.currency != policy.terms.currency:
        return Changes(), Adjusted.UNCHANGED
    found = earned(account.behaviour, terms, account.currency, today)
    if account.profile.insolvent:
        found = Earned(Money.zero(account.currency), "the debtor is insolvent")
    standing = account.limit_of(LimitSource.AUTOMATIC)
    if found is None or _near(found.amount, standing, terms):
        return Changes(), Adjusted.UNCHANGED
    limit = CreditLimit(LimitSource.AUTOMATIC, found.amount, BY, now)
    why = ""
    if account.natural_person and _cuts(account, limit, policy, today):
        why = CUT_OF_A_PERSON
    elif needs_four_eyes(account, limit, policy, today):
        why = FOUR_EYES
    if why and any(_said(proposal, now) for proposal in proposals):
        return Changes(), Adjusted.UNCHANGED
    if why:
        changes, _ = proposed(account, limit, reason=found.because, why=why, now=now)
        return changes, Adjusted.PROPOSED
    after, told = change(account, limit, policy, by=BY, reason=found.because, now=now)
    return kept(account, after) + told, Adjusted.SET


def _cuts(account: CreditAccount, limit: CreditLimit, policy: CreditPolicy, today: date) -> bool:
    """Less of this source, or less that counts: where the lowest does, a first limit may cut."""
    standing = account.limit_of(limit.source)
    if standing is not None and limit.amount < standing.amount:
        return True
    others = tuple(li for li in account.limits if li.source is not limit.source)
    known = effective(account, policy.terms.basis, today)
    counts = effective(replace(account, limits=(*others, limit)), policy.terms.basis, today)
    return known is not None and counts is not None and counts < known


def _near(amount: Money, standing: CreditLimit | None, terms: AutomaticTerms) -> bool:
    """Too small a step to bother anybody with; without a limit, nothing earned."""
    if standing is None:
        return amount.minor <= 0
    step = abs(amount.minor - standing.amount.minor)
    return step * 100 < terms.step_percent * standing.amount.minor or step == 0


def _said(proposal: LimitProposal, now: datetime) -> bool:
    """A person has it on the desk, or refused it lately."""
    if proposal.state is ProposalState.PROPOSED:
        return True
    refused = proposal.state is ProposalState.REFUSED and proposal.decided_at is not None
    lately = now - timedelta(days=LEFT_ALONE_DAYS)
    return refused and proposal.decided_at is not None and proposal.decided_at > lately


def adjust(
    books: Books, org: str, debtor: str, now: datetime, grounds: Grounds
) -> tuple[Changes, Adjusted]:
    """Looks at one debtor again; the same news twice changes nothing. NotFound without account."""
    account = books.get(CreditAccount, org, debtor)
    policy = grounds(account).policy
    if policy.terms.automatic is None:
        return Changes(), Adjusted.UNCHANGED
    found = books.all_of(LimitProposal, org, debtor)
    mine = tuple(p for p in found if p.source is LimitSource.AUTOMATIC)
    return decide(account, mine, policy, now)
