"""A payment link is short enough for a text message of one part, whatever else it has to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kasstroom.debtors.model import Channel
from kasstroom.ids import new_token
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom_pages.messages import STEPS, render
from kasstroom_pages.sms import ONE_PART, septets
from kasstroom_pages.views import PayLine
from tests.pages.samples import VAN_DIJK, reminder_view

DOMAIN = "betalen.vanderkooijenzonen.com"
"""30 characters: the longest a link in a text message is made for."""
NAMES = (
    "Van Dijk Bouwmaterialen B.V.",
    "Koninklijke Handelsmaatschappij Van der Vossenberg-Wijnschenk N.V.",
    "Coöperatieve Groothandelsvereniging België-Curaçao U.A.",
    "Q",
)
NUMBERS = ("1", "2026-0042", "VERKOOPFACTUUR/2026/09/000000012345678")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", NUMBERS)
def test_the_longest_reminder_with_a_link_is_one_part(step, language, name, number):
    url = f"https://{DOMAIN}/p/{new_token()}"
    assert (len(DOMAIN), len(url)) == (30, 63)
    for count in (1, 2, 40):
        amount = Money(99_999_999_99)
        lines = tuple(PayLine(f"{number}{n}", date(2026, 8, 1), amount) for n in range(count))
        view = reminder_view(
            organisation=replace(VAN_DIJK, name=name), step=step, language=language, lines=lines,
            total=amount, url=url,
        )  # fmt: skip
        text = render(view, Channel.SMS).text
        assert septets(text) <= ONE_PART, text
        assert text.endswith(url)


def test_a_token_is_128_bits_in_22_characters_that_a_text_message_carries():
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert {len(token) for token in tokens} == {22}
    assert all(septets(token) == 22 for token in tokens), "one septet each, also `-` and `_`"
