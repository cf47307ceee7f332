"""Mandates: written down, found, revoked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command, Reference
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.errors import Conflict, Duplicate, NotFound, Refused
from kasstroom.events.mandates import MandateRegistered, MandateRevoked
from kasstroom.ids import derived_id, new_id
from kasstroom.mandates.collection import Collecting
from kasstroom.mandates.identifiers import bare, is_mandate_reference, is_sepa_iban
from kasstroom.mandates.model import ListedMandate, Mandate, MandateState, Scheme
from kasstroom.ports import Books
from kasstroom.text import has_unseen
from kasstroom.time import Day, day_of

EARLIEST = date(1990, 1, 1)
LONGEST_HOLDER = 70


@dataclass(frozen=True, slots=True)
class NewMandate(Command):
    """What the debtor signed. Without `reference` we choose one; it must be the one that stands on
    what was signed. `holder` is the name of the account, empty: that of the debtor. `evidence`
    says where the signed mandate can be found. `recurrent` false: for one collection only."""

    debtor: str
    iban: str
    signed_on: Day
    scheme: Scheme = Scheme.CORE
    reference: str = ""
    holder: str = ""
    evidence: str = ""
    recurrent: bool = True


@dataclass(frozen=True, slots=True)
class Revocation(Command):
    reason: str


def mandate_id(org: str, reference: str) -> str:
    """The same for the same reference; banks do not tell capitals from small letters in it."""
    return derived_id("mnd", org, reference.upper())


def register(
    books: Books, org: str, new: NewMandate, actor: Actor, now: datetime
) -> tuple[Changes, Mandate]:
    """NotFound without the debtor; Duplicate when the reference is in use; Refused otherwise, with
    the field to fix. A consumer cannot sign a B2B mandate."""
    debtor = books.find(Debtor, org, new.debtor)
    if debtor is None:
        detail = f"There is no debtor {new.debtor}; register it first."
        raise NotFound("debtor_not_found", detail, "/body/debtor")
    made = opened(debtor, new, new.reference or new_id("M", now).replace("_", "-"), actor, now)
    if books.lookup(org, "mandate", made.id):
        detail = f"There is a mandate {made.reference} already; references are unique."
        raise Duplicate("mandate_exists", detail, "/body/reference")
    name = Reference(org, "mandate", made.id, made.debtor, made.id)
    event = MandateRegistered(
        org=org, debtor=made.debtor, subject=made.id, at=now, reference=made.reference,
        scheme=made.scheme, signed_on=made.signed_on,
    )  # fmt: skip
    listed = ListedMandate(org, made.id, made.debtor)
    changes = Changes(create=(made, name, listed), events=(event,))
    if books.find(Collecting, org, made.debtor) is None:
        # From now on it is only changed, so that two collections at once meet in a conflict.
        changes += Changes(create=(Collecting(org, made.debtor),))
    return changes, made


def opened(debtor: Debtor, new: NewMandate, reference: str, actor: Actor, now: datetime) -> Mandate:
    """Pure: the mandate a request describes; Refused with the field to fix."""
    iban, holder = bare(new.iban), (new.holder or debtor.name)[:LONGEST_HOLDER]
    if not is_sepa_iban(iban):
        detail = "This is not an account in SEPA; check it, such as NL91 ABNA 0417 1643 00."
        raise Refused("invalid_iban", detail, "/body/iban")
    if not is_mandate_reference(reference):
        detail = "A mandate has 1 to 35 letters, digits or + ? / - : ( ) . , ' and no blanks."
        raise Refused("invalid_reference", detail, "/body/reference")
    if has_unseen(holder):
        detail = "There are characters in this name that nobody can see; type it again."
        raise Refused("forbidden_character", detail, "/body/holder")
    if not EARLIEST <= new.signed_on <= day_of(now):
        detail = "Give the day it was signed, not one in the future."
        raise Refused("invalid_day", detail, "/body/signed_on")
    if new.scheme is Scheme.B2B and debtor.kind is DebtorKind.CONSUMER:
        detail = "A consumer cannot sign a B2B mandate; ask for a CORE mandate."
        raise Refused("consumer_b2b", detail, "/body/scheme")
    return Mandate(
        debtor.org, debtor.number, mandate_id(debtor.org, reference), reference, new.scheme, iban,
        holder, new.signed_on, now, actor.name, new.evidence, new.recurrent,
    )  # fmt: skip


def revoke(
    books: Books, org: str, id: str, why: Revocation, actor: Actor, now: datetime
) -> tuple[Changes, Mandate]:
    """Nothing more is collected under it; lines that were announced stay out of the file. What is
    in a file already has to be recalled at the bank. Conflict when it was revoked before."""
    found = mandate_of(books, org, id)
    if found.state is MandateState.REVOKED:
        raise Conflict("already_revoked", "This mandate was revoked before.")
    after = replace(found, state=MandateState.REVOKED, ended_at=now, reason=why.reason)
    event = MandateRevoked(
        org=org, debtor=found.debtor, subject=id, at=now, reference=found.reference,
        by=actor.name, reason=why.reason,
    )  # fmt: skip
    return Changes(update=(after,), events=(event,)), after


def mandate_of(books: Books, org: str, id: str) -> Mandate:
    """NotFound when there is none."""
    name = books.lookup(org, "mandate", id)
    if name is None:
        raise NotFound("mandate_not_found", f"There is no mandate {id}.")
    return books.get(Mandate, org, name.debtor, id)


def usable(books: Books, org: str, debtor: str, scheme: Scheme, day: date) -> Mandate | None:
    """The debtor's mandate to collect with on that day: of this scheme, the one signed last."""
    found = [
        mandate
        for mandate in books.all_of(Mandate, org, debtor)
        if mandate.scheme is scheme and mandate.state_on(day) is MandateState.ACTIVE
    ]
    return max(found, key=lambda m: (m.signed_on, m.created_at, m.id), default=None)
