"""What webhooks need from the outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from kasstroom.webhooks.model import Answer

SecretOf = Callable[[str, str, int], str]
"""The signing secret of an organisation's subscription, by its number."""
CheckUrl = Callable[[str], object]
"""Refused when a webhook may not go to this URL."""
Post = Callable[[str, bytes, Mapping[str, str]], Answer]
"""One POST to a checked address, redirects not followed. Whatever goes wrong is in the answer."""


class DeliveryQueue(Protocol):
    def put(self, org: str, subscription: str, event: str) -> None:
        """Asks for a delivery to be tried; doing so twice changes nothing."""
        ...
