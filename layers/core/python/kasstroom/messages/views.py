"""The attention list and the suppressed addresses, as the API shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from kasstroom.changes import Command
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.messages.attention import Attention
from kasstroom.messages.model import MessageState, Try
from kasstroom.messages.suppression import Suppression, SuppressionReason
from kasstroom.organisations.model import Language
from kasstroom.ports import Books

T = TypeVar("T")
_CALL = {
    Language.NL: "Bel de debiteur, vraag het juiste adres en pas het aan bij de debiteur.",
    Language.EN: "Call the debtor, ask for the right address and correct it with the debtor.",
}
_WHAT: dict[str, dict[Language, str]] = {
    "missing_address": {
        Language.NL: "Er is geen adres bekend. Vul een e-mailadres of telefoonnummer in.",
        Language.EN: "No address is known. Fill in an e-mail address or telephone number.",
    },
    SuppressionReason.OPTED_OUT: {
        Language.NL: "De debiteur wil hier geen berichten meer. Bel, of stuur een brief.",
        Language.EN: "The debtor wants no more messages here. Call, or send a letter.",
    },
    SuppressionReason.COMPLAINED: {
        Language.NL: "De debiteur noemde onze e-mail spam. Bel, of stuur een brief.",
        Language.EN: "The debtor called our mail spam. Call, or send a letter.",
    },
    "attempts_exhausted": {
        Language.NL: "De dienst nam het bericht niet aan. Kijk of hij werkt; stuur het dan zelf.",
        Language.EN: "The service did not take the message. See that it works; then send it.",
    },
    "not_sent": {
        Language.NL: "Het bericht kon niet op tijd weg. Vertel het de debiteur zelf.",
        Language.EN: "The message could not go out in time. Tell the debtor yourself.",
    },
}
"""What to do, by our own code; a provider's code has one answer."""


@dataclass(frozen=True, slots=True)
class Sentence:
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class TryView:
    """`reason` is the provider's code."""

    channel: Channel
    address: str
    state: MessageState
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AttentionView:
    """Who could not be reached with what, over which ways, and what a person does about it."""

    id: str
    debtor: str
    name: str
    message: str
    template: str
    channel: Channel
    address: str
    reason: str
    what_to_do: Sentence
    tries: tuple[TryView, ...]
    opened_at: datetime
    done_at: datetime | None
    done_by: str
    note: str


@dataclass(frozen=True, slots=True)
class AttentionPage:
    """Open items in the order they came up; `next_cursor` null: this was the last page."""

    items: tuple[AttentionView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class SuppressionView:
    """`id` without its channel is what DELETE takes in the place of the address."""

    id: str
    channel: Channel
    address: str
    reason: SuppressionReason
    since_at: datetime
    debtor: str
    detail: str
    lifted_at: datetime | None
    lifted_by: str


@dataclass(frozen=True, slots=True)
class SuppressionPage:
    items: tuple[SuppressionView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class DoneNote(Command):
    """How it was settled, for whoever asks later."""

    note: str = ""


def attention_view(books: Books, item: Attention) -> AttentionView:
    debtor = books.find(Debtor, item.org, item.debtor)
    said = _WHAT.get(item.reason, _CALL)
    return AttentionView(
        item.id, item.debtor, debtor.name if debtor else "", item.message, item.template,
        item.channel, item.address, item.reason, Sentence(said[Language.NL], said[Language.EN]),
        tuple(map(_try, item.tries)), item.opened_at, item.done_at, item.done_by, item.note,
    )  # fmt: skip


def _try(one: Try) -> TryView:
    return TryView(one.channel, one.address, one.state, one.at, one.reason)


def suppression_view(s: Suppression) -> SuppressionView:
    return SuppressionView(
        s.id, s.channel, s.address, s.reason, s.since_at, s.debtor, s.detail, s.lifted_at,
        s.lifted_by,
    )  # fmt: skip


def attention_page(books: Books, org: str, after: str, limit: int) -> AttentionPage:
    found, following = _page(books, Attention, org, after, limit, lambda item: not item.done_at)
    return AttentionPage(tuple(attention_view(books, item) for item in found), following)


def suppression_page(books: Books, org: str, after: str, limit: int) -> SuppressionPage:
    found, following = _page(books, Suppression, org, after, limit, lambda one: not one.lifted_at)
    return SuppressionPage(tuple(map(suppression_view, found)), following)


def _page(
    books: Books, kind: type[T], org: str, after: str, limit: int, is_open: Callable[[T], bool]
) -> tuple[list[T], str | None]:
    """The next open items behind the cursor; what is closed is read past."""
    items: list[T] = []
    while True:
        found = books.listing(kind, org, after=after, limit=limit)
        items += [item for item in found if is_open(item)]
        if len(items) > limit:
            return items[:limit], items[limit - 1].id  # type: ignore[attr-defined]
        if len(found) < limit:
            return items, None
        after = found[-1].id  # type: ignore[attr-defined]
