"""POST /v1/calculations/interest: which rate from which day to which day, and how much."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kasstroom.changes import Command
from kasstroom.compliance import interest as law
from kasstroom.compliance.explained import Note, exact, minor_of, percent, within_reach
from kasstroom.compliance.interest import Compounding, DayCount, Interest, Segment, Terms, Year
from kasstroom.compliance.statutory_rates import KNOWN_UNTIL, ClaimType, rates_between
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.time import Day

_RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?\Z")
_HIGHEST = 100
LARGEST_INTEREST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class InterestAsked(Command):
    """Interest runs from the day after `due_on` up to and including `paid_on`. `contract_rate` is
    percent a year as text ("8.5") and replaces the statutory rate of the kind of `claim`; it is
    simple unless `compounding` says otherwise, statutory interest compounds yearly."""

    principal: Money
    due_on: Day
    paid_on: Day
    claim: ClaimType
    day_count: DayCount = DayCount.ACT_ACT
    compounding: Compounding | None = None
    contract_rate: str | None = None


@dataclass(frozen=True, slots=True)
class InterestStep:
    """Both days included; `rate` percent a year over `base`, `days` of `year_days`. `amount` is
    not yet rounded. `provisional`: the rate of these days was not published yet."""

    from_on: date
    until_on: date
    days: int
    base: Money
    rate: str
    year_days: int
    amount: str
    source: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class InterestYear:
    """A year since the first day of default, or what there is of it, rounded to `interest`;
    `added`: this interest bears interest in the years after it."""

    interest: Money
    added: bool
    steps: tuple[InterestStep, ...]


@dataclass(frozen=True, slots=True)
class InterestCalculation:
    """`total` is principal and interest."""

    principal: Money
    interest: Money
    total: Money
    days: int
    day_count: DayCount
    compounding: Compounding
    years: tuple[InterestYear, ...]
    source: str
    notes: tuple[Note, ...]


_DEFAULT = Note(
    "start_of_default",
    "A consumer is in default after the term of a written notice; a day printed on the invoice is"
    " enough only when that day was agreed as the last. Give the last day of that term as due_on.",
    "art. 6:82 and 6:83 BW",
)
_PROVISIONAL = Note(
    "rates_not_published",
    f"No rate for days after {KNOWN_UNTIL} was published when the rates were checked; the last"
    " known rate is used and the outcome can change.",
    "art. 6:120 BW",
)
_CLAUSE = Note(
    "clause_may_be_unfair",
    "A clause on interest that is unfair to a consumer can cost the statutory interest too.",
    "Directive 93/13/EEC, art. 6:233 BW",
)
_BELOW = Note(
    "below_statutory",
    "The contract's rate is below the statutory rate on some of these days: check which of the two"
    " holds after default.",
    "art. 6:119 lid 3 BW",
)


def interest_calculation(asked: InterestAsked) -> InterestCalculation:
    """Refused, with a pointer, for what cannot be counted: no rate known, too long, too large."""
    principal = minor_of(asked.principal, "/body/principal", asked.principal.currency)
    within_reach(asked.due_on, "/body/due_on")
    within_reach(asked.paid_on, "/body/paid_on")
    terms = Terms(asked.claim, asked.day_count, asked.compounding, _contract(asked.contract_rate))
    try:
        found = law.interest(principal, asked.due_on, asked.paid_on, terms)
    except Refused as error:
        raise Refused(error.code, error.detail, "/body/due_on") from None
    return _shown(found, terms, asked.principal.currency)


def _contract(rate: str | None) -> Decimal | None:
    if rate is None:
        return None
    if not _RATE.match(rate) or Decimal(rate) > _HIGHEST:
        detail = f"{rate!r} is not a yearly percentage from 0 to {_HIGHEST}, such as '8.5'."
        raise Refused("invalid_rate", detail, "/body/contract_rate")
    return Decimal(rate)


def _shown(found: Interest, terms: Terms, currency: str) -> InterestCalculation:
    principal = Money(found.principal_minor, currency)
    interest = Money(found.interest_minor, currency)
    if interest.decimal > LARGEST_INTEREST:
        detail = f"The interest is above {LARGEST_INTEREST:f}; count it in parts."
        raise Refused("amount_too_large", detail, "/body/principal/value")
    last = len(found.years) - 1
    years = (_year(y, terms.compounds and at < last, currency) for at, y in enumerate(found.years))
    return InterestCalculation(
        principal, interest, principal + interest, found.days, terms.day_count,
        Compounding.YEARLY if terms.compounds else Compounding.SIMPLE,
        tuple(years), terms.article, tuple(_notes(found, terms)),
    )  # fmt: skip


def _year(year: Year, added: bool, currency: str) -> InterestYear:
    steps = tuple(_step(segment, currency) for segment in year.segments)
    return InterestYear(Money(year.interest_minor, currency), added, steps)


def _step(segment: Segment, currency: str) -> InterestStep:
    return InterestStep(
        segment.from_on, segment.until_on, segment.days, Money(segment.base_minor, currency),
        percent(segment.percent), segment.year_days, exact(segment.interest, currency),
        segment.source, segment.provisional,
    )  # fmt: skip


def _notes(found: Interest, terms: Terms) -> list[Note]:
    agreed, notes = terms.contract_percent is not None, []
    if terms.claim is ClaimType.CONSUMER:
        notes += [_DEFAULT, _CLAUSE] if agreed else [_DEFAULT]
    if any(segment.provisional for segment in found.segments):
        notes.append(_PROVISIONAL)
    if agreed and found.segments:
        first, last = found.segments[0].from_on, found.segments[-1].until_on
        statutory = rates_between(terms.claim, first, last)
        if any(rate.percent > terms.contract_percent for rate in statutory):
            notes.append(_BELOW)
    return notes
