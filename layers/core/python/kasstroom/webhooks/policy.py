"""When a delivery is tried, and when a subscription is left alone: pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.events.webhooks import WebhookSubscriptionPaused
from kasstroom.webhooks.model import (
    PING,
    Answer,
    Attempt,
    DeliveryState,
    Pause,
    PauseReason,
    WebhookDelivery,
    WebhookSubscription,
)

WAITS = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=6), timedelta(hours=24), timedelta(hours=48),
)  # fmt: skip
"""Between one try and the next; after the last there is none."""
CLAIM = timedelta(seconds=60)
"""Longer than a call can take: after it, whoever was at it has stopped."""
PAUSED_AFTER = timedelta(days=5)
SILENCE = timedelta(days=3)
"""A failure so long after the one before starts a new row of failures. Longer than any wait."""
NOTED_EVERY = timedelta(hours=1)
"""How precisely `failed_at` is kept, so that a flood of failures is not a flood of writes."""
ATTEMPTS_KEPT = 20
ANSWER_CHARACTERS = 500
GONE = 410
_CLOSED = (DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.CANCELLED)


def waits_of(type_: str) -> tuple[timedelta, ...]:
    """A ping is tried once: somebody is looking."""
    return () if type_ == PING else WAITS


def is_free(delivery: WebhookDelivery, now: datetime) -> bool:
    """Whether it may be tried now: its turn has come and nobody is at it."""
    if delivery.state is DeliveryState.DELIVERING:
        return delivery.claimed_until is None or delivery.claimed_until <= now
    if delivery.state in _CLOSED:
        return False
    return delivery.next_try_at is None or delivery.next_try_at <= now


def claimed(
    delivery: WebhookDelivery, subscription: WebhookSubscription | None, now: datetime
) -> WebhookDelivery | None:
    """The delivery as it is while it is tried; closed when there is nothing to try any more; None
    when it is not free. A try counts when it begins: one that crashes every time ends too."""
    if not is_free(delivery, now):
        return None
    if subscription is None or not subscription.active or subscription.deleted_at:
        return closed(delivery, DeliveryState.CANCELLED)
    if delivery.tries > len(waits_of(delivery.type)):
        return closed(delivery, DeliveryState.FAILED)
    attempts = (*delivery.attempts, Attempt(now))[-ATTEMPTS_KEPT:]
    return replace(
        delivery, state=DeliveryState.DELIVERING, tries=delivery.tries + 1, attempts=attempts,
        next_try_at=None, claimed_until=now + CLAIM, look_at=now + CLAIM,
    )  # fmt: skip


def closed(delivery: WebhookDelivery, state: DeliveryState) -> WebhookDelivery:
    return replace(delivery, state=state, next_try_at=None, claimed_until=None, look_at=None)


def recorded(
    delivery: WebhookDelivery,
    subscription: WebhookSubscription | None,
    answer: Answer,
    now: datetime,
) -> Changes:
    """What one call changes. Nothing when somebody else wrote the end of it meanwhile."""
    if delivery.state is not DeliveryState.DELIVERING:
        return Changes()
    told = _told(delivery, answer)
    after = _after(subscription, told, answer, now) if subscription else None
    is_paused = after is not None and not after.active
    changes = Changes(update=(_next(told, answer, now, is_paused),))
    if after is None or after == subscription:
        return changes
    newly = subscription is not None and subscription.active and is_paused
    return changes + Changes(update=(after,), events=_news(after, now) if newly else ())


def _told(delivery: WebhookDelivery, answer: Answer) -> WebhookDelivery:
    *before, last = delivery.attempts
    last = replace(
        last, status=answer.status, milliseconds=answer.milliseconds, error=answer.error,
        answer=answer.text[:ANSWER_CHARACTERS],
    )  # fmt: skip
    return replace(delivery, attempts=(*before, last))


def _next(
    delivery: WebhookDelivery, answer: Answer, now: datetime, is_paused: bool
) -> WebhookDelivery:
    if answer.is_delivered:
        return closed(delivery, DeliveryState.DELIVERED)
    waits = waits_of(delivery.type)
    if is_paused or delivery.tries > len(waits):
        return closed(delivery, DeliveryState.FAILED)
    again = now + waits[delivery.tries - 1]
    return replace(
        delivery, state=DeliveryState.PENDING, next_try_at=again, claimed_until=None, look_at=again
    )


def _after(
    subscription: WebhookSubscription, delivery: WebhookDelivery, answer: Answer, now: datetime
) -> WebhookSubscription:
    """The subscription after a try; itself when nothing worth writing changed."""
    if answer.is_delivered:
        return replace(subscription, failing_since=None, failed_at=None)
    if not subscription.active:
        return subscription
    if answer.status == GONE:
        return paused(subscription, PauseReason.GONE, now)
    if delivery.type == PING:
        return subscription
    noted = _noted(subscription, now)
    # Never at a first try: whoever was quiet for some days gets the retries of this event too.
    long = noted.failing_since is not None and now - noted.failing_since >= PAUSED_AFTER
    return paused(noted, PauseReason.FAILING, now) if long and delivery.tries > 1 else noted


def _noted(subscription: WebhookSubscription, now: datetime) -> WebhookSubscription:
    last = subscription.failed_at
    if last is None or now - last > SILENCE:
        return replace(subscription, failing_since=now, failed_at=now)
    return replace(subscription, failed_at=now) if now - last >= NOTED_EVERY else subscription


def paused(
    subscription: WebhookSubscription, reason: PauseReason, now: datetime
) -> WebhookSubscription:
    return replace(subscription, active=False, pause=Pause(reason, now))


def _news(
    subscription: WebhookSubscription, now: datetime
) -> tuple[WebhookSubscriptionPaused, ...]:
    assert subscription.pause
    return (
        WebhookSubscriptionPaused(
            org=subscription.org, debtor="", subject=subscription.id, at=now,
            reason=subscription.pause.reason,
        ),
    )  # fmt: skip
