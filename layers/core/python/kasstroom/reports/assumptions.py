"""What an organisation tells us about itself, because the books cannot know it.

Everything that is worked out with one of these says so: they are its own words, and a guess until
somebody filled them in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command, Versioned
from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.policy import COSTS, ChannelCost
from kasstroom.errors import Refused
from kasstroom.money import EUR, minor_digits
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class Baseline:
    """How it was before this suite; None: not known, and then nothing is compared with it.
    `monthly_cost_minor`: what collecting cost a month in people, tools and postage (EUR cents)."""

    dso_days: Decimal | None = None
    bad_debt_percent: Decimal | None = None
    monthly_cost_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of `currency` is worth in euros."""

    currency: str
    eur: Decimal


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What DSO is usual, according to whom and of which year."""

    dso_days: Decimal
    year: int
    source: str


DUTCH_MARKET = Benchmark(
    Decimal(46), 2018, "Onguard, guide to order-to-cash: average DSO in the Netherlands"
)


@dataclass(frozen=True, slots=True)
class Assumptions(Command):
    """All amounts are euros: `_minor` in cents, fractions where one message costs hardly anything.

    `message_costs` per message that went out, a phone call by `call_minutes` at
    `call_minute_minor`; `monthly_people_minor` is what collecting costs now in people,
    `monthly_subscription_minor` what this suite and its cloud cost. `interest_percent` is what
    money costs a year. DSO looks back `dso_period_days`.
    """

    before: Baseline = Baseline()
    message_costs: tuple[ChannelCost, ...] = COSTS
    call_minute_minor: Decimal = Decimal(75)
    call_minutes: Decimal = Decimal(4)
    monthly_subscription_minor: int = 0
    monthly_people_minor: int = 0
    interest_percent: Decimal = Decimal(5)
    dso_period_days: int = 90
    rates: tuple[Rate, ...] = ()
    benchmark: Benchmark = DUTCH_MARKET


@dataclass(frozen=True, slots=True)
class ReportAssumptions(Versioned):
    """What an organisation stated, one per organisation; nothing stated is the defaults."""

    org: str
    stated: Assumptions = Assumptions()
    changed_by: str = ""


_BOUNDS: tuple[tuple[str, Decimal, Decimal], ...] = (
    ("call_minute_minor", Decimal(0), Decimal(100_000)),
    ("call_minutes", Decimal(0), Decimal(120)),
    ("monthly_subscription_minor", Decimal(0), Decimal(10**11)),
    ("monthly_people_minor", Decimal(0), Decimal(10**11)),
    ("interest_percent", Decimal(0), Decimal(50)),
    ("dso_period_days", Decimal(7), Decimal(366)),
)
_BEFORE: tuple[tuple[str, Decimal, Decimal], ...] = (
    ("dso_days", Decimal(0), Decimal(1000)),
    ("bad_debt_percent", Decimal(0), Decimal(100)),
    ("monthly_cost_minor", Decimal(0), Decimal(10**11)),
)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LONGEST_SOURCE = 200


def checked(stated: Assumptions) -> Assumptions:
    """`stated` itself; Refused with a pointer at the first field that cannot be meant."""
    for name, least, most in _BOUNDS:
        _within(getattr(stated, name), least, most, name)
    for name, least, most in _BEFORE:
        value = getattr(stated.before, name)
        if value is not None:
            _within(value, least, most, f"before/{name}")
    _check_messages(stated.message_costs)
    _check_rates(stated.rates)
    _check_benchmark(stated.benchmark)
    return stated


def _within(value: Decimal | int, least: Decimal, most: Decimal, field_name: str) -> None:
    # NaN compares with nothing, so the comparison is asked the other way round.
    if not (Decimal(value).is_finite() and least <= value <= most):
        detail = f"{field_name} lies between {least} and {most}."
        raise Refused("out_of_bounds", detail, f"/body/{field_name}")


def _check_messages(costs: tuple[ChannelCost, ...]) -> None:
    named: set[Channel] = set()
    for at, cost in enumerate(costs):
        _within(cost.minor, Decimal(0), Decimal(100_000), f"message_costs/{at}/minor")
        if cost.channel in named:
            detail = f"Name {cost.channel} once."
            raise Refused("named_twice", detail, f"/body/message_costs/{at}/channel")
        named.add(cost.channel)


def _check_rates(rates: tuple[Rate, ...]) -> None:
    named = {EUR}
    for at, rate in enumerate(rates):
        pointer = f"/body/rates/{at}"
        try:
            minor_digits(rate.currency)
        except Refused as refused:
            raise Refused(refused.code, refused.detail, f"{pointer}/currency") from None
        if rate.currency in named:
            detail = f"Name {rate.currency} once; {EUR} is worth itself."
            raise Refused("named_twice", detail, f"{pointer}/currency")
        if not (rate.eur.is_finite() and 0 < rate.eur <= 10**6):
            detail = "A rate is what one unit is worth in euros: above 0, at most 1000000."
            raise Refused("out_of_bounds", detail, f"{pointer}/eur")
        named.add(rate.currency)


def _check_benchmark(benchmark: Benchmark) -> None:
    _within(benchmark.dso_days, Decimal(1), Decimal(1000), "benchmark/dso_days")
    if not _FIRST_YEAR <= benchmark.year <= _LAST_YEAR:
        detail = f"Give the year it was measured, {_FIRST_YEAR} to {_LAST_YEAR}."
        raise Refused("out_of_bounds", detail, "/body/benchmark/year")
    if not 1 <= len(benchmark.source) <= _LONGEST_SOURCE:
        detail = f"Say in 1 to {_LONGEST_SOURCE} characters who measured it."
        raise Refused("source_missing", detail, "/body/benchmark/source")


def assumptions_of(books: Books, org: str) -> ReportAssumptions:
    return books.find(ReportAssumptions, org) or ReportAssumptions(org)


def set_assumptions(
    books: Books, org: str, stated: Assumptions, actor: Actor
) -> tuple[Changes, ReportAssumptions]:
    """Refused for a machine, and for what cannot be meant; the same again changes nothing."""
    actor.must_be(Role.FINANCE)
    known = assumptions_of(books, org)
    after = replace(known, stated=checked(stated), changed_by=actor.name)
    return (Changes(update=(after,)) if after.stated != known.stated else Changes()), after
