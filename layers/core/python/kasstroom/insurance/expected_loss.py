"""How large the reserve should be: expected loss = PD x LGD x EAD, in exact decimals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from kasstroom.changes import Command
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.rules import step
from kasstroom.errors import Refused
from kasstroom.money import Money

UNKNOWN = "unknown"
ONE = Decimal(1)


def _by_rating() -> dict[str, Decimal]:
    rates = {"A": "0.005", "B": "0.01", "C": "0.03", "D": "0.08", "E": "0.20", UNKNOWN: "0.05"}
    return {rating: Decimal(rate) for rating, rate in rates.items()}


@dataclass(frozen=True, slots=True)
class LossTerms(Command):
    """`default_probability` is the chance per rating to fail within a year (0 to 1), with
    `unknown` for who has none; `loss_given_default` the share that is lost then. Who is more than
    `default_after_days` late counts as failed. The figures given are a start; set your own."""

    loss_given_default: Decimal = Decimal("0.60")
    default_after_days: int = 90
    default_probability: dict[str, Decimal] = field(default_factory=_by_rating)


@dataclass(frozen=True, slots=True)
class Risk:
    """`exposure` is what no insurer pays when this debtor fails (EAD)."""

    probability: Decimal
    exposure: Money


@dataclass(frozen=True, slots=True)
class Adequacy:
    """`shortfall` is what the reserve lacks; `ratio` balance / expected loss, two decimals, None
    when nothing is expected to be lost."""

    balance: Money
    expected_loss: Money
    shortfall: Money
    ratio: Decimal | None


def checked(terms: LossTerms) -> LossTerms:
    rates = {f"/default_probability{step(n)}": p for n, p in terms.default_probability.items()}
    for at, rate in (rates | {"/loss_given_default": terms.loss_given_default}).items():
        if not rate.is_finite() or not 0 <= rate <= 1:
            raise Refused("invalid_rate", "A rate lies between 0 and 1.", f"/body{at}")
    if UNKNOWN not in terms.default_probability:
        detail = "Give a probability for `unknown` too."
        raise Refused("invalid_rate", detail, "/body/default_probability")
    if not 1 <= terms.default_after_days <= 1095 or len(terms.default_probability) > 50:
        raise Refused("invalid_rate", "default_after_days lies between 1 and 1095.", "/body")
    return terms


def probability(account: CreditAccount, late_days: int, terms: LossTerms) -> Decimal:
    if late_days > terms.default_after_days or account.profile.insolvent:
        return ONE
    rates = terms.default_probability
    return rates.get(account.profile.rating or UNKNOWN, rates[UNKNOWN])


def expected_loss(risks: Iterable[Risk], loss_given_default: Decimal, currency: str) -> Money:
    """Rounded once, over the whole portfolio."""
    total = sum((risk.probability * risk.exposure.decimal for risk in risks), Decimal(0))
    return Money.of(total * loss_given_default, currency)


def adequacy(balance: Money, expected: Money) -> Adequacy:
    short = max(expected - balance, Money.zero(balance.currency))
    ratio = None
    if expected:
        exact = balance.decimal / expected.decimal
        ratio = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Adequacy(balance, expected, short, ratio)
