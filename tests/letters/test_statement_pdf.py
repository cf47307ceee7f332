"""What stands on a statement of account, read back from its PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from kasstroom.debtors.model import Address
from kasstroom.messages.statements import StatementTable
from kasstroom.organisations.model import Language
from kasstroom_letters.sheet import LEFT, LOWEST, RIGHT
from kasstroom_letters.statement import GAP, fitted, statement_pdf
from kasstroom_letters.type import use_typeface
from kasstroom_pages.printed_statements import statement_of
from kasstroom_pages.words.statements import STATEMENTS
from tests.letters.test_letter_pdf import placed, read, text_of
from tests.pages.letters import AT, CREDITOR, DEBTOR
from tests.pages.samples import HOSTILE, TODAY
from tests.pages.statements import INVOICES, an_account, entry, invoice

MANY = tuple(
    invoice(f"2026-{n:04d}", 1000 + n, date(2026, 1, 1) + timedelta(days=n))
    for n in range(100, 220)
)


def pdf(account=None) -> bytes:
    return statement_pdf(statement_of(account or an_account(), AT))


def test_it_says_what_is_open_how_late_it_is_and_what_was_paid():
    text = text_of(pdf())
    for said in (
        "Van Dijk Bouwmaterialen B.V.", "8501 AB", "D-1042",
        "Rekeningoverzicht op 21 november 2026",
        "geen aanmaning", "NL91 ABNA 0417 1643 00", "2026-0031", "13-07-2026", "12-08-2026",
        "1.186,85", "686,85", "178,03", "15,22", "880,10", "101", "2026-0064-C (creditnota)",
        "-45,00", "Wat openstaat, in EUR", "Incassokosten", "Betaald, nog niet verdeeld",
        "€ 3.722,40", "Waarvan betwist", "€ 100,00", "31–60 dagen", "-70,00",
        "Betalingen sinds 21 november 2025", "02-11-2026", "Teruggeboekt", "-200,00", "1 van 1",
    ):  # fmt: skip
        assert said in text, said
    assert "2025-0900" not in text, "a payment of more than a year ago"
    assert "99,00" in text


def test_columns_that_hold_nothing_are_left_out():
    text = text_of(pdf(an_account((invoice("F1", 100, TODAY),), ())))
    words = STATEMENTS[Language.NL]
    for name in ("costs", "interest", "payable", "disputed"):
        assert words[name] not in text
    assert words["nothing_paid"] in text
    assert words["disputed_part"][:20] not in text


def test_nothing_open_is_said_and_nothing_is_asked():
    text = text_of(pdf(an_account((), ())))
    assert "Er staat niets open." in text and "€ 0,00" in text and "Overmaken" not in text


def test_money_to_the_debtor_s_good_is_a_credit():
    text = text_of(pdf(an_account((), [entry("e", -2500, TODAY)])))
    assert "Tegoed" in text and "€ 25,00" in text and "Saldo" not in text


@pytest.mark.parametrize("language", Language)
def test_every_language_has_its_own_words_and_the_same_names(language):
    assert STATEMENTS[language].keys() == STATEMENTS[Language.NL].keys()
    made = pdf(an_account(language=language))
    assert read(made).trailer["/Root"]["/Lang"] == language.value
    words, text = STATEMENTS[language], " ".join(text_of(made).split())
    for name in ("not_due", "sum_unallocated", "recent", "chargeback", "issued"):
        assert words[name] in text, name
    assert "{" not in text


def test_many_lines_run_over_pages_that_repeat_their_heads():
    made = pdf(an_account(INVOICES + MANY))
    pages = read(made).pages
    assert len(pages) == 4
    for at, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"{at} van 4" in text
        rows = any(line.number in text for line in MANY)
        assert ("Factuurdatum" in text) == rows
        assert all(y < LOWEST + 1 for x, y, _ in placed(made, at - 1) if x > LEFT and y < 279)
    whole = text_of(made)
    assert all(line.number in whole for line in MANY)


def test_each_currency_has_tables_of_its_own():
    text = text_of(
        pdf(an_account((invoice("F1", 100, TODAY), invoice("F2", 200, TODAY, currency="USD")), ()))
    )
    assert "Wat openstaat, in EUR" in text and "Wat openstaat, in USD" in text
    assert "US$ 2,00" in text


def test_the_same_statement_is_the_same_file():
    assert pdf() == pdf()
    assert read(pdf()).metadata.title == "Rekeningoverzicht op 21 november 2026"


def test_hostile_text_stays_text_and_on_the_paper():
    bad = replace(CREDITOR, name=HOSTILE, street=HOSTILE)
    who = replace(DEBTOR, name=HOSTILE)
    lines = (invoice(HOSTILE, 10**11, TODAY, costs_minor=10**9, disputed_minor=10**9),)
    paid = [entry("e", -(10**11), TODAY, *["x" * 60 + str(n) for n in range(5)])]
    made = pdf(an_account(lines, paid, organisation=bad, debtor=who))
    root = PdfReader(BytesIO(made)).trailer["/Root"]
    assert "/OpenAction" not in root and "/Names" not in root
    assert all(x < RIGHT + 0.5 for x, _, _ in placed(made))
    assert "+2" in text_of(made)


def test_without_an_address_there_is_still_a_statement():
    text = text_of(pdf(an_account(debtor=replace(DEBTOR, address=Address()))))
    assert DEBTOR.name in text and "JOURE" not in text


@pytest.mark.parametrize("number", ["F1", "F" * 200])
def test_columns_fill_the_line_exactly(number):
    use_typeface()
    amounts = ("1.000.000,00",) * 6
    table = StatementTable("t", ("Factuur", *["Bedrag"] * 8), ((number, "a", "b", *amounts),), 3)
    _, widths = fitted(table)
    assert sum(widths) + GAP * 8 == pytest.approx(RIGHT - LEFT)
    assert min(widths) > 2
