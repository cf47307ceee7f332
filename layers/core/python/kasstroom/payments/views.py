"""What the API takes and shows of links and payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.changes import Command
from kasstroom.money import Money
from kasstroom.payments.model import BookedPayment, LinkState, PaymentLink


@dataclass(frozen=True, slots=True)
class NewPaymentLink(Command):
    """Over the named open invoices of `debtor`, or over all that is open when none is named."""

    debtor: str
    invoices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkView:
    id: str
    debtor: str
    state: LinkState
    invoices: tuple[str, ...]
    amount: Money
    reference: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewLinkView(LinkView):
    """`url` is shown now only: we keep a fingerprint of its token, not the token."""

    url: str
    qr_svg: str


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """`next_cursor` null: this was the last page."""

    items: tuple[BookedPayment, ...]
    next_cursor: str | None


def link_view(link: PaymentLink) -> LinkView:
    return LinkView(
        link.id, link.debtor, link.state, link.invoices, link.amount, link.reference,
        link.created_at, link.expires_at,
    )  # fmt: skip


def new_link_view(link: PaymentLink, url: str, qr_svg: str) -> NewLinkView:
    return NewLinkView(
        link.id, link.debtor, link.state, link.invoices, link.amount, link.reference,
        link.created_at, link.expires_at, url, qr_svg,
    )  # fmt: skip
