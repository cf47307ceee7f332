"""A message to a debtor: claimed once, sent once, with its delivery state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.debtors.model import Channel
from kasstroom.money import Money
from kasstroom.organisations.model import Language


class MessageState(StrEnum):
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Message(Versioned):
    """`id` derives from the debtor and the case's sequence, so a step has one message. `about` is
    the collection that a notice of a direct debit tells of, "" for a reminder.

    A claim whose sender died is taken over after `claimed_until`, unless a delivery receipt
    proves that the provider has it.
    """

    org: str
    debtor: str
    id: str
    template: str
    channel: Channel
    language: Language
    address: str
    invoices: tuple[str, ...]
    amount: Money
    state: MessageState
    claimed_until: datetime
    created_at: datetime
    attempts: int = 1
    tried: tuple[Channel, ...] = ()
    link_id: str = ""
    provider_id: str = ""
    sent_at: datetime | None = None
    about: str = ""

    @property
    def due(self) -> Due | None:
        if self.state is MessageState.CLAIMED:
            work = Work.NOTICE if self.about else Work.MESSAGE_CLAIM
            return Due(work, self.claimed_until)
        return None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message, ready for a channel. `html` and `subject` are for e-mail,
    `template`, `parameters` and `button` (what its link ends with) for WhatsApp, `text` for SMS
    and as the e-mail's plain part.
    """

    message_id: str
    org: str
    debtor: str
    to: str
    sender: str
    language: Language
    text: str
    subject: str = ""
    html: str = ""
    template: str = ""
    parameters: tuple[str, ...] = ()
    button: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider reports about a message: `sent`, `delivered`, `bounced` or `failed`."""

    org: str
    debtor: str
    message_id: str
    state: MessageState
    at: datetime
    provider_id: str = ""
    detail: str = ""
