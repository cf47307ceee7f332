"""Whole answers of the pages for money under /desk/money, for whoever came in through the door."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kasstroom.access.roles import MONEY
from kasstroom.bank.usecases import Ways
from kasstroom.errors import NotFound
from kasstroom.organisations.model import Organisation
from kasstroom.work.money_list import MoneyKind, money_list
from kasstroom_pages.desk_asked import Asked
from kasstroom_pages.desk_door import DeskAnswer, Door, page
from kasstroom_pages.money_list_page import money_list_page
from kasstroom_pages.money_pages import money_gone_page
from kasstroom_pages.money_room import Room

_CURSOR = re.compile(r"[A-Za-z0-9._-]{0,100}\Z")
Show = Callable[[Room], DeskAnswer]


@dataclass(frozen=True, slots=True)
class MoneyDesk:
    """`ways` is how an organisation matches and books."""

    door: Door
    organisation: Callable[[str], Organisation]
    ways: Callable[[str], Ways]

    def inside(self, asked: Asked, show: Show) -> DeskAnswer:
        """The page for who may see it; what is not there is a page too."""
        visit = self.door.entered(asked)
        if visit is None:
            return self.door.turned_away(asked)
        org = visit.session.org
        room = Room(
            visit, asked, self.door.books, self.door.now, self.organisation(org),
            lambda: self.ways(org), self.door.count,
        )  # fmt: skip
        try:
            return show(room)
        except NotFound:
            return page(money_gone_page(room.place(MONEY)), 404)


def worklist(room: Room) -> DeskAnswer:
    given, cursor = room.asked.query.get("kind", ""), room.asked.query.get("cursor", "")
    kind = MoneyKind(given) if given in set(MoneyKind) else None
    cursor = cursor if _CURSOR.match(cursor) else ""
    found = money_list(room.books, room.org, room.now, kind=kind, after=cursor)
    body = money_list_page(room.place(MONEY), found, room.now, kind=kind or "", cursor=cursor)
    return page(body)
