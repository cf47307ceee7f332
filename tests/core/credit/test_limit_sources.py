"""Limits of several sources: the ledger tells how they came about, and the rules they keep to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kasstroom.credit.basis import LimitBasis, Take, effective
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.limit_rules import (
    change,
    check_days,
    check_used,
    in_currency,
    needs_four_eyes,
)
from kasstroom.credit.model import CreditAccount, CreditLimit, HeldAmount, LimitSource, Warned
from kasstroom.credit.policy_document import read
from kasstroom.errors import Refused
from kasstroom.events.credit import CreditLimitApproaching, CreditLimitExceeded
from kasstroom.money import Money
from tests.people import NOW, eur

TODAY = date(2026, 9, 1)
RULE = {"id": "r", "when": {"fact": "hold", "is": True}, "outcome": "refer", "reason": "blocked"}
OWN, TEMPORARY = LimitSource.OWN, LimitSource.TEMPORARY
ACCOUNT = CreditAccount("vandijk", "D1")
sources = st.sampled_from(LimitSource)
amounts = st.integers(0, 10**9).map(Money)
days = st.none() | st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=60))


def limit(source, amount, valid_from=None, valid_to=None, by="anna"):
    return CreditLimit(source, amount, by, NOW, valid_from, valid_to)


def given_limits(*limits):
    return replace(ACCOUNT, limits=limits)


def changed(account, what, policy=None, now=NOW):
    return change(account, what, policy or default_policy(), by="anna", reason="because", now=now)


def policy(**terms):
    return read("default", 1, {"rules": [RULE]} | terms)


steps = st.lists(sources | st.builds(limit, sources, amounts, days, days), max_size=15)


@given(steps)
def test_the_ledger_replayed_gives_the_limits_of_the_account(taken):
    account, ledger = ACCOUNT, []
    for n, what in enumerate(taken):
        account, told = changed(account, what, now=NOW + timedelta(seconds=n))
        ledger += told.create
        assert len([e for e in told.events if e.TYPE == "credit.limit.changed"]) == len(told.create)
    replayed: dict[LimitSource, Money] = {}
    for line in sorted(ledger, key=lambda line: line.id):
        assert line.before == replayed.get(line.source)
        if line.after is None:
            del replayed[line.source]
        else:
            replayed[line.source] = line.after
    assert replayed == {li.source: li.amount for li in account.limits}
    assert len({li.source for li in account.limits}) == len(account.limits)


@given(
    st.lists(st.builds(limit, sources, amounts, days, days), unique_by=lambda li: li.source),
    st.sampled_from(Take),
    st.lists(sources.filter(lambda s: s is not TEMPORARY), unique=True).map(tuple),
    st.dates(TODAY - timedelta(days=90), TODAY + timedelta(days=90)),
)
def test_the_effective_limit_never_exceeds_the_sum_of_the_sources(limits, take, of, today):
    account = given_limits(*limits)
    counting = [li for li in limits if li.counts_on(today)]
    found = effective(account, LimitBasis(take, of), today)
    if found is None:
        assert not [li for li in counting if li.source in (*of, TEMPORARY)]
    else:
        assert 0 <= found.minor <= sum(li.amount.minor for li in counting)


small = st.integers(0, 110_000).map(Money)


LATER = limit(LimitSource.DISCRETIONARY, eur("800.00"), TODAY + timedelta(days=30))


@given(st.lists(st.builds(limit, sources, small, days, days), max_size=4), st.sampled_from(Take))
@example([LATER, limit(OWN, eur("800.00"))], Take.SUM)
def test_without_a_second_person_nothing_above_the_bound_ever_counts(taken, take):
    """Whatever is set in whatever order by one person alone, no limit gets above the bound."""
    bound = policy(four_eyes_above="1000.00", limit={"take": take.value})
    account = ACCOUNT
    for one in taken:
        if not needs_four_eyes(account, one, bound, TODAY):
            account, _ = changed(account, one, bound)
    for ahead in range(61):
        found = effective(account, bound.terms.basis, TODAY + timedelta(days=ahead))
        assert found is None or found <= eur("1000.00")


def test_setting_what_stands_there_leaves_no_trace():
    account, told = changed(ACCOUNT, limit(OWN, eur("100.00")))
    again, nothing = changed(account, limit(OWN, eur("100.00"), by="erp"))
    assert (again, bool(nothing)) == (account, False)
    assert told.create[0].by == "anna"


def test_whoever_has_a_limit_has_a_review_day():
    account, _ = changed(ACCOUNT, limit(OWN, eur("100.00")), policy(reviews={"every_days": 90}))
    assert account.review_on == TODAY + timedelta(days=90)
    again, _ = changed(account, limit(OWN, eur("200.00")), now=NOW + timedelta(days=10))
    assert again.review_on == account.review_on


@pytest.mark.parametrize(
    ("standing", "asked", "needs"),
    [
        (None, limit(OWN, eur("50000.00")), False),
        (None, limit(OWN, eur("50000.01")), True),
        (limit(OWN, eur("80000.00")), limit(OWN, eur("70000.00")), False),
        (limit(OWN, eur("80000.00")), limit(OWN, eur("80000.01")), True),
        (limit(OWN, eur("80000.00"), None, date(2026, 10, 1)), limit(OWN, eur("80000.00")), True),
        (limit(OWN, eur("80000.00")), limit(TEMPORARY, eur("1.00"), None, TODAY), False),
    ],
)
def test_a_raise_above_the_bound_needs_a_second_person(standing, asked, needs):
    account = given_limits(standing) if standing else ACCOUNT
    assert needs_four_eyes(account, asked, default_policy(), TODAY) is needs


def test_two_limits_that_are_added_up_cannot_walk_around_the_bound():
    added = policy(limit={"take": "sum"})
    account = given_limits(limit(OWN, eur("40000.00")))
    asked = limit(LimitSource.DISCRETIONARY, eur("10000.01"))
    assert needs_four_eyes(account, asked, added, TODAY)
    assert not needs_four_eyes(account, asked, default_policy(), TODAY)


def test_the_bound_is_weighed_in_the_policy_s_currency():
    dollars = replace(ACCOUNT, currency="USD")
    rated = policy(exchange_rates={"USD": "0.50"})
    assert not needs_four_eyes(dollars, limit(OWN, Money(9_000_000, "USD")), rated, TODAY)
    assert needs_four_eyes(dollars, limit(OWN, Money(10_000_002, "USD")), rated, TODAY)


@pytest.mark.parametrize(
    ("asked", "code", "pointer"),
    [
        (limit(TEMPORARY, eur("1.00")), "valid_to_missing", "/body/valid_to"),
        (limit(TEMPORARY, eur("1.00"), None, TODAY), "valid_to_past", "/body/valid_to"),
        (limit(OWN, eur("1.00"), None, date(9999, 12, 31)), "too_far_ahead", "/body/valid_to"),
        (limit(OWN, eur("1.00"), date(9999, 1, 1)), "too_far_ahead", "/body/valid_from"),
        (limit(OWN, eur("1.00"), date(2026, 9, 2)), "starts_later", "/body/valid_from"),
        (
            limit(TEMPORARY, eur("1.00"), date(2026, 9, 9), date(2026, 9, 8)),
            "ends_before_start",
            "/body/valid_to",
        ),
    ],
)
def test_days_that_make_no_sense_are_refused(asked, code, pointer):
    with pytest.raises(Refused) as refused:
        check_days(given_limits(limit(OWN, eur("5.00"))), asked, TODAY)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_a_limit_below_what_is_used_says_so():
    held = HeldAmount("rsv_1", 20_000, NOW + timedelta(days=1))
    used = replace(
        given_limits(limit(OWN, eur("900.00"))), held=(held,), open_by_due={TODAY: 30_000}
    )
    for amount in ("500.00", "1000.00"):
        check_used(used, changed(used, limit(OWN, eur(amount)))[0], default_policy(), NOW, "/x")
    lower, told = changed(used, limit(OWN, eur("499.99")))
    with pytest.raises(Refused, match="EUR 500.00 is open or reserved") as refused:
        check_used(used, lower, default_policy(), NOW, "/body/amount/value")
    assert (refused.value.code, refused.value.pointer) == (
        "limit_below_reserved",
        "/body/amount/value",
    )
    # A raise that is still too low helps and is let through.
    check_used(lower, changed(lower, limit(OWN, eur("499.99")))[0], default_policy(), NOW, "/x")
    assert lower.warned is Warned.EXCEEDED
    assert [type(e) for e in told.events[1:]] == [CreditLimitExceeded]


def test_a_warning_is_given_once_on_the_way_up():
    account, _ = changed(replace(ACCOUNT, open_by_due={TODAY: 80_000}), limit(OWN, eur("1000.01")))
    assert account.warned is Warned.NOTHING
    account, told = changed(account, limit(OWN, eur("1000.00")))
    assert isinstance(told.events[1], CreditLimitApproaching)
    account, told = changed(account, limit(OWN, eur("900.00")))
    assert [e.TYPE for e in told.events] == ["credit.limit.changed"]


def test_an_account_takes_another_currency_only_before_it_runs():
    dollars = Money(100, "USD")
    assert in_currency(ACCOUNT, dollars, "/body/amount").currency == "USD"
    for running in (
        given_limits(limit(OWN, eur("1.00"))),
        replace(ACCOUNT, open_by_due={TODAY: 1}),
        replace(ACCOUNT, group="g"),
    ):
        with pytest.raises(Refused) as refused:
            in_currency(running, dollars, "/body/amount")
        assert refused.value.pointer == "/body/amount/currency"
