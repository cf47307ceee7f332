"""Links go with their invoices: paid another way, credited, written off or disputed, a link stops
asking, and a payment that is still open on it is called off at its provider.

The page asks the invoices themselves and is never behind. This is for who reads the link (lists,
webhooks), and for the payer who has the provider's page open.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.errors import NotFound, Refused
from kasstroom.events import Event
from kasstroom.events.payments import PaymentLinkPaid, PaymentLinkRevoked
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.links import invoices_of
from kasstroom.payments.model import AttemptState, LinkState, PaymentAttempt, PaymentLink
from kasstroom.payments.payable import followed, is_ended, payable
from kasstroom.payments.shop import Providers
from kasstroom.ports import Books
from kasstroom.settle import settle


def follow(books: Books, providers: Providers, org: str, debtor: str, now: datetime) -> int:
    """All links of a debtor that are not past their day; returns how many moved. Unavailable when
    a provider cannot be asked: then again, the links themselves are right already."""
    known: dict[str, Invoice | None] = {}
    links = [link for link in books.all_of(PaymentLink, org, debtor) if link.expires_at > now]
    moved, in_vain = 0, []
    for link in links:
        invoices = _read_once(books, link, known)
        if followed(link, invoices) != link:
            moved += settle(books, lambda link=link: _moved(books, link, now))  # type: ignore[misc]
        attempt = _open_attempt(books, link)
        if attempt and (is_ended(link) or attempt.amount.minor > payable(link, invoices).minor):
            in_vain.append(attempt)
    for attempt in in_vain:
        _call_off(providers, attempt)
    return moved


def _read_once(
    books: Books, link: PaymentLink, known: dict[str, Invoice | None]
) -> tuple[Invoice, ...]:
    """Links of a debtor are mostly over the same invoices."""
    for number in link.invoices:
        if number not in known:
            known[number] = books.find(Invoice, link.org, link.debtor, number)
    return tuple(found for number in link.invoices if (found := known[number]))


def _moved(books: Books, seen: PaymentLink, now: datetime) -> tuple[Changes, bool]:
    """Read again and held together with its invoices: what moves them in between comes first."""
    link = books.get(PaymentLink, seen.org, seen.debtor, seen.id)
    invoices = invoices_of(books, link)
    after = followed(link, invoices)
    if after == link:
        return Changes(), False
    return Changes(update=(after,), check=invoices, events=_told(after, now)), True


def _told(link: PaymentLink, now: datetime) -> tuple[Event, ...]:
    who = {"org": link.org, "debtor": link.debtor, "subject": link.id, "at": now}
    if link.state is LinkState.PAID:
        came_in = Money(max(0, link.paid_minor), link.amount.currency)
        return (PaymentLinkPaid(**who, amount=came_in),)
    if link.state is LinkState.REVOKED:
        return (PaymentLinkRevoked(**who, reason=link.ended_for),)
    return ()


def _open_attempt(books: Books, link: PaymentLink) -> PaymentAttempt | None:
    if link.attempt_id is None:
        return None
    attempt = books.find(PaymentAttempt, link.org, link.debtor, link.attempt_id)
    return attempt if attempt and attempt.state is AttemptState.OPEN else None


def _call_off(providers: Providers, attempt: PaymentAttempt) -> None:
    """Its webhook tells what became of it. One that is paid all the same is booked, and is then
    money that no invoice takes."""
    with suppress(NotFound, Refused):
        providers(attempt.org, attempt.provider).cancel(attempt.provider_id)
