"""Who is asked about, and on which basis, before there is a debtor."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.applications.facts import Learned
from kasstroom.applications.model import CreditApplication
from kasstroom.debtors.model import DebtorKind
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.screening.applicants import consent_of, learned, subject_of
from kasstroom.screening.model import Basis, StatedBasis
from kasstroom.screening.ports import BureauAnswer, Sources, Subject
from tests.applicants import COMPANY
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG

SENT = CreditApplication(
    ORG, "D77", "app_1", DebtorKind.COMPANY, Language.NL, "hash", NOW, NOW + timedelta(days=30),
    data=COMPANY, consented_at=NOW,
)  # fmt: skip
TRADER = replace(SENT, kind=DebtorKind.SOLE_TRADER)
UNASKED = replace(TRADER, data=replace(COMPANY, consent=False))


class Bureau:
    """Rates every company; counts who asked."""

    cost_minor = 195

    def __init__(self):
        self.asked = []

    def report(self, kvk, country, *, budget_s):
        self.asked.append(kvk)
        return BureauAnswer("X1", "A", 90, Money(500_000))


def test_only_what_the_sources_need_is_told_of_the_applicant():
    assert subject_of(SENT) == Subject("Jansen B.V.", "NL", "12345678", "NL004495445B01")
    assert subject_of(TRADER).natural_person


@pytest.mark.parametrize(
    ("application", "basis"),
    [
        (SENT, StatedBasis(Basis.CONSENT, "app_1")),
        (UNASKED, None),
        (replace(SENT, consented_at=None), None),
    ],
)
def test_the_form_is_the_basis_only_when_it_was_agreed_to(application, basis):
    assert consent_of(application) == basis


@pytest.mark.parametrize(("application", "asked"), [(SENT, True), (TRADER, True), (UNASKED, False)])
def test_a_natural_person_s_bureau_data_are_never_asked_without_consent(application, asked):
    bureau, books = Bureau(), MemoryBooks()
    heard = learned(books, Sources(bureau=bureau), application, NOW)
    profile, doubts = heard.profile, heard.doubts
    assert (bureau.asked == ["12345678"], profile.rating == "A") == (asked, asked)
    assert doubts == () and books._items == {} and books.events == []


def test_without_any_source_nothing_is_known():
    assert learned(MemoryBooks(), Sources(), SENT, NOW) == Learned()
