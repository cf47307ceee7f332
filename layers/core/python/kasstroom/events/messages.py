"""What happens to messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kasstroom.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageUndeliverable(Event):
    """No way to the debtor is left: `attention` is the item a person has to look at. `reason` is
    the provider's code of the last way."""

    TYPE: ClassVar[str] = "message.undeliverable"
    channel: str
    reason: str
    attention: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressSuppressed(Event):
    """An address is not tried any more: bounced, complained or opted_out. Named by its channel, so
    that no address leaves in the news."""

    TYPE: ClassVar[str] = "address.suppressed"
    channel: str
    reason: str
