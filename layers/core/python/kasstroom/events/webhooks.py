"""What happens to the webhooks themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kasstroom.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSubscriptionPaused(Event):
    """No more is sent until somebody makes it active again: `reason` is failing (nothing arrived
    for five days) or gone (it answered 410). `debtor` is empty."""

    TYPE: ClassVar[str] = "webhook.subscription.paused"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPing(Event):
    """Sent on request, to one subscription, to try it; never on the bus. `debtor` is empty."""

    TYPE: ClassVar[str] = "webhook.ping"
    description: str
