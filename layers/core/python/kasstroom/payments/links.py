"""Payment links: a page where a debtor pays one or many invoices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Reference
from kasstroom.debtors.model import Debtor
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.errors import NotFound, Refused
from kasstroom.events.payments import PaymentLinkCreated, PaymentLinkRevoked
from kasstroom.ids import derived_id, digest
from kasstroom.money import EUR, Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import LinkState, PaymentLink
from kasstroom.payments.references import rf_reference
from kasstroom.ports import Books

VALID_DAYS = 90
TOKEN_KIND = "link_token"
MOST_INVOICES = 40
"""What one booking transaction can settle."""


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A link with the token that opens it; the token is shown now and never again."""

    link: PaymentLink
    token: str


def issue(
    org: str,
    debtor: str,
    token: str,
    invoices: tuple[str, ...],
    amount: Money,
    language: Language,
    now: datetime,
    created_for: str,
) -> tuple[PaymentLink, Changes]:
    """Pure: a new link, its token's reference and the event."""
    hashed = digest(token)
    id = derived_id("lnk", org, hashed)
    link = PaymentLink(
        org, debtor, id, hashed, invoices, amount, language, LinkState.OPEN, now,
        now + timedelta(days=VALID_DAYS), created_for, rf_reference(id[-12:]),
    )  # fmt: skip
    created = PaymentLinkCreated(
        org=org, debtor=debtor, subject=id, at=now, invoices=invoices, amount=amount,
        expires_at=link.expires_at,
    )  # fmt: skip
    names = (
        Reference("", TOKEN_KIND, hashed, debtor, f"{org}#{id}"),
        Reference(org, "link", id, debtor, id),
        Reference(org, "creditor_reference", link.reference, debtor, id),
    )
    return link, Changes(create=(link, *names), events=(created,))


def reissue(link: PaymentLink, token: str, amount: Money) -> tuple[PaymentLink, Changes]:
    """The same link under a new token; the old token opens nothing any more."""
    hashed = digest(token)
    after = replace(link, token_hash=hashed, amount=amount)
    name = Reference("", TOKEN_KIND, hashed, link.debtor, f"{link.org}#{link.id}")
    return replace(after, version=link.version + 1), Changes(create=(name,), update=(after,))


def create(
    books: Books,
    org: str,
    debtor: str,
    numbers: tuple[str, ...],
    *,
    token: str,
    now: datetime,
) -> tuple[Changes, IssuedLink]:
    """A link over the named invoices, or over all that is open; Refused when there is nothing."""
    case = books.find(DunningCase, org, debtor)
    if case is None:
        raise NotFound("debtor_not_found", f"There is no debtor {debtor}.", "/body/debtor")
    items = {item.number: item for item in case.items}
    unknown = [number for number in numbers if number not in items]
    if unknown:
        detail = f"Not an open invoice of debtor {debtor}: {', '.join(unknown)}."
        raise Refused("invoice_not_open", detail, "/body/invoices")
    chosen = [items[n] for n in dict.fromkeys(numbers)] or list(case.items)[:MOST_INVOICES]
    amount = _payable(chosen)
    language = books.get(Debtor, org, debtor).language
    picked = tuple(item.number for item in chosen)
    link, changes = issue(org, debtor, token, picked, amount, language, now, "api")
    return changes, IssuedLink(link, token)


def _payable(items: list[OpenItem]) -> Money:
    if len(items) > MOST_INVOICES:
        detail = f"One link takes at most {MOST_INVOICES} invoices."
        raise Refused("too_many_invoices", detail, "/body/invoices")
    if any(item.open.currency != EUR for item in items):
        detail = "iDEAL pays in EUR only; leave out invoices in other currencies."
        raise Refused("wrong_currency", detail, "/body/invoices")
    total = sum(item.open.minor for item in items)
    if total <= 0:
        raise Refused("nothing_open", "There is nothing to pay on these invoices.", "/body/debtor")
    return Money(total, EUR)


def by_token(books: Books, token: str, now: datetime) -> PaymentLink:
    """NotFound, always the same, for an unknown, expired, revoked or replaced token."""
    hashed = digest(token)
    name = books.lookup("", TOKEN_KIND, hashed)
    if name is not None:
        org, id = name.target.split("#")
        link = books.find(PaymentLink, org, name.debtor, id)
        if link and link.token_hash == hashed and usable(link, now):
            return link
    raise NotFound("link_not_found", "This link is not valid any more.")


def usable(link: PaymentLink, now: datetime) -> bool:
    return link.state is not LinkState.REVOKED and link.expires_at > now


def by_id(books: Books, org: str, id: str) -> PaymentLink:
    name = books.lookup(org, "link", id)
    if name is None:
        raise NotFound("link_not_found", f"There is no payment link {id}.")
    return books.get(PaymentLink, org, name.debtor, id)


def revoke(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, PaymentLink]:
    """The link opens nothing any more; revoking twice changes nothing."""
    link = by_id(books, org, id)
    if link.state is not LinkState.OPEN:
        return Changes(), link
    revoked = replace(link, state=LinkState.REVOKED)
    event = PaymentLinkRevoked(
        org=org, debtor=link.debtor, subject=id, at=now, reason="revoked_by_creditor"
    )
    return Changes(update=(revoked,), events=(event,)), revoked
