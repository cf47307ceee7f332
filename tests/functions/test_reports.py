"""Reports through their real handlers: as data, as files, by run and by schedule."""

from __future__ import annotations

import base64
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.reports.catalogue import REPORTS
from kasstroom.reports.figure_store import Seen
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import SEPARATOR
from kasstroom.settings import FigureSettings
from kasstroom_aws.figure_table import FigureTable
from tests.functions.conftest import CONTEXT, NOW, ORG, Api, load, problem, set_clock
from tests.functions.test_samples import TRIGGERS

FORMULA = '=HYPERLINK("http://x.example";"klik")'
SAMPLES = {
    "api/catalogue": lambda a: [r["name"] for r in json.loads(a["body"])["items"]] == [*REPORTS],
    "api/ageing_csv": lambda a: b"Klant D1,EUR,0.00,250.00" in base64.b64decode(a["body"]),
    "api/tomorrow": lambda a: json.loads(a["body"])["type"].endswith("as_of_in_future"),
    "runs_api/start": lambda a: a["statusCode"] == 202 and "rpr_" in a["body"],
    "runs_api/weekly": lambda a: json.loads(a["body"])["next_at"] == "2026-09-07T04:00:00Z",
    "run_report/unknown": lambda a: a == {"batchItemFailures": []},
    "plan_reports/tick": lambda a: a == {"due": 0, "again": 0},
}


@pytest.fixture
def finance(deployed) -> Api:
    caller = {"allowed": "yes", "org": ORG, "key": "Anna", "scopes": "*", "roles": "finance"}
    return Api(caller)


def ask(who: Api, path: str, **headers: str) -> Any:
    return who("reports/api", "GET", f"/v1/reports{path}", **headers)


def runs(who: Api, method: str, path: str, body: Any = None, **headers: str) -> Any:
    return who("reports/runs_api", method, f"/v1/report-{path}", body, **headers)


def work_off(deployed: Any) -> None:
    """The queue's messages through the worker, until none is left."""
    url = deployed.queues["reports"]
    while found := deployed.sqs.receive_message(QueueUrl=url).get("Messages"):
        for message in found:
            record = {"messageId": "1", "eventSource": "aws:sqs", "body": message["Body"]}
            answer = load("reports/run_report").handler({"Records": [record]}, CONTEXT)
            assert answer == {"batchItemFailures": []}
            deployed.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def tick() -> Any:
    return load("reports/plan_reports").handler({}, CONTEXT)


def mails() -> list[Any]:
    from moto.core import DEFAULT_ACCOUNT_ID
    from moto.ses.models import ses_backends

    return ses_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].sent_messages


def cells_of(content: bytes) -> dict[str, str]:
    """Every cell of the first sheet; texts stand in the sheet itself."""
    sheet = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    names = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    found = ElementTree.fromstring(sheet).iterfind(".//m:c", names)  # noqa: S314
    return {c.attrib["r"]: "".join(c.itertext()) for c in found}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_runs_through_its_handler(sample, deployed):
    event = json.loads((TRIGGERS / f"reports/{sample}.json").read_text())
    answer = load(f"reports/{sample.partition('/')[0]}").handler(event, CONTEXT)
    assert SAMPLES[sample](answer), answer


def test_a_report_is_data_with_amounts_totals_and_titles_in_the_reader_s_language(api):
    found = ask(api, "/ageing", accept_language="en-GB,en;q=0.8").body
    assert (found["title"], found["as_of"], found["row_count"]) == (
        "Ageing by debtor", "2026-09-01", 1,
    )  # fmt: skip
    assert found["rows"][0]["days_1_30"] == {"value": "250.00", "currency": "EUR"}
    assert found["totals"][0]["outstanding"] == {"value": "250.00", "currency": "EUR"}
    assert ask(api, "/ageing?language=nl").body["title"] == "Ouderdomsanalyse per debiteur"
    assert ask(api, "/ageing?currency=USD").body["note"].startswith("Niets te tonen")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("/turnover", 404, "report_not_found"),
        ("/ageing?as_of=2026-09-02", 422, "as_of_in_future"),
        ("/ageing?as_of=2020-01-01", 422, "as_of_before_first_booking"),
        ("/ageing?segment=gold", 422, "unknown_segment"),
        ("/ageing?format=pdf", 422, "format_not_made"),
        ("/kpis", 422, "rate_missing"),
        ("/ageing?as_of=20260901", 422, "invalid_date"),
    ],
)
def test_bad_input_is_told_what_to_do(api, deployed, asked, status, code):
    day = datetime(2026, 7, 21, tzinfo=UTC).date()
    cells = {
        Cell(Measure.BOOKED_ITEMS, "", day, ("invoice",)): 1,
        Cell(Measure.OPEN, "EUR", None, ("invoice", "2026-08-20")): 25_000,
        Cell(Measure.OPEN, "USD", None, ("invoice", "2026-08-20")): 5_000,
    }
    source = SEPARATOR.join(("D1", "Invoice", "F1"))
    FigureTable(FigureSettings("figures")).count(ORG, source, Seen(), cells)
    answer = ask(api, asked)
    assert answer.status == status
    said = json.dumps(answer.body)
    assert code in said, said


