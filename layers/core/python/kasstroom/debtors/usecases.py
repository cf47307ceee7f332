"""Debtor master data: register, correct, and set the terms of credit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command, Reference
from kasstroom.credit.holds import placed, released
from kasstroom.credit.limit_rules import (
    change,
    check_used,
    check_withdrawal,
    in_currency,
    kept,
    needs_four_eyes,
)
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.debtors.addresses import address_key
from kasstroom.debtors.model import (
    Address,
    Contact,
    Debtor,
    DebtorKind,
    Identifier,
    IdentifierScheme,
    Listed,
)
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.policy import rescheduled, strategy_of
from kasstroom.errors import Refused
from kasstroom.events.debtors import DebtorCreated, DebtorUpdated
from kasstroom.money import Money
from kasstroom.omitted import omitted
from kasstroom.organisations.model import Language
from kasstroom.ports import Books
from kasstroom.time import day_of

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+\.[^@\s]+\Z")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
API, SET_BY_API = Actor("api"), "set by API"


@dataclass(frozen=True, slots=True)
class DebtorData(Command):
    """Everything about a debtor but the number; what is left out gets its default."""

    name: str
    kind: DebtorKind = DebtorKind.COMPANY
    language: Language = Language.NL
    address: Address = field(default_factory=Address)
    contact: Contact = field(default_factory=Contact)
    identifiers: tuple[Identifier, ...] = ()


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


@dataclass(frozen=True, slots=True)
class HoldRequest(Command):
    reason: str


@dataclass(frozen=True, slots=True)
class CreditTerms(Command):
    """`limit` null: no credit limit. `hold` left out stays as it is; null releases it, which only a
    credit manager may. `force`: also when more than the limit is open or reserved already."""

    limit: Money | None = None
    hold: HoldRequest | None = field(default_factory=omitted)
    force: bool = False


def register(
    books: Books, org: str, number: str, data: DebtorData, now: datetime
) -> tuple[Changes, Debtor]:
    """A debtor with an empty credit account and dunning case; Duplicate if the number exists."""
    debtor = Debtor(
        org, number, data.name, data.kind, now, data.language, data.address, data.contact,
        data.identifiers,
    )  # fmt: skip
    _check(debtor)
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


def _corrected(
    books: Books, known: Debtor, debtor: Debtor, now: datetime
) -> tuple[Changes, Debtor]:
    _check(debtor)
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
    if reflected(_BLANK, known) != reflected(_BLANK, debtor):
        account = books.get(CreditAccount, debtor.org, debtor.number)
        updates += (reflected(account, debtor),)
    if known.contact != debtor.contact:
        # Who could not be reached is looked at again.
        case = books.get(DunningCase, debtor.org, debtor.number)
        updates += (rescheduled(case, strategy_of(case), now),)
    references = _new_references(books, debtor)
    return Changes(create=references, update=updates, events=(event,)), debtor


def set_credit(
    books: Books,
    org: str,
    number: str,
    terms: CreditTerms,
    now: datetime,
    *,
    actor: Actor = API,
    grounds: Grounds = default_ground,
) -> tuple[Changes, CreditAccount]:
    """Sets the own credit limit and the hold, by the rules of the limits API. Refused for a limit
    that needs a second person, and for who may not release a hold."""
    stored = books.get(CreditAccount, org, number)
    policy, account, told = grounds(stored).policy, stored, Changes()
    if terms.limit is None:
        own: CreditLimit | LimitSource = LimitSource.OWN
        check_withdrawal(account, LimitSource.OWN, policy, day_of(now), "/body/limit")
    else:
        account = in_currency(account, terms.limit, "/body/limit")
        own = CreditLimit(LimitSource.OWN, terms.limit, actor.name, now)
        if needs_four_eyes(account, own, policy, day_of(now)):
            detail = (
                "A limit this high needs a second person: ask for it with"
                f" PUT /v1/credit-limits/{number}/own."
            )
            raise Refused("four_eyes_required", detail, "/body/limit/value")
    if isinstance(terms.hold, HoldRequest):
        account, told = placed(account, terms.hold.reason, actor.name, now, "/body/hold/reason")
    elif terms.hold is None:
        account, told = released(account, SET_BY_API, actor, now)
    after, more = change(account, own, policy, by=actor.name, reason=SET_BY_API, now=now)
    if not terms.force:
        check_used(account, after, policy, now, "/body/limit")
    return kept(stored, after) + told + more, after


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
    return replace(
        account, kind=debtor.kind, natural_person=debtor.is_natural_person, profile=profile
    )


def _new_references(books: Books, debtor: Debtor) -> tuple[Reference, ...]:
    """Names others know the debtor by, as far as nobody else carries them yet."""
    references = (
        Reference(debtor.org, f"debtor_{i.scheme}", i.value, debtor.number, "DEBTOR")
        for i in dict.fromkeys(debtor.identifiers)
    )
    return tuple(r for r in references if books.lookup(r.org, r.kind, r.value) is None)


def _check(debtor: Debtor) -> None:
    """What a debtor must look like; Refused says which field and how."""
    if not NUMBER.match(debtor.number):
        detail = "A debtor number has 1 to 64 letters, digits, dots, dashes or underscores."
        raise Refused("invalid_number", detail, "/body/number")
    if not debtor.name.strip() or len(debtor.name) > 200:
        raise Refused("invalid_name", "A name has 1 to 200 characters.", "/body/name")
    contact = debtor.contact
    if contact.email and not _EMAIL.match(contact.email):
        detail = "This is not an e-mail address such as name@company.nl."
        raise Refused("invalid_email", detail, "/body/contact/email")
    if contact.phone and not _E164.match(contact.phone):
        detail = "Give the phone number with country code, such as +31612345678."
        raise Refused("invalid_phone", detail, "/body/contact/phone")
    if not _COUNTRY.match(debtor.address.country):
        detail = "Give the country as two letters, such as NL."
        raise Refused("invalid_country", detail, "/body/address/country")
    for index, identifier in enumerate(debtor.identifiers):
        if not identifier.value.strip() or len(identifier.value) > 100:
            detail = "An identifier has 1 to 100 characters."
            raise Refused("invalid_identifier", detail, f"/body/identifiers/{index}/value")
