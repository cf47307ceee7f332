"""Country packs: what is known, what is not, and when a debtor abroad may be contacted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.contact_hours import is_contact_day, may_contact, next_contact
from kasstroom.compliance.countries import COUNTRIES, country
from kasstroom.compliance.debt_help import TEXTS, debt_help
from kasstroom.compliance.holidays import holidays
from kasstroom.errors import Refused
from tests.shared import law

CONSUMER, BUSINESS = DebtorType.CONSUMER, DebtorType.BUSINESS
BE_2026 = "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25"
DE_2026 = "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"
INSTANTS = st.integers(0, 20 * 366 * 86_400).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@pytest.mark.parametrize(("code", "expected"), [("BE", BE_2026), ("DE", DE_2026)])
def test_the_holidays_of_the_whole_country(code, expected):
    found = sorted(f"{day:%m-%d}" for day in country(code).holidays(2026))
    assert found == expected.split()


def test_home_is_complete_and_read_from_the_law():
    home = country()
    assert (home.code, home.unknown, home.unconfirmed) == ("NL", (), ())
    assert (home.minimum_term_days, home.letter.wording) == (14, True)
    assert home.holidays(2026) == holidays(2026)
    assert (home.hours.opens, home.hours.closes) == (time(7), time(20))


def test_home_counts_as_the_examples_do():
    for example in law()["bik"]:
        cents = int(Decimal(example["principal"]) * 100)
        expected = int(Decimal(example["excl"]) * 100)
        assert country().costs.most(cents, CONSUMER) == expected
    assert country().interest.percent_on(BUSINESS, date(2026, 7, 1)) == Decimal("10.40")
    assert country().interest.percent_on(CONSUMER, date(2026, 1, 1)) == Decimal(4)


def test_what_is_not_known_abroad_is_said():
    assert country("BE").unknown == ("interest", "hours", "debt_help")
    assert country("BE").unconfirmed == ("letter", "costs")
    assert country("DE").unknown == ("letter", "hours", "debt_help")
    assert country("DE").regional
    assert country("DE").interest.percent_on(CONSUMER, date(2026, 7, 1)) is None
    assert country("DE").interest.points == {CONSUMER: Decimal(5), BUSINESS: Decimal(9)}
    with pytest.raises(Refused, match="there are packs for NL, BE, DE"):
        country("FR")


@pytest.mark.parametrize(
    ("principal", "most"),
    [
        (0, 0), (1, 2_000), (15_000, 2_000), (15_100, 3_010), (50_000, 6_500),
        (100_000, 9_000), (10_000_000, 200_000),
    ],
)  # fmt: skip
def test_what_late_payment_costs_a_belgian_consumer(principal, most):
    assert country("BE").costs.most(principal, CONSUMER) == most
    assert country("BE").costs.most(principal, BUSINESS) is None


def test_the_lump_sum_between_german_businesses():
    assert country("DE").costs.most(100_000, BUSINESS) == 4_000
    assert country("DE").costs.most(0, BUSINESS) == 0
    assert country("DE").costs.most(100_000, CONSUMER) is None


@pytest.mark.parametrize(
    ("day", "open_in"),
    [
        (date(2026, 7, 21), {"NL", "DE"}),
        (date(2026, 5, 5), {"BE", "DE"}),
        (date(2026, 10, 3), {"NL", "BE"}),
        (date(2026, 11, 22), set()),
        (date(2026, 11, 21), {"NL", "BE", "DE"}),
    ],
)
def test_each_country_has_its_own_days(day, open_in):
    assert {code for code in COUNTRIES if is_contact_day(day, code)} == open_in


def test_the_examples_and_what_comes_after_a_no():
    for moment, answer in law()["may_contact"]:
        local = datetime.fromisoformat(moment).replace(tzinfo=country().zone)
        assert may_contact(local, "NL") is (answer == "yes")
        assert may_contact(local) is may_contact(local, "FR"), "without a pack those of home"
    friday = datetime(2026, 12, 25, 11, tzinfo=UTC)
    assert next_contact(friday) == datetime(2026, 12, 28, 6, tzinfo=UTC)
    assert next_contact(friday, "BE") == datetime(2026, 12, 26, 6, tzinfo=UTC)


@given(INSTANTS, st.sampled_from(sorted(COUNTRIES)))
def test_the_next_contact_is_allowed_and_the_first(now, code):
    upcoming = next_contact(now, code)
    assert may_contact(upcoming, code)
    assert upcoming - now < timedelta(days=6)
    if upcoming != now:
        assert not may_contact(upcoming - timedelta(seconds=1), code)


def test_debt_help_in_every_language_of_the_house_and_only_where_it_is_known():
    assert {language for _, language in TEXTS} == {"nl", "en", "de", "fy"}
    for found in TEXTS.values():
        assert found.source and "!" not in found.text
    assert debt_help("nl").text.startswith("Hebt u geldzorgen?")
    assert debt_help("de", "DE") is None
    assert all(bool(debt_help(p.languages[0], p.code)) is p.debt_help for p in COUNTRIES.values())
