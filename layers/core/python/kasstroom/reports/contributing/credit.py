"""What credit decisions and credit accounts contribute. No day of today in it: a limit is counted
with its last day, and who reads the figures leaves out what is over."""

from __future__ import annotations

from datetime import date

from kasstroom.credit.decision import Decision
from kasstroom.credit.model import CreditAccount
from kasstroom.insurance.coverage import gap
from kasstroom.insurance.expected_loss import UNKNOWN, LossTerms, Risk, expected_loss, probability
from kasstroom.money import Money
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import Known
from kasstroom.reports.tally import Tally
from kasstroom.time import day_of

COVERED, UNCOVERED, ABOVE_LIMIT = "covered", "uncovered", "above_limit"
INSOLVENT = "insolvent"
_TERMS = LossTerms()


def of_decision(decision: Decision, known: Known) -> dict[Cell, int]:
    """On the Amsterdam day of `decided_at`, by policy (`<name>.<number>`) and outcome: DECISIONS
    one, ASKED `requested`, GRANTED `approved`, the latter two in the currency asked for."""
    tally, on = Tally(), day_of(decision.decided_at)
    where = (decision.policy, decision.outcome)
    tally.count(Measure.DECISIONS, *where, on=on)
    tally.money(Measure.ASKED, decision.requested, *where, on=on)
    tally.money(Measure.GRANTED, decision.approved, *where, on=on)
    return tally.cells


def of_credit_account(account: CreditAccount, known: Known) -> dict[Cell, int]:
    """In the account's currency, unless said otherwise:

    LIMIT          each limit, by source and `valid_to` (empty: no end)
    EXPOSURE       what is open on the account (charges too), zero when that is negative:
                   `covered` the insured percentage of what lies within the cover, half up;
                   `uncovered` the rest, with open amounts in other currencies in theirs;
                   `above_limit` what lies above the highest limit, none without a limit
    AT_RISK        the uncovered part, by `insolvent`, else the rating, else `unknown`
    EXPECTED_LOSS  AT_RISK in the account's currency x PD x LGD by the terms of the start
                   (`LossTerms`), nobody counted as failed for being late, half up per account
    """
    tally = Tally()
    for limit in account.limits:
        tally.money(Measure.LIMIT, limit.amount, limit.source, _until(limit.valid_to))
    exposure = Money(max(0, account.open_minor), account.currency)
    covered = _covered(account, exposure)
    uncovered = exposure - covered
    tally.money(Measure.EXPOSURE, covered, COVERED)
    tally.money(Measure.EXPOSURE, _above(account, exposure), ABOVE_LIMIT)
    rating = INSOLVENT if account.profile.insolvent else account.profile.rating or UNKNOWN
    elsewhere = [Money(max(0, minor), code) for code, minor in account.other_open.items()]
    for amount in (uncovered, *elsewhere):
        tally.money(Measure.EXPOSURE, amount, UNCOVERED)
        tally.money(Measure.AT_RISK, amount, rating)
    risk = Risk(probability(account, 0, _TERMS), uncovered)
    lost = expected_loss([risk], _TERMS.loss_given_default, account.currency)
    tally.money(Measure.EXPECTED_LOSS, lost)
    return tally.cells


def _until(valid_to: date | None) -> date | None:
    return None if valid_to == date.max else valid_to


def _covered(account: CreditAccount, exposure: Money) -> Money:
    terms = account.cover
    if terms is None or terms.insured.currency != account.currency:
        return Money.zero(account.currency)
    return gap(exposure, terms.insured, terms.percentage).insured


def _above(account: CreditAccount, exposure: Money) -> Money:
    limits = [one.amount.minor for one in account.limits if _in_currency(one.amount, account)]
    above = max(0, exposure.minor - max(limits)) if limits else 0
    return Money(above, account.currency)


def _in_currency(amount: Money, account: CreditAccount) -> bool:
    return amount.currency == account.currency
