"""What earlier fourteen-day letters still demand, and what of them another letter may. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from kasstroom.compliance.costs_due import costs_due_from
from kasstroom.compliance.letter14 import LetterDates
from kasstroom.dunning.letters import evidence, payments_of
from kasstroom.dunning.model import Demanded, DunningCase
from kasstroom.invoices.model import Invoice
from kasstroom.messages.model import Message
from kasstroom.money import Money
from kasstroom.payments.model import Entry


def standing_letters(
    case: DunningCase, messages: Mapping[str, Message], entries: Collection[Entry],
    invoices: Mapping[str, Invoice], today: date,
) -> tuple[Demanded, ...]:  # fmt: skip
    """Without what may be demanded anew, in another letter: all of those that never arrived, and
    the claims that were paid in time and are open again."""
    found = (
        _unanswered(one, messages.get(one.message), entries, invoices, today)
        for one in case.letters
    )
    return tuple(one for one in found if one)


def _unanswered(
    one: Demanded, message: Message | None, entries: Collection[Entry],
    invoices: Mapping[str, Invoice], today: date,
) -> Demanded | None:  # fmt: skip
    dates = costs_due_from(evidence(one, message, today))
    if dates is None:
        return one if one.charged else None
    claims = tuple(
        (number, amount)
        for number, amount in one.demand.claims
        if number not in invoices
        or invoices[number].open.minor <= 0
        or _in_time(number, one, dates, entries) < amount.minor
    )
    if len(claims) == len(one.claims):
        return one
    principal = Money(sum(amount.minor for _, amount in claims))
    left = replace(one.demand, claims=claims, principal=principal)
    return replace(one, demand=left) if claims or one.charged else None


def _in_time(number: str, one: Demanded, dates: LetterDates, entries: Collection[Entry]) -> int:
    paid = payments_of((number,), one.at, dates.sent_on, entries)
    return sum(amount.minor for on, amount in paid if on < dates.safe_on)
