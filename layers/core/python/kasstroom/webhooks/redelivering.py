"""Everything a receiver missed, delivered after all: after a pause, or a bad day of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Command
from kasstroom.errors import Refused
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import Instant
from kasstroom.webhooks.deliveries import again, is_active
from kasstroom.webhooks.model import DeliveryState, WebhookDelivery, parts_of, place_of
from kasstroom.webhooks.subscriptions import LOG_DAYS

MOST_AT_ONCE = 200
"""Deliveries looked at in one call: a read and a commit each at most."""
_MISSED = frozenset({DeliveryState.FAILED, DeliveryState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Missed(Command):
    """What happened at `since` or later and did not arrive. `cursor` goes on where the last call
    stopped."""

    since: Instant
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Redelivered:
    """`queued` are on their way again, each under its own `Kasstroom-Delivery`; `next_cursor` null:
    that was all."""

    queued: int
    next_cursor: str | None


def redeliver_missed(books: Books, org: str, id: str, asked: Missed, now: datetime) -> Redelivered:
    """The newest first, each once: asked again, what is on its way is left alone. The retry round
    takes them from here. Refused for a subscription that is not active."""
    subscription = is_active(books, org, id)
    if asked.since < now - timedelta(days=LOG_DAYS):
        detail = f"Deliveries are kept for {LOG_DAYS} days; give a later moment."
        raise Refused("too_long_ago", detail, "/body/since")
    after = place_of(parts_of(asked.cursor)[1]) if asked.cursor else ""
    found = books.listing(WebhookDelivery, org, subscription.id, after=after, limit=MOST_AT_ONCE)
    queued = 0
    for delivery in found:
        if delivery.created_at < asked.since:
            return Redelivered(queued, None)
        if delivery.state in _MISSED:
            queued += settle(books, lambda d=delivery: _again(books, d, now))  # type: ignore[misc]
    return Redelivered(queued, found[-1].id if len(found) == MOST_AT_ONCE else None)


def _again(books: Books, missed: WebhookDelivery, now: datetime) -> tuple[Changes, bool]:
    known = books.get(WebhookDelivery, missed.org, missed.subscription, missed.place)
    if known.state not in _MISSED:
        return Changes(), False
    return Changes(update=(again(known, now, look_at=now),)), True
