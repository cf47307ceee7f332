"""Opening an application for a buyer, filling it in, and finding it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from kasstroom.applications.duplicates import PossibleDuplicate, lookalikes_of
from kasstroom.applications.finding import TOKEN_KIND, by_id, listed, relisted
from kasstroom.applications.model import (
    Applicant,
    ApplicationState,
    CreditApplication,
    Transition,
    state_at,
)
from kasstroom.applications.typed import tidied
from kasstroom.applications.validation import Incomplete, too_long
from kasstroom.changes import Changes, Command, Reference
from kasstroom.debtors.checking import NUMBER
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.errors import Refused
from kasstroom.events.applications import ApplicationCreated
from kasstroom.ids import derived_id, digest, new_id
from kasstroom.organisations.model import Language, Organisation
from kasstroom.ports import Books

LONGEST_DAYS = 90
_HERE = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class NewApplication(Command):
    """`debtor`: a number you have or want; left out, one is made. `name`, `email` and `kvk` are
    filled in for the buyer. `return_url` is offered as the way back. `allow_duplicates`: go on
    although the KvK number belongs to somebody you know."""

    debtor: str = ""
    kind: DebtorKind | None = None
    language: Language | None = None
    expires_in_days: int = 30
    return_url: str = ""
    name: str = ""
    email: str = ""
    kvk: str = ""
    allow_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class ApplicantData(Command, Applicant):
    """Everything the form asks; what is left out is empty."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An application with the token that opens its page; shown now and never again."""

    application: CreditApplication
    token: str


def create(
    books: Books, org: str, new: NewApplication, *, token: str, by: str, now: datetime
) -> tuple[Changes, Opened]:
    """A draft with its page. Refused for what cannot be; Duplicate for a KvK number we know."""
    _check(new)
    hashed = digest(token)
    number = new.debtor or f"K-{derived_id('k', org, hashed)[-8:]}"
    known = books.find(Debtor, org, number)
    kind = _kind(new, known)
    if kind is DebtorKind.CONSUMER and new.kvk:
        raise Refused("not_asked", "A consumer has no KvK number; leave it out.", "/body/kvk")
    data = tidied(Applicant(name=new.name, email=new.email, kvk=new.kvk))
    id = new_id("app", now)
    if not new.allow_duplicates and (like := lookalikes_of(books, org, number, id, data)):
        raise PossibleDuplicate(like, "/body/debtor")
    application = CreditApplication(
        org, number, id, kind, _language(books, org, new, known), hashed, now,
        now + timedelta(days=new.expires_in_days), new.return_url, data=data,
        history=(Transition(ApplicationState.DRAFT, now, by),),
    )  # fmt: skip
    name = Reference("", TOKEN_KIND, hashed, number, f"{org}#{id}")
    event = ApplicationCreated(
        org=org, debtor=number, subject=id, at=now, kind=kind, expires_at=application.expires_at
    )
    created = (application, listed(application), name)
    return Changes(create=created, events=(event,)), Opened(application, token)


def _kind(new: NewApplication, known: Debtor | None) -> DebtorKind:
    kind = new.kind or (known.kind if known else DebtorKind.COMPANY)
    if known and known.kind is not kind:
        detail = f"Debtor {known.number} is a {known.kind}; leave kind out or correct the debtor."
        raise Refused("kind_mismatch", detail, "/body/kind")
    return kind


def _language(books: Books, org: str, new: NewApplication, known: Debtor | None) -> Language:
    standing = known.language if known else None
    return new.language or standing or books.get(Organisation, org).language


def _check(new: NewApplication) -> None:
    if new.debtor and not NUMBER.match(new.debtor):
        detail = "A debtor number has 1 to 64 letters, digits, dots, dashes or underscores."
        raise Refused("invalid_number", detail, "/body/debtor")
    if not 1 <= new.expires_in_days <= LONGEST_DAYS:
        detail = f"An application can be open for 1 to {LONGEST_DAYS} days."
        raise Refused("invalid_expiry", detail, "/body/expires_in_days")
    if new.return_url and not _may_return(new.return_url):
        detail = "Give an address that begins with https://."
        raise Refused("invalid_url", detail, "/body/return_url")


def _may_return(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    secure = parts.scheme == "https" and bool(parts.hostname)
    return secure or (parts.scheme == "http" and parts.hostname in _HERE)


def fill_in(
    books: Books, org: str, id: str, data: Applicant, now: datetime
) -> tuple[Changes, CreditApplication]:
    """Replaces what is filled in; checked when it is sent. Refused when it is no draft."""
    return draft_filled_in(books, by_id(books, org, id), data, now)


def draft_filled_in(
    books: Books, application: CreditApplication, data: Applicant, now: datetime
) -> tuple[Changes, CreditApplication]:
    """As `fill_in`, for an application that was found by its link."""
    must_be_draft(application, now)
    after = replace(application, data=plain(data))
    if after == application:
        return Changes(), application
    return Changes(update=(after, relisted(books, after))), after


def plain(data: Applicant) -> Applicant:
    """What is kept: no longer a command, and tidy. Incomplete for what is too long to keep."""
    if faults := too_long(data):
        raise Incomplete(faults)
    fields = {name: getattr(data, name) for name in Applicant.__dataclass_fields__}
    return tidied(Applicant(**fields))


def must_be_draft(application: CreditApplication, now: datetime) -> None:
    state = state_at(application, now)
    if state is not ApplicationState.DRAFT:
        detail = f"This application is {state} and cannot be changed any more."
        raise Refused("application_not_open", detail)
