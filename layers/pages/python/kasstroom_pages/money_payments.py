"""What somebody does with a payment that no invoice took: put it on invoices, or send it back."""

from __future__ import annotations

from uuid import uuid4

from kasstroom.changes import Changes
from kasstroom.errors import Conflict, KasstroomError, NotFound, Refused, Unavailable
from kasstroom.money import Money
from kasstroom.payments import handling, refunding
from kasstroom.payments.handling import AT, MoreAllocations, Wanted
from kasstroom.payments.model import PROVIDERS, MoneyIn, Refund
from kasstroom.payments.unmatched import id_of
from kasstroom.text import without_unseen
from kasstroom.work.money_list import next_one
from kasstroom.work.money_payment import PaymentCase, payment_case
from kasstroom_pages.desk_door import DeskAnswer, page, to
from kasstroom_pages.formats import money
from kasstroom_pages.money_list_page import PAYMENTS
from kasstroom_pages.money_payment_page import MOST_ROWS, PaymentTyped, Wish, payment_page
from kasstroom_pages.money_room import CHANGED, Room, status_of
from kasstroom_pages.money_typed import money_typed
from kasstroom_pages.templates import say

ALLOCATE, REFUND, SURE = "allocate", "refund", "sure"
BACK = "/body/amount"
_FIRST = frozenset({"already_resolved", CHANGED})


def shown(
    room: Room, id: str, typed: PaymentTyped = PaymentTyped(), status: int = 200
) -> DeskAnswer:
    """NotFound when there is no such payment."""
    case = payment_case(room.books, room.org, id)
    following = None if case.waits else next_one(room.books, room.org, room.now)
    return page(payment_page(room, case, typed, following), status)


def posted(room: Room, id: str) -> DeskAnswer:
    """Asks once more before money is sent back; else as for a bank line."""
    case = payment_case(room.books, room.org, id)
    if "switch" in room.asked.typed:
        return shown(room, id, _filled(room))
    try:
        room.from_our_form()
        if room.typed("do") == REFUND:
            return _ask(room, case)
        _act(room, case)
    except (Refused, NotFound, Conflict, Unavailable) as error:
        return _not_done(room, id, error)
    room.count("DeskMoneyDone")
    return to(f"{PAYMENTS}{id}")


def unread(room: Room, id: str, error: KasstroomError) -> DeskAnswer:
    """A form that was too large, or none of ours."""
    return shown(room, id, PaymentTyped(said=room.sentence(error)), status_of(error))


def _ask(room: Room, case: PaymentCase) -> DeskAnswer:
    """What would be sent back, before it is; refused now when it would be refused then."""
    _, refund = _planned(room, case)
    filled, amount = _filled(room), money(refund.amount, room.language)
    asked = PaymentTyped(back=filled.back, reason=filled.reason, sure=amount)
    return shown(room, case.money.id, asked)


def _planned(room: Room, case: PaymentCase) -> tuple[Changes, Refund]:
    return refunding.request(
        room.books, room.org, case.money.id, _back(room, case.money), reason=room.reason(),
        by=room.visit.actor.name, now=room.now, key=str(uuid4()), providers=PROVIDERS,
    )  # fmt: skip


def _act(room: Room, case: PaymentCase) -> None:
    do = room.typed("do")
    if do == SURE:
        room.done(MoneyIn, lambda: _planned(room, case))
    elif do == ALLOCATE:
        new, item = MoreAllocations(_wanted(room, case)), id_of(case.money.id)
        given = (room.visit.actor, room.now, room.ways().grounds)
        room.done(MoneyIn, lambda: handling.allocate_left(room.books, room.org, item, new, *given))
    else:
        raise Refused("malformed_form", "Use a button of this page.")


def _wanted(room: Room, case: PaymentCase) -> tuple[Wanted, ...]:
    """What was ticked or got an amount. Without an amount it is what the invoice has open, as far
    as there is money left."""
    currency, opened = case.money.amount.currency, {i.number: i.open for i in case.debtor.items}
    left, wanted = case.view.left.minor, []
    for wish in _wishes(room):
        if not wish.invoice or not (wish.taken or wish.amount):
            continue
        amount = money_typed(wish.amount, currency, f"{AT}/{len(wanted)}/amount")
        if amount is None:
            open_minor = opened.get(wish.invoice, Money.zero(currency)).minor
            amount = Money(max(0, min(left, open_minor)), currency)
        left -= amount.minor
        wanted.append(Wanted(wish.invoice, amount))
    if not wanted:
        raise Refused("nothing_chosen", "Choose an invoice.", AT)
    return tuple(wanted)


def _wishes(room: Room) -> list[Wish]:
    typed = [room.typed(f"invoice_{nth}") for nth in range(MOST_ROWS + 1)]
    return [
        Wish(number, room.typed(f"amount_{nth}"), bool(room.typed(f"take_{nth}")))
        for nth, number in enumerate(typed)
    ]


def _back(room: Room, paid: MoneyIn) -> Money | None:
    return money_typed(room.typed("back"), paid.amount.currency, BACK)


def _filled(room: Room) -> PaymentTyped:
    wishes = [
        Wish(without_unseen(w.invoice), without_unseen(w.amount), w.taken) for w in _wishes(room)
    ]
    reason = without_unseen(room.asked.typed.get("reason", ""))
    return PaymentTyped(wishes=wishes, back=without_unseen(room.typed("back")), reason=reason)


def _not_done(room: Room, id: str, error: KasstroomError) -> DeskAnswer:
    case = payment_case(room.books, room.org, id)
    filled = _filled(room)
    if error.code in _FIRST:
        if _mine(room, case):
            return to(f"{PAYMENTS}{id}")
        said = say(room.language)("desk_money_first_payment")
        return shown(room, id, PaymentTyped(said, {}, filled.wishes, filled.back), 409)
    chosen = [w for w in filled.wishes if w.invoice and (w.taken or w.amount)]
    nth = error.pointer.removeprefix(f"{AT}/").partition("/")[0]
    at = chosen[int(nth)].invoice if nth.isdigit() and int(nth) < len(chosen) else ""
    said = room.sentence(
        error, amount=money(case.view.refundable, room.language), currency=case.view.left.currency,
        left=money(case.view.left, room.language), debtor=case.money.debtor,
        invoices=at or ", ".join(w.invoice for w in chosen),
    )  # fmt: skip
    part = "reason" if error.pointer.endswith("reason") else ""
    part = "back" if error.pointer.startswith(BACK) else part
    typed = PaymentTyped(said, {at or part: said}, filled.wishes, filled.back, filled.reason)
    return shown(room, id, typed, status_of(error))


def _mine(room: Room, case: PaymentCase) -> bool:
    """The same button twice: what was asked is the last thing that happened."""
    if case.money.version != room.seen + 1:
        return False
    last = case.refunds[-1:] if room.typed("do") == SURE else case.view.history[-1:]
    return any(one.by == room.visit.actor.name for one in last)
