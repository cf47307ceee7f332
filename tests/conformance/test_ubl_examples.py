"""Official example documents: what the rules call valid comes in as it stands in the XML."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom.invoices.model import DocumentKind
from kasstroom.money import Money
from kasstroom_documents.reader import read
from tests.ubl import DATA, EXPECTED, OTHERS, RESPONSE, RESPONSES, VALID, here

CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def test_the_examples_are_here():
    here()
    kinds = Counter(verdict["root"] for verdict in EXPECTED.values())
    assert kinds == {"Invoice": 122, "CreditNote": 9, RESPONSE: 9}
    assert len(VALID) >= 100


@pytest.mark.parametrize("name", VALID)
def test_a_valid_document_comes_in_as_it_stands(name):
    content = (DATA / name).read_bytes()
    (found,) = read(name, content)
    assert isinstance(found, ParsedInvoice), found
    root = ElementTree.fromstring(content)
    assert found.number == _line(root.findtext(f"{CBC}ID"))
    assert found.debtor.name == _customer_name(root)
    assert found.issued_on == date.fromisoformat(root.findtext(f"{CBC}IssueDate").strip())
    assert found.due_on == _due_on(root)
    assert found.amount.currency == root.findtext(f"{CBC}DocumentCurrencyCode").strip()
    assert found.amount.decimal == _payable(root)
    assert found.kind is _kind(root, found.amount)
    assert _numbers(found) >= _stated_numbers(root)


@pytest.mark.parametrize("name", OTHERS)
def test_an_invalid_document_comes_in_or_says_what_is_wrong(name):
    try:
        (found,) = read(name, (DATA / name).read_bytes())
    except Refused as error:
        assert error.detail
    else:
        assert isinstance(found, ParsedInvoice) or (found.code and found.reason)


@pytest.mark.parametrize("name", RESPONSES)
def test_an_answer_to_an_invoice_is_no_invoice(name):
    with pytest.raises(Refused) as caught:
        read(name, (DATA / name).read_bytes())
    assert caught.value.code == "not_ubl"


def test_how_many_come_in():
    here()
    outcomes = Counter(
        one.code if isinstance(one, RowProblem) else "in"
        for name in VALID + OTHERS
        for one in read(name, (DATA / name).read_bytes())
    )
    assert outcomes == {"in": 128, "type_contradicts_document": 3}


def test_extensions_do_not_stand_in_the_way():
    here()
    (account,) = _one("si-ubl-2.0-ext-gaccount_ok_sample.xml")
    (energy,) = _one("20220822_SEeF_3.1_-_Voorbeeldfactuur_001_-_levering.xml")
    assert (account.amount, account.payment_reference) == (Money(77198), "PGR12345")
    assert (energy.amount, energy.number) == (Money(160778), "F201912345")


def _one(file: str) -> list[ParsedInvoice | RowProblem]:
    (path,) = DATA.glob(f"examples/*/{file}")
    return list(read(file, path.read_bytes()))


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _party(root: ElementTree.Element) -> ElementTree.Element:
    return root.find(f"{CAC}AccountingCustomerParty/{CAC}Party")


def _customer_name(root: ElementTree.Element) -> str:
    party = _party(root)
    legal = party.findtext(f"{CAC}PartyLegalEntity/{CBC}RegistrationName")
    return _line(legal or party.findtext(f"{CAC}PartyName/{CBC}Name"))


def _due_on(root: ElementTree.Element) -> date | None:
    text = root.findtext(f"{CBC}DueDate") or root.findtext(f"{CAC}PaymentMeans/{CBC}PaymentDueDate")
    return date.fromisoformat(text.strip()) if text else None


def _payable(root: ElementTree.Element) -> Decimal:
    payable = Decimal(root.findtext(f"{CAC}LegalMonetaryTotal/{CBC}PayableAmount").strip())
    return -payable if root.tag.endswith("}CreditNote") else payable


def _kind(root: ElementTree.Element, amount: Money) -> DocumentKind:
    gives_back = amount.minor < 0 or (not amount and root.tag.endswith("}CreditNote"))
    return DocumentKind.CREDIT_NOTE if gives_back else DocumentKind.INVOICE


def _numbers(found: ParsedInvoice) -> set[str]:
    return {identifier.value.split(":")[-1] for identifier in found.debtor.identifiers}


def _stated_numbers(root: ElementTree.Element) -> set[str]:
    party = _party(root)
    stated = [
        *party.findall(f"{CAC}PartyLegalEntity/{CBC}CompanyID"),
        *party.findall(f"{CAC}PartyIdentification/{CBC}ID"),
        *(e for e in party.findall(f"{CBC}EndpointID") if e.get("schemeID") != "EM"),
    ]
    texts = ((element.text or "") for element in stated)
    return {"".join(t.split()).replace(".", "").upper() for t in texts if t.strip()}
