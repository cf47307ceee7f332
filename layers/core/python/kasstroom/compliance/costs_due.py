"""What the evidence of letters and payments makes of the costs of a demand: from which day they
are owed, and over what (art. 6:96 lid 4 and 6 BW; art. 3:37 lid 3 BW; HR 25-11-2016,
ECLI:NL:HR:2016:2704). Pure; for one demand's claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from kasstroom.compliance.collection_costs import DebtorType, collection_costs, with_vat
from kasstroom.compliance.demand import Demand
from kasstroom.compliance.letter14 import LetterChannel, LetterDates, letter_dates
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class SentLetter:
    """What is known of one letter. `sent_on` is the day it was posted or mailed; `delivered_on` the
    day a receipt or a login proves; `bounced`: it came back. `valid`: its text kept the costs alive
    (`kasstroom.compliance.letter_wording.may_send`)."""

    id: str
    channel: LetterChannel
    sent_on: date
    demand: Demand
    delivered_on: date | None = None
    bounced: bool = False
    valid: bool = True


class CostsState(StrEnum):
    NO_LETTER = "no_letter"
    LETTER_INVALID = "letter_invalid"
    NOT_ARRIVED = "not_arrived"
    IN_TERM = "in_term"
    PAID_IN_TIME = "paid_in_time"
    OWED = "owed"


_SENTENCE = {
    CostsState.NO_LETTER: "No fourteen-day letter was sent: no costs are owed; send one.",
    CostsState.LETTER_INVALID: "No letter was right: no costs are owed; send a correct one.",
    CostsState.NOT_ARRIVED: "The letter came back: send it again, by post.",
    CostsState.IN_TERM: "The term runs: nothing may be charged yet.",
    CostsState.PAID_IN_TIME: "All was paid in time: no costs are owed.",
    CostsState.OWED: "The costs are owed.",
}


@dataclass(frozen=True, slots=True)
class CostsDue:
    """`costs` without and `total_costs` with `vat`, zero unless they are owed or will be.
    `from_on` is the first day to charge them; `proven`: the arrival is, by a receipt, and not only
    presumed."""

    state: CostsState
    sentence: str
    costs: Money = Money(0)
    vat: Money = Money(0)
    from_on: date | None = None
    letter: str = ""
    proven: bool = False
    dates: LetterDates | None = None

    @property
    def total_costs(self) -> Money:
        return self.costs + self.vat

    @property
    def may_charge(self) -> bool:
        return self.state is CostsState.OWED and bool(self.total_costs)


Payment = tuple[date, Money]
"""The day money came in for these claims, and how much."""


def costs_due_from(letter: SentLetter) -> LetterDates | None:
    """Post is presumed to arrive; e-mail arrives when it is sent and does not bounce, a receipt
    proves it. None for a letter that came back. Claim the costs from `safe_on`."""
    if letter.bounced:
        return None
    return letter_dates(letter.sent_on, letter.channel, delivered_on=letter.delivered_on)


def costs_due(letters: Sequence[SentLetter], payments: Sequence[Payment], today: date) -> CostsDue:
    """By the latest letter that was right and arrived. What was paid since, before its safe day, is
    paid in time: the costs are over what then is left, and gone when nothing is."""
    valid = [letter for letter in letters if letter.valid]
    arrived = [letter for letter in valid if not letter.bounced]
    if not arrived:
        if valid:
            return _no(CostsState.NOT_ARRIVED)
        return _no(CostsState.LETTER_INVALID if letters else CostsState.NO_LETTER)
    letter = max(arrived, key=lambda each: (each.sent_on, each.id))
    dates = costs_due_from(letter)
    assert dates is not None
    found = _over_the_rest(letter.demand, _paid(payments, letter.sent_on, dates.safe_on))
    if found.state is CostsState.OWED and today < dates.safe_on:
        found = replace(
            found, state=CostsState.IN_TERM, sentence=_SENTENCE[CostsState.IN_TERM]
        )  # fmt: skip
    from_on = None if found.state is CostsState.PAID_IN_TIME else dates.safe_on
    proven = letter.delivered_on is not None
    return replace(found, from_on=from_on, letter=letter.id, proven=proven, dates=dates)


def business_costs_due(
    demand: Demand, due_on: date, payments: Sequence[Payment], today: date
) -> CostsDue:
    """A business owes the costs of its demand from the day after the last day of payment, without a
    letter; what it paid up to that day bears none."""
    from_on = due_on + timedelta(days=1)
    if sum(amount.minor for on, amount in payments if on <= due_on) >= demand.principal.minor:
        return _no(CostsState.PAID_IN_TIME)
    state = CostsState.OWED if today >= from_on else CostsState.IN_TERM
    return CostsDue(state, _SENTENCE[state], demand.costs, demand.vat, from_on)


def _paid(payments: Sequence[Payment], first: date, before: date) -> int:
    return sum(amount.minor for on, amount in payments if first <= on < before)


def _over_the_rest(demand: Demand, paid_minor: int) -> CostsDue:
    """Never more than the letter named: 1,000 of which 400 is paid in time bears the costs of
    600."""
    left = demand.principal.minor - paid_minor
    if left <= 0:
        return _no(CostsState.PAID_IN_TIME)
    owed = CostsDue(CostsState.OWED, _SENTENCE[CostsState.OWED], demand.costs, demand.vat)
    rest = collection_costs([left], DebtorType.CONSUMER)
    if rest.costs_minor >= demand.costs.minor:
        return owed
    rest = with_vat(rest) if demand.vat else rest
    return replace(owed, costs=Money(rest.costs_minor), vat=Money(rest.vat_minor))


def _no(state: CostsState) -> CostsDue:
    return CostsDue(state, _SENTENCE[state])
