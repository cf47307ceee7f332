"""What the API takes and shows of links, and the payments of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.changes import Changes, Command
from kasstroom.money import Money
from kasstroom.payments import links
from kasstroom.payments.link_terms import Terms
from kasstroom.payments.links import IssuedLink
from kasstroom.payments.model import (
    BookedPayment,
    Instalment,
    LinkKind,
    LinkState,
    PaymentLink,
)
from kasstroom.ports import Books
from kasstroom.time import Day


@dataclass(frozen=True, slots=True)
class NewInstalment(Command):
    """Which part of an arrangement this is: `number` of `of`, to be paid on or before `due_on`."""

    number: int
    of: int
    due_on: Day


@dataclass(frozen=True, slots=True)
class FreeAmount(Command):
    """The payer chooses how much, at least `minimum` (one cent when left out)."""

    minimum: Money | None = None


@dataclass(frozen=True, slots=True)
class NewPaymentLink(Command):
    """Over the named open invoices of `debtor`, or over all that is open when none is named. It
    asks all of it; or `amount`, as an instalment of an arrangement when you say which; or what the
    payer chooses (`free_amount`), which pays the oldest invoices first."""

    debtor: str
    invoices: tuple[str, ...] = ()
    amount: Money | None = None
    instalment: NewInstalment | None = None
    free_amount: FreeAmount | None = None


class LinkStatus(StrEnum):
    """`expired` and `revoked` open nothing; `archived` is left out of the list as well."""

    OPEN = "open"
    PAID = "paid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class LinkView:
    """`amount` is what was asked when it was made, or last given a new address; `paid` came in on
    it. `ended_for` is null while it was not revoked."""

    id: str
    debtor: str
    state: LinkStatus
    kind: LinkKind
    invoices: tuple[str, ...]
    amount: Money
    paid: Money
    minimum: Money | None
    instalment: Instalment | None
    reference: str
    created_at: datetime
    expires_at: datetime
    ended_for: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a letter: the address to type (`code` in groups, as it may be typed), the
    details of a transfer, and the code with those details that a bank app reads (null when the
    amount is not in euros or there is no account)."""

    address: str
    code: str
    iban: str
    account_name: str
    reference: str
    amount: Money
    epc_qr_svg: str | None


@dataclass(frozen=True, slots=True)
class NewLinkView(LinkView):
    """`url` is shown now only: we keep a fingerprint of its token, not the token."""

    url: str
    qr_svg: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Newest first. A page can hold fewer than asked for; `next_cursor` null: it was the last."""

    items: tuple[LinkView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """`next_cursor` null: this was the last page."""

    items: tuple[BookedPayment, ...]
    next_cursor: str | None


def status_of(link: PaymentLink, now: datetime) -> LinkStatus:
    if link.archived_at:
        return LinkStatus.ARCHIVED
    if link.state is LinkState.OPEN and link.expires_at <= now:
        return LinkStatus.EXPIRED
    return LinkStatus(link.state)


def link_view(link: PaymentLink, now: datetime) -> LinkView:
    return LinkView(**facts_of(link, now))


def new_link_view(
    link: PaymentLink, now: datetime, url: str, qr_svg: str, paper: Paper
) -> NewLinkView:
    return NewLinkView(**facts_of(link, now), url=url, qr_svg=qr_svg, paper=paper)


def facts_of(link: PaymentLink, now: datetime) -> dict:
    currency, free = link.amount.currency, link.kind is LinkKind.FREE
    return {
        "id": link.id,
        "debtor": link.debtor,
        "state": status_of(link, now),
        "kind": link.kind,
        "invoices": link.invoices,
        "amount": link.amount,
        "paid": Money(link.paid_minor, currency),
        "minimum": Money(max(1, link.minimum_minor), currency) if free else None,
        "instalment": link.instalment,
        "reference": link.reference,
        "created_at": link.created_at,
        "expires_at": link.expires_at,
        "ended_for": link.ended_for or None,
    }


def created(
    books: Books, org: str, new: NewPaymentLink, *, token: str, now: datetime
) -> tuple[Changes, IssuedLink]:
    """The link as it was asked for."""
    part, free = new.instalment, new.free_amount
    terms = Terms(
        new.amount,
        free is not None,
        free.minimum if free else None,
        Instalment(part.number, part.of, part.due_on) if part else None,
    )
    return links.create(books, org, new.debtor, new.invoices, token=token, now=now, terms=terms)
