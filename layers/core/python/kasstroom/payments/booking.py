"""What a provider reports becomes ledger: once, whatever arrives twice or in another order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.warning import Grounds, default_ground, with_warning
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import NotFound, Refused
from kasstroom.payments.attempts import attempt_of, invoices_of
from kasstroom.payments.ledger import Standing, decide, entry_key
from kasstroom.payments.model import (
    FINAL_ATTEMPTS,
    AttemptState,
    PaymentAttempt,
    PaymentLink,
    ProviderPayment,
)
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a report: `booked` now, or `known` before, or a change of `state` only."""

    attempt_id: str
    state: AttemptState
    booked: bool


def record(
    books: Books,
    org: str,
    attempt_id: str,
    payment: ProviderPayment,
    *,
    mode: str,
    now: datetime,
    grounds: Grounds = default_ground,
) -> tuple[Changes, Recorded]:
    """Books a payment fetched from the provider. Refused when it is not what we asked for: another
    mode, or a reference of another attempt."""
    attempt = attempt_of(books, org, attempt_id)
    if attempt is None:
        raise NotFound("attempt_not_found", f"There is no payment attempt {attempt_id}.")
    _genuine(attempt, payment, mode)
    if payment.state is not AttemptState.PAID:
        return _not_paid(attempt, payment)
    if books.lookup(org, "entry", entry_key(payment)) is not None:
        return Changes(), Recorded(attempt.id, attempt.state, booked=False)
    link = books.get(PaymentLink, org, attempt.debtor, attempt.link_id)
    standing = Standing(
        attempt,
        link,
        invoices_of(books, link),
        books.get(CreditAccount, org, attempt.debtor),
        books.get(DunningCase, org, attempt.debtor),
    )
    booked = with_warning(decide(standing, payment, now), grounds, now)
    return booked, Recorded(attempt.id, AttemptState.PAID, booked=True)


def _genuine(attempt: PaymentAttempt, payment: ProviderPayment, mode: str) -> None:
    if payment.mode != mode:
        detail = f"{payment.id} is a {payment.mode} payment; this environment books {mode}."
        raise Refused("wrong_mode", detail)
    if payment.reference != attempt.id:
        raise Refused("wrong_payment", f"{payment.id} does not belong to attempt {attempt.id}.")


def _not_paid(attempt: PaymentAttempt, payment: ProviderPayment) -> tuple[Changes, Recorded]:
    """The attempt takes the provider's state; a final one never reopens, and no invoice moves. A
    second payment that the provider made for the same attempt has no say unless it is paid."""
    recorded = Recorded(attempt.id, payment.state, booked=False)
    other = attempt.provider_id not in ("", payment.id)
    if other or attempt.state in FINAL_ATTEMPTS or attempt.state is payment.state:
        return Changes(), recorded
    after = replace(attempt, state=payment.state, provider_id=payment.id)
    return Changes(update=(after,)), recorded
