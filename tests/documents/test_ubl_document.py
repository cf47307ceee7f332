"""The picture of an invoice inside its UBL, and what is not taken for one."""

from __future__ import annotations

from base64 import b64encode

import pytest

from kasstroom.invoices.model import MediaType
from kasstroom_documents.limits import Limits
from kasstroom_documents.ubl import read_document
from tests.documents.ubl_text import document
from tests.shared import shared

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"


def packed(
    id="F-1",
    content=PDF,
    *,
    kind="",
    described="",
    filename="a.pdf",
    mime="application/pdf",
    raw="",
):
    text = raw or b64encode(content).decode()
    type_ = f"<cbc:DocumentType>{kind}</cbc:DocumentType>" if kind else ""
    said = f"<cbc:DocumentDescription>{described}</cbc:DocumentDescription>" if described else ""
    return f"""<cac:AdditionalDocumentReference><cbc:ID>{id}</cbc:ID>{type_}{said}<cac:Attachment>
<cbc:EmbeddedDocumentBinaryObject mimeCode="{mime}" filename="{filename}">{text}
</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"""


def found(*more):
    return read_document("a.xml", document(more="".join(more)), Limits()).document


@pytest.mark.parametrize(
    "reference",
    [
        packed("F-1"), packed("7", kind="CommercialInvoice"), packed("7", kind="PrimaryImage"),
        packed("7", described="Commercial invoice"), packed("7", filename="Factuur.pdf"),
        packed("7", described="Rechnung als PDF"), packed("7", filename="inv_F-1_kopie.pdf"),
    ],
)  # fmt: skip
def test_what_says_that_it_is_the_invoice_is_taken(reference):
    assert (found(reference).media_type, found(reference).content) == (MediaType.PDF, PDF)


@pytest.mark.parametrize(
    "reference",
    [
        packed("Time report 1", described="Uren augustus"),
        packed(content=b"MZ not a pdf"),
        packed(mime="image/png"),
        packed(raw="@@@not base64@@@"),
        packed(content=b"%PDF-1.7 broken off"),
        "<cac:AdditionalDocumentReference><cbc:ID>F-1</cbc:ID></cac:AdditionalDocumentReference>",
    ],
)
def test_anything_else_leaves_the_ubl_itself(reference):
    assert found(reference).media_type is MediaType.XML
    assert found(reference).content == document(more=reference)


def test_of_several_the_one_whose_type_says_so_is_taken():
    other = PDF + b"%%EOF"
    assert found(packed("F-1 uren"), packed("9", other, kind="CommercialInvoice")).content == other
    assert (
        found(packed("F-1", b"no pdf"), packed("9", other, filename="factuur.pdf")).content == other
    )


def test_what_no_mail_carries_is_not_kept():
    large = b"%PDF-1.7" + b" " * 5_000_001 + b"%%EOF"
    assert found(packed(content=large)) is None


def test_the_facts_of_the_invoice_do_not_depend_on_it():
    plain = read_document("a.xml", document(), Limits())
    assert plain == read_document("a.xml", document(more=packed()), Limits())
    assert plain.document.content == document()


def test_the_official_example_s_timesheet_is_not_its_invoice():
    path = shared("data/ubl/examples/en16931/Invoice-Max_content.xml")
    kept = read_document("a.xml", path.read_bytes(), Limits()).document
    assert kept.media_type is MediaType.XML
