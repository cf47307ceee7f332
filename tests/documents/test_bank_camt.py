"""camt messages as they come, and as somebody means harm with them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.bank.model import EntryStatus, ReferenceKind, StatementFormat
from kasstroom.bank.quarantine import Quarantined
from kasstroom_documents.limits import Limits
from kasstroom_documents.reader import read, sniff
from tests.bank_files import Line, Paper, Part, camt, receipt

ONE = Paper((receipt(1_000, "R1"),))


def parsed(content: bytes):
    (file,) = read("afschrift.xml", content)
    return file.statements


def refusal(content: bytes, **limits) -> Quarantined:
    with pytest.raises(Quarantined) as caught:
        read("afschrift.xml", content, limits=Limits(**limits))
    return caught.value


@pytest.mark.parametrize("version", ["02", "04", "08"])
@pytest.mark.parametrize("format", ["052", "053", "054"])
def test_every_message_in_every_version_says_the_same(format, version):
    paper = Paper((receipt(1_000, "R1"), Line((), "R2", 5, status="PDNG")), format=format)
    content = camt(paper, version=version)
    assert sniff("x", content) == "camt"
    (statement,) = parsed(content)
    first, second = statement.entries
    assert statement.format == StatementFormat(f"camt.{format}")
    assert (statement.id, statement.number, statement.account) == ("S7", "7", paper.account)
    assert (statement.opening.minor, statement.closing.minor) == (100_000, 101_000)
    assert (first.amount.minor, first.bank_reference, first.code) == (1_000, "R1", "PMNT/RCDT/ESCT")
    (transaction,) = first.transactions
    assert (transaction.counterparty_name, transaction.text) == ("Jansen B.V.", "factuur F-1")
    assert transaction.counterparty_iban == "NL53KNAB0730699660"
    assert (second.status, second.transactions) == (EntryStatus.PENDING, ())


@pytest.mark.parametrize("prefix", ["", "ns:"])
def test_the_namespace_and_its_prefix_do_not_matter(prefix):
    content = camt(ONE).decode().replace("camt.053.001.08", "camt.053.001.13")
    if prefix:
        content = content.replace("<", "<ns:").replace("<ns:/", "</ns:").replace("<ns:?", "<?")
        content = content.replace("xmlns=", "xmlns:ns=")
    (statement,) = parsed(content.encode())
    assert statement.entries[0].amount.minor == 1_000


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_the_declared_charset_is_followed(encoding):
    paper = Paper((receipt(1_000, "R1", name="Café Zoë"),))
    content = camt(paper).decode().replace("UTF-8", encoding)
    (statement,) = parsed(content.encode(encoding))
    assert statement.entries[0].transactions[0].counterparty_name == "Café Zoë"


def test_a_charset_that_is_not_the_declared_one_is_told_with_its_line():
    content = camt(Paper((receipt(1_000, "R1", name="Café Zoë"),)))
    error = refusal(content.decode().encode("cp1252"))
    assert error.code == "wrong_charset"
    assert "at line 26" in error.detail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_unexpanded_with_its_line(encoding):
    bomb = "\n<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>\n<Document".format(
        "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))
    )
    text = camt(ONE).decode().replace("<Document", bomb, 1).replace("factuur F-1", "&a11;")
    error = refusal(text.replace("UTF-8", encoding).encode(encoding))
    assert (error.code, error.position) == ("doctype_not_allowed", "line 3")


def test_an_external_entity_is_never_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("top-secret")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><Document'
    text = camt(ONE).decode().replace("<Document", doctype, 1).replace("factuur F-1", "&e;")
    error = refusal(text.encode())
    assert error.code == "doctype_not_allowed" and "top-secret" not in error.detail


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("10.00</Amt>", "10,00</Amt>", "invalid_amount", 14),
        ("10.00</Amt>", "-10.00</Amt>", "invalid_amount", 14),
        ("10.00</Amt>", "1e3</Amt>", "invalid_amount", 14),
        ("10.00</Amt>", "10.005</Amt>", "too_many_decimals", 14),
        ('Ccy="EUR">10.00', 'Ccy="XXZ">10.00', "unknown_currency", 14),
        ("<BookgDt><Dt>2026-08-31", "<BookgDt><Dt>2026-08-32", "invalid_date", 14),
        ("<Cd>BOOK</Cd>", "<Cd>MAYBE</Cd>", "unknown_status", 14),
        ("1000.00</Amt><CdtDbtInd>CRDT", "1000.00</Amt><CdtDbtInd>UP", "invalid_direction", 12),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(old, new, code, line):
    text = camt(ONE).decode()
    at = text.index(">10.00</Amt>") if old == "10.00</Amt>" else 0
    assert old in text
    changed = text[:at] + text[at:].replace(old, new, 1)
    error = refusal(changed.encode())
    assert (error.code, error.position) == (code, f"line {line}")


def test_a_file_that_breaks_off_is_told_with_its_line():
    error = refusal(camt(ONE)[:-120])
    assert error.code == "malformed_xml" and "line " in error.detail


def test_what_is_too_large_or_too_long_is_refused_before_it_is_read():
    assert refusal(camt(ONE), max_statement_bytes=500).code == "document_too_large"
    many = camt(Paper(tuple(receipt(n + 1) for n in range(6))))
    assert refusal(many, max_rows=5).code == "too_many_lines"


@pytest.mark.parametrize(
    ("text", "reference", "kind"),
    [
        ("Betalingskenmerk 6000 0265 6121 8214", "6000026561218214", "NL-BETALINGSKENMERK"),
        ("BETALINGSKENM.  5000056789012345 F-1", "5000056789012345", "NL-BETALINGSKENMERK"),
        ("betreft RF18 5390 0754 7034 dank", "RF18539007547034", "ISO11649"),
        ("RF19 5390 0754 7034", "", "NONE"),
        ("factuur 5000056789012345", "", "NONE"),
    ],
)
def test_a_reference_in_the_text_counts_when_it_is_announced_or_proves_itself(
    text, reference, kind
):
    (statement,) = parsed(camt(Paper((receipt(1_000, "R1", text=text),))))
    (transaction,) = statement.entries[0].transactions
    assert (transaction.reference, transaction.reference_kind) == (reference, ReferenceKind(kind))


MINOR = st.integers(1, 10**12).flatmap(lambda n: st.sampled_from([n, -n]))
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=140
)
PARTS = st.builds(
    Part, MINOR, TEXTS.map(lambda t: " ".join(t.split())[:70].strip()), text=TEXTS,
    end_to_end=st.from_regex(r"[A-Z0-9-]{1,35}", fullmatch=True),
    returned=st.sampled_from(["", "AC04"]),
)  # fmt: skip


@given(st.lists(st.tuples(PARTS, st.from_regex(r"[A-Z][0-9]{8,20}", fullmatch=True)), max_size=5))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back(lines):
    paper = Paper(tuple(Line((part,), reference) for part, reference in lines))
    (statement,) = parsed(camt(paper))
    assert statement.closing.minor - statement.opening.minor == sum(p.minor for p, _ in lines)
    for (part, reference), entry in zip(lines, statement.entries, strict=True):
        (found,) = entry.transactions
        assert entry.amount.minor == found.amount.minor == part.minor
        assert (entry.bank_reference, found.return_reason) == (reference, part.returned)
        assert found.counterparty_name == part.name
        assert found.text == " ".join(part.text.split())


TOTAL = Paper((Line((), "B1", 33_000, code="IDDT/ESDD", batch="KS-1"),))


def test_the_total_of_a_batch_keeps_the_name_it_went_to_the_bank_with():
    (entry,) = parsed(camt(TOTAL))[0].entries
    assert (entry.transactions, entry.text) == ((), "KS-1")
    both = camt(TOTAL).replace(b"</PmtInfId>", b"</PmtInfId><MsgId>KS-0</MsgId>")
    assert parsed(both)[0].entries[0].text == "KS-1 KS-0"


@pytest.mark.parametrize(
    ("details", "text"),
    [
        (b"<Refs><PmtInfId>KS-2</PmtInfId></Refs>", "KS-2"),
        (b"<Refs><MsgId>KS-0</MsgId><EndToEndId>NOTPROVIDED</EndToEndId></Refs>", "KS-0"),
        (b"<Refs><MsgId>KS-0</MsgId><EndToEndId>E-1</EndToEndId></Refs>", ""),
        (
            b"<Refs><MsgId>X</MsgId></Refs>"
            b"<RltdPties><Dbtr><Pty><Nm>Jansen</Nm></Pty></Dbtr></RltdPties>",
            "",
        ),
    ],
)
def test_details_that_name_nobody_stand_for_the_batch(details, text):
    plain = b"<Btch><PmtInfId>KS-1</PmtInfId></Btch>"
    content = camt(TOTAL).replace(plain, b"<TxDtls>" + details + b"</TxDtls>")
    (transaction,) = parsed(content)[0].entries[0].transactions
    assert transaction.text == text


def test_a_payer_is_never_taken_for_a_batch():
    """Banks that bundle the credits of a day name the bundle too."""
    line = Line((Part(1_000, text="factuur F-1"),), "B1", batch="9001234567")
    (entry,) = parsed(camt(Paper((line,))))[0].entries
    assert entry.transactions[0].text == "factuur F-1"
