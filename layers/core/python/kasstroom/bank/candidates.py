"""What a line's clues point at, looked up: a bounded number of reads per line, whatever it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from kasstroom.bank.clues import Clues, Strength
from kasstroom.bank.text import likeness, significant, whole
from kasstroom.changes import Versioned
from kasstroom.dunning.model import OpenItem

MOST_DEBTORS = 5
MOST_BEARERS = 40
"""A word that more debtors have in their name says nothing."""
NAME_AGREES = 80
NAME_HINTS = 60


@dataclass(frozen=True, slots=True)
class Payer:
    """For whom an account paid before: confirmed `times`, last on `last_on`."""

    debtor: str
    times: int
    last_on: date


@dataclass(frozen=True, slots=True)
class IbanMemory(Versioned):
    """What people and certain matches taught us of an account that pays us."""

    org: str
    iban: str
    payers: tuple[Payer, ...] = ()


@dataclass(frozen=True, slots=True)
class Bearer:
    debtor: str
    name: str


@dataclass(frozen=True, slots=True)
class NameWord(Versioned):
    """Debtors with this word in their name, or with this whole name in one word. A word that became
    too common keeps nobody (`common`) and is not looked at again."""

    org: str
    word: str
    bearers: tuple[Bearer, ...] = ()
    common: bool = False


class Pointed(NamedTuple):
    """What a reference points at; `invoice` is empty when it only says who. The reference of a
    payment link stands for all its invoices: `also` are the others."""

    debtor: str
    invoice: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A debtor a line may be for, with what it has open; credit notes are negative."""

    debtor: str
    name: str
    items: tuple[OpenItem, ...]


class Named(NamedTuple):
    """An invoice in the books that the line names; `code` says how."""

    debtor: str
    invoice: str
    strength: Strength
    code: str


class Found(NamedTuple):
    """All that is known about a line's clues."""

    clues: Clues
    named: tuple[Named, ...]
    payers: tuple[Payer, ...]
    debtors: Mapping[str, Candidate]


class Lookups(Protocol):
    """The reads matching needs, each one item by its key."""

    def reference(self, value: str) -> Pointed | None: ...
    def invoice(self, number: str) -> Pointed | None: ...
    def payers(self, iban: str) -> tuple[Payer, ...]: ...
    def bearers(self, word: str) -> tuple[Bearer, ...]: ...
    def candidate(self, debtor: str) -> Candidate | None: ...


def find(clues: Clues, books: Lookups) -> Found:
    """At most 4 references (and the link each may be of), 8 numbers, 1 account, 6 words and 5
    debtors are read; words only when nothing else found a debtor that the payer can be."""
    named = _named(clues, books)
    payers = books.payers(clues.iban) if clues.iban else ()
    wanted = [one.debtor for one in named]
    wanted += [payer.debtor for payer in payers]
    wanted += clues.debtors
    known: dict[str, Candidate] = {}
    _add(known, wanted, books)
    protected = bool(named) and named[0].strength is Strength.PROTECTED
    if not protected and not _is_payer(clues, payers, known):
        _add(known, _by_name(clues, books), books)
    return Found(clues, named, payers, known)


def _add(known: dict[str, Candidate], debtors: Iterable[str], books: Lookups) -> None:
    for debtor in debtors:
        if debtor not in known and len(known) < MOST_DEBTORS:
            candidate = books.candidate(debtor)
            if candidate:
                known[debtor] = candidate


def _is_payer(clues: Clues, payers: tuple[Payer, ...], known: Mapping[str, Candidate]) -> bool:
    """Whether one of these debtors is who pays, by its name, or by its account without a name."""
    if not clues.names:
        return any(payer.debtor in known for payer in payers)
    for candidate in known.values():
        for name in clues.names:
            if likeness(name, candidate.name) >= NAME_AGREES:
                return True
    return False


def _named(clues: Clues, books: Lookups) -> tuple[Named, ...]:
    """The best proof first."""
    found: dict[str, Named] = {}
    for value in clues.references:
        if at := books.reference(value):
            code = "rf_reference" if value.startswith("RF") else "payment_reference"
            for number in (at.invoice, *at.also):
                found[number] = Named(at.debtor, number, Strength.PROTECTED, code)
    for spelled in clues.numbers:
        at = books.invoice(spelled.number)
        if at and at.invoice not in found:
            found[at.invoice] = Named(at.debtor, at.invoice, spelled.strength, spelled.code)
    return tuple(found.values())


def _by_name(clues: Clues, books: Lookups) -> Iterable[str]:
    """The debtors whose name is most like one of the line's, best first."""
    best: dict[str, int] = {}
    for name in clues.names:
        for word in dict.fromkeys((whole(name), *significant(name, most=2))):
            for bearer in books.bearers(word):
                if bearer.debtor not in best:
                    best[bearer.debtor] = likeness(name, bearer.name)
    alike = [(score, debtor) for debtor, score in best.items() if score >= NAME_HINTS]
    return [debtor for _, debtor in sorted(alike, key=lambda pair: (-pair[0], pair[1]))[:3]]
