"""How a debtor can be reached now: the ways that are open, and why the others are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kasstroom.debtors.model import Channel, Debtor
from kasstroom.messages.model import Message
from kasstroom.messages.postal import address_lines, missing_address
from kasstroom.messages.suppression import found, silence_of
from kasstroom.ports import Books

Way = tuple[Channel, str]
USUAL = (Channel.EMAIL, Channel.SMS, Channel.WHATSAPP)
"""What a message takes by itself. A letter costs money and a call a person's time: only a message
that names them goes that way."""
NO_ADDRESS, NO_OPT_IN, UNWANTED = "missing_address", "no_opt_in", "complained"


@dataclass(frozen=True, slots=True)
class Closed:
    """A way that is not taken: `missing_address`, `no_opt_in`, or why the address is suppressed."""

    channel: Channel
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reach:
    """`ways` are open, best first."""

    ways: tuple[Way, ...]
    closed: tuple[Closed, ...] = ()


def address_of(debtor: Debtor, channel: Channel) -> str:
    """Where this channel would write to; empty when that is not known."""
    contact = debtor.contact
    return {
        Channel.EMAIL: contact.email,
        Channel.SMS: contact.phone,
        Channel.WHATSAPP: contact.phone,
        Channel.LETTER: _postal(debtor),
        Channel.PHONE: contact.phone,
    }[channel]


def _postal(debtor: Debtor) -> str:
    """On one line, as a letter would have it; empty when it could not be delivered."""
    return "" if missing_address(debtor) else ", ".join(address_lines(debtor.address))


def in_order(debtor: Debtor, channels: Sequence[Channel] = ()) -> tuple[Channel, ...]:
    """`channels` as they are given; without them the usual ones, the preferred way first."""
    if channels:
        return tuple(channels)
    return tuple(sorted(USUAL, key=lambda channel: channel is not debtor.contact.preferred))


def reach(
    books: Books,
    debtor: Debtor,
    *,
    channels: Sequence[Channel] = (),
    statutory: bool = False,
    without: Sequence[Channel] = (),
) -> Reach:
    """One or two GetItems per address. `without` are channels that were tried already."""
    ways: list[Way] = []
    closed: list[Closed] = []
    for channel in in_order(debtor, channels):
        if channel in without:
            continue
        address = address_of(debtor, channel)
        why = _missing(debtor, channel, address) or closed_because(
            books, debtor.org, debtor.number, channel, address, statutory=statutory
        )
        if why:
            closed.append(Closed(channel, address, why))
        else:
            ways.append((channel, address))
    return Reach(tuple(ways), tuple(closed))


def _missing(debtor: Debtor, channel: Channel, address: str) -> str:
    """WhatsApp needs proof that the debtor asked for it; withdrawn, there is none."""
    if not address:
        return NO_ADDRESS
    is_closed = channel is Channel.WHATSAPP and not debtor.contact.whatsapp_opt_in_at
    return NO_OPT_IN if is_closed else ""


def closed_because(
    books: Books, org: str, debtor: str, channel: Channel, address: str, *, statutory: bool
) -> str:
    """Why this address is not written to; empty when it may be."""
    suppression = found(books, org, channel, address)
    if suppression:
        return suppression.reason
    may_refuse = channel is Channel.EMAIL and not statutory
    return UNWANTED if may_refuse and silence_of(books, org, debtor, channel) else ""


def is_closed(books: Books, message: Message) -> str:
    """Why a claimed message may not go the way it was claimed for; empty when it may. Asked right
    before sending: since the claim an address can be suppressed, or an opt-in withdrawn."""
    if message.channel is Channel.WHATSAPP:
        debtor = books.get(Debtor, message.org, message.debtor)
        if not debtor.contact.whatsapp_opt_in_at:
            return NO_OPT_IN
    return closed_because(
        books, message.org, message.debtor, message.channel, message.address,
        statutory=message.statutory,
    )  # fmt: skip
