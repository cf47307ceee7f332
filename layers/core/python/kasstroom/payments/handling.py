"""What people do with money that came in: move it, send it back, find its invoice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.warning import Grounds, default_ground, with_warning
from kasstroom.errors import Conflict, NotFound, Refused
from kasstroom.money import Money
from kasstroom.payments.exchanging import changed_back, exchange
from kasstroom.payments.loading import load, money_of
from kasstroom.payments.model import Allocation, MoneyIn, Part, UnmatchedMoney, WorkState
from kasstroom.payments.moving import move
from kasstroom.payments.posting import Position, Posted, changes_of
from kasstroom.payments.unmatched import id_of, listed
from kasstroom.ports import Books

MOST = 40
AT = "/body/allocations"


@dataclass(frozen=True, slots=True)
class Wanted(Command):
    """How much of a payment an invoice gets: `amount` above zero, of its principal unless `part`
    says costs or interest."""

    invoice: str
    amount: Money
    part: Part = Part.PRINCIPAL


@dataclass(frozen=True, slots=True)
class NewAllocations(Command):
    """Where a payment rests from now on; what is not named here is taken off its invoice and left
    with the debtor. `reason` is kept in the ledger."""

    allocations: tuple[Wanted, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class MoreAllocations(Command):
    """Invoices that get what is left of a payment; what it pays already stays."""

    allocations: tuple[Wanted, ...]
    reason: str = "matched by hand"


@dataclass(frozen=True, slots=True)
class NewRefund(Command):
    """Without `amount` all that can be sent back. `reason` is what the payer reads."""

    reason: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class NewExchange(Command):
    """`taken` of the payment in its own currency pays `paid` of an invoice in another."""

    invoice: str
    taken: Money
    paid: Money
    reason: str


@dataclass(frozen=True, slots=True)
class TakenBack(Command):
    """`reason` is kept in the ledger."""

    reason: str


def reallocate(
    books: Books,
    org: str,
    money_id: str,
    new: NewAllocations,
    actor: Actor,
    now: datetime,
    grounds: Grounds = default_ground,
) -> tuple[Changes, MoneyIn]:
    """The payment on these invoices and no others; an entry keeps what it was."""
    money = money_of(books, org, money_id)
    wanted = tuple(Allocation(w.invoice, w.amount, w.part) for w in new.allocations)
    return _moved(books, money, wanted, actor, new.reason, now, grounds)


def allocate_left(
    books: Books,
    org: str,
    unmatched_id: str,
    new: MoreAllocations,
    actor: Actor,
    now: datetime,
    grounds: Grounds = default_ground,
) -> tuple[Changes, MoneyIn]:
    """What is left of a payment goes to these invoices as well."""
    item = unmatched_of(books, org, unmatched_id)
    if item.state is WorkState.RESOLVED:
        raise Conflict("already_resolved", "Nothing is left of this payment any more.")
    money = money_of(books, org, item.entry_id)
    more = {(w.invoice, w.part): w for w in new.allocations}
    if len(more) < len(new.allocations):
        raise Refused("invoice_twice", "An invoice is named twice; add the amounts up.", AT)
    total = sum(w.amount.minor for w in new.allocations)
    if total > money.left.minor:
        raise Refused("more_than_left", f"{money.left} is left of this payment.", AT)
    wanted = _added(money.allocations, more)
    return _moved(books, money, wanted, actor, new.reason, now, grounds)


def exchanged(
    books: Books,
    org: str,
    money_id: str,
    new: NewExchange,
    actor: Actor,
    now: datetime,
    grounds: Grounds = default_ground,
) -> tuple[Changes, MoneyIn]:
    """Money in one currency pays an invoice in another, at the rate the two amounts make."""
    money = money_of(books, org, money_id)
    position = load(books, org, money.debtor, (new.invoice,), (money,))
    posted = exchange(
        Posted(position), money, new.taken, new.invoice, paid=new.paid, now=now, by=actor.name,
        reason=new.reason,
    )  # fmt: skip
    return _finished(books, position, posted, money, now, grounds)


def changed_back_again(
    books: Books,
    org: str,
    money_id: str,
    why: TakenBack,
    actor: Actor,
    now: datetime,
    grounds: Grounds = default_ground,
) -> tuple[Changes, MoneyIn]:
    """The exchanges were a mistake: the money is left in its own currency, and what it paid in
    another is open again. Refused when there is none."""
    money = money_of(books, org, money_id)
    minor = sum(one.taken_minor for one in money.exchanged)
    if not minor:
        raise Refused("not_exchanged", "Nothing of this payment went into another currency.")
    position = load(books, org, money.debtor, money.pays, (money,))
    posted, _ = changed_back(
        Posted(position), money, minor, now=now, by=actor.name, reason=why.reason
    )
    return _finished(books, position, posted, money, now, grounds)


def unmatched_of(books: Books, org: str, id: str) -> UnmatchedMoney:
    found = books.find(UnmatchedMoney, org, id=id)
    if found is None:
        raise NotFound("unmatched_payment_not_found", f"There is no unmatched payment {id}.")
    return found


def _added(
    rests: tuple[Allocation, ...], more: dict[tuple[str, Part], Wanted]
) -> tuple[Allocation, ...]:
    """Refused here with the caller's own places; `move` sees the sums only."""
    new = dict(more)
    grown = []
    for allocation in rests:
        extra = new.pop((allocation.invoice, allocation.part), None)
        amount = allocation.amount + extra.amount if extra else allocation.amount
        grown.append(Allocation(allocation.invoice, amount, allocation.part))
    fresh = (Allocation(w.invoice, w.amount, w.part) for w in new.values())
    # The caller's own come first, so that a refusal points at the place in the request.
    return (*fresh, *grown)


def _moved(
    books: Books,
    money: MoneyIn,
    wanted: tuple[Allocation, ...],
    actor: Actor,
    reason: str,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, MoneyIn]:
    if len(wanted) > MOST:
        raise Refused("too_many_invoices", f"One payment pays at most {MOST} invoices.", AT)
    numbers = (*(a.invoice for a in money.allocations), *(a.invoice for a in wanted))
    position = load(books, money.org, money.debtor, numbers, (money,))
    posted = move(Posted(position), money, wanted, now=now, by=actor.name, reason=reason)
    return _finished(books, position, posted, money, now, grounds)


def _finished(
    books: Books,
    before: Position,
    posted: Posted,
    money: MoneyIn,
    now: datetime,
    grounds: Grounds,
) -> tuple[Changes, MoneyIn]:
    if not posted.entries:
        return Changes(), money
    after = posted.position.money[money.id]
    changes = with_warning(changes_of(before, posted, now), grounds, now)
    known = books.find(UnmatchedMoney, money.org, id=id_of(money.id))
    return changes + listed(after, known, now), after
