"""The dashboard's page, and the same figures as data for a page that is open."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from kasstroom.money import minor_digits
from kasstroom.reports.dashboard import Dashboard
from kasstroom.time import AMSTERDAM
from kasstroom_pages.dashboard_assets import Files
from kasstroom_pages.dashboard_charts import LISTS, Chart, charts
from kasstroom_pages.dashboard_figures import Live, Spoken, texts
from kasstroom_pages.dashboard_findings import findings
from kasstroom_pages.desk_pages import Place
from kasstroom_pages.formats import long_date
from kasstroom_pages.templates import fill

PATH = "/desk/dashboard"
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""In a script element these could end it; as an escape they are the same JSON."""


@dataclass(frozen=True, slots=True)
class Told:
    """A dashboard in words and drawings, in one language."""

    live: dict[str, Live]
    charts: tuple[Chart, ...]


def told(board: Dashboard, place: Place) -> Told:
    spoken = Spoken(place.language, board.currency)
    found = {f"found_{name}": Live(text) for name, text in findings(board, spoken).items()}
    return Told(texts(board, place.language) | found, charts(board, place.language))


def figures_of(board: Dashboard, place: Place) -> dict[str, Any]:
    """What changes while the page is open: it is the same as long as the figures are."""
    shown = told(board, place)
    return {
        "currency": board.currency,
        "scale": 10 ** minor_digits(board.currency),
        "empty": board.empty,
        "texts": {name: [live.text, live.tone] for name, live in shown.live.items()},
        "charts": [asdict(chart) | {"blank": chart.blank} for chart in shown.charts],
    }


def dashboard_page(board: Dashboard, place: Place, files: Files, now: datetime) -> str:
    shown = told(board, place)
    data = json.dumps(figures_of(board, place), ensure_ascii=False).translate(_UNSAFE)
    only = f"?currency={board.currency}" if len(board.currencies) > 1 else ""
    return fill(
        "desk_dashboard.html",
        place.language,
        place=place,
        files=files,
        today=long_date(board.as_of, place.language),
        on=board.as_of,
        updated=clock_time(now),
        live=shown.live,
        charts={chart.name: chart for chart in shown.charts},
        empty=board.empty,
        currency=board.currency,
        currencies=board.currencies,
        lists=LISTS,
        only=only,
        renew=f"{PATH}/figures{only}",
        risks=f"{PATH}/risks{only}",
        data=Markup(data),  # noqa: S704  every sign that could end the element is an escape
    )


def clock_time(now: datetime) -> str:
    """`14:03:12` in Amsterdam."""
    return f"{now.astimezone(AMSTERDAM):%H:%M:%S}"


def failed_page(place: Place) -> str:
    """No figures: something of ours broke."""
    return fill("desk_dashboard_failed.html", place.language, place=place)
