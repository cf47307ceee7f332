"""Every message there is: whole, in its language, within an SMS, and as the law asks."""

from __future__ import annotations

import re

import pytest

from infra.local.gallery import THANKED, everything, write
from kasstroom.debtors.model import Channel
from kasstroom.dunning.strategy import StepKind, Tone
from kasstroom.messages.gsm7 import ONE_PART, septets
from kasstroom.organisations.model import Language
from kasstroom_pages.letter_check import CARRIERS, findings_of
from kasstroom_pages.messages import STEPS, render
from kasstroom_pages.specimen import REFERENCE, specimen
from kasstroom_pages.templates import reference_text
from tests.pages.markup import Markup

ALL = list(everything())
MAILS = [one for one in ALL if one.channel is Channel.EMAIL]


def name_of(one) -> str:
    return one.name


def test_nothing_is_left_out():
    found = {(one.step, one.language, one.channel) for one in ALL}
    steps = {(step, language, c) for step in STEPS for language in Language for c in Channel}
    thanks = {("thank_you", language, c) for language in Language for c in THANKED}
    assert found == steps | thanks
    assert len({one.name for one in ALL}) == len(ALL)


@pytest.mark.parametrize("one", ALL, ids=name_of)
def test_a_message_is_whole(one):
    whole = f"{one.said.subject}\n{one.said.text}\n{Markup(one.said.html).text}"
    assert one.said.text.strip() and "None" not in whole
    assert not re.search(r"[{}]", whole), "a placeholder is left"
    assert not re.search(r"\.\.|\?\.|  \S|,,", one.said.text.replace("...", "")), one.said.text
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", whole.replace("cannot_pay", "")), "a word's own key"
    if one.channel is Channel.SMS:
        assert septets(one.said.text) <= ONE_PART


@pytest.mark.parametrize("one", MAILS, ids=name_of)
def test_a_mail_is_valid_and_says_its_language(one):
    mail = Markup(one.said.html)
    assert not mail.faults and not mail.open and not mail.all("script")
    assert len(mail.all("h1")) == 1
    assert [html["lang"] for html in mail.all("html")] == [one.language]
    assert all("alt" in image for image in mail.all("img"))
    assert 10 <= len(one.said.subject) <= 150


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("tone", [None, *Tone])
@pytest.mark.parametrize("channel", sorted(CARRIERS))
def test_a_fourteen_day_letter_keeps_its_costs(language, tone, channel):
    view = specimen(StepKind.FOURTEEN_DAY_LETTER, language, tone=tone)
    said = render(view, channel)
    assert findings_of(view, channel, said) == ()
    text = said.text
    if channel is Channel.EMAIL:
        text = Markup(said.html).text.replace(reference_text(REFERENCE), "")
    for amount in ("1.186,85", "178,03", "1.364,88"):
        told = amount.replace(".", "").replace(",", ".")
        written = f"{float(told):,.2f}" if language is Language.EN else amount
        assert written in text, amount


def test_only_a_person_is_told_of_debt_help():
    person = render(specimen(StepKind.FINAL_DEMAND, Language.NL), Channel.EMAIL).text
    company = specimen(StepKind.FINAL_DEMAND, Language.NL, business=True)
    assert "Geldfit" in person and "Geldfit" not in render(company, Channel.EMAIL).text
    early = render(specimen(StepKind.REMINDER, Language.NL), Channel.EMAIL).text
    assert "Geldfit" not in early


def test_a_company_owes_costs_without_a_letter_and_is_told_so():
    view = specimen(StepKind.FOURTEEN_DAY_LETTER, Language.NL, business=True)
    text = render(view, Channel.EMAIL).text
    assert "lid 4" in text and "€ 40" in text and "veertien dagen" not in text
    costs = specimen(StepKind.FINAL_DEMAND, Language.NL, business=True, costs=True)
    assert "lid 4" in render(costs, Channel.EMAIL).text


def test_costs_after_the_letter_stand_in_the_table_and_add_up():
    view = specimen(StepKind.FINAL_DEMAND, Language.NL, costs=True)
    text = render(view, Channel.EMAIL).text.replace("\u00a0", " ")
    assert "Incassokosten: € 178,03" in text and "€ 1.364,88" in text
    assert "aparte brief" not in text, "that letter has been sent"


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP, Channel.PHONE])
def test_what_is_no_letter_only_points_to_it(channel):
    said = render(specimen(StepKind.FOURTEEN_DAY_LETTER, Language.NL), channel)
    assert "brief" in said.text and "178,03" not in said.text and "veertien" not in said.text


def test_the_three_answers_are_one_click_away_in_a_mail_and_a_letter():
    for channel in CARRIERS:
        said = render(specimen(StepKind.REMINDER, Language.FY), channel)
        for way in ("paid", "cannot-pay", "disagree"):
            assert f"/p/ABCDEFGHIJKLMNOPQRSTUV/{way}" in said.text + said.html


def test_the_gallery_shows_them_all(tmp_path):
    index = write(tmp_path).read_text()
    for one in ALL:
        assert f"{one.name}.html" in index if one.said.html else one.channel in index
    assert len(list(tmp_path.glob("*.html"))) == len(MAILS) + 1
