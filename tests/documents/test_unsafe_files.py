"""Files that mean harm, or are simply not invoices: refused before anything is expanded."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom_documents.reader import Limits, read, sniff

from .ubl_text import UBL, document

BOMB = "<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10))
)


def refused(content: bytes, name: str = "f.xml", **limits: int) -> Refused:
    with pytest.raises(Refused) as caught:
        read(name, content, limits=Limits(**limits))
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_billion_laughs_is_refused_unexpanded(encoding):
    declaration = '<?xml version="1.0"?>'
    text = document(prolog=declaration + BOMB, head="<cbc:ID a='&a9;'>&a9;</cbc:ID>").decode()
    assert refused(text.encode(encoding)).code == "doctype_not_allowed"
    # The damage behind the DOCTYPE goes unnoticed: reading stopped before any entity was used.
    broken = text.replace("<cbc:ID", "<<broken")
    assert refused(broken.encode(encoding)).code == "doctype_not_allowed"


def test_an_external_entity_is_never_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("top-secret")
    for declared in (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE x SYSTEM "{secret.as_uri()}">',
        f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>',
    ):
        found = refused(document(prolog=declared, more="<cbc:Note>&e;</cbc:Note>"))
        assert found.code == "doctype_not_allowed"
        assert "top-secret" not in found.detail


def test_an_xinclude_stays_a_dead_letter(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("top-secret")
    include = (
        '<cbc:BuyerReference><i:include xmlns:i="http://www.w3.org/2001/XInclude" parse="text" '
        f'href="{secret.as_uri()}"/></cbc:BuyerReference>'
    )
    (found,) = read("f.xml", document(more=include))
    assert isinstance(found, ParsedInvoice)
    assert found.purchase_order == ""


def test_truncated_xml_tells_where_it_breaks_off():
    found = refused(document()[:-40])
    assert found.code == "malformed_xml"
    assert "line 9" in found.detail or "line 1" in found.detail
    assert "column" in found.detail


def test_damage_is_told_by_line_and_column():
    found = refused(b"<?xml version='1.0'?>\n<Invoice>\n  <a></b>\n</Invoice>")
    assert found.code == "malformed_xml"
    assert "line 3, column 10" in found.detail


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (document(namespace="urn:example:invoice"), "urn:example:invoice"),
        (document(root="Order"), "Order"),
        (document(namespace=f"{UBL}CreditNote-2"), "CreditNote-2"),
        (b"<html><body>hi</body></html>", "html"),
        (b'<ApplicationResponse xmlns="%s"/>' % f"{UBL}ApplicationResponse-2".encode(), "answer"),
        (b'<CrossIndustryInvoice xmlns="urn:un:cefact"/>', "CII"),
    ],
)
def test_other_xml_is_refused_by_what_it_is(content, told):
    found = refused(content)
    assert found.code == "not_ubl"
    assert told in found.detail


def test_fifty_megabytes_are_refused_unread():
    found = refused(b"<" + b" " * (50 * 1024 * 1024))
    assert found.code == "file_too_large"
    assert "50 MB" in found.detail
    assert "45 MB" in found.detail


def test_one_document_has_a_size_of_its_own():
    note = f"<cbc:Note>{'x' * 2000}</cbc:Note>"
    assert refused(document(more=note), max_document_bytes=2000).code == "document_too_large"


def test_depth_is_bounded():
    deep = document(more="<cbc:Note>" * 5000 + "</cbc:Note>" * 5000)
    assert refused(deep).code == "malformed_xml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n", "empty_file"),
        (b"%PDF-1.7 ...", "unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "unknown_format"),
        (b"a;b\0c;d", "not_text"),
        (b"naam;\x81\xff", "not_text"),
        (b"hello world", "missing_columns"),
    ],
)
def test_other_files_are_refused_with_a_reason(content, code):
    found = refused(content, "bestand")
    assert found.code == code
    assert found.detail


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (document(), "ubl"),
        (b"\xef\xbb\xbf" + document(), "ubl"),
        (document(prolog="").decode().encode("utf-16"), "ubl"),
        (document(prolog="").decode().strip().encode("utf-16-be"), "ubl"),
        (b"PK\x03\x04rest", "zip"),
        (b"naam;bedrag", "csv"),
        ("naam;bedrag".encode("utf-16"), "csv"),
    ],
)
def test_the_format_shows_in_the_bytes(content, expected):
    assert sniff("misleading.zip", content) == expected


def test_utf16_documents_come_in():
    (found,) = read("f.xml", document(prolog="").decode().strip().encode("utf-16"))
    assert isinstance(found, ParsedInvoice)
    assert found.debtor.name == "Daniëls B.V."


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([b"", b"<", b"<?xml ", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe", b"\xfe\xff"]),
    st.binary(max_size=400),
)
@example(b"PK\x05\x06", b"\xff" * 18)
def test_arbitrary_bytes_are_read_or_refused(start, rest):
    _read_or_refused(start + rest)


HEADER = b"debiteurnummer;naam;factuurnummer;factuurdatum;bedrag\n"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_rows_are_read_or_refused(rest):
    _read_or_refused(HEADER + rest)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=20))
def test_a_damaged_document_is_read_or_refused(at, length, put):
    content = document()
    _read_or_refused(content[:at] + put + content[at + length :])


def _read_or_refused(content: bytes) -> None:
    try:
        found = list(read("bestand", content))
    except Refused as error:
        assert error.code
        assert error.detail
    else:
        assert all(isinstance(one, ParsedInvoice | RowProblem) for one in found)
