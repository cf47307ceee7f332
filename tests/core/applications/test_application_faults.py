"""Every fault of an application at once, each at its own field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.applications.model import LEGAL_FORMS
from kasstroom.applications.validation import DETAILS, faults_of, is_btw_id
from kasstroom.debtors.model import DebtorKind
from kasstroom.money import Money
from kasstroom_partners.identities import CheckedIdentities
from tests.applicants import COMPANY, PERSON
from tests.people import eur


def faults(data, kind=DebtorKind.COMPANY):
    return {fault.field: fault.code for fault in faults_of(data, kind, CheckedIdentities())}


def at(**address):
    return {"address": replace(COMPANY.address, **address)}


def test_complete_applications_have_no_faults():
    assert faults(COMPANY) == {} and faults(PERSON, DebtorKind.CONSUMER) == {}
    firm = replace(COMPANY, legal_form="vof")
    assert faults(firm, DebtorKind.PARTNERSHIP) == {}
    trader = replace(COMPANY, legal_form="", vat="")
    assert faults(trader, DebtorKind.SOLE_TRADER) == {}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "x" * 201}, "name", "too_long"),
        ({"kvk": ""}, "kvk", "missing"),
        ({"kvk": "1234567"}, "kvk", "invalid_kvk"),
        ({"vat": "NL004495446B01"}, "vat", "invalid_vat"),
        ({"vat": "DE136695976"}, "vat", "invalid_vat"),
        ({"legal_form": ""}, "legal_form", "missing"),
        ({"legal_form": "vof"}, "legal_form", "invalid_legal_form"),
        (at(street=""), "street", "missing"),
        (at(house_number=""), "house_number", "missing"),
        (at(house_number="hs"), "house_number", "invalid_house_number"),
        (at(postcode="3511"), "postcode", "invalid_postcode"),
        (at(postcode="0511 ED"), "postcode", "invalid_postcode"),
        (at(city=""), "city", "missing"),
        (at(country="Nederland"), "country", "invalid_country"),
        ({"contact_name": ""}, "contact_name", "missing"),
        ({"email": "daan@jansen"}, "email", "invalid_email"),
        ({"email": "a@b.nl, c@d.nl"}, "email", "invalid_email"),
        ({"phone": "12345"}, "phone", "invalid_phone"),
        ({"iban": "NL91ABNA0417164301"}, "iban", "invalid_iban"),
        ({"requested": None}, "requested", "missing"),
        ({"requested": eur("0.00")}, "requested", "invalid_amount"),
        ({"requested": eur("10000000.01")}, "requested", "amount_too_large"),
        ({"requested": Money(100, "SEK")}, "requested", "wrong_currency"),
        ({"terms_days": 0}, "terms_days", "invalid_terms"),
        ({"terms_days": 366}, "terms_days", "invalid_terms"),
        ({"consent": False}, "consent", "consent_missing"),
    ],
)
def test_one_thing_wrong_is_one_fault(changes, field, code):
    found = faults(replace(COMPANY, **changes))
    assert found[field] == code and code in DETAILS
    # Another country asks for another VAT number, and other wrong fields do not follow.
    assert len(found) == 1 or "country" in found


@pytest.mark.parametrize("number", ["25 1", "25-1a", "25", "25 hs", "1234/5"])
@pytest.mark.parametrize("requested", ["0.01", "10000000.00"])
def test_what_just_fits_fits(number, requested):
    data = replace(COMPANY, **at(house_number=number), requested=eur(requested))
    assert faults(data) == {}


def test_a_company_abroad_needs_its_vat_number_and_no_kvk():
    abroad = replace(COMPANY, kvk="", vat="", **at(postcode="10115", country="DE"))
    assert faults(abroad) == {"vat": "missing"}
    assert faults(replace(abroad, vat="DE136695976")) == {}


@pytest.mark.parametrize("name", ["kvk", "vat", "phone", "iban", "contact_name", "legal_form"])
def test_a_consumer_is_not_asked_for_more(name):
    more = replace(PERSON, **{name: getattr(COMPANY, name)})
    assert faults(more, DebtorKind.CONSUMER) == {name: "not_asked"}


def test_a_sole_trader_keeps_the_citizen_service_number_to_themselves():
    """NL004495445B01 is an old number (by the eleven test); NL000099998B57 a btw-id: the example
    of the tax authority."""
    assert is_btw_id("NL000099998B57") and not is_btw_id("NL004495445B01")
    trader = replace(COMPANY, legal_form="")
    assert faults(trader, DebtorKind.SOLE_TRADER) == {"vat": "vat_is_private"}
    good = replace(trader, vat="NL000099998B57")
    assert faults(good, DebtorKind.SOLE_TRADER) == {}


def test_every_kind_has_its_legal_forms():
    assert set(LEGAL_FORMS) == set(DebtorKind)
