"""A difference with a provider as a page: both sides, what to do, and saying how it was settled."""

from __future__ import annotations

from kasstroom.errors import Conflict, KasstroomError, NotFound, Refused, Unavailable
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.differences import Difference, resolve
from kasstroom.payments.loading import entry_id
from kasstroom.payments.model import WorkState
from kasstroom.text import without_unseen
from kasstroom.time import day_of
from kasstroom.work.money_list import next_one
from kasstroom.work.money_sides import gap, ours, theirs
from kasstroom_pages import money_codes
from kasstroom_pages.dashboard_assets import money_style
from kasstroom_pages.desk_door import DeskAnswer, page, to
from kasstroom_pages.desk_words import moment
from kasstroom_pages.formats import money, plain
from kasstroom_pages.money_list_page import DIFFERENCES, PAYMENTS, row
from kasstroom_pages.money_room import CHANGED, Room, status_of
from kasstroom_pages.templates import fill, say

_FIRST = frozenset({"already_resolved", CHANGED})


def shown(room: Room, id: str, said: str = "", reason: str = "", status: int = 200) -> DeskAnswer:
    """NotFound when there is no such difference."""
    return page(_page(room, _of(room, id), said, reason), status)


def posted(room: Room, id: str) -> DeskAnswer:
    """Settled with a note, once."""
    _of(room, id)
    note = without_unseen(room.asked.typed.get("reason", ""))
    if "switch" in room.asked.typed:
        return shown(room, id, "", note)
    books, org, by, now = room.books, room.org, room.visit.actor.name, room.now
    try:
        room.from_our_form()
        why = room.reason()
        room.done(Difference, lambda: resolve(books, org, id, why, by, now))
    except (Refused, NotFound, Conflict, Unavailable) as error:
        return _not_done(room, id, note, error)
    room.count("DeskMoneyDone")
    return to(f"{DIFFERENCES}{id}")


def unread(room: Room, id: str, error: KasstroomError) -> DeskAnswer:
    """A form that was too large, or none of ours."""
    return shown(room, id, room.sentence(error), status=status_of(error))


def _not_done(room: Room, id: str, note: str, error: KasstroomError) -> DeskAnswer:
    if error.code not in _FIRST:
        return shown(room, id, room.sentence(error), note, status_of(error))
    known = _of(room, id)
    if (known.version, known.resolved_by) == (room.seen + 1, room.visit.actor.name):
        return to(f"{DIFFERENCES}{id}")
    t = say(room.language)
    said = t("desk_money_first_waiting_difference")
    if known.state is WorkState.RESOLVED:
        who = plain(known.resolved_by, 60) or t("desk_money_by_automatic")
        said = t("desk_money_first_settled", who=who)
    return shown(room, id, said, note, 409)


def _of(room: Room, id: str) -> Difference:
    return room.books.get(Difference, room.org, id=id)


def _page(room: Room, d: Difference, said: str, reason: str) -> str:
    waits = d.state is WorkState.OPEN
    place = room.place(f"{DIFFERENCES}{d.id}", "settle" if waits and room.works else "")
    language = place.language
    provider = money_codes.word("source", d.provider, language)
    following = None if waits else next_one(room.books, room.org, room.now)
    t, today = say(language), day_of(room.now)
    return fill(
        "desk_money_difference.html",
        language,
        place=place,
        style=money_style(),
        d=d,
        title=t("desk_money_difference_title", provider=provider, amount=money(gap(d), language)),
        provider=provider,
        what=money_codes.word("news", d.what, language),
        kind=money_codes.word("differs", d.kind, language),
        sides=[
            (provider, _amount(theirs(d), language)),
            (t("desk_money_ledger"), _amount(ours(d), language)),
        ],
        todo=t(f"desk_money_todo_{d.kind}", provider=provider),
        payment=_payment(room, d),
        due=money_codes.due(d.resolve_by, today, language),
        owner=money_codes.owner(d.owner, language),
        found_at=moment(d.found_at, language),
        waits=waits,
        works=room.works,
        said=said,
        reason=reason,
        note=plain(d.note, 500),
        by=plain(d.resolved_by, 60) or t("desk_money_by_automatic"),
        next=row(following, language, today) if following else None,
    )


def _amount(found: Money | None, language: Language) -> str:
    return money(found, language) if found is not None else say(language)("desk_money_nothing")


def _payment(room: Room, d: Difference) -> str:
    """The address of the payment, when the ledger knows it."""
    id = entry_id(room.org, d.provider, d.payment_id)
    return f"{PAYMENTS}{id}" if room.books.lookup(room.org, "money", id) else ""
