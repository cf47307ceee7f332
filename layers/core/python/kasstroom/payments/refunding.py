"""Sending money back: asked for once, sent once, booked once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Reference
from kasstroom.errors import NotFound, Refused
from kasstroom.events.payments import RefundRequested
from kasstroom.ids import new_id
from kasstroom.money import Money
from kasstroom.payments.giving_back import Movement
from kasstroom.payments.loading import money_of
from kasstroom.payments.model import (
    EntryKind,
    MoneyIn,
    Refund,
    RefundStatus,
)
from kasstroom.payments.ports import PaymentProvider, RefundOrder
from kasstroom.payments.reported import (
    ProviderPayment,
    RefundState,
)
from kasstroom.ports import Books

LOOK_AGAIN = timedelta(minutes=30)
VALUE = "/body/amount/value"


def request(
    books: Books,
    org: str,
    money_id: str,
    amount: Money | None,
    *,
    reason: str,
    by: str,
    now: datetime,
    key: str,
    providers: tuple[str, ...],
) -> tuple[Changes, Refund]:
    """A refund to be sent; all that can be refunded when no amount is given. Refused above that,
    and for money that did not come through a provider: it is paid back from the bank."""
    money = money_of(books, org, money_id)
    wanted = money.refundable if amount is None else amount
    if money.source not in providers:
        detail = "This money came over the bank; pay it back from there and the statement books it."
        raise Refused("not_through_a_provider", detail)
    if wanted.currency != money.amount.currency or not 0 < wanted.minor <= money.refundable.minor:
        detail = f"{money.refundable} of this payment can be sent back; ask for that at most."
        raise Refused("more_than_refundable", detail, VALUE)
    refund = Refund(
        org, money.debtor, new_id("rfd", now), money.id, money.source, money.external_id, wanted,
        reason, by, RefundStatus.REQUESTED, key, now, now,
    )  # fmt: skip
    held = replace(money, refunding_minor=money.refunding_minor + wanted.minor)
    name = Reference(org, "refund", refund.id, refund.debtor, refund.id)
    event = RefundRequested(
        org=org, debtor=refund.debtor, subject=refund.id, at=now, payment=money.id, amount=wanted,
        by=by,
    )  # fmt: skip
    return Changes(create=(refund, name), update=(held,), events=(event,)), refund


def refund_by_id(books: Books, org: str, id: str) -> Refund:
    name = books.lookup(org, "refund", id)
    if name is None:
        raise NotFound("refund_not_found", f"There is no refund {id}.")
    return books.get(Refund, org, name.debtor, id)


def refund_of(books: Books, org: str, debtor: str, id: str) -> Refund | None:
    return books.find(Refund, org, debtor, id) if id else None


def send(refund: Refund, provider: PaymentProvider) -> ProviderPayment:
    """The payment as the provider has it, with this refund in it. The provider is first asked
    whether it has the refund: its memory of idempotency keys is shorter than ours."""
    payment = provider.fetch(refund.payment_id)
    if all(known.reference != refund.id for known in payment.refunds):
        provider.refund(
            RefundOrder(
                refund.payment_id, refund.amount, refund.id, refund.reason, refund.idempotency_key
            )
        )
        payment = provider.fetch(refund.payment_id)
    return payment


def sent(
    books: Books, refund: Refund, payment: ProviderPayment, now: datetime
) -> tuple[Changes, None]:
    """After the provider took it: looked at again until the ledger has it."""
    current = books.get(Refund, refund.org, refund.debtor, refund.id)
    if current.due is None:
        return Changes(), None
    mine = next((known for known in payment.refunds if known.reference == refund.id), None)
    if mine and mine.state is RefundState.FAILED and current.status is not RefundStatus.BOOKED:
        return failed(books, current, "The provider could not pay it out."), None
    after = replace(
        current,
        status=RefundStatus.SENT,
        provider_id=mine.id if mine else "",
        look_at=now + LOOK_AGAIN,
    )
    return Changes(update=(after,)), None


def refused(books: Books, refund: Refund, problem: str) -> tuple[Changes, None]:
    """The provider will not do it: nothing went, and what was kept for it is free again."""
    current = books.get(Refund, refund.org, refund.debtor, refund.id)
    if current.status is not RefundStatus.REQUESTED:
        return Changes(), None
    return failed(books, current, problem), None


def failed(books: Books, refund: Refund, problem: str) -> Changes:
    money = books.get(MoneyIn, refund.org, refund.debtor, refund.money_id)
    free = replace(money, refunding_minor=money.refunding_minor - refund.amount.minor)
    return Changes(update=(replace(refund, status=RefundStatus.FAILED, problem=problem), free))


def followed(
    money: MoneyIn | None, asked: Refund | None, movement: Movement
) -> tuple[MoneyIn, Changes]:
    """Pure: the money and the refund we asked for, when the provider's report of it is booked."""
    assert money is not None  # noqa: S101
    if asked is None:
        return money, Changes()
    if movement.kind is EntryKind.REFUND_RETURNED:
        problem = "The money came back: the payer's account did not take it."
        return money, Changes(update=(replace(asked, status=RefundStatus.FAILED, problem=problem),))
    free = replace(money, refunding_minor=max(0, money.refunding_minor - asked.amount.minor))
    done = replace(asked, status=RefundStatus.BOOKED, provider_id=movement.external_id)
    return free, Changes(update=(done,))
