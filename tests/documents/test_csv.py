"""Open-item lists as bookkeeping programs and spreadsheets export them."""

from __future__ import annotations

from datetime import date

import pytest

from kasstroom.debtors.model import Channel, DebtorKind
from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom.invoices.model import DocumentKind
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom_documents.reader import Limits, read

HEADER = "debiteurnummer;naam;factuurnummer;factuurdatum;vervaldatum;bedrag"


def rows(text: str, encoding: str = "utf-8", **limits: int) -> list[ParsedInvoice | RowProblem]:
    return list(read("lijst.csv", text.encode(encoding), limits=Limits(**limits)))


def refused(text: str, **limits: int) -> Refused:
    with pytest.raises(Refused) as caught:
        rows(text, **limits)
    return caught.value


def row(**fields: str) -> ParsedInvoice | RowProblem:
    cells = {
        "debiteurnummer": "1",
        "naam": "Daniëls",
        "factuurnummer": "F1",
        "factuurdatum": "01-08-2026",
        "bedrag": "10,00",
    } | fields
    (found,) = rows(";".join(cells) + "\n" + ";".join(cells.values()))
    return found


def test_a_dutch_list():
    (found,) = rows(f"{HEADER}\n10001;Daniëls B.V.;2026-1;1-8-2026;31-08-2026;1.234,56")
    assert isinstance(found, ParsedInvoice)
    assert (found.position, found.number, found.amount) == ("line 2", "2026-1", Money(123456))
    assert (found.issued_on, found.due_on) == (date(2026, 8, 1), date(2026, 8, 31))
    assert (found.debtor.number, found.debtor.name) == ("10001", "Daniëls B.V.")
    assert found.debtor.language is None


def test_an_english_list_with_everything_in_it():
    (found,) = rows(
        "Customer Number,Name,Email,Phone,Mobile,Street,House number,Zip,City,Country,Invoice No,"
        "Issue Date,Due Date,Amount,Open amount,Currency,Payment reference,CoC,VAT,Type,Language,"
        "Channel,PO number\n"
        '7,"Smith, Sons & Co",a@b.nl,020-1234567,06-12345678,Kade,3-b,1011ab,Amsterdam,Netherlands,'
        'INV-9,2026-08-01,20260831,"2,000.00","1,234.56",eur,RF18,99000011,nl990000112b25,Invoice,'
        "English,WhatsApp,PO-3\n"
    )
    assert isinstance(found, ParsedInvoice), found
    debtor = found.debtor
    assert (found.amount, found.payment_reference) == (Money(123456), "RF18")
    assert (found.purchase_order, found.due_on) == ("PO-3", date(2026, 8, 31))
    assert (debtor.name, debtor.contact.phone) == ("Smith, Sons & Co", "+31612345678")
    assert (debtor.language, debtor.contact.preferred) == (Language.EN, Channel.WHATSAPP)
    assert debtor.contact.whatsapp_opt_in_at is None
    assert [i.value for i in debtor.identifiers] == ["99000011", "NL990000112B25"]
    assert (debtor.address.postcode, debtor.address.country) == ("1011 AB", "NL")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters(encoding, delimiter):
    text = f'{HEADER}\r\n1;"Café ""Zoë"" € {delimiter}";F1;01/08/2026;;"-1.234,50"\r\n\r\n;;;;;\r\n'
    (found,) = rows(text.replace(";", delimiter), encoding)
    assert isinstance(found, ParsedInvoice), found
    assert found.debtor.name == f'Café "Zoë" € {delimiter}'.strip()
    assert (found.amount, found.kind) == (Money(-123450), DocumentKind.CREDIT_NOTE)
    assert found.due_on is None


def test_the_hint_excel_writes_for_itself_keeps_the_line_numbers():
    (found,) = rows(f"sep=;\n{HEADER}\n1;A;F1;01-08-2026;;1,00")
    assert found.position == "line 3"


def test_lines_are_counted_as_a_person_sees_them():
    found = rows(
        f'{HEADER}\n\n1;"A\nB";F1;01-08-2026;;1,00\n;;;;;\n1;C;F2;99-08-2026;;1,00\n1;D;F3;;;1,00'
    )
    assert [one.position for one in found] == [
        "line 3",
        "line 6, column factuurdatum",
        "line 7, column factuurdatum",
    ]
    assert [one.code for one in found[1:]] == ["invalid_date", "missing_value"]
    assert found[1].number == "F2"


def test_missing_columns_are_named_with_what_is_accepted_and_what_was_found():
    detail = refused("naam;factuurnummer;kleur\nA;F1;rood").detail
    for told in ("issue_date", "factuurdatum", "amount", "openstaand", "debiteurnummer", "'kleur'"):
        assert told in detail
    assert "(accepted names: naam" not in detail


@pytest.mark.parametrize("header", ["naam;Naam", "naam;name", "kleur;KLEUR", "tel;telefoon"])
def test_a_column_that_stands_there_twice_is_refused(header):
    found = refused(f"{header};debiteurnummer;factuurnummer;factuurdatum;bedrag\n")
    assert found.code == "duplicate_columns"


def test_header_names_are_read_loosely():
    found = rows("Debiteur-nr.;NAAM ;Factuur nr;Factuurdatum;Bedrag (EUR);\n1;A;F1;1-8-2026;5,00;")
    assert isinstance(found[0], ParsedInvoice)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31-08-2026", date(2026, 8, 31)),
        ("1-8-2026", date(2026, 8, 1)),
        ("31/08/2026", date(2026, 8, 31)),
        ("31.08.2026", date(2026, 8, 31)),
        ("2026-08-31", date(2026, 8, 31)),
        ("20260831", date(2026, 8, 31)),
        ("31-08-2026 00:00:00", date(2026, 8, 31)),
        ("2026-08-31T00:00:00", date(2026, 8, 31)),
    ],
)
def test_days(text, expected):
    assert row(factuurdatum=text).issued_on == expected


