"""Whole answers of the dashboard: the page, what changed since, and the files it needs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from kasstroom.errors import NotFound
from kasstroom.organisations.model import Language, Organisation
from kasstroom.reports.behind import Reading, behind, first_lines
from kasstroom.reports.behind_lists import RISKS, listing
from kasstroom.reports.dashboard import Dashboard
from kasstroom.work.sessions import Visit
from kasstroom_pages.dashboard_assets import FOREVER, asset_file, files
from kasstroom_pages.dashboard_charts import LISTS
from kasstroom_pages.dashboard_figures import Spoken
from kasstroom_pages.dashboard_lists import Shown, list_page, risk_rows
from kasstroom_pages.dashboard_pages import (
    PATH,
    clock_time,
    dashboard_page,
    failed_page,
    figures_of,
)
from kasstroom_pages.desk_asked import Asked
from kasstroom_pages.desk_door import DeskAnswer, Door, page
from kasstroom_pages.desk_pages import Place, gone_page
from kasstroom_pages.desk_place import place_of
from kasstroom_pages.problem import Problem, problem_page

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
JSON = "application/json; charset=utf-8"
TOP = 5
Board = Callable[[str, str], Dashboard]
"""The dashboard of an organisation in a currency, empty for the one that is used most."""


@dataclass(frozen=True, slots=True)
class Today:
    """One request of somebody who came in through the `door`; `library` reads the charts library,
    which lies in its bucket under `charts_key`."""

    door: Door
    organisation: Callable[[str], Organisation]
    board: Board
    charts_key: str
    library: Callable[[], bytes]

    def page(self, asked: Asked) -> DeskAnswer:
        visit = self.door.entered(asked)
        if visit is None:
            return self.door.turned_away(asked)
        board, place = self._board(visit, asked), self.place(visit, PATH)
        body = dashboard_page(board, place, files(self.charts_key), self.door.now)
        return scripted(page(body))

    def renewed(self, asked: Asked, known: str) -> DeskAnswer:
        """The figures again, for a page that is open; 304 when they are those of the tag `known`.
        401 and 403 tell its script what the page itself would answer."""
        visit = self.door.entered(asked)
        if visit is None:
            return self.closed(asked)
        body = _dumped(figures_of(self._board(visit, asked), self.place(visit, PATH)))
        tag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
        same = tag in [each.strip().removeprefix("W/") for each in known.split(",")]
        answer = as_json("" if same else body, 304 if same else 200)
        fresh = {"ETag": tag, "Kasstroom-Time": clock_time(self.door.now)}
        return replace(answer, headers=answer.headers | fresh)

    def risks(self, asked: Asked) -> DeskAnswer:
        """The debtors with the largest risks, for the page's script."""
        visit = self.door.entered(asked)
        if visit is None:
            return self.closed(asked)
        board, place = self._board(visit, asked), self.place(visit, PATH)
        found = first_lines(self._reading(visit, board), RISKS, TOP)
        return as_json(_dumped(risk_rows(found, Spoken(place.language, board.currency))))

    def list(self, asked: Asked, name: str) -> DeskAnswer:
        """NotFound is a page too: there is no such list, or no such page of it."""
        visit = self.door.entered(asked)
        if visit is None:
            return self.door.turned_away(asked)
        place, cursor = self.place(visit, f"{LISTS}{name}"), asked.query.get("cursor", "")
        try:
            wanted, board = listing(name), self._board(visit, asked)
            found = behind(self._reading(visit, board), wanted, cursor)
        except NotFound:
            return page(gone_page(self.place(visit, PATH)), 404)
        shown = Shown(name, board, found, cursor)
        return page(list_page(shown, place, files(self.charts_key)))

    def _reading(self, visit: Visit, board: Dashboard) -> Reading:
        return Reading(self.door.books, visit.session.org, board.currency, board.as_of)

    def closed(self, asked: Asked) -> DeskAnswer:
        barred = self.door.turned_away(asked).status == 403
        return as_json("{}", 403 if barred else 401)

    def asset(self, name: str) -> DeskAnswer:
        """For everybody: nothing in it is anybody's."""
        found = asset_file(name, self.charts_key, self.library)
        if found is None:
            return page(problem_page(Problem.GONE), 404)
        headers = page("").headers | {"Content-Type": found.content_type, "Cache-Control": FOREVER}
        return DeskAnswer(200, found.content.decode(), headers)

    def place(self, visit: Visit, path: str) -> Place:
        return place_of(visit, self.organisation(visit.session.org), path)

    def _board(self, visit: Visit, asked: Asked) -> Dashboard:
        return self.board(visit.session.org, asked.query.get("currency", ""))


def failed() -> DeskAnswer:
    """Something of ours broke, also before we knew who asked."""
    return page(failed_page(Place(Language.NL, PATH)), 500)


def scripted(answer: DeskAnswer) -> DeskAnswer:
    """A page that runs the script files of our own, and nothing else."""
    return replace(answer, headers=answer.headers | {"Content-Security-Policy": _POLICY})


def as_json(body: str, status: int = 200) -> DeskAnswer:
    answer = page(body, status)
    return replace(answer, headers=answer.headers | {"Content-Type": JSON})


def _dumped(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
