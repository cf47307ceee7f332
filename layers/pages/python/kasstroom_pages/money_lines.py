"""What somebody does with one bank line: book it, set it aside, take that back."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.bank import people
from kasstroom.bank.lines import WAITING
from kasstroom.bank.model import BY_PERSON, BankLine, LineState
from kasstroom.bank.people import Why
from kasstroom.bank.shares import MOST_DEBTORS
from kasstroom.bank.views import line_of
from kasstroom.errors import Conflict, KasstroomError, NotFound, Refused, Unavailable
from kasstroom.work.money_line import Opened, line_case, opened
from kasstroom.work.money_list import next_one
from kasstroom_pages import money_codes, money_typed
from kasstroom_pages.desk_door import DeskAnswer, page, to
from kasstroom_pages.formats import money
from kasstroom_pages.money_line_page import Typed, line_page
from kasstroom_pages.money_list_page import LINES
from kasstroom_pages.money_room import CHANGED, Room, status_of
from kasstroom_pages.money_typed import Share
from kasstroom_pages.templates import say

BOOK, ASIDE, UNDO = "book", "aside", "undo"
_FIRST = frozenset({"line_resolved", "not_matched", CHANGED})
"""Somebody else was first, or this very person with the same button."""


def shown(room: Room, id: str, typed: Typed = Typed(), status: int = 200) -> DeskAnswer:
    """NotFound when there is no such line."""
    case = line_case(room.books, room.org, id, room.ways())
    following = None
    if case.line.state not in WAITING:
        following = next_one(room.books, room.org, room.now)
    return page(line_page(room, case, typed, following), status)


def posted(room: Room, id: str) -> DeskAnswer:
    """What a form asks; the page again, with what was typed, when nothing was done."""
    line = line_of(room.books, room.org, id)
    if room.asked.typed.keys() & {"switch", "step"}:
        return shown(room, id, _filled(room))
    try:
        _act(room, id, line)
    except (Refused, NotFound, Conflict, Unavailable) as error:
        return _not_done(room, id, error)
    room.count("DeskMoneyDone")
    return to(f"{LINES}{id}")


def unread(room: Room, id: str, error: KasstroomError) -> DeskAnswer:
    """A form that was too large, or none of ours."""
    return shown(room, id, Typed(said=room.sentence(error)), status_of(error))


def _act(room: Room, id: str, line: BankLine) -> None:
    room.from_our_form()
    books, org, actor, now, do = room.books, room.org, room.visit.actor, room.now, room.typed("do")
    if do == BOOK:
        said = money_typed.confirmation(
            money_typed.shares_of(room.asked.typed), line.amount.currency
        )
        ways = room.ways()
        room.done(BankLine, lambda: people.confirm(books, org, id, said, actor, now, ways))
    elif do == ASIDE:
        why = Why(room.reason())
        room.done(BankLine, lambda: people.set_aside(books, org, id, why, actor, now))
    elif do == UNDO:
        why, ways = Why(room.reason()), room.ways()
        room.done(BankLine, lambda: people.reopen(books, org, id, why, actor, now, ways))
    else:
        raise Refused("malformed_form", "Use a button of this page.")


def _not_done(room: Room, id: str, error: KasstroomError) -> DeskAnswer:
    line = line_of(room.books, room.org, id)
    if error.code in _FIRST:
        if _mine(room, line):
            return to(f"{LINES}{id}")
        return shown(room, id, replace(_filled(room), said=_first(room, line)), 409)
    filled = _filled(room)
    at = money_typed.field_of(error.pointer, [share for share, _ in filled.shares])
    said = room.sentence(error, **_values(room, line, filled, at))
    faults = {at: said} if at else {}
    if error.pointer == "/body/reason":
        faults = {"reason": said}
    return shown(room, id, replace(filled, said=said, faults=faults), status_of(error))


def _mine(room: Room, line: BankLine) -> bool:
    """The same button twice: it did what was asked, once."""
    name, do = room.visit.actor.name, room.typed("do")
    became = {
        BOOK: line.state is LineState.MATCHED and line.note == f"{BY_PERSON}{name}",
        ASIDE: line.state is LineState.SET_ASIDE and line.note.startswith(f"{name}: "),
        UNDO: line.state in WAITING and line.owner == name,
    }
    return line.version == room.seen + 1 and became.get(do, False)


def _first(room: Room, line: BankLine) -> str:
    """Who was first, as far as the line tells."""
    t = say(room.language)
    if line.state in WAITING:
        return t("desk_money_first_waiting")
    by = line.note.removeprefix(BY_PERSON)
    if line.state is LineState.SET_ASIDE:
        by = line.note.partition(": ")[0]
    who = money_codes.word("by", by, room.language)
    return t(f"desk_money_first_{line.state}", who=who)


def _filled(room: Room) -> Typed:
    """What was typed, with each debtor looked up; a row more when that was asked."""
    rows = [money_typed.shown(one) for one in money_typed.shares_of(room.asked.typed)]
    while len(rows) > 1 and rows[-1].blank:
        rows.pop()
    if room.typed("step") == "more" and len(rows) < MOST_DEBTORS:
        rows.append(Share())
    looked = [(one, _opened(room, one)) for one in rows]
    return Typed(shares=looked, reason=room.asked.typed.get("reason", ""), which=room.typed("do"))


def _opened(room: Room, share: Share) -> Opened | None:
    return opened(room.books, room.org, share.debtor) if share.debtor else None


def _values(room: Room, line: BankLine, filled: Typed, at: str) -> dict[str, object]:
    """What a sentence may name."""
    nth = int(at.rpartition("_")[2]) - 1 if at else 0
    share = filled.shares[nth][0] if nth < len(filled.shares) else Share()
    return {
        "amount": money(line.amount, room.language),
        "debtor": share.debtor,
        "invoices": ", ".join(share.numbers),
        "currency": line.amount.currency,
    }
