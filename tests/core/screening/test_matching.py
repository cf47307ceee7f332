"""Names that may be the same party, and names that are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.screening.matching import insolvency_hits, likeness, sanction_hits, words_of
from kasstroom.screening.ports import Insolvency, ListedParty, Subject


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Café Noord B.V.", ("cafe", "noord")),
        ("N.V. Groothandel", ("groothandel",)),
        ("BV", ("bv",)),
        ("Łódź Straße GmbH", ("lodz", "strasse")),
        ("", ()),
    ],
)
def test_names_are_compared_without_accents_and_legal_forms(written, words):
    assert words_of(written) == words


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Severny Kapital Bank JSC", "Severny Kapital", True),
        ("Ivan Petrovich Sokolov", "Sokolov, Ivan Petrovitsj", True),
        ("Wagenaar Militair Bedrijf", "Wagenaar Schilderwerken B.V.", False),
        ("Bouwbedrijf De Hoeksteen B.V.", "Severny Kapital Bank JSC", False),
        ("B.V.", "", False),
    ],
)
def test_likeness(one, other, alike):
    assert (likeness(one, other) >= 85) is alike


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_between_0_and_100_and_whole_for_the_name_itself(one, other):
    assert 0 <= likeness(one, other) <= 100
    if words_of(one):
        assert likeness(one, one) == 100


SOKOLOV = ListedParty(
    "NK-3", ("Ivan Petrovich Sokolov",), ("RU",), (date(1970, 3, 12),), ("eu_fsf",)
)


def test_a_person_elsewhere_needs_a_name_more_alike_and_a_company_does_not():
    near = Subject("Ivan Petrovitsj Sokolov", "NL", natural_person=True)
    assert sanction_hits(near, [SOKOLOV]) == ()
    assert sanction_hits(replace(near, country="RU"), [SOKOLOV])
    assert sanction_hits(replace(near, natural_person=False), [SOKOLOV])
    same = Subject("Ivan Petrovich Sokolov", "NL", natural_person=True)
    (hit,) = sanction_hits(same, [SOKOLOV])
    assert (hit.id, hit.lists, hit.likeness) == ("NK-3", ("eu_fsf",), 100)


def test_a_known_birth_date_decides():
    born = {"natural_person": True, "country": "RU"}
    other = Subject("Ivan Petrovich Sokolov", birth_date=date(1981, 1, 1), **born)
    assert sanction_hits(other, [SOKOLOV]) == ()
    same = Subject("Iwan Petrovitch Sokolow", birth_date=date(1970, 3, 12), **born)
    assert sanction_hits(same, [SOKOLOV])


def test_a_person_in_the_insolvency_register_needs_the_same_birth_date_when_both_are_known():
    case = Insolvency("R.16/26/55", "Karel Gerritsen", birth_date=date(1981, 5, 4))
    assert insolvency_hits(Subject("K. Gerritsen", natural_person=True), [case]) == ()
    assert insolvency_hits(Subject("Karel Gerritsen", natural_person=True), [case])
    younger = Subject("Karel Gerritsen", natural_person=True, birth_date=date(1999, 1, 1))
    assert insolvency_hits(younger, [case]) == ()
