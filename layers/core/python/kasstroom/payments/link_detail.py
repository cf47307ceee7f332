"""One link with the tries to pay on it: how far a payer is, as soon as the provider told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.money import Money
from kasstroom.payments.links import by_id
from kasstroom.payments.model import AttemptState, PaymentAttempt
from kasstroom.payments.views import LinkView, facts_of
from kasstroom.ports import Books

MOST_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One try to pay, as the provider told of it last: `created` and `open` are not finished;
    `failed`, `canceled` and `expired` took no money."""

    id: str
    state: AttemptState
    amount: Money
    provider: str
    provider_id: str
    started_at: datetime
    expires_at: datetime | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class LinkDetail(LinkView):
    """`attempts` are the latest tries to pay on it, the newest first."""

    attempts: tuple[AttemptView, ...]


def shown(books: Books, org: str, id: str, now: datetime) -> LinkDetail:
    link = by_id(books, org, id)
    of_debtor = books.all_of(PaymentAttempt, org, link.debtor)
    mine = sorted((a for a in of_debtor if a.link_id == id), key=lambda a: (a.created_at, a.id))
    newest = tuple(_attempt(a) for a in reversed(mine[-MOST_ATTEMPTS:]))
    return LinkDetail(**facts_of(link, now), attempts=newest)


def _attempt(a: PaymentAttempt) -> AttemptView:
    return AttemptView(
        a.id, a.state, a.amount, a.provider, a.provider_id, a.created_at, a.expires_at, a.paid_on
    )