@pytest.mark.parametrize("text", ["31-09-2026", "31-08-26", "31-08/2026", "46265", "2026-13-01"])
def test_days_that_do_not_exist_or_leave_a_doubt(text):
    assert row(factuurdatum=text).code == "invalid_date"


def test_american_dates_are_refused_as_a_whole():
    found = refused(f"{HEADER}\n1;A;F1;08/05/2026;;1,00\n1;A;F2;08/25/2026;;1,00")
    assert found.code == "month_first_dates"
    mixed = rows(f"{HEADER}\n1;A;F1;25/08/2026;;1,00\n1;A;F2;08/25/2026;;1,00")
    assert [type(one) for one in mixed] == [ParsedInvoice, RowProblem]


@pytest.mark.parametrize(
    ("kind", "amount", "minor", "expected"),
    [
        ("factuur", "10,00", 1000, DocumentKind.INVOICE),
        ("factuur", "-10,00", -1000, DocumentKind.CREDIT_NOTE),
        ("Creditnota", "-10,00", -1000, DocumentKind.CREDIT_NOTE),
        ("Credit note", "10,00", -1000, DocumentKind.CREDIT_NOTE),
        ("", "12,00-", -1200, DocumentKind.CREDIT_NOTE),
        ("creditnota", "0,00", 0, DocumentKind.CREDIT_NOTE),
        ("", "0", 0, DocumentKind.INVOICE),
    ],
)
def test_what_is_owed_and_what_is_given_back(kind, amount, minor, expected):
    found = row(soort=kind, bedrag=amount)
    assert (found.amount, found.kind) == (Money(minor), expected)


def test_the_open_amount_goes_before_the_invoice_amount():
    assert row(bedrag="100,00", openstaand="40,00").amount == Money(4000)
    assert row(bedrag="100,00", openstaand="").code == "missing_value"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"valuta": "QQQ"}, "unknown_currency"),
        ({"valuta": "USD", "bedrag": "€ 10,00"}, "currency_mismatch"),
        ({"valuta": "JPY", "bedrag": "10,50"}, "too_many_decimals"),
        ({"bedrag": "tien"}, "invalid_amount"),
        ({"bedrag": ""}, "missing_value"),
        ({"naam": " "}, "missing_value"),
        ({"factuurnummer": "9" * 61}, "too_long"),
        ({"debiteurnummer": ""}, "missing_debtor"),
        ({"kvk": "1234567"}, "invalid_kvk"),
        ({"btw": "ABC"}, "invalid_vat"),
        ({"email": "jan.at.jansen"}, "invalid_email"),
        ({"land": "Absurdistan"}, "unknown_country"),
        ({"taal": "Klingon"}, "unknown_language"),
        ({"kanaal": "duif"}, "unknown_channel"),
        ({"soort": "memoriaal"}, "unknown_kind"),
        ({"rechtsvorm": "kring"}, "unknown_debtor_kind"),
    ],
)
def test_a_row_problem_has_its_code_and_reason(fields, code):
    found = row(**fields)
    assert isinstance(found, RowProblem), found
    assert found.code == code
    assert found.position.startswith("line 2")
    assert found.reason.endswith(".")


def test_more_cells_than_columns_is_a_problem_and_not_a_shift():
    text = HEADER.replace(";", ",") + "\n1,A,F1,01-08-2026,,1234,56"
    (found,) = rows(text)
    assert found.code == "too_many_cells"


@pytest.mark.parametrize(
    ("field", "word", "expected"),
    [
        ("soort", "particulier", DebtorKind.CONSUMER),
        ("rechtsvorm", "Eenmanszaak", DebtorKind.SOLE_TRADER),
        ("rechtsvorm", "V.O.F.", DebtorKind.PARTNERSHIP),
        ("rechtsvorm", "", DebtorKind.COMPANY),
    ],
)
def test_kinds_of_debtors(field, word, expected):
    assert row(**{field: word}).debtor.kind is expected


def test_a_vat_column_with_amounts_is_not_a_number_of_the_debtor():
    assert row(btw="21,00").debtor.identifiers == ()
    (found,) = row(btw="9900.00.112.B25").debtor.identifiers
    assert found.value == "NL990000112B25"


def test_a_formula_is_text():
    found = row(naam='=HYPERLINK("http://x")', betalingskenmerk="=1+1")
    assert (found.debtor.name, found.payment_reference) == ('=HYPERLINK("http://x")', "=1+1")


def test_an_unclosed_quote_swallows_no_rows():
    found = refused(f'{HEADER}\n1;A;F1;01-08-2026;;1,00\n1;"B;F2;01-08-2026;;1,00\n1;C;F3;;;2,00')
    assert found.code == "malformed_csv"
    assert "line 3" in found.detail


def test_a_file_that_only_fills_the_memory_is_refused_early():
    assert refused("naam;" * 5000).code == "line_too_long"
    assert refused(HEADER + "\n" * 200, max_rows=10).code == "too_many_rows"


def test_too_many_rows():
    text = HEADER + "\n1;A;F1;01-08-2026;;1,00" * 4
    assert len(rows(text, max_rows=4)) == 4
    assert refused(text, max_rows=3).code == "too_many_rows"
