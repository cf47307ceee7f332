"""Files through the API, S3 and the worker: a result per row, nothing twice, nothing half."""

from __future__ import annotations

import io
import zipfile

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.errors import Unavailable
from kasstroom.imports.model import ImportState
from kasstroom.imports.receiving import run
from kasstroom.imports.usecases import opened
from kasstroom.invoices.model import Invoice
from kasstroom.organisations.model import Organisation
from kasstroom.settings import UploadSettings
from kasstroom_aws.uploads import UploadBucket
from tests.functions.conftest import CONTEXT, load, problem
from tests.people import NOW, ORG

CSV = """debiteurnummer;naam;factuurnummer;factuurdatum;vervaldatum;bedrag
D7;Café Zoë;F71;01-08-2026;31-08-2026;1.234,56
D7;Café Zoë;F72;31-09-2026;31-10-2026;10,00
D8;Bouwgroep;F73;01-08-2026;31-08-2026;99,95
"""
UBL = """<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-08-01</cbc:IssueDate>
<cbc:DueDate>2026-08-31</cbc:DueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
<cbc:RegistrationName>De Molen B.V.</cbc:RegistrationName>
<cbc:CompanyID schemeID="0106">87654321</cbc:CompanyID>
</cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">605.00</cbc:PayableAmount>
</cac:LegalMonetaryTotal></Invoice>"""


@pytest.fixture
def send(api, deployed):
    """Uploads a file, lets the worker run, and gives the import as the API shows it."""

    def upload(filename, content, content_type="application/octet-stream"):
        path = f"/v1/imports?filename={filename}"
        answer = api("imports/api", "POST", path, content, content_type=content_type)
        if answer.status != 202:
            return answer
        run(answer.body["id"], filename)
        return api("imports/api", "GET", f"/v1/imports/{answer.body['id']}")

    def run(id, filename):
        event = {"detail": {"object": {"key": f"imports/{ORG}/{id}/in/{filename}"}}}
        import json

        record = {"messageId": "1", "body": json.dumps(event), "eventSource": "aws:sqs"}
        answer = load("imports/process_upload").handler(
            {"Records": [record | {"attributes": {}}]}, CONTEXT
        )
        assert answer == {"batchItemFailures": []}

    upload.run = run
    return upload


def counts(shown):
    return {name: shown.body[name] for name in ("rows", "ok", "duplicates", "failed")}


def test_a_csv_comes_in_row_by_row(send, books):
    shown = send("posten.csv", CSV.encode("cp1252"))
    assert shown.body["state"] == "completed"
    assert counts(shown) == {"rows": 3, "ok": 2, "duplicates": 0, "failed": 1}
    bad = shown.body["results"][1]
    assert (bad["status"], bad["number"]) == ("failed", "F72")
    assert "line 3" in bad["position"]
    assert books.get(Invoice, ORG, "D7", "F71").open.value == "1234.56"
    assert books.get(Debtor, ORG, "D7").name == "Café Zoë"


def test_the_same_file_again_books_nothing(send, books):
    send("posten.csv", CSV.encode())
    before = len(books.all_of(Invoice, ORG, "D7"))
    shown = send("posten.csv", CSV.encode())
    assert counts(shown) == {"rows": 3, "ok": 0, "duplicates": 2, "failed": 1}
    assert len(books.all_of(Invoice, ORG, "D7")) == before


def test_a_redelivered_upload_counts_its_own_rows_as_ok(send, books):
    """The worker died after booking and before writing the outcome down."""
    from dataclasses import replace

    from kasstroom.changes import Changes
    from kasstroom.imports.model import Import, ImportState

    shown = send("posten.csv", CSV.encode())
    done = books.get(Import, ORG, id=shown.body["id"])
    books.commit(Changes(update=(replace(done, state=ImportState.QUEUED),)))
    send.run(shown.body["id"], "posten.csv")
    again = books.get(Import, ORG, id=shown.body["id"])
    assert (again.ok, again.duplicates, again.failed) == (2, 0, 1)


def test_a_number_with_another_amount_is_a_failure_not_a_duplicate(send, books):
    send("posten.csv", CSV.encode())
    shown = send("posten.csv", CSV.replace("1.234,56", "1.234,57").encode())
    assert shown.body["results"][0]["code"] == "number_reused"
    assert books.get(Invoice, ORG, "D7", "F71").open.value == "1234.56"


