"""From a UBL in an import to a PDF in the debtor's mail, through the real handlers."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from io import BytesIO

import boto3
import pytest
from pypdf import PdfReader

from infra.organisation_settings import changed
from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.invoices.model import Invoice
from kasstroom.organisations.model import Organisation
from tests.functions.conftest import CONTEXT, load, problem
from tests.functions.test_imports import UBL
from tests.functions.test_reminders import Phone, sqs_event
from tests.people import ORG

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
PACKED = f"""<cac:AdditionalDocumentReference><cbc:ID>U1</cbc:ID><cac:Attachment>
<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="U1.pdf">
{base64.b64encode(PDF).decode()}</cbc:EmbeddedDocumentBinaryObject>
</cac:Attachment></cac:AdditionalDocumentReference><cac:AccountingCustomerParty>"""
WITH_PDF = UBL.replace("<cac:AccountingCustomerParty>", PACKED).replace("08-31", "08-20")


@pytest.fixture
def phone(deployed, monkeypatch):
    found = Phone()
    module = load("dunning/send_reminder")
    every = dict.fromkeys(("email", "sms", "whatsapp"), found)
    monkeypatch.setattr(module, "channels", lambda *settings: every)
    found.run = lambda debtor="D1": module.handler(
        sqs_event({"org": ORG, "debtor": debtor, "message_id": ""}), CONTEXT
    )
    return found


def wants(books, what):
    known = books.get(Organisation, ORG)
    books.commit(Changes(update=(changed(known, {"attach": what}),)))


def send_ubl(api, content):
    path = "/v1/imports?filename=u.xml"
    id = api("imports/api", "POST", path, content, content_type="application/xml").body["id"]
    event = {"detail": {"object": {"key": f"imports/{ORG}/{id}/in/u.xml"}}}
    load("imports/process_upload").handler(sqs_event(event), CONTEXT)
    return api("imports/api", "GET", f"/v1/imports/{id}").body


def put(api, number="F1", content=PDF, content_type="application/pdf", **headers):
    path = f"/v1/invoices/{number}/document"
    return api("invoices/documents_api", "PUT", path, content, content_type=content_type, **headers)


def stored(key):
    return boto3.client("s3").get_object(Bucket="letters", Key=key)["Body"].read()


def test_the_pdf_inside_a_ubl_reaches_the_debtor(api, books, phone):
    assert send_ubl(api, WITH_PDF.format(number="U1").encode())["ok"] == 1
    booked = books.get(Invoice, ORG, "kvk-87654321", "U1")
    assert stored(booked.document) == PDF
    shown = api("invoices/api", "GET", "/v1/invoices/U1").body
    assert shown["has_document"] is True
    wants(books, "invoice")
    debtor = books.get(Debtor, ORG, "kvk-87654321")
    contact = replace(debtor.contact, email="molen@klant.example")
    books.commit(Changes(update=(replace(debtor, contact=contact),)))
    phone.run("kvk-87654321")
    (sent,) = phone.sent
    (file,) = sent.attachments
    assert (file.name, file.content) == ("factuur-U1.pdf", PDF)


def test_a_ubl_without_a_pdf_is_its_own_document(api, books):
    content = UBL.format(number="U2").encode()
    send_ubl(api, content)
    key = books.get(Invoice, ORG, "kvk-87654321", "U2").document
    assert key.endswith("U2.xml") and stored(key) == content


def test_a_reminder_carries_what_the_creditor_wants(api, books, phone):
    put(api)
    wants(books, "invoice,statement")
    phone.run()
    (sent,) = phone.sent
    statement, invoice = sent.attachments
    assert (statement.name, invoice.content) == ("rekeningoverzicht-D1-2026-09-01.pdf", PDF)
    text = PdfReader(BytesIO(statement.content)).pages[0].extract_text().replace("\u00a0", " ")
    assert "€ 250,00" in text and "F1" in text


def test_unless_it_is_set_nothing_goes_along_and_nothing_is_read(api, books, phone, monkeypatch):
    put(api)
    from kasstroom_aws.document_files import DocumentBucket

    def read(*args):
        raise AssertionError("the setting is off")

    monkeypatch.setattr(DocumentBucket, "find", read)
    phone.run()
    assert phone.sent[0].attachments == ()


def test_a_document_that_is_gone_never_stops_a_reminder(api, books, phone):
    put(api)
    wants(books, "invoice")
    key = books.get(Invoice, ORG, "D1", "F1").document
    boto3.client("s3").delete_object(Bucket="letters", Key=key)
    assert phone.run() == {"batchItemFailures": []}
    assert phone.sent[0].attachments == ()


def test_a_pdf_is_put_once_and_read_through_an_address(api, books):
    absent = api("invoices/documents_api", "GET", "/v1/invoices/F1/document")
    assert (absent.status, problem(absent)) == (404, "document_not_found")
    first = put(api, idempotency_key="k1")
    assert (first.status, first.body["media_type"]) == (200, "application/pdf")
    again = put(api, idempotency_key="k1")
    assert again.body == first.body and again.headers["idempotent-replayed"] == "true"
    other = put(api, content=PDF + b"%%EOF", idempotency_key="k1")
    assert (other.status, problem(other)) == (409, "idempotency_key_reused")
    assert stored(books.get(Invoice, ORG, "D1", "F1").document) == PDF
    shown = api("invoices/documents_api", "GET", "/v1/invoices/F1/document").body
    assert "/documents/vandijk/F1.pdf" in shown["url"]


def test_a_form_does_too(api, books):
    form = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="f.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + PDF + b"\r\n--b--\r\n"
    )
    assert put(api, content=form, content_type="multipart/form-data; boundary=b").status == 200
    assert stored("documents/vandijk/F1.pdf").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("number", "content", "status", "code"),
    [
        ("F1", b"<html>", 422, "not_a_pdf"),
        ("F1", b"", 422, "not_a_pdf"),
        ("F1", PDF + b" " * 4_000_000, 422, "document_too_large"),
        ("F9", PDF, 404, "invoice_not_found"),
    ],
)
def test_what_cannot_be_the_document_is_turned_away(api, books, number, content, status, code):
    answer = put(api, number, content)
    assert (answer.status, problem(answer)) == (status, code)
    assert "Contents" not in boto3.client("s3").list_objects_v2(Bucket="letters")


def test_another_tenant_sees_nothing(api, books):
    put(api)
    api.caller = api.caller | {"org": "other"}
    for path in ("/v1/invoices/F1/document",):
        assert api("invoices/documents_api", "GET", path).status == 404
    assert api("debtors/statement_pdf", "GET", "/v1/debtors/D1/statement.pdf").status == 404


def test_the_statement_is_a_pdf_for_whoever_asks(api):
    answer = api("debtors/statement_pdf", "GET", "/v1/debtors/D1/statement.pdf")
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    pages = PdfReader(BytesIO(base64.b64decode(answer.body))).pages
    assert "F1" in pages[0].extract_text()
    nobody = api("debtors/statement_pdf", "GET", "/v1/debtors/D9/statement.pdf")
    assert (nobody.status, problem(nobody)) == (404, "debtor_not_found")


def test_the_setting_is_words_and_nothing_else(books, deployed):
    known = books.get(Organisation, ORG)
    assert json.dumps(changed(known, {"attach": "statement,statement"}).attach) == '["statement"]'
    assert changed(known, {"attach": ""}).attach == ()
    with pytest.raises(SystemExit):
        changed(known, {"attach": "contract"})
