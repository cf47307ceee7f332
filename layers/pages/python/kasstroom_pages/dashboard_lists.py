"""The lists behind the figures of the dashboard, as pages, and the largest risks for the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from kasstroom.reports.behind import Behind, Line
from kasstroom.reports.behind_figures import figure_of, is_counted
from kasstroom.reports.behind_lists import BUCKET, DECIDED
from kasstroom.reports.behind_risks import ACCOUNT, LATE
from kasstroom.reports.dashboard import Dashboard
from kasstroom_pages.dashboard_assets import Files
from kasstroom_pages.dashboard_charts import LISTS
from kasstroom_pages.dashboard_figures import Spoken
from kasstroom_pages.desk_pages import Place
from kasstroom_pages.formats import long_date, plain, short_date
from kasstroom_pages.templates import fill
from kasstroom_pages.words import words_of

OWN_NONE = frozenset({"open", "late", "received", "unmatched"})
"""Lists that say something of their own when they are empty."""
REASONS = 2
"""The weightiest, where there is little room."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One list, asked with `cursor`, beside the dashboard whose figure it is behind."""

    name: str
    board: Dashboard
    found: Behind
    cursor: str = ""


def list_page(shown: Shown, place: Place, files: Files) -> str:
    told, found = Spoken(place.language, shown.board.currency), shown.found
    several = len(shown.board.currencies) > 1
    only = f"?currency={shown.board.currency}" if several else ""
    lines = found.lines
    return fill(
        "desk_list.html",
        place.language,
        place=place,
        files=files,
        title=title_of(shown.name, told),
        today=long_date(shown.board.as_of, place.language),
        count=told.many("dash_lines", found.count) if found.count else "",
        shown=_place_of(shown, told),
        figure=_figure(shown, told),
        note=_note(shown, told),
        rows=[_row(line, told) for line in lines],
        on=_on(shown.name) if any(line.on for line in lines) else "",
        whats=any(line.kind != ACCOUNT for line in lines),
        whys=any(line.why for line in lines),
        amounts=any(line.amount is not None for line in lines),
        total=told.cents(found.total) if found.total is not None and _adds_up(shown) else "",
        nothing=told.say(f"dash_none_{shown.name if shown.name in OWN_NONE else 'other'}"),
        further=_further(shown, only),
        cursor=shown.cursor,
        only=only,
    )


def title_of(name: str, told: Spoken) -> str:
    if name.startswith(BUCKET):
        bucket = told.say(f"dash_bucket_{name.removeprefix(BUCKET)}")
        return told.say("dash_list_bucket", bucket=bucket)
    if name.startswith(DECIDED):
        outcome = told.say(f"dash_outcome_{name.removeprefix(DECIDED)}")
        return told.say("dash_list_decisions", outcome=outcome)
    return told.say(f"dash_list_{name}")


def _on(name: str) -> str:
    """What the day of a line is: the one it has to be paid on, or the one it happened."""
    return "due" if name in ("open", "late", "due-soon") or name.startswith(BUCKET) else "day"


def _adds_up(shown: Shown) -> bool:
    """Amounts asked for and disputed come in several currencies: they are lines, no sum."""
    return not is_counted(shown.name)


def _figure(shown: Shown, told: Spoken) -> str:
    figure = figure_of(shown.board, shown.name)
    if figure is None:
        return ""
    return told.count(figure) if is_counted(shown.name) else told.money(figure)


def _note(shown: Shown, told: Spoken) -> str:
    """Of a large portfolio, which part this is; else when list and figure are not equal yet."""
    found, total = shown.found, shown.found.total
    if found.cut:
        sum_ = told.cents(total) if total is not None and _adds_up(shown) else ""
        text = sum_ or told.many("dash_lines", found.count)
        key = "dash_part" if found.further else "dash_part_end"
        return told.say(key, looked=told.count(found.looked_at), total=text)
    figure = figure_of(shown.board, shown.name)
    counted = is_counted(shown.name)
    own = found.count if counted else total.minor if total is not None else 0
    if figure is None or figure == own:
        return ""
    shown_total = told.count(own) if counted else told.money(own)
    return told.say("dash_differs", total=shown_total)


def _place_of(shown: Shown, told: Spoken) -> str:
    found = shown.found
    if len(found.lines) == found.count or not found.lines:
        return ""
    skipped = int(shown.cursor.partition(".")[0] or 0)
    first, last = skipped + 1, skipped + len(found.lines)
    return told.say("dash_shown", first=told.count(first), last=told.count(last))


def _further(shown: Shown, only: str) -> str:
    if shown.found.further is None:
        return ""
    words = {"cursor": shown.found.further}
    if only:
        words["currency"] = shown.board.currency
    return f"{LISTS}{shown.name}?{urlencode(words)}"


def _row(line: Line, told: Spoken) -> dict[str, str]:
    return {
        "name": plain(line.name, 70) or told.say("dash_nameless"),
        "what": _what(line, told),
        "on": short_date(line.on, told.language) if line.on else "",
        "why": " · ".join(_why(line, told)),
        "amount": told.cents(line.amount) if line.amount is not None else "",
    }


def _what(line: Line, told: Spoken) -> str:
    known = words_of(told.language)
    what = known.get(f"dash_step_{line.what}", plain(line.what, 40))
    word = known.get(f"dash_kind_{line.kind}", plain(line.kind.replace("_", " "), 60))
    return word.format(what=what).strip()


def _why(line: Line, told: Spoken) -> list[str]:
    return [
        told.many("dash_why_late", value)
        if code == LATE
        else told.say(f"dash_why_{code}", amount=told.money(value))
        for code, value in line.why
    ]


def risk_rows(found: Behind, told: Spoken) -> dict[str, Any]:
    """For the page's script: who, why, and how much is open."""
    lines = (replace(line, why=line.why[:REASONS]) for line in found.lines)
    rows = [_row(line, told) for line in lines]
    part = told.say("dash_top_part", count=told.count(found.looked_at)) if found.further else ""
    return {"rows": [[r["name"], r["why"], r["amount"]] for r in rows], "part": part}
