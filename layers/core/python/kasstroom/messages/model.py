"""A message to a debtor: claimed once, sent once over each way, with its delivery state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.debtors.model import Channel
from kasstroom.messages.letters import PrintedLetter
from kasstroom.money import Money
from kasstroom.organisations.model import Language


class MessageState(StrEnum):
    """`claimed`: queued, and somebody may be sending it. `bounced`: the other side does not take
    it; `failed`: it did not get there. `complained`: it arrived, and was called spam."""

    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    COMPLAINED = "complained"
    BOUNCED = "bounced"
    FAILED = "failed"
    CANCELLED = "cancelled"


WENT_OUT = frozenset(
    {MessageState.SENT, MessageState.DELIVERED, MessageState.READ, MessageState.COMPLAINED}
)
"""The provider has it, and nobody said that it did not arrive."""
LOST = frozenset({MessageState.BOUNCED, MessageState.FAILED})
THANK_YOU = "thank_you"
"""The template of the thanks for a payment: the one message nobody misses when it does not come."""


@dataclass(frozen=True, slots=True)
class Try:
    """A way that did not do: what became of it, when, and the provider's code for why."""

    channel: Channel
    address: str
    state: MessageState
    at: datetime
    reason: str = ""
    provider_id: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message(Versioned):
    """`id` derives from the debtor and the case's sequence, so a step has one message. `about` is
    the collection that a notice of a direct debit tells of, or the message whose payment is thanked
    for; "" for a reminder.

    A claim whose sender died is taken over after `claimed_until`, unless a delivery receipt
    proves that the provider has it. `attempts` counts the claims since the last one whose end is
    known, `settled` those up to it: receipts of these are history. `channels` are the ways this
    message may take, best first, empty for the usual ones; `tries` are those that did not do.
    `failed_reason` is the provider's code.
    A `statutory` message goes out although the debtor called our mail spam. `posted_on` is the day
    a letter was handed to the post, which its term counts from.
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
    delivered_at: datetime | None = None
    read_at: datetime | None = None
    failed_reason: str = ""
    tries: tuple[Try, ...] = ()
    settled: int = 0
    channels: tuple[Channel, ...] = ()
    statutory: bool = False
    posted_on: date | None = None

    @property
    def attempt(self) -> int:
        """Numbers the present claim, over all ways together."""
        return self.settled + self.attempts

    @property
    def due(self) -> Due | None:
        if self.state is MessageState.CLAIMED:
            return Due(self._work, self.claimed_until)
        return None

    @property
    def _work(self) -> Work:
        if self.template == THANK_YOU:
            return Work.THANKS
        return Work.NOTICE if self.about else Work.MESSAGE_CLAIM


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an e-mail; `media_type` such as `application/pdf`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message, ready for a channel. `html` and `subject` are for e-mail,
    `template`, `parameters` and `button` (what its link ends with) for WhatsApp, `text` for SMS
    and as the e-mail's plain part.

    `unsubscribe_url` is for mail a debtor may do without (thanks, a reminder before the due date):
    an address that takes a POST without further questions (RFC 8058). `attempt` comes back in the
    receipts. `letter` is for paper.
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
    reply_to: str = ""
    unsubscribe_url: str = ""
    attachments: tuple[Attachment, ...] = ()
    attempt: int = 0
    letter: PrintedLetter | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider reports about a message that went over `channel`.

    `detail` is the provider's code. `permanent`: this address will never do. `again_minutes`: it
    was held back for now and may be sent over the same way after that. `channel` None and `attempt`
    0: the report does not say, and is about the way the message took last.
    """

    org: str
    debtor: str
    message_id: str
    state: MessageState
    at: datetime
    provider_id: str = ""
    detail: str = ""
    channel: Channel | None = None
    attempt: int = 0
    permanent: bool = False
    again_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered: from number `sender` to our number `to`, both as the provider writes
    them."""

    channel: Channel
    sender: str
    to: str
    text: str
    at: datetime
