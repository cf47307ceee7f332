"""MT940 as Dutch banks write it, and as it comes damaged."""

from __future__ import annotations

import io
import zipfile

import pytest

from kasstroom.bank.accepted import StatementFile
from kasstroom.bank.model import ReferenceKind, StatementFormat
from kasstroom.bank.quarantine import Quarantined
from kasstroom.imports.model import RowProblem
from kasstroom_documents.limits import Limits
from kasstroom_documents.mt940_details import details_of
from kasstroom_documents.reader import read, sniff
from tests.bank_files import Line, Paper, Part, camt, mt940, receipt

ONE = Paper((receipt(1_000, "R1"),))


def parsed(content: bytes):
    assert sniff("x", content) == "mt940"
    (file,) = read("afschrift.sta", content)
    return file.statements


def refusal(content: bytes, **limits) -> Quarantined:
    with pytest.raises(Quarantined) as caught:
        read("afschrift.sta", content, limits=Limits(**limits))
    return caught.value


def test_a_statement_is_read_with_its_lines():
    back = Line((Part(-500, returned="MS03", end_to_end="SDD-1"),), "B124")
    paper = Paper((receipt(1_000, "B123"), back))
    first, second = parsed(mt940(paper, paper.next()))
    assert (first.id, first.number, first.account) == ("S7", "7/1", paper.account)
    assert (first.opening.minor, first.closing.minor) == (100_000, 100_500)
    assert second.opening == first.closing and second.entries == ()
    paid, returned = first.entries
    assert (paid.position, paid.bank_reference, paid.amount.minor) == ("line 5", "B123", 1_000)
    transaction = paid.transactions[0]
    assert transaction.counterparty_name == "Jansen B.V."
    assert transaction.counterparty_iban == "NL53KNAB0730699660"
    assert transaction.text == "factuur F-1"
    found = returned.transactions[0]
    assert (found.return_reason, found.end_to_end_id, found.amount.minor) == ("MS03", "SDD-1", -500)


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (
            ["/TRTP/SEPA OVERBOEKING/IBAN/NL53KNAB0730699660/BIC/KNABNL2H/NAME/J JANS",
             "EN/REMI/FACT 2026/123/EREF/NOTPROVIDED"],
            {"name": "J JANSEN", "iban": "NL53KNAB0730699660", "text": "FACT 2026/123"},
        ),
        (
            ["/RTRN/MS03//EREF/20120501P0123478//MARF/MND-1//CSID/NL32ZZZ999999991234",
             "//CNTP/NL32INGB0000012345/INGBNL2A/ING BANK N.V. INZAKE WEB///REMI/USTD/",
             "/EV10001REP1000000T1000/"],
            {"return_reason": "MS03", "mandate_id": "MND-1", "name": "ING BANK N.V. INZAKE WEB",
             "text": "EV10001REP1000000T1000", "end_to_end_id": "20120501P0123478"},
        ),
        (
            ["/ORDP//NAME/FACTORING B.V./ULTD//NAME/DE MOLEN/REMI/STRD/CUR/5000056789012345/"],
            {"name": "FACTORING B.V.", "ultimate_name": "DE MOLEN",
             "reference": "5000056789012345", "reference_kind": ReferenceKind.BETALINGSKENMERK},
        ),
        (
            ["SEPA OVERBOEKING                 IBAN: NL53KNAB0730699660        ",
             "BIC: KNABNL2H                    NAAM: DE MOLEN B.V.             ",
             "OMSCHRIJVING: FACTUUR 12 EN 13   KENMERK: NOTPROVIDED"],
            {"name": "DE MOLEN B.V.", "iban": "NL53KNAB0730699660", "text": "FACTUUR 12 EN 13",
             "end_to_end_id": ""},
        ),
        (
            ["GIRO   428428 DE MOLEN           BETALINGSKENM.   50000567890123",
             "45                               BETREFT FACTUUR 12"],
            {"reference": "5000056789012345", "reference_kind": ReferenceKind.BETALINGSKENMERK},
        ),
        (["/REMI/STRD/ISO/RF18539007547034/"], {"reference": "RF18539007547034"}),
        (["betaling", "factuur 12"], {"text": "betaling factuur 12"}),
    ],
)  # fmt: skip
def test_what_dutch_banks_write_in_field_86(lines, facts):
    found = details_of(lines)
    assert {fact: getattr(found, fact) for fact in facts} == facts


def test_sns_puts_the_account_number_where_others_have_a_reference():
    text = (
        "{1:F01SNSBNL2AXXXX0000000000}{2:O940}{3:}{4:\n:20:0000000000\n:25:NL91ABNA0417164300\n"
        ":28C:160/1\n:60F:C260830EUR10,00\n:61:2608310831C5,00NIOBNL53KNAB0730699660\nde molen\n"
        ":86:NL53KNAB0730699660 de molen\n:62F:C260831EUR15,00\n-}{5:}\n"
    )
    (statement,) = parsed(text.encode())
    (transaction,) = statement.entries[0].transactions
    assert transaction.counterparty_iban == "NL53KNAB0730699660"
    assert (transaction.counterparty_name, transaction.end_to_end_id) == ("de molen", "")


