"""Events on their way to a subscription: queued once, tried until they arrive, kept for a month."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from kasstroom.changes import Changes, Work
from kasstroom.errors import Duplicate, Refused
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.webhooks.model import (
    EVENT_ID,
    DeliveryState,
    WebhookDelivery,
    WebhookSubscription,
    parts_of,
    place_of,
)
from kasstroom.webhooks.patterns import wanted
from kasstroom.webhooks.policy import closed, is_free
from kasstroom.webhooks.ports import DeliveryQueue
from kasstroom.webhooks.subscriptions import LOG_DAYS, all_live, live

GRACE = timedelta(minutes=2)
"""What was queued is looked for after this, should the queue never have heard of it."""
QUEUED_FOR = timedelta(minutes=15)
"""What the retry round queued is not queued again before this, however full the queue is."""


def opened(
    subscription: WebhookSubscription, envelope: Mapping[str, Any], now: datetime
) -> WebhookDelivery:
    """Refused when this is no event of ours."""
    try:
        event, type_, subject = envelope["id"], envelope["type"], envelope["subject"]
    except KeyError as error:
        raise Refused("malformed_event", f"This event has no {error}.") from None
    if not EVENT_ID.fullmatch(event):
        raise Refused("malformed_event", "The id of this event is none of ours.")
    body = json.dumps(envelope, separators=(",", ":"), ensure_ascii=False)
    return WebhookDelivery(
        subscription.org, subscription.id, event, type_, subject, body, DeliveryState.PENDING,
        now, now + timedelta(days=LOG_DAYS), next_try_at=now, look_at=now + GRACE,
    )  # fmt: skip


def queue_event(
    books: Books, queue: DeliveryQueue, envelope: Mapping[str, Any], now: datetime
) -> int:
    """One delivery for each active subscription that wants this event; an event that comes twice
    finds its deliveries there. While one is paused by us, what it misses is in its log too, to be
    delivered later by hand. Returns how many were queued."""
    queued = 0
    for subscription in all_live(books, envelope["organisation"]):
        if not wanted(subscription.types, envelope["type"]):
            continue
        delivery = opened(subscription, envelope, now)
        if not subscription.active:
            if subscription.pause:
                missed = closed(delivery, DeliveryState.CANCELLED)
                with suppress(Duplicate):
                    books.commit(Changes(create=(missed,)))
            continue
        # One that is there is queued again all the same: the first time may have stopped here.
        with suppress(Duplicate):
            books.commit(Changes(create=(delivery,)))
        queue.put(delivery.org, delivery.subscription, delivery.event)
        queued += 1
    return queued


def queue_due(books: Books, queue: DeliveryQueue, now: datetime) -> int:
    """Queues what has waited long enough, and what somebody began and did not finish."""
    queued = 0
    for due in books.due(Work.WEBHOOK, now):
        org, subscription, place = due.org, due.debtor, due.id

        def taken(
            org: str = org, subscription: str = subscription, place: str = place
        ) -> tuple[Changes, bool]:
            found = books.find(WebhookDelivery, org, subscription, place)
            if found is None or found.look_at is None or found.look_at > now:
                return Changes(), False
            return Changes(update=(replace(found, look_at=now + QUEUED_FOR),)), True

        if settle(books, taken):
            queue.put(org, subscription, place_of(place))
            queued += 1
    return queued


def ping(
    books: Books, org: str, id: str, envelope: Mapping[str, Any], now: datetime
) -> tuple[Changes, WebhookDelivery]:
    """A delivery of `webhook.ping`, whatever types the subscription wants."""
    delivery = opened(is_active(books, org, id), envelope, now)
    return Changes(create=(delivery,)), delivery


def redeliver(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, WebhookDelivery]:
    """The same event under the same id, with all its retries again. Refused while it is tried."""
    subscription, event = parts_of(id)
    active = is_active(books, org, subscription)
    stored = books.get(WebhookDelivery, org, active.id, place_of(event))
    if stored.state is DeliveryState.DELIVERING and not is_free(stored, now):
        detail = "This is being delivered right now. Look again in a minute."
        raise Refused("being_delivered", detail)
    after = again(stored, now, look_at=now + GRACE)
    return Changes(update=(after,)), after


def again(stored: WebhookDelivery, now: datetime, *, look_at: datetime) -> WebhookDelivery:
    """With all its retries anew; `look_at` is when the retry round looks for it."""
    return replace(
        stored, state=DeliveryState.PENDING, tries=0, next_try_at=now, claimed_until=None,
        look_at=look_at,
    )  # fmt: skip


def is_active(books: Books, org: str, id: str) -> WebhookSubscription:
    """Refused for one that is not active, NotFound when there is none."""
    found = live(books, org, id)
    if not found.active:
        detail = "This subscription is not active. Make it active first."
        raise Refused("subscription_inactive", detail)
    return found
