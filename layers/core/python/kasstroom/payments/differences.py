"""Where a provider's list and the ledger do not agree: a task, until it is settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from kasstroom.changes import Changes, Versioned
from kasstroom.errors import Conflict, NotFound
from kasstroom.events.payments import PaymentDiffers
from kasstroom.ids import derived_id
from kasstroom.money import Money
from kasstroom.payments.model import (
    WorkState,
)
from kasstroom.payments.reported import (
    NewsKind,
    ProviderNews,
)
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of

RESOLVE_DAYS = 2
KEPT_DAYS = 400
"""As long as the day it is of (`provider_days`): how it was settled explains that day."""
OWNER = "finance"


class DifferenceKind(StrEnum):
    """`not_in_ledger`: the provider has it and we do not. `not_at_provider`: the other way round.
    `amount`: both have it, with other amounts. `returned`: both have it, and only the provider
    knows that it came back (a refund that bounced, a chargeback that was reversed). `payout`: the
    lines of a payout do not add up."""

    NOT_IN_LEDGER = "not_in_ledger"
    NOT_AT_PROVIDER = "not_at_provider"
    AMOUNT = "amount"
    RETURNED = "returned"
    PAYOUT = "payout"


@dataclass(frozen=True, slots=True)
class Difference(Versioned):
    """Where a provider's list and the ledger do not agree: a task with an owner and a deadline.
    It resolves itself when a later comparison finds them agreeing; `note` says how a person did.
    `on` is the day (Amsterdam) it happened, whose report names it."""

    org: str
    id: str
    kind: DifferenceKind
    provider: str
    what: NewsKind
    provider_id: str
    payment_id: str
    amount: Money
    ours: Money | None
    found_at: datetime
    owner: str
    resolve_by: date
    state: WorkState = WorkState.OPEN
    note: str = ""
    resolved_by: str = ""
    gone_at: datetime | None = None
    on: date | None = None


def difference_id(org: str, provider: str, provider_id: str) -> str:
    return derived_id("dif", org, provider, provider_id)


def differs(
    books: Books,
    org: str,
    provider: str,
    item: ProviderNews,
    kind: DifferenceKind,
    ours: Money | None,
    now: datetime,
) -> None:
    id = difference_id(org, provider, item.id)

    def plan() -> tuple[Changes, None]:
        known = books.find(Difference, org, id=id)
        settled_by_hand = known and known.resolved_by and known.state is WorkState.RESOLVED
        if known and known.kind is kind and (settled_by_hand or known.state is WorkState.OPEN):
            return Changes(), None
        fresh = Difference(
            org, id, kind, provider, item.kind, item.id, item.payment_id, item.amount, ours, now,
            OWNER, day_of(now) + timedelta(days=RESOLVE_DAYS), on=day_of(item.at),
        )  # fmt: skip
        event = PaymentDiffers(
            org=org, debtor="", subject=item.id, at=now, kind=kind, provider=provider,
            amount=item.amount,
        )  # fmt: skip
        if known is None:
            return Changes(create=(fresh,), events=(event,)), None
        again = replace(fresh, version=known.version)
        return Changes(update=(again,), events=(event,)), None

    settle(books, plan)


def agrees(books: Books, org: str, provider: str, provider_id: str, now: datetime) -> None:
    """A later look finds them agreeing."""
    id = difference_id(org, provider, provider_id)
    if books.find(Difference, org, id=id) is None:
        return
    settle(books, lambda: resolve(books, org, id, "agrees now", "", now))


def resolve(
    books: Books, org: str, id: str, note: str, by: str, now: datetime
) -> tuple[Changes, Difference]:
    """Somebody, or a later comparison, settled it. Conflict when it is settled already by hand."""
    known = books.find(Difference, org, id=id)
    if known is None:
        raise NotFound("difference_not_found", f"There is no difference {id}.")
    if known.state is WorkState.RESOLVED:
        if by:
            raise Conflict("already_resolved", f"This difference is resolved: {known.note}.")
        return Changes(), known
    done = replace(
        known, state=WorkState.RESOLVED, note=note, resolved_by=by,
        gone_at=now + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    return Changes(update=(done,)), done
