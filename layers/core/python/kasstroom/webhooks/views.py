"""What the API shows: never a secret, except in the answer that makes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.credit.restricted import sees_lists
from kasstroom.ports import Books
from kasstroom.webhooks.model import (
    Attempt,
    DeliveryState,
    Pause,
    PauseReason,
    WebhookDelivery,
    WebhookSubscription,
    parts_of,
    place_of,
)
from kasstroom.webhooks.patterns import RESTRICTED
from kasstroom.webhooks.subscriptions import live

_WHY = {
    PauseReason.FAILING: "nothing arrived for five days",
    PauseReason.GONE: "the receiver said that it is gone (410)",
}
_READ_AT_ONCE = 100
_READ_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """`pause` tells why it was made inactive by us, `explanation` the same in words and what to do
    about it; `failing_since`: nothing arrived from then on.
    `secret_number` counts its secrets; the one before signs too until `previous_until`."""

    id: str
    url: str
    types: tuple[str, ...]
    description: str
    active: bool
    pause: Pause | None
    failing_since: datetime | None
    secret_number: int
    previous_until: datetime | None
    created_at: datetime
    created_by: str
    explanation: str


@dataclass(frozen=True, slots=True)
class SubscriptionWithSecret(SubscriptionView):
    """`secret` is shown in this answer only. Keep it where your receiver can read it."""

    secret: str


@dataclass(frozen=True, slots=True)
class SubscriptionPage:
    """All of them: there are never many."""

    items: tuple[SubscriptionView, ...]


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """`id` is the `Kasstroom-Delivery` that was sent; it can be delivered again until
    `gone_at`."""

    id: str
    subscription: str
    event: str
    type: str
    subject: str
    state: DeliveryState
    created_at: datetime
    next_try_at: datetime | None
    attempts: tuple[Attempt, ...]
    gone_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """`next_cursor` null: this was the last page. A page may hold fewer than asked for, when it
    looks for one state."""

    items: tuple[DeliveryView, ...]
    next_cursor: str | None


def subscription_view(s: WebhookSubscription) -> SubscriptionView:
    return SubscriptionView(
        s.id, s.url, s.types, s.description, s.active, s.pause, s.failing_since, s.secret_number,
        s.previous_until, s.created_at, s.created_by, _explained(s),
    )  # fmt: skip


def _explained(s: WebhookSubscription) -> str:
    if s.pause is None:
        return "" if s.active else "It was stopped by somebody: nothing is sent."
    return (
        f"Nothing is sent since {s.pause.at:%Y-%m-%d %H:%M} UTC, because {_WHY[s.pause.reason]}."
        " Put the receiver right, make the subscription active (PATCH), and have what it missed"
        " delivered: POST .../redeliver-missed. That is possible for 30 days."
    )


def delivery_view(d: WebhookDelivery) -> DeliveryView:
    return DeliveryView(
        d.id, d.subscription, d.event, d.type, d.subject, d.state, d.created_at, d.next_try_at,
        d.attempts, d.gone_at,
    )  # fmt: skip


def delivery_page(
    books: Books, org: str, id: str, actor: Actor, *, state: DeliveryState | None, after: str,
    limit: int,
) -> DeliveryPage:  # fmt: skip
    """The newest first. A cursor is the id of the delivery read last; what is about lists of
    sanctioned parties is for people alone."""
    subscription = live(books, org, id)
    place = place_of(parts_of(after)[1]) if after else ""
    sees_all, shown, read = sees_lists(actor), [], 0
    while True:
        found = books.listing(
            WebhookDelivery, org, subscription.id, after=place, limit=_READ_AT_ONCE
        )
        for delivery in found:
            if state in (None, delivery.state) and (sees_all or delivery.type not in RESTRICTED):
                shown.append(delivery_view(delivery))
            if len(shown) == limit:
                return DeliveryPage(tuple(shown), delivery.id)
        read += len(found)
        if len(found) < _READ_AT_ONCE:
            return DeliveryPage(tuple(shown), None)
        if read >= _READ_AT_MOST:
            return DeliveryPage(tuple(shown), found[-1].id)
        place = found[-1].place
