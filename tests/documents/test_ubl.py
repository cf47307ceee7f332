"""What a UBL document says, and what it must not be taken to say."""

from __future__ import annotations

from datetime import date

import pytest

from kasstroom.debtors.model import Address, DebtorKind, Identifier, IdentifierScheme
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom.invoices.model import DocumentKind
from kasstroom.money import Money
from kasstroom_documents.reader import read

from .ubl_text import document, payable

INVOICE, CREDIT_NOTE = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE
NAMED = (
    "<cac:PartyLegalEntity><cbc:RegistrationName>X</cbc:RegistrationName>{}</cac:PartyLegalEntity>"
)


def read_one(**parts: str) -> ParsedInvoice:
    (found,) = read("f.xml", document(**parts))
    assert isinstance(found, ParsedInvoice), found
    return found


def problem(**parts: str) -> RowProblem:
    (found,) = read("f.xml", document(**parts))
    assert isinstance(found, RowProblem), found
    assert found.position == "f.xml"
    return found


def test_a_plain_invoice():
    found = read_one(more="<cbc:DueDate>2026-08-31</cbc:DueDate>")
    assert (found.number, found.kind, found.amount) == ("F-1", INVOICE, Money(41230))
    assert (found.issued_on, found.due_on) == (date(2026, 8, 1), date(2026, 8, 31))
    assert found.debtor.name == "Daniëls B.V."
    assert found.debtor.address == Address("Hoofdstraat", "25-1a", "2011 DM", "Haarlem", "NL")
    assert found.debtor.identifiers == (Identifier(IdentifierScheme.KVK, "99000011"),)
    assert found.debtor.contact.whatsapp_opt_in_at is None


@pytest.mark.parametrize(
    ("root", "amount", "kind", "minor"),
    [
        ("Invoice", "100.00", INVOICE, 10000),
        ("Invoice", "-100.00", CREDIT_NOTE, -10000),
        ("CreditNote", "100.00", CREDIT_NOTE, -10000),
        ("CreditNote", "-100.00", INVOICE, 10000),
        ("Invoice", "0.00", INVOICE, 0),
        ("CreditNote", "-0.00", CREDIT_NOTE, 0),
        ("Invoice", "1000.0000", INVOICE, 100000),
        ("Invoice", "+7", INVOICE, 700),
        ("Invoice", ".5", INVOICE, 50),
    ],
)
def test_the_sign_decides_what_is_claimed(root, amount, kind, minor):
    found = read_one(root=root, payable=payable(amount))
    assert (found.kind, found.amount) == (kind, Money(minor))


def test_currencies_keep_their_own_decimals():
    def head(currency: str) -> str:
        return (
            "<cbc:ID>1</cbc:ID><cbc:IssueDate>2026-08-01</cbc:IssueDate>"
            f"<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>"
        )

    yen = read_one(head=head("JPY"), payable=payable("1500.00", "JPY"))
    assert yen.amount == Money(1500, "JPY")
    dinar = read_one(head=head("KWD"), payable=payable("1.005", "KWD"))
    assert dinar.amount == Money(1005, "KWD")
    assert problem(head=head("JPY"), payable=payable("1.5", "JPY")).code == "too_many_decimals"
    assert problem(head=head("QQQ"), payable=payable("1", "QQQ")).code == "unknown_currency"


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (payable("1000.005"), "too_many_decimals"),
        (payable("10.00", "USD"), "currency_mismatch"),
        ("<cbc:PayableAmount>10.00</cbc:PayableAmount>", "currency_mismatch"),
        (payable("1e3"), "invalid_amount"),
        (payable("12,50"), "invalid_amount"),
        (payable("NaN"), "invalid_amount"),
        (payable("9" * 20), "invalid_amount"),
        ("", "missing_element"),
    ],
)
def test_an_amount_that_cannot_be_booked_is_a_problem(amount, code):
    found = problem(payable=amount)
    assert (found.code, found.number) == (code, "F-1")


@pytest.mark.parametrize("element", ["cbc:ID", "cbc:IssueDate", "cbc:DocumentCurrencyCode"])
def test_a_missing_element_is_named(element):
    head = {
        "cbc:ID": "<cbc:ID>F-1</cbc:ID>",
        "cbc:IssueDate": "<cbc:IssueDate>2026-08-01</cbc:IssueDate>",
        "cbc:DocumentCurrencyCode": "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>",
    }
    del head[element]
    found = problem(head="".join(head.values()))
    assert found.code == "missing_element"
    assert element in found.reason


