"""What stands on a letter, read back from its PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from kasstroom.debtors.model import Address, Channel
from kasstroom.dunning.strategy import StepKind
from kasstroom.messages.letters import letter_key
from kasstroom.messages.postal import postal_address
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom_letters.joined import joined
from kasstroom_letters.pdf import letter_pdf, printed
from kasstroom_letters.sheet import FOLDS, LEFT, LOWEST, WINDOW_TOP, WINDOW_WIDTH
from kasstroom_letters.type import broken, use_typeface, width_of
from kasstroom_pages.messages import render
from kasstroom_pages.printed_letters import on_paper
from kasstroom_pages.views import PayLine
from tests.pages.letters import (
    AT,
    CREDITOR,
    DEBTOR,
    FOURTEEN,
    LINES,
    demand_of,
    fourteen_day_letter,
    letter,
)
from tests.pages.samples import HOSTILE, TODAY, reminder_view

MM = 72 / 25.4
MANY = tuple(PayLine(f"2026-{n:04d}", date(2026, 10, 1), Money(1000 + n)) for n in range(100, 160))


def many():
    return fourteen_day_letter(MANY)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Non-breaking spaces, which keep an amount together, read as spaces."""
    pages = [page.extract_text() for page in read(pdf).pages]
    return "\n".join(pages).replace("\u00a0", " ")


def placed(pdf: bytes, page: int = 0) -> list[tuple[float, float, str]]:
    """Every piece of text with its place in millimetres from the top left."""
    found = []

    def see(text, matrix, text_matrix, *_):
        if text.strip():
            x, y = text_matrix[4], text_matrix[5]
            found.append((x / MM, 297 - y / MM, text.strip()))

    read(pdf).pages[page].extract_text(visitor_text=see)
    return found


def test_a_reminder_says_who_what_and_how_to_pay():
    text = text_of(letter_pdf(letter()))
    for said in (
        "Van Dijk Bouwmaterialen B.V.", "Handelsweg 12", "3542 AD", "Kerkstraat 25 A",
        "21 november 2026", "D-1042", "M-7K2Q", "Herinnering: factuur 2026-0042",
        "12 september 2026", "12 oktober 2026", "€ 312,30", "€ 412,30",
        "NL91 ABNA 0417 1643 00", "RF18 5390 0754 7034", "betalen.vandijk.example/p/ABCD",
        "KvK 12345678", "NL004495445B01", "1 van 1", "Nu te betalen",
    ):  # fmt: skip
        assert said in text, said
    assert "Incassokosten" not in text


def test_a_fourteen_day_letter_keeps_the_costs_apart_from_what_is_to_be_paid():
    text = text_of(letter_pdf(fourteen_day_letter()))
    assert "€ 61,85" in text and "€ 474,15" in text
    assert text.count("€ 474,15") == 1
    before, _, after = text.partition("Alleen als u niet binnen de termijn")
    assert "Nu te betalen" in before and "€ 61,85" in after
    assert "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd" in " ".join(
        text.split()
    )
    assert "artikel 6:96" in text and "geldfit.nl" in text
    assert read(letter_pdf(fourteen_day_letter())).get_num_pages() == 1


def test_vat_on_the_costs_is_said_when_it_is_asked():
    demand = replace(demand_of(), vat=Money(1299), total_costs=Money(7484))
    text = text_of(letter_pdf(fourteen_day_letter(demand=demand)))
    assert "Btw over de incassokosten" in text and "€ 12,99" in text and "€ 487,14" in text


@pytest.mark.parametrize("language", Language)
def test_every_language_has_its_own_words_and_says_so(language):
    pdf = letter_pdf(fourteen_day_letter(language=language))
    assert read(pdf).trailer["/Root"]["/Lang"] == language.value
    word = {"nl": "Zo betaalt u", "en": "How to pay", "de": "So zahlen Sie", "fy": "Sa betelje jo"}
    assert word[language.value] in text_of(pdf)


def test_names_with_every_mark_are_written_in_full():
    name = "Fryslân ûŷêôâ é ë ï ß Łódź Çelik"
    debtor = replace(DEBTOR, name=name)
    pdf = letter_pdf(replace(letter(), addressee=postal_address(debtor)))
    assert name in text_of(pdf)
    fonts = {
        str(font["/BaseFont"])
        for font in (f.get_object() for f in read(pdf).pages[0]["/Resources"]["/Font"].values())
    }
    embedded = {name for name in fonts if "+SourceSansPro" in name}
    assert len(embedded) >= 2, fonts


def test_the_same_letter_is_the_same_file_and_another_moment_another():
    one = letter_pdf(letter())
    assert one == letter_pdf(letter())
    later = replace(letter(), at=letter().at.replace(hour=11))
    assert letter_pdf(later) != one
    told = read(one).metadata
    assert told.title == "Herinnering: factuur 2026-0042 en 2026-0057"
    assert told.author == "Van Dijk Bouwmaterialen B.V."
    assert told.creation_date == letter().at


