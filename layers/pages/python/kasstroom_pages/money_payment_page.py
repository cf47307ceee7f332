"""A payment as a page: where it rests, its debtor's open invoices, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kasstroom.organisations.model import Language
from kasstroom.payments.model import Refund
from kasstroom.time import day_of
from kasstroom.work.money_list import Waiting
from kasstroom.work.money_payment import PaymentCase
from kasstroom_pages import money_codes
from kasstroom_pages.dashboard_assets import money_style
from kasstroom_pages.desk_words import moment
from kasstroom_pages.formats import long_date, money, plain, short_date
from kasstroom_pages.money_list_page import LINES, PAYMENTS, row
from kasstroom_pages.money_room import Room
from kasstroom_pages.templates import fill, say

FORM = "allocate"
MOST_ROWS = 15


@dataclass(frozen=True, slots=True)
class Wish:
    """One row of the form as it was typed: an invoice, ticked or not, and an amount."""

    invoice: str
    amount: str = ""
    taken: bool = False


@dataclass(frozen=True, slots=True)
class PaymentTyped:
    """`sure` asks once more before money is sent back."""

    said: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    wishes: Sequence[Wish] = ()
    back: str = ""
    reason: str = ""
    sure: str = ""


def payment_page(
    room: Room, case: PaymentCase, typed: PaymentTyped, next_one: Waiting | None = None
) -> str:
    left = case.view.left
    places = case.waits and left.minor > 0 and room.works
    place = room.place(f"{PAYMENTS}{case.money.id}", FORM if places and not typed.sure else "")
    language, t = place.language, say(place.language)
    item = case.item
    due = money_codes.due(item.resolve_by, day_of(room.now), language) if item else ("", "")
    return fill(
        "desk_money_payment.html",
        language,
        place=place,
        style=money_style(),
        id=case.money.id,
        version=case.money.version,
        title=t("desk_money_payment_title", amount=money(left, language), name=_name(case)),
        waits=case.waits,
        owed=left.minor < 0,
        why=money_codes.word("left", item.reason, language) if item else "",
        due=due,
        owner=money_codes.owner(item.owner, language) if item and case.waits else "",
        facts=_facts(case, language),
        line=f"{LINES}{case.line_id}" if case.line_id else "",
        places=places,
        works=room.works,
        left=left,
        currency=left.currency,
        rows=_rows(case, typed, language) if places else [],
        more=max(0, len(_open(case)) - MOST_ROWS),
        typed=typed,
        refundable=case.view.refundable if case.view.refundable.minor > 0 else None,
        by_provider=case.by_provider,
        provider=money_codes.word("source", case.money.source, language),
        refunds=[_refund(one, language) for one in case.refunds],
        history=[_entry(one, language) for one in case.view.history],
        next=row(next_one, language, day_of(room.now)) if next_one else None,
    )


def _name(case: PaymentCase) -> str:
    return plain(case.debtor.name, 70) or case.money.debtor


def _open(case: PaymentCase) -> list[Any]:
    currency = case.money.amount.currency
    items = (i for i in case.debtor.items if i.open.currency == currency and i.open.minor > 0)
    return sorted(items, key=lambda i: (i.due_on, i.number))


def _rows(case: PaymentCase, typed: PaymentTyped, language: Language) -> list[dict[str, Any]]:
    """The open invoices, the oldest first, and one more for a number that is not among them."""
    known = {wish.invoice: wish for wish in typed.wishes}
    rows: list[dict[str, Any]] = []
    for item in _open(case)[:MOST_ROWS]:
        wish = known.pop(item.number, Wish(item.number))
        told = {"due": short_date(item.due_on, language), "open": money(item.open, language)}
        rows.append(told | {"wish": wish, "shown": plain(item.number, 40)})
    other = next((w for w in known.values() if w.invoice), Wish(""))
    rows.append({"wish": other, "shown": "", "due": "", "open": ""})
    for nth, each in enumerate(rows):
        each |= {"nth": nth, "fault": typed.faults.get(each["wish"].invoice, "")}
    return rows


def _facts(case: PaymentCase, language: Language) -> list[tuple[str, str]]:
    t, view = say(language), case.view
    facts = [
        ("came", money(view.amount, language)),
        ("on", long_date(view.paid_on, language)),
        ("by", money_codes.word("source", view.provider, language)),
        ("debtor", f"{_name(case)} ({case.money.debtor})"),
    ]
    if not case.line_id:
        facts.append(("provider_id", plain(view.provider_id, 60)))
    for rests in view.allocations:
        told = f"{plain(rests.invoice, 40)} · {money(rests.amount, language)}"
        facts.append(("rests", told))
    if view.returned:
        facts.append(("returned", money(view.returned, language)))
    facts.append(("left", money(view.left, language)))
    return [(t(f"desk_money_paid_{name}"), text) for name, text in facts]


def _refund(one: Refund, language: Language) -> dict[str, str]:
    return {
        "amount": money(one.amount, language),
        "status": money_codes.word("refund", one.status, language),
        "by": plain(one.by, 60),
        "at": moment(one.requested_at, language),
        "reason": plain(one.reason, 200),
        "problem": plain(one.problem, 200),
    }


def _entry(one: Any, language: Language) -> dict[str, Any]:
    """A ledger entry of the payment, as a step; its amount above zero."""
    amount = one.amount if one.amount.minor >= 0 else -one.amount
    return {
        "kind": one.kind,
        "what": money_codes.word("entry", one.kind, language),
        "amount": money(amount, language) if amount else "",
        "who": "",
        "invoices": list(dict.fromkeys(plain(a.invoice, 40) for a in one.allocations)),
        "at": moment(one.booked_at, language),
        "by": plain(one.by, 60),
        "reason": plain(one.reason, 300),
    }
