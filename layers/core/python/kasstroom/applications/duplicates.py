"""Has this applicant been here before, as a debtor or with another application?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kasstroom.applications.model import (
    WAITING,
    Applicant,
    CreditApplication,
    Lookalike,
    Trace,
)
from kasstroom.changes import Changes
from kasstroom.credit.asking import Buyer
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.debtors.newcomers import number_of
from kasstroom.errors import Duplicate
from kasstroom.ids import digest
from kasstroom.ports import Books

MOST_SEEN = 10
_PERSON = "email_and_name"


class PossibleDuplicate(Duplicate):
    """For the merchant; a buyer is never told whom we know already."""

    def __init__(self, lookalikes: tuple[Lookalike, ...], pointer: str) -> None:
        told = "; ".join(f"{like.kind} {like.id} (same {like.same})" for like in lookalikes)
        detail = (
            f"This looks like {told}. Use that one, or send allow_duplicates true when it is"
            " somebody else."
        )
        super().__init__("possible_duplicate", detail.replace("_and_", " and "), pointer)
        self.lookalikes = lookalikes


def lookalikes_of(
    books: Books, org: str, debtor: str, application_id: str, data: Applicant
) -> tuple[Lookalike, ...]:
    """Other debtors and open applications with the same KvK or VAT number, or e-mail and name."""
    known = [*_debtors(books, org, data), *_applications(books, org, application_id, data)]
    others = (like for like in known if like.id != debtor)
    return tuple({(like.kind, like.id): like for like in others}.values())


def _debtors(books: Books, org: str, data: Applicant) -> Iterator[Lookalike]:
    for scheme, value in (("kvk", data.kvk), ("vat", data.vat)):
        if value and (found := books.lookup(org, f"debtor_{scheme}", value)):
            yield Lookalike("debtor", found.debtor, scheme)
    if data.email and data.name:
        # The number a checkout gives to a buyer it only knows by e-mail and name.
        met = Buyer(DebtorKind.CONSUMER, first_name=data.name, email=data.email)
        number = number_of(org, met)
        if books.find(Debtor, org, number):
            yield Lookalike("debtor", number, _PERSON)


def _applications(
    books: Books, org: str, application_id: str, data: Applicant
) -> Iterator[Lookalike]:
    for scheme, trace in _traces(books, org, data):
        for id, debtor in trace.seen:
            other = books.find(CreditApplication, org, debtor, id)
            if id != application_id and other and other.state in WAITING:
                yield Lookalike("application", id, scheme)


def traced(books: Books, application: CreditApplication) -> Changes:
    """Leaves a trace of every number and name the application bears."""
    mine = (application.id, application.debtor)
    changes = Changes()
    for _, trace in _traces(books, application.org, application.data):
        if mine in trace.seen:
            continue
        after = replace(trace, seen=(*trace.seen, mine)[-MOST_SEEN:])
        # An update also when it is new: whoever is second then reads again.
        changes += Changes(update=(after,))
    return changes


def _traces(books: Books, org: str, data: Applicant) -> Iterator[tuple[str, Trace]]:
    person = f"{data.email.lower()}\x1f{data.name.casefold()}" if data.email and data.name else ""
    for scheme, value in (("kvk", data.kvk), ("vat", data.vat), (_PERSON, person)):
        if value:
            key = f"{scheme}#{digest(value)}"
            yield scheme, books.find(Trace, org, id=key) or Trace(org, key)
