"""Refunds on their way: each is asked of its provider until the ledger has it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kasstroom.changes import Work
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.payments.booking import record_all
from kasstroom.payments.model import Refund
from kasstroom.payments.ports import PaymentProvider
from kasstroom.payments.refunding import refused, send, sent
from kasstroom.ports import Books
from kasstroom.settle import settle


class ProviderOf(Protocol):
    def __call__(self, org: str, name: str = "") -> PaymentProvider: ...


def send_due(
    books: Books,
    provider_of: ProviderOf,
    now: datetime,
    *,
    mode: str,
    grounds: Grounds = default_ground,
) -> tuple[int, int]:
    """How many went out, and how many wait because their provider does not answer."""
    gone = waiting = 0
    for due in books.due(Work.REFUND, now):
        refund = books.find(Refund, due.org, due.debtor, due.id)
        if refund is None or refund.due is None or refund.look_at > now:
            continue
        try:
            _send(books, refund, provider_of, now, mode, grounds)
            gone += 1
        except Unavailable:
            waiting += 1
        except (Refused, NotFound) as error:
            detail = error.detail
            settle(books, lambda r=refund, d=detail: refused(books, r, d))  # type: ignore[misc]
    return gone, waiting


def _send(
    books: Books,
    refund: Refund,
    provider_of: ProviderOf,
    now: datetime,
    mode: str,
    grounds: Grounds,
) -> None:
    payment = send(refund, provider_of(refund.org, refund.provider))
    settle(books, lambda: sent(books, refund, payment, now))
    record_all(books, refund.org, payment.reference, payment, mode=mode, now=now, grounds=grounds)
