"""A message on its way in the tests of messages: claimed by hand, written in one word."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel, Contact, Debtor
from kasstroom.messages.model import Message, MessageState, Outgoing, Receipt
from kasstroom.messages.sending import Sender, deliver
from kasstroom.messages.usecases import record
from kasstroom.messages.ways import reach
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, organisation

OURS = {Channel.SMS: "+31850000000", Channel.WHATSAPP: "phone-number-id-1"}


@dataclass(frozen=True)
class Draft:
    message: Message
    now: datetime
    ways: tuple[tuple[Channel, str], ...]


@dataclass
class Post:
    """Every channel; `errors` are raised instead of sending."""

    sent: list[Outgoing] = field(default_factory=list)
    errors: dict[Channel, Exception] = field(default_factory=dict)

    def over(self, channel: Channel) -> Any:
        post = self

        class One:
            def send(self, message: Outgoing) -> str:
                if channel in post.errors:
                    raise post.errors[channel]
                post.sent.append(message)
                return f"{channel}-{len(post.sent)}"

        return One()


def books_with_debtor(**contact: Any) -> MemoryBooks:
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    if contact:
        changed(books, **contact)
    return books


def changed(books: Any, **contact: Any) -> None:
    known = books.get(Debtor, ORG, "D1")
    given: Contact = replace(known.contact, **contact)
    books.commit(Changes(update=(replace(known, contact=given),)))


def claimed(books: Any, **facts: Any) -> Message:
    """A reminder, claimed for the debtor's first open way."""
    person = books.get(Debtor, ORG, "D1")
    channel, address = reach(books, person, channels=facts.get("channels", ())).ways[0]
    message = Message(
        ORG, "D1", "msg_1", "reminder", channel, Language.NL, address, ("F1",), eur("250.00"),
        MessageState.CLAIMED, NOW + timedelta(minutes=15), NOW,
    )  # fmt: skip
    books.commit(Changes(create=(replace(message, **facts),)))
    return now_of(books)


def now_of(books: Any) -> Message:
    return books.get(Message, ORG, "D1", "msg_1")


def send(books: Any, post: Post, at: datetime = NOW) -> Message:
    """As the sender does, for a claim that was just taken over."""
    message, person = now_of(books), books.get(Debtor, ORG, "D1")
    if not message.attempts:
        books.commit(Changes(update=(replace(message, attempts=1),)))
        message = now_of(books)

    def write(draft: Draft) -> Outgoing:
        m = draft.message
        return Outgoing(
            m.id, m.org, m.debtor, m.address, OURS.get(m.channel, "van@ons.example"), m.language,
            "Betaal.",
        )  # fmt: skip

    every = {channel: post.over(channel) for channel in Channel}
    ways = reach(books, person, channels=message.channels, statutory=message.statutory).ways
    return deliver(Sender(books, every, write), Draft(message, at, ways))


def receipt(books: Any, state: MessageState, **facts: Any) -> Message:
    """A report on the way the message is at, unless it says otherwise."""
    message = now_of(books)
    known = Receipt(
        ORG, "D1", "msg_1", state, NOW, "p-1", channel=message.channel, attempt=message.attempt
    )
    return settle(books, lambda: record(books, replace(known, **facts)))
