"""The debtor's timeline: every context, newest first, in pages, without what not everybody sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kasstroom.access.model import Role
from kasstroom.applications.model import ApplicationState, CreditApplication, Transition
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount, Hold
from kasstroom.credit.reviews import ReviewKind
from kasstroom.debtors import timeline as module
from kasstroom.debtors.model import DebtorKind
from kasstroom.insurance.codes import RequestKind
from kasstroom.insurance.model import Buyer, Cover, CoverKind, CoverRequest, CoverState
from kasstroom.organisations.model import Language
from kasstroom.screening.model import (
    Basis,
    ExternalReport,
    Facts,
    Hit,
    Outcome,
    Source,
)
from tests.functions.conftest import Api, problem
from tests.functions.desk import Browser, give_keys, refer, wait_for
from tests.people import NOW, ORG, eur

PATH = "/v1/debtors/D1/timeline"


def person(*roles: str) -> Api:
    known = {"allowed": "yes", "org": ORG, "key": "p", "scopes": "*", "roles": " ".join(roles)}
    return Api(known)


def read(api, query: str = ""):
    answer = api("debtors/api", "GET", PATH + query)
    assert answer.status == 200, answer.body
    return answer.body


def kinds(page) -> list[str]:
    return [item["kind"] for item in page["items"]]


def later(minutes: int):
    return NOW + timedelta(minutes=minutes)


@pytest.fixture
def busy(api, books):
    """D1 with something of every context."""
    give_keys(books)
    review = refer(api, books)
    Browser().sign_in("anna").decide(review, note="Alleen voor de desk")
    application = CreditApplication(
        ORG, "D1", "app_1", DebtorKind.COMPANY, Language.NL, "t", later(5), later(9),
        history=(
            Transition(ApplicationState.SUBMITTED, later(6), "buyer"),
            Transition(ApplicationState.IN_REVIEW, later(6), "rules", "intern"),
        ),
    )  # fmt: skip
    request = CoverRequest(
        ORG, "D1", "crq_1", "ins_1", "atradius", RequestKind.NEW, eur("9000.00"),
        Buyer("Klant", "NL"), later(7), "anna",
    )  # fmt: skip
    cover = Cover(
        ORG, "D1", "cov_1", "ins_1", CoverKind.NAMED, CoverState.PARTLY_APPROVED, "atradius", 90,
        30, 60, granted=eur("8000.00"), decided_at=later(8),
    )  # fmt: skip
    hit = Facts(hits=(Hit("eu-1"),))
    reports = (
        ExternalReport(
            ORG, "D1", Source.SANCTIONS, Outcome.FOUND, later(99), Basis.LEGAL_OBLIGATION,
            fetched_at=later(9), facts=hit,
        ),
        ExternalReport(
            ORG, "D1", Source.INSOLVENCY, Outcome.FOUND, later(99), Basis.LEGITIMATE_INTEREST,
            fetched_at=later(10), facts=hit,
        ),
    )  # fmt: skip
    account = books.get(CreditAccount, ORG, "D1")
    held = replace(account, hold=Hold("Faillissement aangevraagd", later(11), "anna"))
    books.commit(
        Changes(create=(application, request, cover, *reports), update=(held,))
    )  # fmt: skip
    wait_for(books, ReviewKind.PERIODIC, "D1", reasons=("sanctions_possible",), at=later(12))
    return books


def test_every_context_tells_what_happened_newest_first(api, busy):
    page = read(person(Role.CREDIT_MANAGER))
    assert set(kinds(page)) == {
        "debtor", "invoice", "limit", "credit_check", "credit_check_decided", "review",
        "review_decided", "application", "cover_asked", "cover", "screening", "hold",
    }  # fmt: skip
    moments = [datetime.fromisoformat(item["at"]) for item in page["items"]]
    assert moments == sorted(moments, reverse=True)
    assert (page["next_cursor"], page["complete"]) == (None, True)
    told = {item["kind"]: item["text"] for item in page["items"]}
    assert told["hold"] == "new credit stopped by anna: Faillissement aangevraagd"
    assert told["cover"] == "named cover partly approved with atradius: EUR 8000.00"
    assert told["review_decided"] == "decision review approved by anna"
    assert told["limit"].startswith("own limit from none to EUR 5000.00")
    steps = [item["text"] for item in page["items"] if item["kind"] == "application"]
    assert steps == ["application in_review by rules", "application submitted by buyer"]


@pytest.mark.parametrize("roles", [(), (Role.SALES,), (Role.FINANCE, Role.COLLECTOR)])
def test_who_may_not_know_reads_nothing_of_lists_and_nobody_reads_notes(busy, roles):
    page = read(person(*roles))
    told = [item["text"] for item in page["items"]]
    assert [t for t in told if "sanctions" in t or "Alleen voor" in t or "intern" in t] == []
    assert "insolvency: not found" in told
    assert any(t == "periodic review opened (policy_other)" for t in told)


@pytest.mark.parametrize("role", [Role.CREDIT_MANAGER, Role.AUDITOR])
def test_who_may_know_reads_it(busy, role):
    told = [item["text"] for item in read(person(role))["items"]]
    assert {"sanctions: found", "insolvency: found"} <= set(told)
    assert "periodic review opened (sanctions_possible)" in told
    assert "Alleen voor" not in str(told)


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_the_pages_are_the_whole_timeline(busy, limit):
    whole = read(person(Role.AUDITOR), "?limit=100")["items"]
    pages, cursor = [], ""
    while cursor is not None:
        page = read(person(Role.AUDITOR), f"?limit={limit}&cursor={cursor}")
        assert 1 <= len(page["items"]) <= limit
        pages += page["items"]
        cursor = page["next_cursor"]
    assert pages == whole


def test_what_is_more_than_is_read_is_said(api, busy, monkeypatch):
    monkeypatch.setattr(module, "MOST_OF_A_KIND", 1)
    assert read(api)["complete"] is False


def test_an_unknown_debtor_and_a_cursor_that_is_none(api, deployed):
    answer = api("debtors/api", "GET", "/v1/debtors/D404/timeline")
    assert (answer.status, problem(answer)) == (404, "debtor_not_found")
    answer = api("debtors/api", "GET", f"{PATH}?cursor=%C3%8D")
    assert (answer.status, problem(answer)) == (422, "invalid_request")
    other = Api({"allowed": "yes", "org": "other", "key": "k", "scopes": "*"})
    assert other("debtors/api", "GET", PATH).status == 404
