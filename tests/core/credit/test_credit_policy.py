from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.decision import Outcome
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, CreditLimit, HeldAmount, Hold, LimitSource
from kasstroom.credit.room import Ground
from kasstroom.money import Money
from tests.people import NOW, eur

OWN = CreditLimit(LimitSource.OWN, eur("1000.00"), "anna", NOW)
ACCOUNT = CreditAccount("vandijk", "D1", limits=(OWN,))
TODAY = date(2026, 9, 1)


def verdict(account, amount="100.00", **more):
    asked = Asked(CreditCheck(eur(amount), account.debtor, **more), "r1", "f1", NOW)
    return decide(account, asked, Ground(default_policy()))[1]


def overdue(days, minor=50_000):
    return replace(ACCOUNT, open_by_due={TODAY - timedelta(days=days): minor})


def codes(found):
    return [reason.code for reason in found.reasons]


def test_within_the_limit_is_approved_without_reasons():
    found = verdict(ACCOUNT, "1000.00")
    assert (found.outcome, found.reasons, found.alternatives) == (Outcome.APPROVED, (), ())


def test_one_cent_above_what_is_left_is_declined_with_a_lower_amount():
    used = replace(
        ACCOUNT,
        open_by_due={date(2026, 9, 30): 30_000},
        held=(HeldAmount("rsv_1", 20_000, NOW + timedelta(days=1)),),
    )
    assert verdict(used, "500.00").outcome is Outcome.APPROVED
    found = verdict(used, "500.01")
    assert found.outcome is Outcome.DECLINED
    assert codes(found) == ["limit_exceeded"]
    assert [(a.kind, a.amount) for a in found.alternatives] == [
        ("prepay", None),
        ("part_prepayment", eur("0.01")),
        ("lower_amount", eur("500.00")),
    ]


def test_an_expired_reservation_takes_nothing():
    used = replace(ACCOUNT, held=(HeldAmount("rsv_1", 100_000, NOW),))
    assert verdict(used).outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    ("days", "outcome"),
    [(0, "approved"), (7, "approved"), (8, "refer"), (28, "refer"), (29, "declined")],
)
def test_overdue_weighs_by_age(days, outcome):
    assert verdict(overdue(days)).outcome == outcome


def test_overdue_cents_block_nobody():
    assert verdict(overdue(90, minor=2500)).outcome is Outcome.APPROVED
    assert verdict(overdue(90, minor=2501)).outcome is Outcome.DECLINED


def test_a_credit_balance_nets_what_is_overdue():
    netted = replace(ACCOUNT, open_by_due={date(2026, 6, 1): 50_000, date(2026, 6, 2): -50_000})
    assert verdict(netted).outcome is Outcome.APPROVED


def test_a_hold_declines_whatever_is_left():
    assert codes(verdict(replace(ACCOUNT, hold=Hold("bounced", NOW)))) == ["blocked"]


def test_without_a_limit_a_person_looks():
    found = verdict(replace(ACCOUNT, limits=()))
    assert (found.outcome, codes(found)) == (Outcome.REFER, ["insufficient_data"])


def test_a_natural_person_is_never_declined_by_a_machine():
    for account in (overdue(90), replace(ACCOUNT, hold=Hold("x", NOW))):
        assert verdict(replace(account, natural_person=True)).outcome is Outcome.REFER
    person = replace(ACCOUNT, natural_person=True)
    assert verdict(person, "1000.01").outcome is Outcome.REFER


def test_an_overpayment_does_not_raise_the_limit():
    rich = replace(ACCOUNT, open_by_due={TODAY: -500_000})
    assert verdict(rich).available == Money(100_000)
