"""Two views of an application: all of it for the merchant, and what the buyer may read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.access.model import Actor
from kasstroom.applications.model import (
    WAITING,
    Applicant,
    ApplicationState,
    ApplicationVerdict,
    CreditApplication,
    ListedApplication,
    Lookalike,
    Transition,
    state_at,
)
from kasstroom.applications.opening import Opened
from kasstroom.credit.model import Profile
from kasstroom.credit.restricted import sees_lists
from kasstroom.debtors.model import DebtorKind
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class OpenedView:
    """`url` is shown now only: we keep a fingerprint of its token, not the token."""

    id: str
    debtor: str
    url: str
    state: ApplicationState
    expires_at: datetime


def opened_view(opened: Opened, public_url: str) -> OpenedView:
    a = opened.application
    return OpenedView(a.id, a.debtor, f"{public_url}/apply/{opened.token}", a.state, a.expires_at)


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """For the merchant only: it holds notes, names of colleagues, scores and lookalikes.
    `first_approval`: one person agreed, and the amount asks for a second."""

    id: str
    reference: str
    debtor: str
    kind: DebtorKind
    language: Language
    state: ApplicationState
    data: Applicant
    created_at: datetime
    expires_at: datetime
    submitted_by: str
    consented_at: datetime | None
    review: str
    duplicates: tuple[Lookalike, ...]
    facts: Profile | None
    screened_at: datetime | None
    first_approval: ApplicationVerdict | None
    verdict: ApplicationVerdict | None
    history: tuple[Transition, ...]


def application_view(a: CreditApplication, now: datetime, actor: Actor) -> ApplicationView:
    return ApplicationView(
        a.id, a.reference, a.debtor, a.kind, a.language, state_at(a, now), a.data, a.created_at,
        a.expires_at, a.submitted_by, a.consented_at, a.review_id, a.duplicates,
        facts_for(a.facts, actor), a.screened_at, a.first_approval, a.verdict, a.history,
    )  # fmt: skip


def facts_for(facts: Profile | None, actor: Actor) -> Profile | None:
    """Sanctions only for who may see them in a screening: nobody warns a listed party."""
    return facts if facts is None or sees_lists(actor) else replace(facts, sanctions="")


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """`next_cursor` null: this was the last page. With `state` a page may be shorter, or empty,
    and still have a next one."""

    items: tuple[ListedApplication, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class BuyerView:
    """What the applicant may read, whoever holds the link. `data` is None once it was sent, so
    that a link that is found later tells nothing about anybody; `limit` and `terms_days` are there
    when credit was granted."""

    reference: str
    state: ApplicationState
    kind: DebtorKind
    natural_person: bool
    language: Language
    expires_on: date
    changed_on: date
    return_url: str
    data: Applicant | None = None
    limit: Money | None = None
    terms_days: int | None = None


def buyer_view(a: CreditApplication, now: datetime) -> BuyerView:
    state = state_at(a, now)
    granted = a.verdict if state is ApplicationState.APPROVED else None
    shown = ApplicationState.SUBMITTED if state is ApplicationState.IN_REVIEW else state
    return BuyerView(
        a.reference, shown, a.kind, a.is_natural_person, a.language, day_of(a.expires_at),
        day_of(_changed_at(a)), _way_back(a, shown),
        data=a.data if state is ApplicationState.DRAFT else None,
        limit=granted.limit if granted else None,
        terms_days=granted.terms_days if granted else None,
    )  # fmt: skip


def _changed_at(a: CreditApplication) -> datetime:
    """When it was sent, as long as it waits: what colleagues do meanwhile is theirs."""
    sent_at = a.consented_at if a.state in WAITING else None
    return sent_at or a.last_step_at


def _way_back(a: CreditApplication, state: ApplicationState) -> str:
    """Tells the shop which application it was; the outcome it asks by API."""
    if not a.return_url or state is ApplicationState.EXPIRED:
        return ""
    address, mark, fragment = a.return_url.partition("#")
    joined = "&" if "?" in address else "?"
    return f"{address}{joined}application={a.id}&state={state}{mark}{fragment}"
