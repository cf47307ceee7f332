"""One try of one delivery: claimed, called, written down. Never two at the same time.

Whoever stops between the call and writing it down leaves a claim that ends by itself; the next try
carries the same `Kasstroom-Delivery`, and the receiver drops what it knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.changes import Changes
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import Clock
from kasstroom.webhooks.model import (
    Answer,
    DeliveryState,
    WebhookDelivery,
    WebhookSubscription,
    place_of,
)
from kasstroom.webhooks.policy import claimed, recorded
from kasstroom.webhooks.ports import Post, SecretOf
from kasstroom.webhooks.signature import HEADER, header_of

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"


class Tried(StrEnum):
    """`not_now`: it is done, or not due, or somebody else is at it; `closed`: it is given up."""

    NOT_NOW = "not_now"
    CLOSED = "closed"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"


@dataclass(frozen=True, slots=True)
class Job:
    org: str
    subscription: str
    event: str


@dataclass(frozen=True, slots=True)
class _Claim:
    delivery: WebhookDelivery
    url: str
    secrets: tuple[str, ...]


def deliver(
    books: Books, job: Job, secret_of: SecretOf, post: Post, clock: Clock,
    unix_time: Callable[[], float],
) -> Tried:  # fmt: skip
    """`unix_time` is the real time, also where `clock` is turned: who checks a signature has only
    the real one."""
    claim = settle(books, lambda: _claim(books, job, secret_of, clock()))
    if not isinstance(claim, _Claim):
        return claim
    sent = claim.delivery
    answer = post(claim.url, sent.body.encode(), headers_of(sent, claim.secrets, int(unix_time())))
    settle(books, lambda: _record(books, job, answer, clock()))
    return Tried.DELIVERED if answer.is_delivered else Tried.NOT_DELIVERED


def headers_of(delivery: WebhookDelivery, secrets: tuple[str, ...], at: int) -> dict[str, str]:
    """`at` in Unix seconds."""
    return {
        "Content-Type": CONTENT_TYPE,
        "User-Agent": "Kasstroom-Webhooks/1",
        HEADER: header_of(secrets, delivery.body.encode(), at),
        "Kasstroom-Event": delivery.type,
        "Kasstroom-Delivery": delivery.id,
    }


def _claim(
    books: Books, job: Job, secret_of: SecretOf, now: datetime
) -> tuple[Changes, _Claim | Tried]:
    delivery = _find(books, job)
    if delivery is None:
        return Changes(), Tried.NOT_NOW
    subscription = books.find(WebhookSubscription, job.org, id=job.subscription)
    after = claimed(delivery, subscription, now)
    if after is None:
        return Changes(), Tried.NOT_NOW
    if subscription is None or after.state is not DeliveryState.DELIVERING:
        return Changes(update=(after,)), Tried.CLOSED
    numbers = subscription.secret_numbers(now)
    secrets = tuple(secret_of(job.org, subscription.id, number) for number in numbers)
    return Changes(update=(after,)), _Claim(after, subscription.url, secrets)


def _record(books: Books, job: Job, answer: Answer, now: datetime) -> tuple[Changes, None]:
    delivery = _find(books, job)
    if delivery is None:
        return Changes(), None
    subscription = books.find(WebhookSubscription, job.org, id=job.subscription)
    return recorded(delivery, subscription, answer, now), None


def _find(books: Books, job: Job) -> WebhookDelivery | None:
    return books.find(WebhookDelivery, job.org, job.subscription, place_of(job.event))
