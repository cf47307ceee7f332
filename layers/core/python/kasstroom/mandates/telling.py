"""Which news of direct debits a debtor is told, and how: for whoever sends the messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kasstroom.errors import Refused
from kasstroom.events.mandates import CollectionAnnounced, CollectionCancelled
from kasstroom.mandates import calling_off, notices
from kasstroom.mandates.calling_off import Cancelled
from kasstroom.messages.model import Message
from kasstroom.messages.sending import Sender
from kasstroom.money import Money

TOLD = (CollectionAnnounced.TYPE, CollectionCancelled.TYPE)
"""The events a debtor hears of."""


def tell(sender: Sender, news: Mapping[str, Any], now: datetime) -> Message | None:
    """`news` is the event as it leaves here. None when the debtor was told before, is told later,
    or needs not be. Refused for an event nobody is told of."""
    org, debtor, collection = news["organisation"], news["debtor"], news["subject"]
    if news["type"] == CollectionAnnounced.TYPE:
        return notices.announce(sender, org, debtor, collection, now)
    if news["type"] != CollectionCancelled.TYPE:
        raise Refused("nobody_is_told", f"No debtor is told of {news['type']}.")
    data = news["data"]
    amount = Money.parse(data["amount"]["value"], data["amount"]["currency"])
    what = Cancelled(org, debtor, collection, amount, tuple(data["invoices"]))
    return calling_off.call_off(sender, what, now)


def go_on(sender: Sender, org: str, debtor: str, message_id: str, now: datetime) -> Message | None:
    """A message that waited for the morning, or whose sender died."""
    message = sender.books.get(Message, org, debtor, message_id)
    finish = calling_off.resume if message.template == calling_off.TEMPLATE else notices.resume
    return finish(sender, org, debtor, message_id, now)
