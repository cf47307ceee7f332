"""The document of an invoice: what may be one, where it lies, and whose it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.imports.model import Import, ImportState, ParsedDebtor, ParsedInvoice, RowStatus
from kasstroom.imports.usecases import Defaults, process
from kasstroom.invoices.documents import (
    LARGEST_BODY,
    LARGEST_BYTES,
    as_document,
    attach,
    document_key,
    documented,
    media_type_of,
    sent_pdf,
)
from kasstroom.invoices.model import DocumentKind, Invoice, InvoiceDocument, MediaType
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, invoice, organisation

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"


class Shelf:
    """`kasstroom.invoices.documents.Documents` in memory."""

    def __init__(self) -> None:
        self.held: dict[str, InvoiceDocument] = {}
        self.down = False

    def put(self, key, document):
        if self.down:
            raise Unavailable("channel_unavailable", "S3 is busy.")
        self.held[key] = document

    def find(self, key):
        return self.held.get(key)

    def download_url(self, key):
        return f"https://s3.example/{key}"


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    debtor(made)
    return made


@given(st.text(min_size=1, max_size=64), st.text(min_size=1, max_size=64))
def test_two_numbers_never_share_a_key(one, other):
    keys = {document_key("vandijk", n, MediaType.PDF) for n in (one, other)}
    assert len(keys) == len({one, other})
    for key in keys:
        assert key.count("/") == 2 and len(key.encode()) < 1024
        assert media_type_of(key) is MediaType.PDF


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "not_a_pdf"), (b"", "not_a_pdf"), (b"<html>%PDF-1.7 %%EOF", "not_a_pdf"),
        (b"%PDF-1.7 broken off", "not_a_pdf"), (b"MZ" + PDF, "not_a_pdf"),
        (PDF + b" " * LARGEST_BODY, "document_too_large"),
    ],
)  # fmt: skip
def test_what_is_no_pdf_is_refused(content, code):
    with pytest.raises(Refused) as error:
        sent_pdf(content)
    assert error.value.code == code and error.value.pointer == "/body"


def test_what_cannot_be_kept_is_nothing():
    assert as_document(MediaType.PDF, PDF) == InvoiceDocument(MediaType.PDF, PDF)
    assert as_document(MediaType.PDF, b"GIF89a") is None
    assert as_document(MediaType.XML, b"<a/>").media_type is MediaType.XML
    assert as_document(MediaType.XML, b" " * (LARGEST_BYTES + 1)) is None
    assert as_document(MediaType.XML, b"") is None


def test_an_invoice_gets_a_document_and_another_in_its_place(books):
    shelf = Shelf()
    invoice(books, "F1", "250.00")
    with pytest.raises(NotFound, match="PUT"):
        documented(books, ORG, "F1")
    for content in (PDF, PDF + b"\n"):
        settle(books, lambda c=content: attach(books, shelf, ORG, "F1", sent_pdf(c)))
    found = documented(books, ORG, "F1")
    assert found.document == "documents/vandijk/F1.pdf" and found.version == 2
    assert shelf.held[found.document].content == PDF + b"\n"
    with pytest.raises(NotFound):
        attach(books, shelf, ORG, "F9", sent_pdf(PDF))
    assert list(shelf.held) == ["documents/vandijk/F1.pdf"]


def row(number="U1", minor=60500, document=PDF, name="De Molen B.V."):
    paper = InvoiceDocument(MediaType.PDF, document) if document else None
    return ParsedInvoice(
        f"{number}.xml", number, DocumentKind.INVOICE, ParsedDebtor(name, number=name[:2]),
        date(2026, 8, 1), None, Money(minor), document=paper,
    )  # fmt: skip


def imported(books, shelf, *rows, id="imp_1"):
    running = Import(ORG, id, "a.zip", ImportState.QUEUED, NOW)
    return list(process(books, running, rows, Defaults(30, Language.NL), NOW, store=shelf))


def test_an_import_keeps_the_document_of_what_it_books(books):
    shelf = Shelf()
    results = imported(books, shelf, row("U/1"), row("U2", document=None))
    assert {r.status for r in results} == {RowStatus.OK}
    assert list(shelf.held) == ["documents/vandijk/U%2F1.pdf"]
    assert books.get(Invoice, ORG, "De", "U/1").document == "documents/vandijk/U%2F1.pdf"
    assert books.get(Invoice, ORG, "De", "U2").document == ""


def test_another_invoice_with_the_number_never_replaces_the_document(books):
    shelf = Shelf()
    imported(books, shelf, row())
    others = row(document=PDF + b"%of somebody else%%EOF", name="Xe B.V.")
    (failed,) = imported(books, shelf, others, id="imp_2")
    (twice,) = imported(books, shelf, row(document=PDF + b"%%EOF"), id="imp_3")
    assert (failed.status, twice.status) == (RowStatus.FAILED, RowStatus.DUPLICATE)
    assert shelf.held["documents/vandijk/U1.pdf"].content == PDF


def test_when_the_store_is_down_the_repeat_keeps_it_after_all(books):
    shelf = Shelf()
    shelf.down = True
    with pytest.raises(Unavailable):
        imported(books, shelf, row())
    shelf.down = False
    (again,) = imported(books, shelf, row())
    assert again.status is RowStatus.OK and shelf.held


def test_without_a_store_nothing_is_promised(books):
    imported(books, None, row())
    assert books.get(Invoice, ORG, "De", "U1").document == ""