def test_the_address_stands_in_the_window_and_nothing_else_does():
    inside = [
        text
        for x, y, text in placed(letter_pdf(letter()))
        if 20 <= x <= 20 + 85 and WINDOW_TOP <= y <= WINDOW_TOP + 45
    ]
    assert inside == [
        "Van Dijk Bouwmaterialen B.V., Handelsweg 12, 3542 AD Utrecht",
        "Mevrouw Sjoukje Hoekstra-Ŷsbrandy", "Kerkstraat 25 A", "8501 AB  JOURE",
    ]  # fmt: skip
    assert FOLDS == (105, 210)


def test_a_long_name_takes_two_lines_and_never_more_than_six():
    name = "Stichting tot behoud en beheer van de monumenten van Súdwest-Fryslân en omstreken"
    debtor = replace(DEBTOR, name=name)
    sheet = placed(letter_pdf(replace(letter(), addressee=postal_address(debtor))))
    use_typeface()
    lines = [(y, text) for x, y, text in sheet if x < 100 and 55 < y < 90]
    assert len(lines) == 4 and max(y for y, _ in lines) < WINDOW_TOP + 45
    widths = (width_of(text, "SourceSansPro-Regular", 10.5) / MM for _, text in lines)
    assert max(widths) <= WINDOW_WIDTH


def test_a_long_table_repeats_its_head_and_numbers_its_pages():
    letter_ = many()
    made = printed(letter_)
    assert made.pages == read(made.pdf).get_num_pages() == 3
    for at, page in enumerate(read(made.pdf).pages, 1):
        text = page.extract_text()
        assert f"{at} van 3" in text
        assert ("Betaaldatum" in text) == ("2026-01" in text)
        assert all(y < LOWEST + 1 for x, y, _ in placed(made.pdf, at - 1) if x > LEFT and y < 279)
    text = text_of(made.pdf)
    assert all(line.number in text for line in MANY)
    assert "Factuurdatum" not in text, "nobody knows a date: no column for it"


def test_hostile_text_stays_text():
    demanding = replace(FOURTEEN, subject=HOSTILE, paragraphs=(HOSTILE * 3,))
    lines = (PayLine(HOSTILE, TODAY, Money(100)), PayLine("x" * 300, TODAY, Money(100)))
    organisation = replace(CREDITOR, name=HOSTILE, street=HOSTILE, website="javascript:alert(1)")
    pdf = letter_pdf(letter(demanding, lines, organisation=organisation))
    root = read(pdf).trailer["/Root"]
    assert "/OpenAction" not in root and "/Names" not in root
    assert all(x < 190.5 for x, _, _ in placed(pdf))


def test_a_letter_without_a_code_or_iban_still_says_how():
    text = text_of(letter_pdf(letter(total=Money(100, "USD"))))
    assert "Scan met" not in text and "NL91 ABNA" in text


def test_a_logo_takes_the_place_of_the_name():
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (300, 80), "#0b6e5f").save(out, "PNG")
    plain = letter()
    with_logo = replace(plain, sender=replace(plain.sender, logo=out.getvalue()))
    images = read(letter_pdf(with_logo)).pages[0].images
    assert len(images) == 1 and not read(letter_pdf(plain)).pages[0].images
    assert letter_pdf(with_logo) == letter_pdf(with_logo)


def test_letters_become_one_file_in_their_order():
    one, other = letter_pdf(letter()), letter_pdf(many())
    both = joined([one, other, one])
    assert read(both).get_num_pages() == 5
    assert "Herinnering" in read(both).pages[0].extract_text()
    assert "1 van 3" in read(both).pages[1].extract_text()
    assert both == joined([one, other, one])


def test_lines_are_broken_at_spaces_and_what_is_too_long_is_cut():
    use_typeface()
    font, width = "SourceSansPro-Regular", 100.0
    lines = broken("een twee drie " + "x" * 80 + " vier", font, 10, width)
    assert all(width_of(line, font, 10) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "eentweedrie" + "x" * 80 + "vier"
    assert broken("", font, 10, width) == [""]


def test_a_letter_lies_under_its_day():
    assert letter_key("vandijk", TODAY, "msg_1") == "letters/vandijk/2026-11-21/msg_1.pdf"


@pytest.mark.parametrize("step", [StepKind.REMINDER, StepKind.FOURTEEN_DAY_LETTER])
@pytest.mark.parametrize("language", Language)
def test_the_words_of_a_step_fit_on_one_sheet(step, language):
    demand = demand_of() if step is StepKind.FOURTEEN_DAY_LETTER else None
    view = reminder_view(
        organisation=CREDITOR, lines=LINES, total=Money(41230), step=step, language=language,
        demand=demand, debtor_name=DEBTOR.name,
    )  # fmt: skip
    text = render(view, Channel.LETTER).letter
    made = on_paper(view, text, DEBTOR, AT, printed)
    assert made.pages <= (1 if demand is None else 2)
    assert made.addressee == postal_address(DEBTOR)


def test_without_an_address_or_words_there_is_no_letter():
    view, nowhere = reminder_view(), replace(DEBTOR, address=Address())
    text = render(view, Channel.LETTER).letter
    assert on_paper(view, text, nowhere, AT, printed) is None
    assert on_paper(view, None, DEBTOR, AT, printed) is None
