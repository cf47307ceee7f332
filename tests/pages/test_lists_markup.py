"""The lists behind the figures as pages, and the files of the dashboard."""

from __future__ import annotations

import re
from pathlib import Path

import kasstroom_pages
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.reports.behind import Line
from kasstroom_pages.dashboard_assets import asset_file, charts_name
from kasstroom_pages.dashboard_figures import Spoken
from kasstroom_pages.dashboard_lists import Shown, list_page, risk_rows
from tests.pages.dashboard_samples import FILES, KEY, every_page, found, full, lines, place
from tests.pages.markup import Markup

ASSETS = Path(kasstroom_pages.__file__).parent / "assets"


def test_a_part_of_a_portfolio_says_so():
    cut = Markup(every_page(Language.NL)["cut"])
    text = cut.text.replace("\xa0", " ")
    assert "U ziet hier 3 klanten" in text and "60 regels · Regel 51 tot en met 53" in text
    assert "/desk/lists/late?cursor=50.D2&currency=EUR" in cut.links


def test_a_list_that_is_ahead_of_its_figure_says_so():
    behind = Shown("open", full(), found(lines()))
    assert "over enkele seconden" in Markup(list_page(behind, place(), FILES)).text
    exact = found((Line("D1", "invoice", "F-1", None, Money(127_000)),))
    assert "over enkele" not in list_page(Shown("open", full(), exact), place(), FILES)


def test_the_largest_risks_say_two_reasons_at_most():
    why = (("above_limit", 100_00), ("late", 9), ("uncovered", 500_00))
    line = Line("D1", "account", amount=Money(900_00), why=why, name="A")
    told = risk_rows(found((line,)), Spoken(Language.EN, "EUR"))
    assert told == {
        "rows": [["A", "€100 above the limit · 9 days late", "€900.00"]], "part": "",
    }  # fmt: skip


def test_a_file_is_named_after_what_is_in_it():
    style = asset_file(FILES.style.rpartition("/")[2], KEY, bytes)
    first, *_, last = (name.rpartition("/")[2] for name in FILES.scripts)
    script = asset_file(last, KEY, bytes)
    library = asset_file(first, KEY, lambda: b"charts")
    assert style and style.content == (ASSETS / "dashboard.css").read_bytes()
    assert script and script.content_type.startswith("text/javascript")
    assert library and library.content == b"charts"
    for name in ("dashboard.js", "charts-0000000000000000.js", "../desk.html", charts_name("x")):
        assert asset_file(name, KEY, bytes) is None


def test_our_script_writes_no_markup_and_asks_nobody_else():
    script = "".join((ASSETS / name).read_text() for name in ("drawing.js", "dashboard.js"))
    assert not re.search(
        r"innerHTML|insertAdjacent|document\.write|eval\(|https?:|\.style\.(?!cur)", script
    )
    asked = set(re.findall(r"words\.(\w+)", script))
    page = every_page(Language.NL)["full"]
    assert all(f"data-{key}=" in page for key in asked)