def test_a_zip_of_ubl_finds_the_debtor_by_its_kvk_number(send, books):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", UBL.format(number="U1"))
        archive.writestr("b.xml", UBL.format(number="U2"))
        archive.writestr("c.xml", "<broken")
    shown = send("facturen.zip", packed.getvalue(), "application/zip")
    assert counts(shown) == {"rows": 3, "ok": 2, "duplicates": 0, "failed": 1}
    assert {row["debtor"] for row in shown.body["results"] if row["debtor"]} == {"kvk-87654321"}
    invoices = books.all_of(Invoice, ORG, "kvk-87654321")
    assert [(i.number, i.open.value) for i in invoices] == [("U1", "605.00"), ("U2", "605.00")]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + UBL


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB.format(number="&b;"), "doctype_not_allowed"),
        (UBL.replace("Invoice-2", "Order-2").format(number="U1"), "not_ubl"),
        (UBL.format(number="U1")[:-20], "malformed_xml"),
        ("just;some;words\n1;2;3\n", "missing_columns"),
        ("%PDF-1.7", "unknown_format"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole_with_what_to_fix(send, content, code, books):
    shown = send("x.xml", content.encode())
    assert (shown.body["state"], shown.body["error_code"]) == ("failed", code)
    assert len(shown.body["error"]) > 20
    assert counts(shown) == {"rows": 0, "ok": 0, "duplicates": 0, "failed": 0}


def test_a_large_file_gets_an_address_and_a_too_large_one_is_refused(send, api, deployed):
    direct = send("big.csv", b"x" * 4_000_001)
    assert (direct.status, problem(direct)) == (422, "file_too_large")
    waiting = api("imports/api", "POST", "/v1/imports?filename=big.csv").body
    assert waiting["state"] == "awaiting_upload"
    assert f"/imports/{ORG}/{waiting['id']}/in/big.csv" in waiting["upload_url"]
    import boto3

    key = f"imports/{ORG}/{waiting['id']}/in/big.csv"
    boto3.client("s3").put_object(Bucket="uploads", Key=key, Body=b"x" * 50_000_000)
    send.run(waiting["id"], "big.csv")
    shown = api("imports/api", "GET", f"/v1/imports/{waiting['id']}").body
    assert (shown["state"], shown["error_code"]) == ("failed", "file_too_large")


def test_a_worker_quicker_than_the_api_waits_for_the_import_to_be_opened(deployed, books):
    key = f"imports/{ORG}/imp_1/in/a.csv"
    uploads = UploadBucket(UploadSettings("uploads"))
    uploads.put(key, CSV.encode())
    waits = []

    def pause(seconds):
        waits.append(seconds)
        if len(waits) == 2:
            books.commit(Changes(create=(opened(ORG, "imp_1", "a.csv", ImportState.QUEUED, NOW),)))

    facts = {"read": lambda n, c: ("csv", iter(())), "largest": 10_000}
    creditor = lambda org: books.get(Organisation, org)  # noqa: E731
    assert run(books, uploads, key, NOW, organisation=creditor, pause=pause, **facts).rows == 0
    assert len(waits) == 2
    with pytest.raises(Unavailable):
        nobody = f"imports/{ORG}/imp_2/in/a.csv"
        run(books, uploads, nobody, NOW, organisation=creditor, pause=lambda s: None, **facts)


def test_a_form_upload_takes_its_own_file_name(api):
    form = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\n" + CSV.encode() + b"\r\n--b--\r\n"
    )
    answer = api(
        "imports/api", "POST", "/v1/imports", form, content_type="multipart/form-data; boundary=b"
    )
    assert (answer.status, answer.body["filename"]) == (202, "a.csv")


def test_without_a_name_or_file_it_says_what_is_missing(api):
    answer = api("imports/api", "POST", "/v1/imports", CSV.encode(), content_type="text/csv")
    assert (answer.status, problem(answer)) == (422, "invalid_filename")
    assert api("imports/api", "GET", "/v1/imports/imp_unknown").status == 404
