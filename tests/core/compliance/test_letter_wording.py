"""What a fourteen-day letter may say, and what costs the creditor its costs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.demand import fourteen_day_demand
from kasstroom.compliance.letter14 import LetterChannel
from kasstroom.compliance.letter_wording import letter_findings, may_send
from kasstroom.compliance.wording_forms import TERM_TEXT
from kasstroom.errors import Refused
from kasstroom.money import Money

CLAIMS = (("2026-0042", Money(100_000)), ("2026-0057", Money(23_450)))


def demand(*, vat=False, kind=DebtorType.CONSUMER, claims=CLAIMS):
    return fourteen_day_demand(
        claims, kind, not vat, date(2026, 11, 5), LetterChannel.POST, collected_by_service=vat
    )  # fmt: skip


NL = f"""Leeuwarden, 5 november 2026

Geachte mevrouw De Vries,

U hebt twee facturen nog niet betaald: factuur 2026-0042 van 1 september 2026 (€ 1.000,00) en
factuur 2026-0057 van 15-09-2026 (€ 234,50). Samen is dat € 1.234,50.

Wij vragen u dit bedrag te betalen {TERM_TEXT["nl"]}. Betaalt u op tijd, dan betaalt u geen
incassokosten. Betaalt u niet of te laat, dan betaalt u ook € 185,18 incassokosten. In totaal is dat
€ 1.419,68.