def test_a_formula_in_a_name_is_text_in_every_file(api, deployed):
    known = deployed.books.get(Debtor, ORG, "D1")
    deployed.books.commit(Changes(update=(replace(known, name=FORMULA),)))
    csv = base64.b64decode(ask(api, "/ageing?format=csv").body).decode("utf-8-sig")
    assert "\"'=HYPERLINK(" in csv
    answer = ask(api, "/ageing?format=xlsx")
    assert answer.headers["content-disposition"].endswith('"ageing-2026-09-01.xlsx"')
    content = base64.b64decode(answer.body)
    sheet = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert FORMULA in cells_of(content).values() and "<f>" not in sheet
    assert "<autoFilter" in sheet and 'state="frozen"' in sheet
    assert ask(api, "/ageing").body["rows"][0]["debtor_name"] == FORMULA


def test_the_management_pack_is_a_pdf_also_without_figures(api):
    answer = ask(api, "/management-pack?format=pdf&language=en")
    assert answer.headers["content-type"] == "application/pdf"
    assert base64.b64decode(answer.body).startswith(b"%PDF")
    assert problem(ask(api, "/management-pack")) == "format_not_made"


def test_a_run_makes_a_file_that_can_be_fetched(api, deployed):
    body = {"report": "ledger", "format": "csv"}
    first = runs(api, "POST", "runs", body, idempotency_key="k1")
    again = runs(api, "POST", "runs", body, idempotency_key="k1")
    assert first.status == again.status == 202 and first.body["id"] == again.body["id"]
    assert first.body["url"] is None
    work_off(deployed)
    done = runs(api, "GET", f"runs/{first.body['id']}").body
    assert (done["state"], done["rows"]) == ("done", 1) and done["bytes"] > 100
    assert f"/reports/{ORG}/{done['id']}/ledger-2026-09-01.csv" in done["url"]
    assert problem(runs(api, "POST", "runs", body | {"report": "x"})) == "report_not_found"
    assert problem(runs(api, "GET", "runs/rpr_x")) == "report_run_not_found"


def test_a_schedule_mails_its_report_once_per_period(finance, deployed):
    terms = {
        "report": "ageing", "format": "xlsx", "every": "day", "hour": 7,
        "recipients": ["anna@vandijk.example"],
    }  # fmt: skip
    put = runs(finance, "PUT", "schedules/daily", terms)
    assert put.body["next_at"] == "2026-09-02T05:00:00Z"
    assert runs(finance, "GET", "schedules").body["items"][0]["id"] == "daily"
    assert tick() == {"due": 0, "again": 0}
    set_clock(deployed.clock, NOW + timedelta(days=1))
    assert [tick(), tick()] == [{"due": 1, "again": 0}, {"due": 0, "again": 0}]
    work_off(deployed)
    (mail,) = mails()
    assert mail.destinations["ToAddresses"] == ["anna@vandijk.example"]
    run = runs(finance, "GET", "schedules/daily").body["last_run"]
    done = runs(finance, "GET", f"runs/{run}").body
    assert (done["state"], done["parameters"]["as_of"]) == ("done", "2026-09-01")
    assert done["sent_to"] == ["anna@vandijk.example"]
    assert runs(finance, "DELETE", "schedules/daily").status == 200
    assert problem(runs(finance, "GET", "schedules/daily")) == "report_schedule_not_found"


def test_a_machine_may_not_send_debts_to_addresses(api):
    terms = {"report": "ageing", "format": "csv", "every": "day"}
    assert problem(runs(api, "PUT", "schedules/daily", terms)) == "role_required"


def test_assumptions_are_stated_by_finance_and_read_back(api, finance):
    path = "/v1/report-assumptions"
    assert api("reports/api", "GET", path).body["stated"]["dso_period_days"] == 90
    stated = {"dso_period_days": 60, "rates": [{"currency": "USD", "eur": "0.9"}]}
    assert finance("reports/api", "PUT", path, stated).status == 200
    assert api("reports/api", "GET", path).body["stated"]["dso_period_days"] == 60
    assert problem(api("reports/api", "PUT", path, stated)) == "role_required"
    wrong = {"rates": [{"currency": "USD", "eur": "-1"}]}
    assert problem(finance("reports/api", "PUT", path, wrong)) == "out_of_bounds"
