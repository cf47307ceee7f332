"""The dashboard through its handler: who sees it, what changed since, and the files it needs."""

from __future__ import annotations

import base64
import gzip
import json
import re
from types import SimpleNamespace

import pytest

from kasstroom.access.model import ApiKey
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.ids import digest
from kasstroom.invoices.model import Invoice
from kasstroom.payments.model import Entry, UnmatchedMoney
from kasstroom.reports.adding_up import refresh
from kasstroom.reports.figure_store import Seen
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import SEPARATOR, source_of
from kasstroom.settings import FigureSettings
from kasstroom_aws.figure_table import FigureTable
from tests.functions.conftest import CHART_KEY, CONTEXT, load
from tests.functions.desk import Browser
from tests.lambda_http import http_event
from tests.pages.markup import Markup
from tests.people import NOW, ORG, received

PAGE, FIGURES = "/desk/dashboard", "/desk/dashboard/figures"


def figures() -> FigureTable:
    return FigureTable(FigureSettings("figures"))


def count(books) -> None:
    """As the stream would have it counted."""
    for one in (
        *books.all_of(Invoice, ORG, "D1"), *books.all_of(Entry, ORG, "D1"),
        books.get(CreditAccount, ORG, "D1"),
        *books.listing(UnmatchedMoney, ORG, after="", limit=9),
    ):  # fmt: skip
        refresh(books, figures(), source_of(one))


class Reader:
    """Somebody who signed in at the desk and opens the dashboard."""

    def __init__(self, books, *roles: str) -> None:
        key = f"ks_test_reader_{'_'.join(roles)}"
        made = ApiKey(ORG, digest(key), "Fien", "test", ("*",), NOW, roles=roles)
        books.commit(Changes(create=(made,)))
        self.browser = Browser()
        self.landed = self.browser("POST", "/desk/login", {"key": key}).to
        self.function = load("work/dashboard_page")

    def get(self, path: str, **headers: str) -> SimpleNamespace:
        sent = {name.replace("_", "-"): text for name, text in headers.items()}
        sent["cookie"] = f"ks_desk={self.browser.cookie}"
        answer = self.function.handler(http_event("GET", path, sent), CONTEXT)
        return SimpleNamespace(
            status=answer["statusCode"], body=answer["body"], headers=answer["headers"],
            encoded=answer["isBase64Encoded"],
        )  # fmt: skip


@pytest.fixture
def finance(deployed):
    count(deployed.books)
    return Reader(deployed.books, "finance")


def test_the_page_shows_what_is_open_and_runs_our_own_files_only(finance):
    answer = finance.get(PAGE)
    assert answer.status == 200 and "€\xa0250" in Markup(answer.body).text
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "http" not in policy
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("role", "status"),
    [("finance", 200), ("credit_manager", 200), ("auditor", 200), ("sales", 403),
     ("collector", 403)],
)  # fmt: skip
def test_who_may_see_it(deployed, role, status):
    reader = Reader(deployed.books, role)
    paths = (PAGE, FIGURES, f"{PAGE}/risks", "/desk/lists/open")
    assert [reader.get(path).status for path in paths] == [status] * 4


def test_signed_out_is_said_to_the_page_and_to_its_script(deployed):
    reader = Reader(deployed.books, "finance")
    reader.browser.cookie = "somebody else"
    page = reader.get(PAGE)
    assert page.status == 303 and page.headers["Location"].startswith("/desk/login")
    for path in (FIGURES, f"{PAGE}/risks"):
        assert (reader.get(path).status, reader.get(path).body) == (401, "{}")


def test_a_payment_is_seen_and_nothing_new_is_304(finance, deployed):
    first = finance.get(FIGURES)
    tag = first.headers["ETag"]
    assert json.loads(first.body)["texts"]["open"][0] == "€\xa0250"
    again = finance.get(FIGURES, if_none_match=tag)
    assert (again.status, again.body) == (304, "")
    assert re.match(r"\d\d:\d\d:\d\d\Z", again.headers["Kasstroom-Time"])
    received(deployed.books, "100.00", "F1")
    count(deployed.books)
    after = finance.get(FIGURES, if_none_match=tag)
    assert after.status == 200 and after.headers["ETag"] != tag
    told = json.loads(after.body)["texts"]
    assert told["open"][0] == "€\xa0150" and told["received"][0] == "€\xa0100"


def test_a_list_equals_its_figure(finance):
    page = finance.get("/desk/lists/late")
    text = Markup(page.body).text.replace("\xa0", " ")
    assert page.status == 200
    assert "Klant D1factuur F120-08-202612 dagen te laat€ 250,00" in text
    assert "over enkele seconden" not in text, "list and figure are the same"
    assert "script" not in page.headers["Content-Security-Policy"]
    assert finance.get("/desk/lists/nothing").status == 404
    assert finance.get("/desk/lists/open?cursor=x").status == 404


def test_the_largest_risks(finance):
    found = json.loads(finance.get(f"{PAGE}/risks").body)
    assert found == {
        "rows": [["Klant D1", "12 dagen te laat · €\xa0250 niet verzekerd", "€\xa0250,00"]],
        "part": "",
    }


def test_files_are_kept_for_good_and_need_no_session(finance):
    paths = re.findall(r'"(/desk/assets/[^"]+)"', finance.get(PAGE).body)
    assert len(paths) == 4
    finance.browser.cookie = ""
    for path in paths:
        found = finance.get(path)
        assert found.status == 200 and "immutable" in found.headers["Cache-Control"]
    small = finance.get(f"/desk/assets/charts-{CHART_KEY[:16]}.js", accept_encoding="br, gzip")
    assert small.headers["Content-Encoding"] == "gzip" and small.encoded
    assert gzip.decompress(base64.b64decode(small.body)) == b"/* charts */"
    assert finance.get("/desk/assets/charts-0000000000000000.js").status == 404


def test_what_breaks_is_a_page_that_says_what_to_do(finance, monkeypatch):
    monkeypatch.setenv("FIGURE_TABLE", "gone")
    monkeypatch.setattr(finance, "function", load("work/dashboard_page"))
    answer = finance.get(PAGE)
    assert answer.status == 500 and "Opnieuw proberen" in answer.body


def test_another_organisation_sees_its_own(finance, deployed):
    source = SEPARATOR.join(("D9", "Entry", "ent_9"))
    theirs = {Cell(Measure.OPEN, "EUR", None, ("invoice", "2026-08-01")): 990_000}
    figures().count("other", source, Seen(), theirs)
    assert json.loads(finance.get(FIGURES).body)["texts"]["open"][0] == "€\xa0250"


def test_finance_and_auditors_begin_at_the_dashboard(deployed):
    assert Reader(deployed.books, "finance").landed == PAGE
    assert Reader(deployed.books, "credit_manager").landed == "/desk"
