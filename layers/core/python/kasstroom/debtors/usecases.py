"""Debtor master data: register and correct."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from kasstroom.changes import Changes, Command, Reference
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.addresses import address_key
from kasstroom.debtors.checking import check, tidied
from kasstroom.debtors.model import (
    OWNED_BY_PEOPLE,
    Address,
    Contact,
    Debtor,
    DebtorKind,
    Identifier,
    IdentifierScheme,
    Listed,
)
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.events.debtors import DebtorCreated, DebtorUpdated
from kasstroom.messages.attention import corrected
from kasstroom.organisations.model import Language
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class DebtorData(Command):
    """Everything about a debtor but the number; what is left out gets its default."""

    name: str
    kind: DebtorKind = DebtorKind.COMPANY
    language: Language = Language.NL
    address: Address = field(default_factory=Address)
    contact: Contact = field(default_factory=Contact)
    identifiers: tuple[Identifier, ...] = ()
    sector: str = ""
    employees: int | None = None


@dataclass(frozen=True, slots=True)
class NewDebtor(DebtorData):
    """`number`: letters, digits, dot, dash or underscore; unique in the organisation."""

    number: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class DebtorPatch(Command):
    """Only what is given changes; `address`, `contact` and `identifiers` are replaced whole."""

    name: str | None = None
    kind: DebtorKind | None = None
    language: Language | None = None
    address: Address | None = None
    contact: Contact | None = None
    identifiers: tuple[Identifier, ...] | None = None
    sector: str | None = None
    employees: int | None = None


def register(
    books: Books, org: str, number: str, data: DebtorData, now: datetime
) -> tuple[Changes, Debtor]:
    """A debtor with an empty credit account and dunning case; Duplicate if the number exists."""
    asked = Debtor(
        org, number, data.name, data.kind, now, data.language, data.address, data.contact,
        data.identifiers, data.sector, data.employees,
    )  # fmt: skip
    debtor = tidied(asked)
    check(debtor)
    account = reflected(CreditAccount(org, number), debtor)
    event = DebtorCreated(
        org=org, debtor=number, subject=number, at=now, name=debtor.name, kind=debtor.kind
    )
    listed = Listed(org, number, now)
    new = (debtor, account, DunningCase(org, number), listed, *_new_references(books, debtor))
    return Changes(create=new, events=(event,)), debtor


def correct(
    books: Books, org: str, number: str, patch: DebtorPatch, now: datetime
) -> tuple[Changes, Debtor]:
    """Changes the given fields; NotFound when there is no such debtor."""
    known = books.get(Debtor, org, number)
    given = {
        name: getattr(patch, name)
        for name in DebtorPatch.__dataclass_fields__
        if getattr(patch, name) is not None
    }
    return _corrected(books, known, replace(known, **given), now)


def put(
    books: Books, org: str, number: str, data: DebtorData, now: datetime
) -> tuple[Changes, Debtor]:
    """Makes the debtor look like `data`, registering it when it is new."""
    known = books.find(Debtor, org, number)
    if known is None:
        return register(books, org, number, data, now)
    fields = {name: getattr(data, name) for name in DebtorData.__dataclass_fields__}
    return _corrected(books, known, replace(known, **fields), now)


def _corrected(books: Books, known: Debtor, asked: Debtor, now: datetime) -> tuple[Changes, Debtor]:
    debtor = tidied(asked)
    check(debtor)
    changed = tuple(
        name
        for name in Debtor.__dataclass_fields__
        if getattr(known, name) != getattr(debtor, name)
    )
    if not changed:
        return Changes(), debtor
    event = DebtorUpdated(
        org=debtor.org, debtor=debtor.number, subject=debtor.number, at=now, fields=changed
    )
    updates: tuple[object, ...] = (debtor,)
    waiting = corrected(books, known, debtor, now)
    if reflected(_BLANK, known) != reflected(_BLANK, debtor):
        account = books.get(CreditAccount, debtor.org, debtor.number)
        updates += (reflected(account, debtor),)
    if (known.contact, known.address) != (debtor.contact, debtor.address):
        # Who could not be reached is looked at again.
        case = books.get(DunningCase, debtor.org, debtor.number)
        updates += (rescheduled(case, now),)
    references = _new_references(books, debtor)
    return Changes(create=references, update=updates, events=(event,)) + waiting, debtor


_BLANK = CreditAccount("", "")


def reflected(account: CreditAccount, debtor: Debtor) -> CreditAccount:
    """The account with what a decision needs to know of the debtor's master data."""
    kvk = next((i.value for i in debtor.identifiers if i.scheme is IdentifierScheme.KVK), "")
    profile = replace(
        account.profile,
        country=debtor.address.country,
        address_key=address_key(debtor.address),
        email_domain=debtor.contact.email.rpartition("@")[2].lower(),
        kvk=kvk,
    )
    person = debtor.is_natural_person or profile.legal_form in OWNED_BY_PEOPLE
    return replace(account, kind=debtor.kind, natural_person=person, profile=profile)


def _new_references(books: Books, debtor: Debtor) -> tuple[Reference, ...]:
    """Names others know the debtor by, as far as nobody else carries them yet."""
    references = (
        Reference(debtor.org, f"debtor_{i.scheme}", i.value, debtor.number, "DEBTOR")
        for i in dict.fromkeys(debtor.identifiers)
    )
    return tuple(r for r in references if books.lookup(r.org, r.kind, r.value) is None)
