"""The id of something of another organisation is the id of nothing."""

from __future__ import annotations

import pytest

from kasstroom.applications.finding import by_id
from kasstroom.applications.opening import NewApplication, create
from kasstroom.changes import Changes
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.explaining import explain
from kasstroom.credit.group_views import group_of
from kasstroom.credit.groups import CreditGroup
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.reservations import released, reservation_of, step
from kasstroom.credit.reviews import QueuedReview
from kasstroom.credit.room import Ground
from kasstroom.credit.usecases import check, decision_of
from kasstroom.debtors.credit_terms import CreditTerms, set_credit
from kasstroom.errors import NotFound
from kasstroom.insurance.model import Cover
from kasstroom.settle import settle
from kasstroom.work.cases import case, review_of
from tests.core.insurance.policyholder import ask, policyholder
from tests.people import NOW, ORG, eur, organisation

OTHER = "other"


def grounds(account):
    return Ground(default_policy())


@pytest.fixture
def books():
    """Something of everything, of Van Dijk."""
    made = policyholder()
    organisation(made)
    ask(made)
    own = CreditLimit(LimitSource.OWN, eur("1000.00"), "anna", NOW)
    held = CreditAccount(ORG, "D2", limits=(own,), group="bouw")
    group = CreditGroup(ORG, "bouw", "Bouwgroep", "D2", eur("1000.00"), ("D2",))
    made.commit(Changes(create=(held, group)))
    return made


def checked(books, debtor):
    asked = Asked(CreditCheck(eur("400.00"), debtor), f"r{debtor}", "f", NOW)
    return settle(books, lambda: check(books, ORG, asked, grounds=grounds, newcomer=None))


def test_ids_of_another_organisation_lead_nowhere(books):
    held, referred = checked(books, "D2"), checked(books, "D1")
    assert (held.outcome, referred.outcome) == ("approved", "refer")
    (queued,) = books.every(QueuedReview)
    new = NewApplication("D9")
    opened = settle(books, lambda: create(books, ORG, new, token="t" * 22, by="webshop", now=NOW))
    looks = {
        "decision": lambda org: decision_of(books, org, held.id),
        "explanation": lambda org: explain(books, org, held.id),
        "reservation": lambda org: reservation_of(books, org, held.reservation_id),
        "release": lambda org: step(books, org, held.reservation_id, released, NOW, grounds),
        "review": lambda org: review_of(books, org, queued.id),
        "case": lambda org: case(books, org, queued.id, NOW, grounds),
        "application": lambda org: by_id(books, org, opened.application.id),
        "group": lambda org: group_of(books, org, "bouw", grounds, NOW),
        "cover": lambda org: books.get(Cover, org, "D1"),
        "credit": lambda org: set_credit(books, org, "D2", CreditTerms(eur("1.00")), NOW),
    }
    for name, look in looks.items():
        with pytest.raises(NotFound):
            look(OTHER)
        if name != "credit":
            assert look(ORG)