Betaal op NL91 ABNA 0417 1643 00 en noem 2026-0042. Klopt er iets niet, of hebt u hulp nodig? Bel
ons: 058 234 56 78. De rente is 4 % per jaar.
"""
EN = f"""You have not paid invoice 2026-0042 (€1,000.00) and invoice 2026-0057 (€234.50): €1,234.50.
Please pay {TERM_TEXT["en"]}. If you pay on time, you owe no collection costs. If not, you also owe
collection costs of €185.18, in all EUR 1,419.68. Our account is NL91ABNA0417164300."""
DE = f"""Die Rechnungen 2026-0042 (1.000,00 €) und 2026-0057 (234,50 €) sind offen: 1.234,50 Euro.
Bitte zahlen Sie {TERM_TEXT["de"]}. Zahlen Sie rechtzeitig, dann fallen keine Inkassokosten an.
Sonst kommen 185,18 € Inkassokosten dazu: zusammen 1.419,68 €."""
FY = f"""De fakturen 2026-0042 (€ 1.000,00) en 2026-0057 (€ 234,50) steane noch iepen: € 1.234,50.
Wolle jo betelje {TERM_TEXT["fy"]}. Betelje jo op tiid, dan betelje jo gjin ynkassokosten. Oars komt
der € 185,18 ynkassokosten by: tegearre € 1.419,68."""
GOOD = {"nl": NL, "en": EN, "de": DE, "fy": FY}


def codes(text, asked=None, language="nl", **more):
    return [each.code for each in letter_findings(text, asked or demand(), language, **more)]


@pytest.mark.parametrize("language", GOOD)
def test_a_good_letter_has_no_findings(language):
    assert letter_findings(GOOD[language], demand(), language) == ()


def test_the_other_accepted_term_and_an_email():
    fifteen = "binnen vijftien dagen nadat deze e-mail bij u is bezorgd"
    assert codes(NL.replace(TERM_TEXT["nl"], fifteen)) == []
    assert codes(NL.replace("veertien dagen", "14  dagen")) == []


@pytest.mark.parametrize(
    ("language", "wrong", "code"),
    [
        ("nl", "binnen 14 dagen na heden", "wrong_start"),
        ("nl", "binnen veertien dagen na dagtekening van deze brief", "wrong_start"),
        ("nl", "binnen veertien (14) dagen na verzending", "wrong_start"),
        ("nl", "binnen 14 dagen na ontvangst van deze brief", "wrong_start"),
        ("nl", "binnen een week", "other_term"),
        ("nl", "binnen dertien dagen vanaf de dag nadat deze brief bij u is bezorgd", "other_term"),
        ("nl", "binnen veertien dagen nadat deze brief bij u is bezorgd", "other_term"),
        ("en", "within 14 days of the date of this letter", "wrong_start"),
        ("en", "within 7 working days", "other_term"),
        ("de", "innerhalb von 14 Tagen ab Datum dieses Briefes", "wrong_start"),
        ("fy", "binnen 14 dagen nei ûntfangst", "wrong_start"),
    ],
)
def test_another_term_instead_of_the_right_one(language, wrong, code):
    text = GOOD[language].replace(TERM_TEXT[language], wrong)
    assert codes(text, language=language) == ["term_missing", code]


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("U hebt nog 10 dagen.", ["other_term"]),
        ("Betaal onmiddellijk.", ["at_once"]),
        ("Wij krijgen het geld graag vóór 20 november 2026.", ["date_too_early"]),
        ("Wij krijgen het geld graag vóór 20 november.", ["date_too_early"]),
        ("Betaal voor 12-11-2026.", ["date_too_early"]),
        ("Betaal uiterlijk 2026-11-22.", ["date_too_early"]),
        ("Betaal uiterlijk 26 november 2026.", []),
        ("Daarbij komt € 15,00 administratiekosten.", ["other_amount", "other_costs"]),
        ("Wij rekenen geen administratiekosten.", []),
        ("De kosten zijn € 40.", ["other_amount"]),
        ("De kosten zijn 185,17.", ["other_amount"]),
        ("Over de incassokosten betaalt u btw.", ["vat_not_owed"]),
        ("Of betaal op DE89 3704 0044 0532 0130 00.", ["two_accounts"]),
        ("U kunt nu ook bellen. Neem onmiddellijk contact op als dit niet klopt.", []),
        ("De facturen zijn 30 dagen te laat.", []),
    ],
)
def test_what_contradicts_or_confuses(added, expected):
    assert codes(f"{NL}\n{added}") == expected


def test_a_threat_is_advice_and_the_costs_survive():
    found = letter_findings(f"{NL}\nDan leggen wij beslag op uw loon.", demand(), "nl")
    assert [each.code for each in found] == ["threat"]
    assert may_send(found)
    assert not may_send(letter_findings(f"{NL}\nBetaal per direct.", demand(), "nl"))


@pytest.mark.parametrize(
    ("gone", "instead", "expected"),
    [
        ("€ 185,18 incassokosten", "incassokosten", ["costs_missing"]),
        ("dan betaalt u geen\nincassokosten", "dan is het goed", ["no_costs_in_time_missing"]),
        ("1.234,50", "1.234,51", ["principal_missing", "other_amount"]),
        ("2026-0057", "2026-0058", ["claim_missing"]),
    ],
)
def test_what_may_not_be_left_out(gone, instead, expected):
    assert gone in NL
    assert codes(NL.replace(gone, instead)) == expected


def test_no_payment_then_costs_does_not_say_that_none_are_owed():
    text = NL.replace("Betaalt u op tijd, dan betaalt u geen\nincassokosten.", "")
    assert codes(f"{text} Zonder betaling komen er incassokosten bij.") == [
        "no_costs_in_time_missing"
    ]


def test_vat_is_declared_or_not_charged():
    asked = demand(vat=True)
    text = NL.replace("185,18", "224,07").replace("1.419,68", "1.458,57")
    assert codes(text, asked) == ["vat_not_declared"]
    declared = "\nEen incassobureau rekent ons € 38,89 btw over € 185,18; wij kunnen die btw niet"
    assert codes(f"{text}{declared} verrekenen.", asked) == []


def test_other_amounts_that_are_right_are_told():
    text = f"{NL}\nTot nu toe is de rente € 6,79."
    assert codes(text) == ["other_amount"]
    assert codes(text, also=[Money(679)]) == []


def test_a_finding_tells_the_place():
    (found,) = letter_findings(f"{NL}\nU hebt nog 10 dagen.", demand(), "nl")
    assert "nog 10 dagen" in found.excerpt
    assert f"{NL}\nU hebt nog 10 dagen."[found.at :].startswith(("hebt u", "nog 10"))


def test_an_instalment_without_costs_needs_its_term_only():
    asked = fourteen_day_demand(
        [("T2", Money(10_000))], DebtorType.CONSUMER, True, date(2026, 11, 5), LetterChannel.EMAIL
    )  # fmt: skip
    from dataclasses import replace

    free = replace(asked, costs=Money(0), total_costs=Money(0))
    assert codes(f"Termijn T2 van € 100,00: betaal {TERM_TEXT['nl']}.", free) == []


def test_what_is_not_checked_is_refused():
    with pytest.raises(Refused, match="can be checked in nl, en, de, fy"):
        letter_findings(NL, demand(), "fr")
    with pytest.raises(Refused, match="without this letter"):
        letter_findings(NL, demand(kind=DebtorType.BUSINESS), "nl")


@given(st.integers(1, 50_000_00), st.sampled_from(["€ {}", "EUR {}", "{} euro", "€{}", "{}"]))
def test_every_other_amount_is_seen(minor, form):
    right = {100_000, 23_450, 123_450, 18_518, 141_968}
    for figure in (f"{minor // 100:,}.{minor % 100:02d}", f"{minor // 100},{minor % 100:02d}"):
        found = codes(f"{NL}\nU betaalt ook {form.format(figure)} daarbij.")
        assert found == ([] if minor in right else ["other_amount"]), figure


@given(st.text(max_size=300), st.sampled_from(sorted(GOOD)))
def test_any_text_is_read(text, language):
    letter_findings(text, demand(), language)
