"""A buyer the shop calls a company and the trade register an eenmanszaak: no machine refuses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kasstroom.applications.model import CreditApplication
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, CreditLimit, Hold, LimitSource, Profile
from kasstroom.credit.reviews import Review
from kasstroom.credit.room import Ground
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.debtors.usecases import reflected
from kasstroom.organisations.model import Language
from kasstroom.screening.asking import Heard
from kasstroom.screening.model import Facts, Outcome, Source
from kasstroom.screening.ports import Subject
from kasstroom.screening.recording import Known, recorded
from tests.people import NOW, ORG, eur

OWN = CreditLimit(LimitSource.OWN, eur("1000.00"), "anna", NOW)
ACCOUNT = CreditAccount(ORG, "D1", limits=(OWN,))
FORMS = [
    ("eenmanszaak", True), ("vof", True), ("maatschap", True), ("cv", True),
    ("bv", False), ("nv", False), ("stichting", False), ("", False),
]  # fmt: skip


def decided(account, amount="100.00"):
    asked = Asked(CreditCheck(eur(amount), "D1"), "r", "f", NOW)
    return decide(account, asked, Ground(default_policy()))


@pytest.mark.parametrize(("form", "person"), FORMS)
@pytest.mark.parametrize(
    "trouble",
    [
        {"hold": Hold("x", NOW)},
        {"open_by_due": {date(2026, 6, 1): 10_000}},
        {"limits": (replace(OWN, amount=eur("1.00")),)},
        {"insolvent": True},
    ],
    ids=["hold", "late", "small limit", "insolvent"],
)
def test_what_would_be_a_refusal_is_for_a_person(form, person, trouble):
    profile = Profile(legal_form=form, insolvent=trouble.get("insolvent", False))
    more = {name: value for name, value in trouble.items() if name != "insolvent"}
    changes, made = decided(replace(ACCOUNT, profile=profile, **more))
    assert made.outcome == ("refer" if person else "declined")
    assert made.facts["natural_person"] is person
    reviews = [entity for entity in changes.create if isinstance(entity, Review)]
    assert [review.natural_person for review in reviews] == [True] * person


@pytest.mark.parametrize(("form", "person"), FORMS)
def test_the_register_s_answer_is_kept_in_the_account(form, person):
    known = Known(ACCOUNT, Subject("X", "NL", "69599084"), {})
    heard = Heard(Source.TRADE_REGISTER, Outcome.FOUND, Facts(legal_form=form, registered=True))
    _, account, _ = recorded(known, [heard], NOW)
    assert account.natural_person is person
    told = Debtor(ORG, "D1", "X", DebtorKind.COMPANY, NOW)
    assert reflected(account, told).natural_person is person


def test_a_person_stays_one_whatever_the_register_calls_it():
    """That a sole trader became a B.V. is told by its kind; until then this is the safe side."""
    trader = replace(ACCOUNT, natural_person=True, kind="sole_trader")
    known = Known(trader, Subject("X", "NL", "69599084"), {})
    heard = Heard(Source.TRADE_REGISTER, Outcome.FOUND, Facts(legal_form="bv", registered=True))
    assert recorded(known, [heard], NOW)[1].natural_person


@pytest.mark.parametrize(("form", "person"), FORMS)
def test_an_application_knows_it_once_the_register_answered(form, person):
    application = CreditApplication(
        ORG, "D1", "app_1", DebtorKind.COMPANY, Language.NL, "t", NOW, NOW
    )
    assert not application.is_natural_person
    assert replace(application, facts=Profile(legal_form=form)).is_natural_person is person
