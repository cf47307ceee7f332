"""All messages together: newest first, by recipient and channel, with what scripts need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kasstroom_sandbox.phone.inbox import Document, Inbox, reachable
from kasstroom_sandbox.phone.links import links_of
from kasstroom_sandbox.phone.mail import Outbox

CHANNELS = ("email", "sms", "whatsapp")


@dataclass(frozen=True)
class Filter:
    """`to` holds addresses or numbers, or parts of them, with commas between."""

    to: str = ""
    channel: str = ""

    def takes(self, message: Document) -> bool:
        if self.channel and message["channel"] != self.channel:
            return False
        wanted = [_plain(one) for one in self.to.split(",") if one.strip()]
        return not wanted or any(one in _plain(message["to"]) for one in wanted)


def _plain(address: str) -> str:
    """A `+` in an address bar becomes a space, and people write numbers with spaces."""
    return "".join(address.casefold().split()).replace("+", "")


@dataclass(frozen=True)
class Reading:
    """`messages` are newest first; `complete` is False when the e-mails could not be read."""

    messages: list[Document]
    complete: bool

    def filtered(self, by: Filter) -> list[Document]:
        return [message for message in self.messages if by.takes(message)]

    def find(self, message_id: str) -> Document | None:
        return next((one for one in self.messages if one["id"] == message_id), None)

    def conversation(self, message: Document) -> list[Document]:
        """What one sender sent to one phone over one channel, the oldest first."""
        same = ("channel", "to", "from")
        mine = [one for one in self.messages if all(one[k] == message[k] for k in same)]
        return mine[::-1]

    def recipients(self) -> list[str]:
        return list(dict.fromkeys(message["to"] for message in self.messages))


def read_all(inbox: Inbox, outbox: Outbox, clock_changed_at: float) -> Reading:
    emails = outbox.newest(inbox.clock_steps(clock_changed_at))
    messages = inbox.newest() + inbox.keep_emails(emails or [])
    messages.sort(key=lambda message: message["arrived"], reverse=True)
    return Reading(messages, emails is not None)


def summary(message: Document, sandbox_url: str) -> dict[str, Any]:
    """A message as scripts read it."""
    names = ("id", "channel", "to", "from", "at", "text", "provider_id")
    row = {name: message[name] for name in names}
    row |= {"subject": message.get("subject", ""), "links": links_of(message)}
    if message["channel"] != "email":
        row["delivered"] = reachable(message["to"])
        row["context"] = message["context"]
    if message["channel"] == "whatsapp":
        row["template"] = message["template"]
    return row | {"url": f"{sandbox_url}/messages?open={message['id']}"}
