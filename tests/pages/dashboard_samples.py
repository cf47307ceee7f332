"""The dashboard and its lists in every state, with hostile names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.reports.behind import Behind, Line
from kasstroom.reports.behind_lists import LISTS
from kasstroom.reports.dashboard import Dashboard, Expected
from kasstroom.reports.dashboard_figures import currencies_in, dashboard
from kasstroom.reports.measures import Measure
from kasstroom_pages.dashboard_assets import files
from kasstroom_pages.dashboard_lists import Shown, list_page
from kasstroom_pages.dashboard_pages import dashboard_page, failed_page
from kasstroom_pages.desk_pages import Place
from kasstroom_pages.formats import plain
from tests.counted import Counted, ago
from tests.pages.samples import HOSTILE

KEY = f"{'0123456789abcdef' * 4}.js"
FILES = files(KEY)
NOW = datetime(2026, 11, 21, 13, 3, 12, tzinfo=UTC)


def place(language: Language = Language.NL) -> Place:
    return Place(language, "/desk/dashboard", plain(HOSTILE, 70), "Anna", "f" * 64)


def full() -> Dashboard:
    counted = Counted().invoice(1200, issued=130, due=100).invoice(300, 20, due=-10)
    counted.paid(200, days=9, due=100, settled=False).on_account(30, days=1)
    counted.add(Measure.OPEN_ITEMS, 2, "invoice", ago(100))
    counted.add(Measure.OPEN_DISPUTED, 25_000, ago(100), currency="EUR")
    counted.add(Measure.EXPOSURE, 90_000, "uncovered", currency="EUR")
    counted.add(Measure.REMINDED, 4, "reminder", "email", "paid", on=ago(20))
    counted.add(Measure.DECISIONS, 3, "p.1", "approved", on=ago(2))
    shown = dashboard(counted.figures(currency="EUR"), currencies_in(counted.cells))
    return replace(shown, expected=(Expected(date(2026, 11, 22), 40_000, 30_000, 55_000),))


def empty() -> Dashboard:
    return dashboard(Counted().figures(currency="EUR"), ("EUR",))


def none_known() -> Dashboard:
    """Books that began yesterday: most figures cannot be told yet."""
    return dashboard(Counted().invoice(10, 1, due=-29).figures(currency="EUR"), ("EUR", "USD"))


def lines() -> tuple[Line, ...]:
    euros = Money(119_000)
    return (
        Line("D1", "invoice", "F-1", date(2026, 8, 13), euros, (("late", 100),), HOSTILE),
        Line("D2", "credit_note", "C-1", date(2026, 11, 1), -euros, (("disputed", 5),), "B"),
        Line("", "unmatched_bank", "NL91ABNA0417164300", None, euros),
    )


def found(shown: tuple[Line, ...] = (), **more: object) -> Behind:
    total = Money(sum(line.amount.minor for line in shown if line.amount))
    return replace(Behind(shown, len(shown), total, 3, False, None), **more)


def every_page(language: Language) -> dict[str, str]:
    at = place(language)
    pages = {
        name: dashboard_page(board, at, FILES, NOW)
        for name, board in (("full", full()), ("empty", empty()), ("none", none_known()))
    }
    pages["failed"] = failed_page(at)
    cut = found(lines(), cut=True, further="50.D2", count=60)
    pages["cut"] = list_page(Shown("late", none_known(), cut, "50."), at, FILES)
    for name in LISTS:
        pages[f"list {name}"] = list_page(Shown(name, full(), found(lines())), at, FILES)
        pages[f"empty {name}"] = list_page(Shown(name, empty(), found()), at, FILES)
    return pages
