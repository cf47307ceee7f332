"""An entity that contributes to the figures, by its place in the books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kasstroom.credit.decision import Decision
from kasstroom.invoices.model import Invoice
from kasstroom.ports import Books
from kasstroom.resolution.model import Dispute

SEPARATOR = "\x1f"
"""Stands in no number and no id, so that the names of one debtor begin like nobody else's."""


@dataclass(frozen=True, slots=True)
class Source:
    """`debtor` is empty for what lies in a list of the organisation, `id` for what a debtor has
    once (the credit account)."""

    kind: type
    org: str
    debtor: str = ""
    id: str = ""

    @property
    def name(self) -> str:
        """What the figures remember it by, within the organisation."""
        return SEPARATOR.join((self.debtor, self.kind.__name__, self.id))


@dataclass(frozen=True, slots=True)
class News:
    """That something became of `source`. `was_settled`: an invoice of which nothing was open then,
    whatever it is now; who looked at it in between took it for paid."""

    source: Source
    was_settled: bool = False


class Known(Protocol):
    """What has to be known beside an entity; the same answers wherever they come from."""

    def invoice(self, org: str, debtor: str, number: str) -> Invoice | None: ...

    def disputes(self, org: str, debtor: str) -> Sequence[Dispute]: ...

    def decisions(self, org: str, debtor: str) -> Sequence[Decision]: ...


class KnownFromBooks:
    """Reads when it is asked, strongly consistent, each invoice once. To be made anew for every
    count, after it was read what the sources are counted with."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._invoices: dict[tuple[str, str, str], Invoice | None] = {}

    def invoice(self, org: str, debtor: str, number: str) -> Invoice | None:
        place = (org, debtor, number)
        if place not in self._invoices:
            self._invoices[place] = self._books.find(Invoice, org, debtor, number)
        return self._invoices[place]

    def disputes(self, org: str, debtor: str) -> Sequence[Dispute]:
        return self._books.all_of(Dispute, org, debtor)

    def decisions(self, org: str, debtor: str) -> Sequence[Decision]:
        return self._books.all_of(Decision, org, debtor)


_PLACES = {
    "Invoice": ("debtor", "number"),
    "CreditAccount": ("debtor", ""),
    "BankLine": ("", "id"),
    "UnmatchedMoney": ("", "id"),
}
"""The fields that name the debtor and the item, where it is not `debtor` and `id`."""


def source_of(entity: Any) -> Source:
    """Where an entity of the books stands."""
    debtor, id = _PLACES.get(type(entity).__name__, ("debtor", "id"))
    return Source(
        type(entity),
        entity.org,
        getattr(entity, debtor) if debtor else "",
        getattr(entity, id) if id else "",
    )


def source_named(org: str, name: str, kinds: Iterable[type]) -> Source:
    """The source that is remembered by this name."""
    debtor, kind, id = name.split(SEPARATOR)
    return Source(next(one for one in kinds if one.__name__ == kind), org, debtor, id)