@pytest.mark.parametrize(("mark", "minor"), [("RC", -500), ("RD", 500), ("D", -500), ("C", 500)])
def test_a_reversal_turns_its_sign(mark, minor):
    content = mt940(Paper((receipt(500, "R1"),))).replace(b"0831C5,00", f"0831{mark}5,00".encode())
    (statement,) = parsed(content)
    assert statement.entries[0].amount.minor == minor
    assert statement.entries[0].reversal is mark.startswith("R")


def test_lines_that_banks_break_or_frame_are_put_right():
    content = mt940(ONE).decode().replace(":28C:00007/00001", ":28C:00007\r\n\r\n/00001")
    framed = f"\x01\r\nABNANL2A\r\n940\r\nABNANL2A\r\n{content}\x03"
    (statement,) = parsed(framed.encode())
    assert statement.number == "7/1" and len(statement.entries) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_charsets_programs_use_are_understood(encoding):
    content = mt940(Paper((receipt(500, "R1", name="Café Zoë"),))).decode().encode(encoding)
    (statement,) = parsed(content)
    assert statement.entries[0].transactions[0].counterparty_name == "Café Zoë"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (mt940(ONE).decode().encode("utf-16-le"), 1),
        (mt940(ONE).replace(b"NOTPRO", b"NOT\x81PRO"), 6),
        (mt940(ONE).replace(b"NOTPRO", b"NOT\x07PRO"), 6),
        (mt940(ONE).replace(b"NOTPRO", "NOT\ufffdPRO".encode()), 6),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_line(content, line):
    error = refusal(content)
    assert (error.code, error.position) == ("wrong_charset", f"line {line}")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (":61:2608310831C10,00", ":61:2613310831C10,00", "invalid_line", 5),
        ("C10,00NTRF", "CtenNTRF", "invalid_line", 5),
        ("C10,00NTRF", "C1,0,0NTRF", "invalid_line", 5),
        (":60F:C260830", ":60F:C261330", "invalid_field", 4),
        (":28C:00007/00001", ":25:NL53KNAB0730699660", "field_repeated", 3),
        (":62F:", ":64:", "statement_cut_off", 1),
        (":25:NL91ABNA0417164300\r\n", "", "statement_cut_off", 1),
        ("EUR1010,00", "EUR1010,00\r\nwat is dit", "stray_line", 9),
        (":20:S7\r\n", "", "statement_cut_off", 1),
    ],
)
def test_damage_is_told_with_its_line(old, new, code, line):
    text = mt940(ONE).decode()
    assert old in text
    error = refusal(text.replace(old, new, 1).encode())
    assert (error.code, error.position) == (code, f"line {line}")


@pytest.mark.parametrize("kept", range(10, 210, 16))
def test_a_file_cut_off_before_its_closing_balance_is_never_half_read(kept):
    content = mt940(ONE)
    assert kept < content.index(b":62F:")
    assert refusal(content[:kept]).code


def test_what_is_too_large_or_too_long_is_refused():
    assert refusal(mt940(ONE), max_statement_bytes=50).code == "document_too_large"
    many = mt940(Paper(tuple(receipt(n + 1) for n in range(6))))
    assert refusal(many, max_rows=5).code == "too_many_lines"


def test_an_mt942_tells_during_the_day():
    text = (
        ":20:A1\n:25:NL91ABNA0417164300\n:28C:3/1\n:34F:EUR0,00\n:13D:2608311201+0200\n"
        ":61:2608310831C5,00NTRFNONREF//B77\n:86:factuur\n:90C:1EUR5,00\n"
    )
    (statement,) = parsed(text.encode())
    assert statement.format is StatementFormat.MT942
    assert (statement.opening, statement.closing) == (None, None)
    assert statement.entries[0].bank_reference == "B77"


def test_a_zip_holds_statements_and_a_bad_one_stops_nothing():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", camt(ONE))
        archive.writestr("b.sta", mt940(ONE))
        archive.writestr("c.sta", mt940(ONE)[:-40])
        archive.writestr("d.xml", camt(ONE)[:-30])
    found = list(read("bank.zip", packed.getvalue()))
    assert [type(item) for item in found] == [StatementFile, StatementFile, RowProblem, RowProblem]
    assert all(item.packed for item in found[:2])
    assert [(p.position, p.quarantined) for p in found[2:]] == [("c.sta", True), ("d.xml", True)]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("/TRTP/SEPA INCASSO ALGEMEEN BATCH/PREF/KS-1-FRST/NRTX/2", "KS-1-FRST/NRTX/2"),
        ("/PREF/NOTPROVIDED/REMI/USTD//totaal/", "totaal"),
        ("/EREF/E-1/PREF/KS-1/REMI/USTD//factuur 1/", "factuur 1"),
        ("/CNTP/NL53KNAB0730699660/KNABNL2H/Jansen///PREF/KS-1/REMI/USTD//factuur 1/", "factuur 1"),
    ],
)
def test_the_total_of_a_batch_keeps_its_name(told, text):
    assert details_of([told]).text == text
