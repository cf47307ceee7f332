"""What may be collected of a debtor, when it is announced and again when it goes to the bank. Pure.

The dunning case is the open items with their balance, kept by the transactions that book: whoever
decides with it and writes it in the same commit never asks for more than is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import BlockReason, DunningCase, OpenItem
from kasstroom.mandates.calendar import start_of
from kasstroom.mandates.collection import Collecting, CollectionLine, LineState
from kasstroom.mandates.model import Mandate, MandateState, SequenceType
from kasstroom.mandates.terms import CollectPer
from kasstroom.money import EUR, Money

DIRECT_DEBIT = BlockReason.DIRECT_DEBIT
"""The reason of the pause in reminders while the money is on its way."""
MOST_ITEMS = 40
"""Invoices of one debtor in one collection: what one booking transaction can settle."""
LARGEST_MINOR = 99_999_999_999
"""EUR 999,999,999.99: what a SEPA direct debit can hold."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision needs to know of a debtor. `paying` are the invoices in a payment attempt
    that is not finished."""

    account: CreditAccount
    case: DunningCase
    mandate: Mandate | None
    collecting: Collecting
    paying: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One line to be: its invoices (and credit notes, when they are netted) and their sum."""

    invoices: tuple[str, ...]
    amount: Money


@dataclass(frozen=True, slots=True)
class Wanted:
    """`parts` to collect, or `why` nothing is though something is due; both empty: nothing is."""

    parts: tuple[Part, ...] = ()
    why: str = ""


def wanted(
    standing: Standing, per: CollectPer, collect_on: date, due_by: date, *, named: bool = False
) -> Wanted:
    """The due invoices as lines. A debtor with open credit notes, or who signed for one collection
    only, gets one line, in which the credit notes are netted. `named`: a person chose this debtor,
    also for what came back and waits for a talk."""
    free = [i for i in standing.case.items if _free(i, standing)]
    due = [i for i in free if i.open.minor > 0 and i.due_on <= due_by]
    held = {} if named else {one.invoice: one.reason for one in standing.collecting.held}
    left = [i for i in due if i.number not in held]
    if not left:
        return Wanted(why=f"returned: {held[due[0].number]}" if due else "")
    due = left
    if why := hindrance(standing, collect_on):
        return Wanted(why=why)
    credits = [i for i in free if i.open.minor < 0][: MOST_ITEMS // 2]
    due = due[: MOST_ITEMS - len(credits)]
    assert standing.mandate
    together = credits or per is CollectPer.DEBTOR or not standing.mandate.recurrent
    groups = [[*due, *credits]] if together else [[item] for item in due]
    parts = [_part(group) for group in groups]
    if any(not 0 < part.amount.minor <= LARGEST_MINOR for part in parts):
        return Wanted(why="credit_note_nets" if credits else "too_large")
    return Wanted(tuple(parts))


def hindrance(standing: Standing, collect_on: date) -> str:
    """Why this debtor is left alone, or empty. Promises and arrangements are blocks of the case; a
    block that ends before the collection day does not count."""
    mandate = standing.mandate
    if mandate is None or mandate.state_on(collect_on) is not MandateState.ACTIVE:
        return "no_mandate"
    for block in standing.case.blocks:
        if block.reason != DIRECT_DEBIT and block.holds(start_of(collect_on)):
            return f"blocked: {block.reason}"
    if standing.account.unallocated.get(EUR, 0) < 0:
        return "money_unallocated"
    return ""


def fixed(
    lines: Sequence[CollectionLine], standing: Standing, notice_days: int
) -> tuple[CollectionLine, ...]:
    """The announced lines of one debtor as they go into the file, or left out with the reason.

    Asked for is what was announced or what is open now, whichever is less; credit notes that came
    since are netted with the first lines. A line that was not announced in time stays out.
    """
    collect_on = lines[0].collect_on
    if why := hindrance(standing, collect_on):
        return tuple(_left_out(line, why) for line in lines)
    assert standing.mandate
    open_now = {i.number: i for i in standing.case.items if i.open.currency == EUR}
    new_credits = [
        i for i in open_now.values()
        if i.open.minor < 0 and i.number not in standing.collecting.invoices
    ]  # fmt: skip
    to_net = -sum(i.open.minor for i in new_credits)
    made, used = [], standing.mandate.collections
    for line in lines:
        items = [open_now[number] for number in line.invoices if number in open_now]
        open_minor = sum(item.open.minor for item in items)
        disputed = any(item.disputed_minor for item in items)
        why = _objection(line, standing, open_minor, to_net, notice_days, used, disputed)
        if why:
            made.append(_left_out(line, why))
            to_net -= min(to_net, max(0, open_minor)) if why == "credit_note_nets" else 0
            continue
        amount = Money(min(line.amount.minor, open_minor - to_net))
        numbers = tuple(i.number for i in items)
        numbers += tuple(i.number for i in new_credits) if to_net else ()
        made.append(_in_file(line, numbers, amount, standing.mandate, used))
        to_net, used = 0, used + 1
    return tuple(made)


def _objection(
    line: CollectionLine,
    standing: Standing,
    open_minor: int,
    to_net: int,
    notice_days: int,
    used: int,
    disputed: bool,
) -> str:
    if line.announced_on is None:
        return "not_announced"
    if line.announced_on + timedelta(days=notice_days) > line.collect_on:
        return "announced_too_late"
    if standing.mandate is None or line.mandate != standing.mandate.id:
        return "no_mandate"
    if not standing.mandate.recurrent and used:
        return "no_mandate"
    if standing.paying & set(line.invoices):
        return "being_paid"
    if open_minor <= 0:
        return "paid"
    if disputed:
        return "disputed"
    return "credit_note_nets" if open_minor <= to_net else ""


def _in_file(
    line: CollectionLine, numbers: tuple[str, ...], amount: Money, mandate: Mandate, used: int
) -> CollectionLine:
    return replace(
        line, state=LineState.COLLECTING, invoices=numbers, amount=amount,
        mandate_reference=mandate.reference, signed_on=mandate.signed_on, holder=mandate.holder,
        iban=mandate.iban, sequence=_sequence(mandate, used), tells_account=mandate.tell_account,
    )  # fmt: skip


def _sequence(mandate: Mandate, used: int) -> SequenceType:
    if not mandate.recurrent:
        return SequenceType.ONE_OFF
    return SequenceType.RECURRENT if used else SequenceType.FIRST


def _left_out(line: CollectionLine, why: str) -> CollectionLine:
    return replace(line, state=LineState.LEFT_OUT, reason=why)


def _free(item: OpenItem, standing: Standing) -> bool:
    taken = item.number in standing.collecting.invoices or item.number in standing.paying
    return item.open.currency == EUR and not taken and not item.disputed_minor


def _part(items: Sequence[OpenItem]) -> Part:
    return Part(tuple(i.number for i in items), Money(sum(i.open.minor for i in items)))
