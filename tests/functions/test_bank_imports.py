"""Bank files through the API, S3 and the worker, and what the API shows of them afterwards."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from kasstroom.bank.model import BankLine, LineState
from tests.bank_files import IBAN, Line, Paper, Part, camt, mt940, receipt
from tests.collecting import Shelf, collects, export, lines, mandate, plan
from tests.functions.conftest import CONTEXT, Api, load, problem
from tests.people import ORG
from tests.status_reports import pain_002

STRANGE = "NL02ABNA0123456789"
ANNA = {"allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "credit_manager"}
DAY = Paper(
    (
        receipt(25_000, "B1", text="F1"),
        Line((Part(-900, returned="MS03"),), "B2"),
        Line((), "B3", -795, code="MDOP/CHRG"),
        Line((), "B4", 10, status="PDNG"),
    )
)

CASH = Paper(DAY.lines[:2])


@pytest.fixture
def send(api):
    """Uploads a file, lets the worker run, and gives the import as the API shows it."""

    def upload(filename, content):
        path, type = f"/v1/imports?filename={filename}", "application/octet-stream"
        made = api("imports/api", "POST", path, content, content_type=type).body["id"]
        work(made, filename)
        return api("imports/api", "GET", f"/v1/imports/{made}").body

    def work(id, filename):
        event = {"detail": {"object": {"key": f"imports/{ORG}/{id}/in/{filename}"}}}
        record = {"messageId": "1", "body": json.dumps(event), "eventSource": "aws:sqs"}
        answer = load("imports/process_upload").handler(
            {"Records": [record | {"attributes": {}}]}, CONTEXT
        )
        assert answer == {"batchItemFailures": []}

    return upload


@pytest.fixture
def get(api):
    def shown(path):
        answer = api("bank/api", "GET", path)
        assert answer.status == 200, answer.body
        return answer.body

    return shown


def jobs(deployed):
    found = deployed.sqs.receive_message(
        QueueUrl=deployed.queues["lines"], MaxNumberOfMessages=10
    ).get("Messages", [])
    return [json.loads(message["Body"]) for message in found]


def published(deployed, kind):
    from kasstroom_aws.books import _item_model

    items = _item_model("books").scan()
    found = [json.loads(i.body) for i in items if i.sk.startswith("EVT#")]
    return [event for event in found if event["type"] == kind]


@pytest.mark.parametrize(("name", "content"), [("a.xml", camt(DAY)), ("a.sta", mt940(CASH))])
def test_a_statement_comes_in_line_by_line(send, get, deployed, name, content):
    shown = send(name, content)
    assert (shown["state"], shown["error"]) == ("completed", "")
    booked = [row for row in shown["results"] if row["code"] == "booked"]
    assert shown["ok"] == len(booked) and shown["failed"] == 0
    lines = get("/v1/bank-lines")["items"]
    assert {line["id"] for line in lines} == {row["number"] for row in booked}
    assert [line["kind"] for line in lines if line["amount"]["value"] == "-9.00"] == ["return"]
    (job,) = jobs(deployed)
    assert job["org"] == ORG and set(job["lines"]) == {line["id"] for line in lines}
    (event,) = published(deployed, "bank.statement_imported")
    assert event["data"]["account"] == IBAN and event["data"]["gap"] is False


def test_a_pending_line_is_told_and_not_booked(send):
    last = send("a.xml", camt(DAY))["results"][-1]
    assert (last["status"], last["code"]) == ("skipped", "pending")
    assert last["position"].startswith("line ")


def test_the_same_money_in_two_formats_and_twice_is_there_once(send, get):
    paper = Paper(DAY.lines[:2])
    send("a.xml", camt(paper))
    for name, content in (("a.xml", camt(paper)), ("b.sta", mt940(paper))):
        shown = send(name, content)
        assert (shown["ok"], shown["duplicates"]) == (0, 2)
    assert len(get("/v1/bank-lines")["items"]) == 2


def bomb() -> bytes:
    doctype = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>\n<Document"
    return camt(DAY).replace(b"<Document", doctype.encode(), 1).replace(b">F1<", b">&b;<")


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (camt(Paper(DAY.lines, closing=1)), "balance_broken", "Line 7"),
        (camt(DAY, Paper((receipt(5, "C1"),), 8, DAY.ends + 1)), "balance_chain_broken", "Line 67"),
        (camt(Paper((receipt(5, "B1"),) * 2)), "duplicate_line", "Line 31"),
        (bomb(), "doctype_not_allowed", "Line 2"),
        (camt(DAY).replace(b"Jansen", "Zoë".encode("cp1252")), "wrong_charset", "line 26"),
        (mt940(CASH).replace(b"Jansen", b"Jan\x00sen"), "wrong_charset", "Line 6"),
        (mt940(CASH)[:-40], "statement_cut_off", "Line 1"),
        (camt(DAY)[:-90], "malformed_xml", "line "),
        (camt(Paper(DAY.lines, account=STRANGE)), "unknown_account", "Line 7"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_is_quarantined_whole_with_line_and_reason(
    send, get, deployed, content, code, line
):
    shown = send("a.bank", content)
    assert (shown["state"], shown["error_code"]) == ("failed", code)
    assert line in shown["error"]
    assert get("/v1/bank-lines")["items"] == [] and jobs(deployed) == []
    (event,) = published(deployed, "bank.statement_quarantined")
    assert (event["data"]["code"], event["data"]["file"]) == (code, "a.bank")
    assert event["data"]["reason"] == shown["error"]
    import boto3

    kept = boto3.client("s3").get_object(Bucket="uploads", Key=_key(shown))["Body"].read()
    assert kept == content


def _key(shown):
    return f"imports/{ORG}/{shown['id']}/in/{shown['filename']}"


def test_a_zip_goes_on_without_its_bad_files(send, get, deployed):
    packed = io.BytesIO()
    following = DAY.next(receipt(100, "N1"))
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("1.xml", camt(DAY))
        archive.writestr("2.sta", mt940(following))
        archive.writestr("3.xml", camt(Paper(DAY.lines, closing=1)))
        archive.writestr("4.xml", camt(DAY)[:-90])
    shown = send("bank.zip", packed.getvalue())
    assert (shown["state"], shown["ok"], shown["failed"]) == ("completed", 4, 2)
    bad = [row for row in shown["results"] if row["status"] == "quarantined"]
    assert [(row["position"], row["code"]) for row in bad] == [
        ("3.xml", "balance_broken"), ("4.xml", "malformed_xml"),
    ]  # fmt: skip
    assert shown["results"][0]["position"] == "1.xml, line 14"
    assert len(published(deployed, "bank.statement_quarantined")) == 2
    assert len(get(f"/v1/bank-statements?account={IBAN}")["items"]) == 2


def test_accounts_are_learned_from_the_settings_and_added_by_a_person(api, send, get):
    assert [a["iban"] for a in get("/v1/bank-accounts")["items"]] == [IBAN]
    refused = api("bank/api", "PUT", f"/v1/bank-accounts/{STRANGE}", {"name": "Spaar"})
    assert problem(refused) == "role_required"
    anna = Api(ANNA)
    wrong = anna("bank/api", "PUT", f"/v1/bank-accounts/{STRANGE[:-1]}8", {"name": "Spaar"})
    assert (wrong.status, problem(wrong)) == (422, "invalid_iban")
    made = anna("bank/api", "PUT", f"/v1/bank-accounts/{STRANGE}", {"name": "Spaar"})
    assert (made.status, made.body["iban"]) == (200, STRANGE)
    assert send("a.xml", camt(Paper(DAY.lines, account=STRANGE)))["state"] == "completed"
    known = {a["iban"]: a["closing"] for a in get("/v1/bank-accounts")["items"]}
    assert known == {IBAN: None, STRANGE: {"value": "1233.05", "currency": "EUR"}}


def test_statements_show_where_one_is_missing(send, get):
    second = DAY.next(receipt(100, "N1"))
    send("3.xml", camt(second.next(receipt(100, "N2"))))
    send("1.xml", camt(DAY))
    path = f"/v1/bank-statements?account={IBAN}"
    assert [item["gap"] for item in get(path)["items"]] == [False, True]
    send("2.xml", camt(second))
    assert [item["gap"] for item in get(path)["items"]] == [False] * 3
    page = get(f"{path}&limit=2")
    assert len(get(f"{path}&limit=2&cursor={page['next_cursor']}")["items"]) == 1


def test_lines_are_listed_by_day_state_and_page(send, get, api, books):
    send("a.xml", camt(DAY, DAY.next(receipt(100, "N1"), receipt(200, "N2"))))
    lines = get("/v1/bank-lines")["items"]
    assert [line["booked_on"] for line in lines] == sorted(line["booked_on"] for line in lines)
    waiting = get("/v1/bank-lines?state=open")["items"]
    assert len(lines) == 5 and len(waiting) == 4
    aside = get("/v1/bank-lines?state=set_aside")["items"]
    assert [line["kind"] for line in aside] == ["costs"]
    seen, cursor = [], ""
    while cursor is not None:
        page = get(f"/v1/bank-lines?state=open&limit=2&cursor={cursor}")
        seen, cursor = seen + page["items"], page["next_cursor"]
    assert seen == waiting
    one = get(f"/v1/bank-lines/{lines[0]['id']}")
    assert one == lines[0]
    assert books.get(BankLine, ORG, id=one["id"]).state in LineState
    missing = api("bank/api", "GET", "/v1/bank-lines/2026-08-31_X")
    assert (missing.status, problem(missing)) == (404, "bank_line_not_found")


def test_a_report_on_direct_debits_comes_in_the_same_way(send, deployed):
    books = deployed.books
    collects(books)
    mandate(books)
    file = export(books, Shelf(), plan(books).id)
    refused = pain_002(file.message_id, file="RJCT", why="FF01")
    shown = send("status.xml", refused)
    assert (shown["format"], shown["state"], shown["ok"]) == ("pain.002", "completed", 1)
    assert shown["results"][0]["code"] == "FF01"
    (line,) = lines(books, file.id)
    assert (line.state, line.reason) == ("rejected", "FF01")
    assert send("again.xml", refused)["duplicates"] == 1
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("1.xml", pain_002("KS01M1DZPW00APNGSAGP3704BK9B", file="RJCT"))
    (row,) = send("b.zip", packed.getvalue())["results"]
    assert (row["status"], row["code"]) == ("quarantined", "unknown_file")
