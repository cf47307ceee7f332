"""The document a debtor got of a UBL invoice: the picture packed into it, else the UBL itself.

EN 16931 knows supporting documents (BG-24) and says of none that it pictures the invoice. Programs
name that one by type (`CommercialInvoice`, `PrimaryImage`), by the invoice's number, or by a word
for invoice. What carries none of these may be a timesheet: then the UBL stands for itself.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error

from lxml import etree

from kasstroom.invoices.documents import LARGEST_BYTES, as_document
from kasstroom.invoices.model import InvoiceDocument, MediaType
from kasstroom_documents.ubl_paths import nodes, texts

_ATTACHED = "cac:Attachment/cbc:EmbeddedDocumentBinaryObject"
_NAMES = f"cbc:ID | cbc:DocumentType | cbc:DocumentDescription | {_ATTACHED}/@filename"
_TYPES = frozenset({"commercialinvoice", "primaryimage"})
_WORDS = re.compile("factuur|faktuer|invoice|rechnung|facture|credit", re.IGNORECASE)
_NOT_AT_ALL = 3


def document_of(root: etree._Element, number: str, content: bytes) -> InvoiceDocument | None:
    """None when neither can be kept: both are larger than a mail carries."""
    references = nodes(root, f"cac:AdditionalDocumentReference[{_ATTACHED}]")
    for reference in sorted(references, key=lambda one: _distance(one, number)):
        if _distance(reference, number) < _NOT_AT_ALL and (found := _picture(reference)):
            return found
    return as_document(MediaType.XML, content)


def _distance(reference: etree._Element, number: str) -> int:
    """How far its names are from saying "this is the invoice"."""
    names = [name.strip() for name in texts(reference, _NAMES)]
    if any(name.replace(" ", "").lower() in _TYPES for name in names):
        return 0
    if any(number in name for name in names):
        return 1
    return 2 if any(_WORDS.search(name) for name in names) else _NOT_AT_ALL


def _picture(reference: etree._Element) -> InvoiceDocument | None:
    node = nodes(reference, _ATTACHED)[0]
    media_type = (node.get("mimeCode") or "").strip().lower()
    if media_type != MediaType.PDF:
        return None
    text = "".join((node.text or "").split())
    # Four characters hold three bytes.
    if len(text) > LARGEST_BYTES * 4 // 3 + 4:
        return None
    try:
        return as_document(MediaType.PDF, b64decode(text, validate=True))
    except Error:
        return None
