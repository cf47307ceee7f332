"""The document of an invoice: what may be one, where it lies, and how an invoice gets it."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol
from urllib.parse import quote

from kasstroom.changes import Changes
from kasstroom.errors import NotFound, Refused
from kasstroom.invoices.model import Invoice, InvoiceDocument, MediaType
from kasstroom.invoices.usecases import invoice_of
from kasstroom.ports import Books
from kasstroom.settings import DOCUMENT_PREFIX

LARGEST_BYTES = 5_000_000
"""Some fifty printed pages; more than one such file does not fit in a mail."""
LARGEST_BODY = 4_000_000
"""What is sent to us: base64 makes it 5.3 million, and a function is handed 6 at most."""
_SUFFIX = {MediaType.PDF: "pdf", MediaType.XML: "xml"}
_PDF_BEGINS, _PDF_ENDS, _END_BYTES = b"%PDF-", b"%%EOF", 1024


class Documents(Protocol):
    """Where documents lie. Keys are of our making."""

    def put(self, key: str, document: InvoiceDocument) -> None:
        """Putting the same again changes nothing. Unavailable: try again later."""
        ...

    def find(self, key: str) -> InvoiceDocument | None:
        """None when it is not there (any more) or cannot be read now: a reminder goes without."""
        ...

    def download_url(self, key: str) -> str:
        """An address that opens the file for some minutes."""
        ...


def document_key(org: str, number: str, media_type: MediaType) -> str:
    """One per invoice and type. The number is percent-encoded: it may hold a slash."""
    return f"{DOCUMENT_PREFIX}{org}/{quote(number, safe='')}.{_SUFFIX[media_type]}"


def media_type_of(key: str) -> MediaType:
    return MediaType.XML if key.endswith(f".{_SUFFIX[MediaType.XML]}") else MediaType.PDF


def suffix_of(media_type: MediaType) -> str:
    return _SUFFIX[media_type]


def is_pdf(content: bytes) -> bool:
    """Whether it begins and ends as a PDF does. No promise beyond that: nobody looks for scripts
    or links inside, and the debtor gets what the creditor gave, byte for byte."""
    return content.startswith(_PDF_BEGINS) and _PDF_ENDS in content[-_END_BYTES:]


def as_document(media_type: MediaType, content: bytes) -> InvoiceDocument | None:
    """None when it cannot be kept: too large, empty, or a PDF that is none."""
    if not content or len(content) > LARGEST_BYTES:
        return None
    if media_type is MediaType.PDF and not is_pdf(content):
        return None
    return InvoiceDocument(media_type, content)


def sent_pdf(content: bytes | None) -> InvoiceDocument:
    """What a caller sends; Refused when it is no PDF of at most 4 MB."""
    if content is not None and len(content) > LARGEST_BODY:
        detail = f"The PDF is larger than {LARGEST_BODY // 1_000_000} MB; make it smaller."
        raise Refused("document_too_large", detail, "/body")
    if not content or not is_pdf(content):
        raise Refused("not_a_pdf", "Send the invoice's PDF as the body, whole.", "/body")
    return InvoiceDocument(MediaType.PDF, content)


def attach(
    books: Books, documents: Documents, org: str, number: str, document: InvoiceDocument
) -> tuple[Changes, Invoice]:
    """Stores the document and says so on the invoice, instead of what it had. The file goes first:
    who finds the key finds the file. NotFound without the invoice."""
    invoice = invoice_of(books, org, number)
    key = document_key(org, number, document.media_type)
    documents.put(key, document)
    if invoice.document == key:
        return Changes(), invoice
    after = replace(invoice, document=key)
    return Changes(update=(after,)), after


def documented(books: Books, org: str, number: str) -> Invoice:
    """The invoice with its document; NotFound when it has none."""
    invoice = invoice_of(books, org, number)
    if not invoice.document:
        detail = f"We were not given the document of invoice {number}; PUT its PDF here."
        raise NotFound("document_not_found", detail)
    return invoice
