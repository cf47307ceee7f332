"""Early signalling over the API: what is missing, what a person adds, the file, and hand-over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kasstroom.changes import Changes
from kasstroom.compliance.early_signal import Sector
from kasstroom.debtors.model import DebtorKind
from kasstroom.organisations.model import Organisation
from tests.functions.conftest import Api, problem
from tests.people import ORG, debtor, invoice

DUE = date(2026, 8, 1)
FUNCTION, AT = "dunning/early_signals_api", "/v1/dunning/early-signals"
DONE = {
    "municipality": "Utrecht", "spoken_on": ["2026-08-12"], "helped_on": ["2026-08-10"],
    "written_on": ["2026-08-10"], "offered_on": ["2026-08-10"],
}  # fmt: skip


@pytest.fixture
def carla(deployed, books):
    landlord = replace(books.get(Organisation, ORG), sector=Sector.HOUSING)
    books.commit(Changes(update=(landlord,)))
    debtor(books, "D2", kind=DebtorKind.CONSUMER)
    invoice(books, "R1", "850.00", debtor="D2", due_on=DUE)
    return Api({"allowed": "yes", "org": ORG, "key": "carla", "scopes": "*", "roles": "collector"})


def test_from_missing_steps_to_a_file_that_was_sent(carla):
    shown = carla(FUNCTION, "GET", f"{AT}/D2").body
    assert (shown["status"], shown["may_hand_over"]) == ("missing", False)
    assert [step["step"] for step in shown["missing"]] == [
        "personal_contact", "debt_help", "written_reminder", "offer",
    ]  # fmt: skip
    recorded = carla(FUNCTION, "PUT", f"{AT}/D2", DONE, idempotency_key="k1")
    assert (recorded.status, recorded.body["status"]) == (200, "ready")
    again = carla(FUNCTION, "PUT", f"{AT}/D2", DONE, idempotency_key="k1")
    assert again.body == recorded.body
    made = carla(FUNCTION, "POST", f"{AT}/file", {"debtors": ["D2", "D1"]}).body
    (file,) = made["files"]
    assert file["municipality"] == "Utrecht" and "Klant D2" in file["csv"]
    assert [(left["debtor"], left["code"]) for left in made["left_off"]] == [
        ("D1", "early_signal_not_applicable")
    ]
    body = {"debtors": ["D2"], "sent_on": "2026-09-01"}
    sent = carla(FUNCTION, "POST", f"{AT}/sent", body)
    assert (sent.status, sent.body) == (200, {"debtors": ["D2"], "sent_on": "2026-09-01"})
    shown = carla(FUNCTION, "GET", f"{AT}/D2").body
    assert (shown["status"], shown["may_hand_over"], len(shown["history"])) == (
        "signalled", True, 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/D9", None, 404, "debtor_not_found"),
        ("PUT", "/D1", DONE, 422, "not_applicable"),
        ("PUT", "/D2", {"offered_on": ["2026-08-11"]}, 422, "no_reminder_that_day"),
        ("PUT", "/D2", {"bsn": "123"}, 422, "invalid_request"),
        ("PUT", "/D2", {"spoken_on": ["gisteren"]}, 422, "invalid_request"),
        ("POST", "/file", {"debtors": []}, 422, "how_many"),
        ("POST", "/sent", {"debtors": ["D2"], "sent_on": "2026-09-01"}, 422,
         "early_signal_missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_says_why(carla, method, path, body, status, code):
    answer = carla(FUNCTION, method, f"{AT}{path}", body)
    assert (answer.status, problem(answer)) == (status, code)


def test_a_machine_neither_reads_nor_writes_it(carla, api):
    for method, path, body in (
        ("GET", "/D2", None), ("PUT", "/D2", DONE), ("POST", "/file", {"debtors": ["D2"]}),
        ("POST", "/sent", {"debtors": ["D2"], "sent_on": "2026-09-01"}),
    ):  # fmt: skip
        answer = api(FUNCTION, method, f"{AT}{path}", body)
        assert (answer.status, problem(answer)) == (403, "role_required")
