"""Subscriptions and their deliveries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.errors import NotFound

PING = "webhook.ping"
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TURNED = str.maketrans(_DIGITS, _DIGITS[::-1])
_ULID = "[0-9A-HJKMNP-TV-Z]{26}"
EVENT_ID = re.compile(f"evt_{_ULID}")
_DELIVERY_ID = re.compile(f"dlv_({_ULID})_({_ULID})")


class PauseReason(StrEnum):
    """`failing`: nothing arrived for days; `gone`: the receiver answered 410."""

    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Pause:
    reason: PauseReason
    at: datetime


@dataclass(frozen=True, slots=True)
class WebhookSubscription(Versioned):
    """`secret_number`: which of its secrets signs; until `previous_until` the one before signs
    too. `failing_since`: every try failed from then on, the last one at about `failed_at`."""

    org: str
    id: str
    url: str
    types: tuple[str, ...]
    description: str
    active: bool
    created_at: datetime
    created_by: str
    secret_number: int = 1
    previous_until: datetime | None = None
    failing_since: datetime | None = None
    failed_at: datetime | None = None
    pause: Pause | None = None
    deleted_at: datetime | None = None
    gone_at: datetime | None = None

    def secret_numbers(self, now: datetime) -> tuple[int, ...]:
        """The secrets in force, the newest first."""
        renewed = self.previous_until is not None and now < self.previous_until
        return (self.secret_number, self.secret_number - 1) if renewed else (self.secret_number,)


class DeliveryState(StrEnum):
    """`pending`: waits for its (next) try; `delivering`: somebody is at it; `cancelled`: the
    subscription was deleted, or was not active when its turn came."""

    PENDING = "pending"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`status` None: no answer, `error` says why; neither: we stopped before it was written down,
    so it may have arrived. `answer` is how the receiver's answer begins."""

    at: datetime
    status: int | None = None
    milliseconds: int | None = None
    error: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one call. `error`: dns, address_not_allowed, timeout, connection, tls or
    not_http."""

    status: int | None
    milliseconds: int
    error: str = ""
    text: str = ""

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class WebhookDelivery(Versioned):
    """One event for one subscription. `body` is sent as it is, every time; `tries` counts since it
    was queued, by us or by hand. `look_at`: when the retry round has to look at it."""

    org: str
    subscription: str
    event: str
    type: str
    subject: str
    body: str
    state: DeliveryState
    created_at: datetime
    gone_at: datetime
    tries: int = 0
    attempts: tuple[Attempt, ...] = ()
    next_try_at: datetime | None = None
    claimed_until: datetime | None = None
    look_at: datetime | None = None

    @property
    def id(self) -> str:
        """The same at every try, so that a receiver can drop what it knows."""
        ids = (self.subscription, self.event)
        return "_".join(("dlv", *(one.partition("_")[2] for one in ids)))

    @property
    def place(self) -> str:
        return place_of(self.event)

    @property
    def due(self) -> Due | None:
        return Due(Work.WEBHOOK, self.look_at) if self.look_at else None


def place_of(event: str) -> str:
    """The event's id with its digits turned around: a list reads upwards, so the newest come first.
    Turned twice it is the id again."""
    prefix, _, ulid = event.partition("_")
    return f"{prefix}_{ulid.translate(_TURNED)}"


def parts_of(delivery: str) -> tuple[str, str]:
    """Ids of the subscription and the event of a delivery's id. NotFound when it is none."""
    found = _DELIVERY_ID.fullmatch(delivery)
    if found is None:
        raise NotFound("webhook_delivery_not_found", "There is no webhook delivery here.")
    return f"whs_{found[1]}", f"evt_{found[2]}"
