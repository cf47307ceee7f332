"""Reminders: every step, language and channel says what is owed and how to pay, calmly."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from kasstroom.debtors.model import Channel
from kasstroom.dunning.strategy import StepKind
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom_pages.messages import STEPS, render, whatsapp_templates
from kasstroom_pages.sms import gsm_text, septets
from kasstroom_pages.views import PayLine
from tests.pages.markup import Markup
from tests.pages.samples import HOSTILE, LINES, URL, VAN_DIJK, reminder_view

EVERY = list(product(STEPS, Language, Channel))
WHOLE = list(product(STEPS, Language))
# Costs need a fourteen-day letter first (art. 6:96 lid 6 BW); threats are never ours.
THREAT = (
    r"deurwaarder|rechter|dagvaard|sommatie|vervaldatum|\bfee|court|bailiff|Gericht(?!lich)|Pfänd"
    r"|Mahn|doarwarder|rjochter|!"
)
COSTS = r"|kosten|rente|\brinte|Zinsen|costs?\b|interest"
NEVER = re.compile(THREAT + COSTS, re.IGNORECASE)
AMOUNTS = {
    Language.NL: ("€ 986,85", "1.186,85"),
    Language.EN: ("€986.85", "1,186.85"),
    Language.DE: ("986,85 €", "1.186,85"),
    Language.FY: ("€ 986,85", "1.186,85"),
}


def calm(step, text):
    """No threat in any; costs only in the letter that the law asks to name them."""
    named = step is StepKind.FOURTEEN_DAY_LETTER
    hit = re.search(THREAT, text, re.IGNORECASE) if named else NEVER.search(text)
    assert not hit, hit


@pytest.mark.parametrize(("step", "language", "channel"), EVERY)
def test_every_message_names_creditor_invoice_amount_and_link(step, language, channel):
    told = render(reminder_view(step=step, language=language), channel)
    text = told.text.replace("\u00a0", " ")
    # A call and a letter are not clicked: the letter gets its address from whoever prints it.
    link = () if channel in (Channel.PHONE, Channel.LETTER) else (URL,)
    for fact in ("Van Dijk", "2026-0042", AMOUNTS[language][0], *link):
        assert fact in text, fact
    calm(step, text.replace(URL, ""))


@pytest.mark.parametrize(("step", "language"), WHOLE)
def test_mail_is_whole_in_html_and_in_text(step, language):
    view = reminder_view(step=step, language=language, lines=LINES, total=Money(118685))
    mail = render(view, Channel.EMAIL)
    page = Markup(mail.html)
    assert not page.faults and not page.open and not page.all("script")
    calm(step, page.text.replace(URL, ""))
    assert page.links == [URL]
    for text in (page.text, mail.text):
        for fact in (AMOUNTS[language][1], "2026-0042"):
            assert fact in text, fact
        for fact in ("NL91 ABNA 0417 1643 00", "RF18 5390 0754 7034", "Daniël de Vries"):
            assert fact in text, fact
    assert "2026-0042" in mail.subject and "Van Dijk" in mail.subject


def test_the_early_reminder_does_not_say_that_money_is_missing():
    early = reminder_view(today=date(2026, 11, 5))
    assert "komt eraan" in render(early, Channel.EMAIL).html
    assert "nog geen betaling" in render(reminder_view(), Channel.EMAIL).text


def test_the_final_demand_says_what_happens_next():
    view = reminder_view(step=StepKind.FINAL_DEMAND, pay_by=date(2026, 12, 1))
    text = render(view, Channel.EMAIL).text
    assert "aparte brief" in text and "uiterlijk op 1 december 2026" in text
    assert "incassobureau" not in render(reminder_view(), Channel.EMAIL).text


@pytest.mark.parametrize(("step", "language"), WHOLE)
@pytest.mark.parametrize("count", [1, 2, 7])
@pytest.mark.parametrize(
    "name", ["Van Dijk Bouwmaterialen B.V.", "Koninklijke Installatiegroep België Noord N.V."]
)
def test_sms_fits_one_part_and_keeps_a_number(step, language, count, name):
    lines = tuple(
        PayLine(f"2026-{42 + n:04d}", date(2026, 11, 1), Money(19781)) for n in range(count)
    )
    view = reminder_view(
        organisation=replace(VAN_DIJK, name=name),
        step=step,
        language=language,
        lines=lines,
        total=Money(19781 * count),
    )
    text = render(view, Channel.SMS).text
    assert septets(text) <= 160, text
    assert "2026-0042" in text and text.endswith(URL)


def test_sms_offers_the_phone_when_there_is_room():
    short = reminder_view(url="https://bet.example/p/ABCDEFGHIJKLMNOPQRSTUV")
    assert "030 123 45 67" in render(short, Channel.SMS).text


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("Daniël België", "Daniel Belgie"),
        ("één café ö ü ñ", "één café ö ü ñ"),
        ("“ja” – ‘nee’…", "\"ja\" - 'nee'..."),
        ("€\u00a01,00", "€ 1,00"),
        ("Łódź ĳs 😀 Ж", "Lodz ijs  "),
    ],
)
def test_sms_text_stays_in_the_gsm_alphabet(text, carried):
    assert gsm_text(text) == carried
    assert septets(gsm_text(text)) >= len(carried)


def test_septets_count_the_euro_sign_twice():
    assert septets("€ 1,00") == 7
    with pytest.raises(ValueError):
        septets("ë")


@pytest.mark.parametrize(("step", "language", "channel"), EVERY)
def test_hostile_names_stay_text(step, language, channel):
    view = reminder_view(
        organisation=replace(VAN_DIJK, name=HOSTILE, city=HOSTILE),
        debtor_name=HOSTILE,
        step=step,
        language=language,
        lines=(PayLine(HOSTILE, date(2026, 11, 1), Money(100)),),
        total=Money(100),
    )
    told = render(view, channel)
    assert "\u202e" not in told.text + told.subject + told.html
    assert not Markup(told.html).all("script")
    assert "\n" not in told.subject and "\r" not in told.subject and len(told.subject) <= 150
    # Meta refuses parameters with line breaks, tabs or more than four spaces in a row.
    assert not [p for p in told.parameters if re.search(r"[\n\t]| {5}", p) or not p]


@pytest.mark.parametrize(("step", "language"), WHOLE)
def test_whatsapp_parameters_fill_the_registered_template(step, language):
    told = render(reminder_view(step=step, language=language, lines=LINES), Channel.WHATSAPP)
    registered = {
        template["name"]: template for template in whatsapp_templates("https://b.example")
    }
    template = registered[told.template]
    body, buttons = template["components"]
    text = body["text"]
    assert not text.startswith("{{") and not text.endswith("}}") and len(text) <= 1024
    for at, value in enumerate(told.parameters, 1):
        assert text.count(f"{{{{{at}}}}}") == 1
        text = text.replace(f"{{{{{at}}}}}", value)
    assert told.text.startswith(text) and "{{" not in text
    assert buttons["buttons"][0]["url"] == "https://b.example/p/{{1}}"
    assert template["category"] == "UTILITY" and template["language"] == language.value
