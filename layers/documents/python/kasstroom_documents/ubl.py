"""UBL 2.1 Invoice and CreditNote (EN 16931 / NLCIUS / Peppol BIS) as a parsed invoice.

Signs: an Invoice claims its PayableAmount, a CreditNote gives its PayableAmount back. The books
keep one sign, so a credit note's amount is turned round; what remains negative is a credit note
and what remains positive a claim, whatever the document is called. A negative Invoice is therefore
a credit note, and a negative CreditNote (a credit taken back) an invoice. Zero keeps its own name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom.invoices.model import DocumentKind
from kasstroom.money import Money
from kasstroom_documents import safe_xml
from kasstroom_documents.amounts import exact_money
from kasstroom_documents.dates import xsd_day
from kasstroom_documents.limits import Limits
from kasstroom_documents.text import MAX_NUMBER, MAX_REFERENCE, bounded, clean, shown
from kasstroom_documents.ubl_customer import customer
from kasstroom_documents.ubl_document import document_of
from kasstroom_documents.ubl_paths import first_text, required, texts

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_KINDS = {
    f"{{{_UBL}Invoice-2}}Invoice": DocumentKind.INVOICE,
    f"{{{_UBL}CreditNote-2}}CreditNote": DocumentKind.CREDIT_NOTE,
}
_HINTS = {
    "ApplicationResponse": "It is an answer to an invoice, not an invoice.",
    "CrossIndustryInvoice": "It is a CII invoice (ZUGFeRD, Factur-X); ask for UBL 2.1.",
    "StandardBusinessDocument": "It is a Peppol envelope; send the invoice inside it.",
    "Document": "Of ISO 20022 only camt.052, camt.053 and camt.054 are read.",
}
# UNTDID 1001 as EN 16931 divides it (BR-CL-01): these type codes mean a credit note ...
_CREDIT_CODES = frozenset("81 83 261 262 296 308 381 396 420 458 502 503 532".split())
# ... these mean an invoice inside a CreditNote, ...
_INVOICE_CODES = frozenset("80 82 84 380 382 383 384 386 388 389 393 395 575 623 780".split())
# ... and these are no claim at all (pro forma).
_NO_CLAIM_CODES = frozenset({"325"})
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")


def read_document(position: str, content: bytes, limits: Limits) -> ParsedInvoice | RowProblem:
    """One document; `Refused` when it is no UBL, a problem when a field of it cannot be used."""
    root = safe_xml.parse(content, limits)
    kind = _KINDS.get(root.tag)
    if kind is None:
        raise _not_ubl(root)
    try:
        found = _invoice(position, root, kind)
        return replace(found, document=document_of(root, found.number, content))
    except Refused as error:
        number = clean(first_text(root, "cbc:ID"))[:MAX_NUMBER]
        return RowProblem(position, error.code, error.detail, number)


def _invoice(position: str, root: etree._Element, kind: DocumentKind) -> ParsedInvoice:
    number = bounded(required(root, "cbc:ID"), MAX_NUMBER, "The invoice number (cbc:ID)")
    _check_type_code(root, kind)
    amount = _amount(root, kind)
    kind = _kind(amount, kind)
    return ParsedInvoice(
        position=position,
        number=number,
        kind=kind,
        debtor=customer(root),
        issued_on=xsd_day(required(root, "cbc:IssueDate"), "cbc:IssueDate"),
        due_on=_due_on(root),
        amount=amount,
        payment_reference=_reference(root, "cac:PaymentMeans/cbc:PaymentID"),
        purchase_order=_purchase_order(root),
        credits_invoice=_credited(root) if kind is DocumentKind.CREDIT_NOTE else "",
    )


def _amount(root: etree._Element, kind: DocumentKind) -> Money:
    currency = clean(required(root, "cbc:DocumentCurrencyCode")).upper()
    path = "cac:LegalMonetaryTotal/cbc:PayableAmount"
    payable = clean(required(root, path))
    named = clean(first_text(root, f"{path}/@currencyID")).upper()
    if named != currency:
        raise Refused(
            "currency_mismatch",
            f"{path} has currencyID {shown(named)} but cbc:DocumentCurrencyCode is "
            f"{shown(currency)}; both must name the same currency.",
        )
    if not _DECIMAL.match(payable) or len(payable) > 30:
        raise Refused("invalid_amount", f"{path} {shown(payable)} is not an amount such as 412.30.")
    money = exact_money(Decimal(payable), currency)
    return -money if kind is DocumentKind.CREDIT_NOTE else money


def _kind(amount: Money, kind: DocumentKind) -> DocumentKind:
    if not amount:
        return kind
    return DocumentKind.CREDIT_NOTE if amount.minor < 0 else DocumentKind.INVOICE


def _check_type_code(root: etree._Element, kind: DocumentKind) -> None:
    """A code that contradicts the document is not guessed at: its sign would be a coin's toss."""
    code = clean(first_text(root, "cbc:InvoiceTypeCode | cbc:CreditNoteTypeCode"))
    wrong = _CREDIT_CODES if kind is DocumentKind.INVOICE else _INVOICE_CODES
    if code in wrong:
        raise Refused(
            "type_contradicts_document",
            f"Type code {code} does not fit a UBL {etree.QName(root).localname}; "
            "send a credit note as CreditNote (381) and an invoice as Invoice (380).",
        )
    if code in _NO_CLAIM_CODES:
        raise Refused("no_claim", f"Type code {code} is a pro forma invoice: nothing is owed yet.")


def _due_on(root: etree._Element):
    for path in ("cbc:DueDate", "cac:PaymentMeans/cbc:PaymentDueDate"):
        if text := clean(first_text(root, path)):
            return xsd_day(text, path)
    return None


def _reference(root: etree._Element, path: str) -> str:
    return bounded(first_text(root, path), MAX_REFERENCE, path)


def _purchase_order(root: etree._Element) -> str:
    # Peppol BIS: "NA" stands in for an order number when only the seller's is known.
    order = _reference(root, "cac:OrderReference/cbc:ID")
    return order if order and order != "NA" else _reference(root, "cbc:BuyerReference")


def _credited(root: etree._Element) -> str:
    """The one invoice this credits; a credit note over several invoices names none of them."""
    path = "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
    named = {clean(text) for text in texts(root, path)}
    return bounded(named.pop(), MAX_NUMBER, path) if len(named) == 1 else ""


def _not_ubl(root: etree._Element) -> Refused:
    name = etree.QName(root)
    found = f"{name.localname} in namespace {shown(name.namespace, 100)}"
    hint = _HINTS.get(name.localname, "")
    return Refused(
        "not_ubl", f"Expected a UBL 2.1 Invoice or CreditNote, found {found[:200]}. {hint}".strip()
    )