def test_a_customer_without_a_name_is_a_problem():
    found = problem(customer='<cbc:EndpointID schemeID="0106">99000011</cbc:EndpointID>')
    assert found.code == "missing_element"
    assert "cbc:RegistrationName" in found.reason


@pytest.mark.parametrize("text", ["2026-02-30", "31-08-2026", "20260831", "0026-08-31", "morgen"])
def test_a_day_that_does_not_exist_is_a_problem(text):
    assert problem(more=f"<cbc:DueDate>{text}</cbc:DueDate>").code == "invalid_date"


def test_a_day_may_carry_an_offset():
    found = read_one(more="<cbc:DueDate>2026-08-31+02:00</cbc:DueDate>")
    assert found.due_on == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("root", "code", "expected"),
    [
        ("Invoice", "381", "type_contradicts_document"),
        ("CreditNote", "380", "type_contradicts_document"),
        ("Invoice", "325", "no_claim"),
    ],
)
def test_a_type_code_that_contradicts_is_not_guessed_at(root, code, expected):
    element = f"<cbc:{root}TypeCode>{code}</cbc:{root}TypeCode>"
    assert problem(root=root, more=element).code == expected


def test_a_credit_note_refers_and_falls_due_in_its_own_way():
    reference = (
        "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{}</cbc:ID>"
        "</cac:InvoiceDocumentReference></cac:BillingReference>"
    )
    means = (
        "<cac:PaymentMeans><cbc:PaymentDueDate>2026-09-01</cbc:PaymentDueDate>"
        "<cbc:PaymentID> </cbc:PaymentID><cbc:PaymentID>RF18 5390</cbc:PaymentID>"
        "</cac:PaymentMeans>"
    )
    one = read_one(root="CreditNote", more=reference.format("F-0"), means=means)
    assert (one.credits_invoice, one.due_on) == ("F-0", date(2026, 9, 1))
    assert one.payment_reference == "RF18 5390"
    two = read_one(root="CreditNote", more=reference.format("F-0") + reference.format("F-9"))
    assert two.credits_invoice == ""
    assert read_one(more=reference.format("F-0")).credits_invoice == ""


def test_order_number_or_else_buyer_reference():
    buyer = "<cbc:BuyerReference>Inkoop 7</cbc:BuyerReference>"
    order = "<cac:OrderReference><cbc:ID>{}</cbc:ID></cac:OrderReference>"
    assert read_one(more=buyer + order.format("PO-1")).purchase_order == "PO-1"
    assert read_one(more=buyer + order.format("NA")).purchase_order == "Inkoop 7"


def test_identifiers_stand_in_order_of_trust_in_one_spelling():
    customer = (
        '<cbc:EndpointID schemeID="0007">55 66</cbc:EndpointID>'
        "<cac:PartyIdentification><cbc:ID>k-10202</cbc:ID></cac:PartyIdentification>"
        '<cac:PartyIdentification><cbc:ID schemeID="0088">8712345000004</cbc:ID>'
        "</cac:PartyIdentification>"
        "<cac:PartyTaxScheme><cbc:CompanyID>nl 1234.56.789.b01</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
        "<cac:PartyTaxScheme><cbc:CompanyID>F-SKATT</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
        + NAMED.format('<cbc:CompanyID schemeID="0106">9900.0011</cbc:CompanyID>')
    )
    found = [f"{i.scheme}={i.value}" for i in read_one(customer=customer).debtor.identifiers]
    assert found == [
        "kvk=99000011",
        "vat=NL123456789B01",
        "gln=8712345000004",
        "peppol=0007:5566",
        "other=K-10202",
    ]


def test_a_number_that_cannot_be_a_kvk_number_never_matches_as_one():
    customer = NAMED.format('<cbc:CompanyID schemeID="0106">1234</cbc:CompanyID>')
    (found,) = read_one(customer=customer).debtor.identifiers
    assert found == Identifier(IdentifierScheme.OTHER, "0106:1234")


def test_a_buyer_without_any_number_is_protected_as_a_consumer():
    mail = '<cbc:EndpointID schemeID="EM">jan@jansen.example</cbc:EndpointID>'
    debtor = read_one(customer=mail + NAMED.format("")).debtor
    assert (debtor.kind, debtor.identifiers) == (DebtorKind.CONSUMER, ())
    assert debtor.contact.email == "jan@jansen.example"
    assert read_one().debtor.kind is DebtorKind.COMPANY


def test_a_text_the_books_cannot_hold_is_refused_not_cut():
    head = (
        f"<cbc:ID>{'9' * 61}</cbc:ID><cbc:IssueDate>2026-08-01</cbc:IssueDate>"
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
    )
    assert problem(head=head).code == "too_long"
