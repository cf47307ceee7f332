"""What a provider reports becomes ledger: once, whatever arrives twice or in another order.

A report is the whole story of a payment. One call books the next thing the ledger does not have
yet, in one transaction; `record_all` goes on until it has everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, default_ground, with_warning
from kasstroom.errors import NotFound, Refused
from kasstroom.events.payments import PaymentLinkPaid, PaymentNotCompleted
from kasstroom.money import Money
from kasstroom.payments.attempts import attempt_of
from kasstroom.payments.giving_back import Movement, come_back, give_back
from kasstroom.payments.loading import entry_id, load
from kasstroom.payments.model import (
    FINAL_ATTEMPTS,
    AttemptState,
    Entry,
    EntryKind,
    LinkState,
    MoneyIn,
    PaymentAttempt,
    PaymentLink,
    Refund,
    UnmatchedMoney,
)
from kasstroom.payments.payable import is_settled, received_on
from kasstroom.payments.posting import Position, Posted, changes_of
from kasstroom.payments.receiving import PLAIN, Incoming, Manners, listing, receive
from kasstroom.payments.refunding import followed, refund_of
from kasstroom.payments.reported import (
    ProviderPayment,
    RefundState,
)
from kasstroom.payments.unmatched import id_of as unmatched_id
from kasstroom.payments.unmatched import listed
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a report: an entry `booked` now, or a change of `state` only."""

    attempt_id: str
    state: AttemptState
    booked: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a report is compared with; `money` is None before the payment is booked."""

    attempt: PaymentAttempt
    link: PaymentLink
    money: MoneyIn | None
    position: Position
    unmatched: UnmatchedMoney | None
    asked: Refund | None = None
    went: Entry | None = None


def record_all(
    books: Books,
    org: str,
    attempt_id: str,
    payment: ProviderPayment,
    *,
    mode: str,
    now: datetime,
    grounds: Grounds = default_ground,
    manners: Manners = PLAIN,
) -> Recorded:
    """Books all of a report, one entry after the other; the last answer tells the state."""
    booked = False
    while True:
        found = settle(
            books,
            lambda: record(
                books, org, attempt_id, payment, mode=mode, now=now, grounds=grounds,
                manners=manners,
            ),
        )  # fmt: skip
        booked = booked or found.booked
        if not found.booked:
            return replace(found, booked=booked)


def record(
    books: Books,
    org: str,
    attempt_id: str,
    payment: ProviderPayment,
    *,
    mode: str,
    now: datetime,
    grounds: Grounds = default_ground,
    manners: Manners = PLAIN,
) -> tuple[Changes, Recorded]:
    """Books the next thing of a payment fetched from the provider. Refused when it is not what we
    asked for: another mode, or a reference of another attempt."""
    attempt = attempt_of(books, org, attempt_id)
    if attempt is None:
        raise NotFound("attempt_not_found", f"There is no payment attempt {attempt_id}.")
    _genuine(attempt, payment, mode)
    if payment.state is not AttemptState.PAID:
        return _not_paid(attempt, payment, now)
    money = books.find(MoneyIn, org, attempt.debtor, entry_id(org, payment.provider, payment.id))
    if money is None:
        changes = paid(_standing(books, attempt, payment, None), payment, now, manners)
        return with_warning(changes, grounds, now), Recorded(attempt.id, AttemptState.PAID, True)
    # Most reports are repeats: whether one brings anything is known before the rest is read.
    movement = next((m for m in movements(payment) if _missing(books, org, m)), None)
    if movement is None:
        return Changes(), Recorded(attempt.id, attempt.state, booked=False)
    went = _went(books, money, movement)
    standing = _standing(books, attempt, payment, money, went)
    asked = refund_of(books, org, money.debtor, movement.reference)
    changes = moved(replace(standing, asked=asked), movement, now)
    return with_warning(changes, grounds, now), Recorded(attempt.id, attempt.state, booked=True)


def movements(payment: ProviderPayment) -> Iterator[Movement]:
    """All that went back and came back, in the order it happened. A refund that failed is looked
    at for the money it returned only: if it was never booked, nothing went."""
    found = []
    for refund in payment.refunds:
        failed = refund.state is RefundState.FAILED
        kind = EntryKind.REFUND_RETURNED if failed else EntryKind.REFUND
        found.append(
            Movement(
                kind, refund.amount, payment.provider, refund.id, refund.at,
                reference=refund.reference,
            )
        )  # fmt: skip
    for back in payment.chargebacks:
        gone = Movement(
            EntryKind.CHARGEBACK, back.amount, payment.provider, back.id, back.at, back.reason
        )
        found.append(gone)
        if back.reversed_at:
            found.append(replace(gone, kind=EntryKind.REVERSAL, at=back.reversed_at))
    order = {EntryKind.REVERSAL: 1, EntryKind.REFUND_RETURNED: 1}
    yield from sorted(found, key=lambda m: (m.at, order.get(m.kind, 0), m.external_id))


def paid(
    standing: Standing, payment: ProviderPayment, now: datetime, manners: Manners = PLAIN
) -> Changes:
    """Pure: the payment with all that follows from it, together."""
    before = standing.position
    incoming = Incoming(
        before.org, before.debtor, payment.amount, payment.provider, payment.id, payment.method,
        day_of(payment.paid_at or now), standing.link.invoices,
    )  # fmt: skip
    posted, money = receive(Posted(before), incoming, now, manners)
    attempt = replace(
        standing.attempt, state=AttemptState.PAID, provider_id=payment.id, paid_on=incoming.paid_on
    )
    entry = next(entry for entry in posted.entries if entry.id == money.id)
    changes = Changes(create=(listing(entry),), update=(attempt,))
    changes += _booked(standing, posted, payment.amount, now)
    return changes + listed(money, standing.unmatched, now)


def moved(standing: Standing, movement: Movement, now: datetime) -> Changes:
    """Pure: a refund, a chargeback or the return of one."""
    money, changes = followed(standing.money, standing.asked, movement)
    before = Posted(standing.position)
    if movement.kind in _RETURN_OF:
        posted = come_back(before, money, movement, now, standing.went)
    else:
        posted = give_back(before, money, movement, now)
    after = posted.position.money[money.id]
    changes += _booked(standing, posted, movement.amount, now)
    return changes + listed(after, standing.unmatched, now)


def _booked(standing: Standing, posted: Posted, amount: Money, now: datetime) -> Changes:
    """The entries, the link as it is now, and whether reminding stopped by it."""
    changes = changes_of(standing.position, posted, now)
    link, before, after = standing.link, standing.position, posted.position
    rest = sum(
        after.invoices[number].payable.minor for number in link.invoices if number in after.invoices
    )
    who = {"org": before.org, "debtor": before.debtor, "at": now}
    paid_minor = link.paid_minor + received_on(link, posted.entries)
    counted = replace(link, paid_minor=paid_minor)
    settled = is_settled(counted, rest)
    if link.state is LinkState.OPEN and settled:
        counted = replace(counted, state=LinkState.PAID)
        told = PaymentLinkPaid(**who, subject=link.id, amount=amount)
        changes += Changes(events=(told,))
    elif link.state is LinkState.PAID and not settled:
        counted = replace(counted, state=LinkState.OPEN)
    if counted != link:
        changes += Changes(update=(counted,))
    return changes


def _standing(
    books: Books, attempt: PaymentAttempt, payment: ProviderPayment, money: MoneyIn | None,
    went: Entry | None = None,
) -> Standing:  # fmt: skip
    org, debtor = attempt.org, attempt.debtor
    link = books.get(PaymentLink, org, debtor, attempt.link_id)
    id = entry_id(org, payment.provider, payment.id)
    numbers = (*link.invoices, *(money.pays if money else ()))
    numbers += tuple(a.invoice for a in (went.allocations if went else ()))
    position = load(books, org, debtor, numbers, () if money is None else (money,))
    unmatched = books.find(UnmatchedMoney, org, id=unmatched_id(id))
    return Standing(attempt, link, money, position, unmatched, went=went)


_RETURN_OF = {
    EntryKind.REVERSAL: EntryKind.CHARGEBACK,
    EntryKind.REFUND_RETURNED: EntryKind.REFUND,
}


def _went(books: Books, money: MoneyIn, movement: Movement) -> Entry | None:
    """The entry that is undone when the money comes back."""
    if movement.kind not in _RETURN_OF:
        return None
    kind = _RETURN_OF[movement.kind]
    name = books.lookup(money.org, "entry", replace(movement, kind=kind).key)
    return books.find(Entry, money.org, money.debtor, name.target) if name else None


def _missing(books: Books, org: str, movement: Movement) -> bool:
    """Whether the ledger has not got it yet. What came back can only come back after it went."""
    if books.lookup(org, "entry", movement.key) is not None:
        return False
    if movement.kind is not EntryKind.REFUND_RETURNED:
        return True
    went = replace(movement, kind=EntryKind.REFUND)
    return books.lookup(org, "entry", went.key) is not None


def _genuine(attempt: PaymentAttempt, payment: ProviderPayment, mode: str) -> None:
    if payment.mode != mode:
        detail = f"{payment.id} is a {payment.mode} payment; this environment books {mode}."
        raise Refused("wrong_mode", detail)
    if payment.reference != attempt.id:
        raise Refused("wrong_payment", f"{payment.id} does not belong to attempt {attempt.id}.")


def _not_paid(
    attempt: PaymentAttempt, payment: ProviderPayment, now: datetime
) -> tuple[Changes, Recorded]:
    """The attempt takes the provider's state; a final one never reopens, and no invoice moves. A
    second payment that the provider made for the same attempt has no say unless it is paid."""
    recorded = Recorded(attempt.id, payment.state, booked=False)
    other = attempt.provider_id not in ("", payment.id)
    if other or attempt.state in FINAL_ATTEMPTS or attempt.state is payment.state:
        return Changes(), recorded
    after = replace(attempt, state=payment.state, provider_id=payment.id)
    if after.state not in FINAL_ATTEMPTS:
        return Changes(update=(after,)), recorded
    event = PaymentNotCompleted(
        org=after.org, debtor=after.debtor, subject=after.id, at=now, amount=after.amount,
        link=after.link_id, provider=after.provider, provider_id=payment.id, state=after.state,
    )  # fmt: skip
    return Changes(update=(after,), events=(event,)), recorded
