"""The direct debit file: what the bank's schema says, what it adds up to, and its characters."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kasstroom.errors import Refused
from kasstroom.mandates.collection import Collection, CollectionLine, Creditor, LineState
from kasstroom.mandates.model import Scheme, SequenceType
from kasstroom.mandates.terms import CollectPer, FileFormat
from kasstroom.money import Money
from kasstroom_documents.pain008 import pain_008, remittance, sepa_text
from tests.collecting import CREDITOR_ID

DAY = date(2026, 9, 15)
CREDITOR = Creditor("Café Van Dijk & Zn. B.V.", CREDITOR_ID, "NL91ABNA0417164300", "")
COLLECTION = Collection(
    "vandijk", "col_01M1DZPW00APNGSAGP3704BK9B", Scheme.CORE, CollectPer.INVOICE, DAY, DAY,
    datetime(2026, 9, 1, 8, tzinfo=UTC), "anna", creditor=CREDITOR,
    exported_at=datetime(2026, 9, 14, 7, 30, tzinfo=UTC),
)  # fmt: skip
SEPA = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*\Z")


def line(nth, minor, *, sequence=SequenceType.RECURRENT, **facts):
    made = CollectionLine(
        "vandijk", COLLECTION.id, f"{COLLECTION.message_id}-{nth:05d}", "D1", "mnd_1",
        (f"F-2026-{nth:04d}",), Money(minor), date(2026, 9, 1), DAY, LineState.COLLECTING,
        mandate_reference="M-5407", signed_on=date(2026, 8, 15), holder="Müller & Söhne GmbH",
        iban="NL53KNAB0730699660", sequence=sequence,
    )  # fmt: skip
    return replace(made, **facts)


def read(content):
    return etree.fromstring(content)


def texts(root, path):
    return [e.text for e in root.iterfind(".//" + "/".join(f"{{*}}{p}" for p in path.split("/")))]


def test_the_file_says_who_collects_what_of_whom_and_when():
    root = read(pain_008(COLLECTION, [line(1, 569936, sequence=SequenceType.FIRST)]))
    assert root.tag == "{urn:iso:std:iso:20022:tech:xsd:pain.008.001.08}Document"
    expected = {
        "GrpHdr/MsgId": "KS01M1DZPW00APNGSAGP3704BK9B",
        "GrpHdr/CreDtTm": "2026-09-14T09:30:00",
        "PmtInf/PmtInfId": "KS01M1DZPW00APNGSAGP3704BK9B-FRST",
        "PmtInf/PmtMtd": "DD",
        "PmtInf/BtchBookg": "true",
        "PmtTpInf/LclInstrm/Cd": "CORE",
        "PmtTpInf/SeqTp": "FRST",
        "PmtInf/ReqdColltnDt": "2026-09-15",
        "PmtInf/Cdtr/Nm": "Cafe Van Dijk + Zn. B.V.",
        "CdtrAcct/Id/IBAN": "NL91ABNA0417164300",
        "CdtrSchmeId/Id/PrvtId/Othr/Id": CREDITOR_ID,
        "PmtId/EndToEndId": "KS01M1DZPW00APNGSAGP3704BK9B-00001",
        "InstdAmt": "5699.36",
        "MndtRltdInf/MndtId": "M-5407",
        "MndtRltdInf/DtOfSgntr": "2026-08-15",
        "DrctDbtTxInf/Dbtr/Nm": "Muller + Sohne GmbH",
        "DbtrAcct/Id/IBAN": "NL53KNAB0730699660",
        "RmtInf/Ustrd": "F-2026-0001",
    }
    assert {path: texts(root, path) for path in expected} == {
        path: [text] for path, text in expected.items()
    }


def test_each_sequence_is_a_batch_of_its_own_and_b2b_is_said():
    kinds = [SequenceType.FIRST, SequenceType.RECURRENT, SequenceType.RECURRENT]
    lines = [line(n, 100 * n, sequence=kind) for n, kind in enumerate(kinds, 1)]
    root = read(pain_008(replace(COLLECTION, scheme=Scheme.B2B), lines))
    assert texts(root, "PmtTpInf/SeqTp") == ["FRST", "RCUR"]
    assert texts(root, "PmtInf/CtrlSum") == ["1.00", "5.00"]
    assert texts(root, "GrpHdr/NbOfTxs") == ["3"]
    assert set(texts(root, "PmtTpInf/LclInstrm/Cd")) == {"B2B"}


def test_the_older_file_carries_our_bic():
    with_bic = replace(CREDITOR, bic="ABNANL2A")
    older = replace(COLLECTION, format=FileFormat.PAIN_008_02, creditor=with_bic)
    root = read(pain_008(older, [line(1, 100)]))
    assert root.tag.startswith("{urn:iso:std:iso:20022:tech:xsd:pain.008.001.02}")
    assert texts(root, "CdtrAgt/FinInstnId/BIC") == ["ABNANL2A"]


def test_the_same_lines_are_the_same_bytes():
    lines = [line(n, 100 * n) for n in range(1, 4)]
    assert pain_008(COLLECTION, lines) == pain_008(COLLECTION, lines)


def test_a_file_that_does_not_fit_the_schema_is_refused():
    with pytest.raises(Refused) as found:
        pain_008(COLLECTION, [line(1, 100, iban="no account")])
    assert found.value.code == "invalid_payment_file"


cents = st.integers(1, 99_999_999_999)
holders = st.text(min_size=1, max_size=90)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(cents, holders, st.sampled_from(SequenceType)), min_size=1, max_size=6))
def test_any_lines_fit_the_schema_and_add_up(given_lines):
    lines = [
        line(nth, minor, holder=holder, sequence=kind)
        for nth, (minor, holder, kind) in enumerate(given_lines, 1)
    ]
    root = read(pain_008(COLLECTION, lines))
    total = sum(minor for minor, _, _ in given_lines)
    assert texts(root, "GrpHdr/CtrlSum") == [Money(total).value]
    asked = dict(zip(texts(root, "PmtId/EndToEndId"), texts(root, "InstdAmt"), strict=True))
    assert asked == {one.id: one.amount.value for one in lines}
    names = texts(root, "DrctDbtTxInf/Dbtr/Nm")
    assert all(SEPA.match(name) and 1 <= len(name) <= 70 for name in names)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Ölçü Transport", "Olcu Transport"), ("Zorg & Welzijn", "Zorg + Welzijn"),
     ("Café 't Hoekje", "Cafe 't Hoekje"), ("a_b@c", "a-b(at)c"), ("// x //y/", "x /y"),
     ("a\nb\tc", "a b c"), ('"quoted"', "quoted")],
)  # fmt: skip
def test_names_are_in_characters_every_bank_reads(text, plain):
    assert sepa_text(text, 70) == plain


def test_a_text_that_is_too_long_keeps_whole_numbers():
    numbers = [f"F-2026-{n:05d}" for n in range(30)]
    text = remittance(numbers)
    assert len(text) <= 140 and text.endswith(" ...")
    assert all(part in numbers for part in text.removesuffix(" ...").split(", "))
    assert remittance(numbers[:2]) == "F-2026-00000, F-2026-00001"


@pytest.mark.parametrize("format", FileFormat)
def test_another_account_under_the_same_mandate_is_said(format):
    """It fits the schema (the writer checks), and is said of that line only."""
    of = replace(COLLECTION, format=format, creditor=replace(CREDITOR, bic="ABNANL2A"))
    root = read(pain_008(of, [line(1, 100), line(2, 200, tells_account=True)]))
    assert texts(root, "MndtRltdInf/AmdmntInd") == ["true"]
    assert texts(root, "AmdmntInfDtls/OrgnlDbtrAcct/Id/Othr/Id") == ["SMNDA"]
    (amended,) = root.iterfind(".//{*}AmdmntInd/../../../{*}PmtId/{*}EndToEndId")
    assert amended.text.endswith("-00002")
