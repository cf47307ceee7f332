"""Zips of documents: everything readable comes in, nothing unsafe is unpacked."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom_documents.reader import Limits, read

from .test_unsafe_files import BOMB
from .ubl_text import document


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def refused(content: bytes, **limits: int) -> str:
    with pytest.raises(Refused) as caught:
        read("facturen.zip", content, limits=Limits(**limits))
    return caught.value.code


def outcomes(content: bytes, **limits: int) -> dict[str, str]:
    found = read("facturen.zip", content, limits=Limits(**limits))
    return {o.position: o.code if isinstance(o, RowProblem) else o.number for o in found}


def test_one_bad_document_does_not_stop_the_rest():
    found = outcomes(
        zipped(
            {
                "a.xml": document(),
                "2026/juli/b.XML": document(root="CreditNote"),
                "2026/kapot.xml": document()[:300],
                "2026/bom.xml": document(prolog=BOMB),
                "2026/order.xml": document(root="Order"),
                "2026/bijlage.pdf": b"%PDF-1.7",
                "lijst.csv": b"naam;bedrag",
                "binnen.zip": zipped({"c.xml": document()}),
                "zonder-naam": document(),
                "__MACOSX/2026/._a.xml": b"\0\5",
                "2026/.DS_Store": b"\0",
                "Thumbs.db": b"\0",
                "leeg/": b"",
            }
        )
    )
    assert found == {
        "a.xml": "F-1",
        "2026/juli/b.XML": "F-1",
        "2026/kapot.xml": "malformed_xml",
        "2026/bom.xml": "doctype_not_allowed",
        "2026/order.xml": "not_ubl",
        "2026/bijlage.pdf": "not_xml",
        "lijst.csv": "not_xml",
        "binnen.zip": "not_xml",
        "zonder-naam": "F-1",
    }


def test_a_zip_bomb_is_refused_before_unpacking():
    assert refused(zipped({"a.xml": b"<" + b" " * 9_000_000})) == "zip_bomb"
    many = {f"{i}.xml": bytes([65 + i]) * 1_000_000 for i in range(20)}
    assert refused(zipped(many), max_unpacked_bytes=15_000_000) == "zip_too_large"


def test_a_size_that_lies_unpacks_no_further_than_it_says():
    packed = bytearray(zipped({"a.xml": document(more="<!--" + "x" * 500_000 + "-->")}))
    at = packed.rindex(b"PK\x01\x02")
    packed[at + 24 : at + 28] = struct.pack("<I", 1000)
    assert outcomes(bytes(packed))["a.xml"] in {"malformed_zip_entry", "malformed_xml"}


def test_too_many_entries_are_refused_before_the_directory_is_read():
    many = zipped({f"{i}.xml": b"" for i in range(51)})
    assert refused(many, max_entries=50) == "too_many_entries"


def test_a_password_is_refused():
    packed = bytearray(zipped({"a.xml": document()}))
    for mark, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + flags_at] |= 1
    assert refused(bytes(packed)) == "zip_encrypted"


def test_a_large_document_inside_a_zip_is_its_own_problem():
    large = zipped({"groot.xml": document(more="<!--" + "x" * 5000 + "-->"), "b.xml": document()})
    found = outcomes(large, max_document_bytes=4000)
    assert found == {"groot.xml": "document_too_large", "b.xml": "F-1"}


def test_compression_that_cannot_be_measured_is_a_problem():
    packed = zipped({"a.xml": document()}, zipfile.ZIP_BZIP2)
    assert outcomes(packed) == {"a.xml": "unsupported_compression"}


def test_damage_to_one_file_is_told_at_that_file():
    packed = bytearray(zipped({"a.xml": document(), "b.xml": document()}))
    packed[60:80] = b"\xff" * 20
    found = outcomes(bytes(packed))
    assert found["a.xml"] == "malformed_zip_entry"
    assert found["b.xml"] == "F-1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({}), "empty_zip"),
        (zipped({"__MACOSX/._a.xml": b"x"}), "empty_zip"),
        (zipped({"a.xml": document()})[:-30], "malformed_zip"),
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "spreadsheet"),
    ],
)
def test_a_zip_that_holds_no_documents_is_refused(content, code):
    assert refused(content) == code


def test_names_are_shown_and_never_followed():
    found = outcomes(zipped({"..\\..\\etc\\a.xml": document(), "b\u202e\x07.xml": document()}))
    assert found == {"../../etc/a.xml": "F-1", "b.xml": "F-1"}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_zip_is_read_or_refused(data):
    packed = bytearray(zipped({"a.xml": document(), "b/c.xml": document()}))
    for _ in range(data.draw(st.integers(1, 6))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = list(read("f.zip", bytes(packed)))
        except Refused as error:
            assert error.code
        else:
            assert all(isinstance(one, ParsedInvoice | RowProblem) for one in found)
