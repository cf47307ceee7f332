"""The dashboard as finance sees it: what the API reports, live, with the lists behind it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from infra.local.staff import PASSWORD
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom_pages.formats import money, whole

SHIFTS = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) moved += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 1500);
})"""
DRAWN = """() => [...document.querySelectorAll("canvas")].filter(canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, at) => at % 4 === 3 && value > 0);
}).length"""


@pytest.fixture
def desk(browser, stage) -> Iterator[Any]:
    """A large screen of somebody of finance, signed in with an account."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{stage.suite.url}/desk/login")
    page.click("a.button")
    page.fill("#username", f"fleur@{stage.access.org}.example")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"{stage.suite.url}/desk/dashboard")
    yield page
    context.close()


def reported(stage, figure: str) -> Money:
    rows = stage.suite.get("/v1/reports/kpis?currency=EUR")["rows"]
    value = next(row["value"] for row in rows if row["figure"] == figure)
    return Money.of(Decimal(value["value"]), value["currency"])


def shown(page, name: str) -> str:
    return page.inner_text(f"[data-live={name}]")


def test_it_shows_what_the_api_reports_and_follows_a_booking_within_seconds(told, stage, desk):
    complaints, elsewhere = [], []
    desk.on("console", lambda said: complaints.append(said.text))
    desk.on(
        "request",
        lambda r: r.url.startswith(stage.suite.url) or elsewhere.append(r.url),
    )
    desk.reload(wait_until="networkidle")
    before = reported(stage, "outstanding")
    assert shown(desk, "open") == whole(before, Language.NL)
    assert desk.evaluate(SHIFTS) == 0
    assert desk.evaluate(DRAWN) >= 4
    assert desk.locator("details table").count() >= desk.locator("canvas").count()
    extra = {"value": "1000.00", "currency": "EUR"}
    invoice = {"number": "LIVE-1", "debtor": "10090", "amount": extra}
    today = told["finance"]["as_of"]
    stage.suite.post("/v1/invoices", invoice | {"issued_on": today})
    after = whole(before + Money.parse("1000.00", "EUR"), Language.NL)
    desk.wait_for_function(
        "want => document.querySelector('[data-live=open]').textContent === want",
        arg=after,
        timeout=30_000,
    )
    assert (complaints, elsewhere) == ([], [])


def test_the_list_behind_a_figure_adds_up_to_it(told, stage, desk):
    late = reported(stage, "overdue")
    desk.goto(f"{stage.suite.url}/desk/lists/late?currency=EUR")
    assert money(late, Language.NL) in desk.inner_text("main")
    assert desk.locator("tbody tr").count() > 0
    assert desk.goto(f"{stage.suite.url}/desk/lists/nothing-like-it").status == 404


def test_without_a_script_and_on_a_phone_the_same_numbers_are_there(told, stage, browser, desk):
    state = desk.context.storage_state()
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, storage_state=state
    )
    page = context.new_page()
    page.goto(f"{stage.suite.url}/desk/dashboard")
    assert shown(page, "open") == whole(reported(stage, "outstanding"), Language.NL)
    assert page.locator("details table").count() >= 4
    context.close()
