"""What one letter demands: the claims in it, and the costs they bear together when they are not
paid in time (art. 6:96 lid 4 to 7 BW; art. 2 and 2a Besluit vergoeding voor buitengerechtelijke
incassokosten). Pure; every amount is in euros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kasstroom.compliance import collection_costs as law
from kasstroom.compliance.collection_costs import Costs, DebtorType
from kasstroom.compliance.explained import euros
from kasstroom.compliance.letter14 import LetterChannel, LetterDates, letter_dates
from kasstroom.errors import Refused
from kasstroom.money import Money

Claim = tuple[str, Money]
"""What names the claim (an invoice number) and what is unpaid of it, without interest or costs."""

LOOK_BACK_MONTHS = 6
"""How far instalments look back for costs that such instalments bore already."""


@dataclass(frozen=True, slots=True)
class AgreedCosts:
    """What a contract with a business says: so many percent of the principal, at least `minimum`.
    The EUR 40 of the law for each late invoice stand whatever was agreed."""

    percent: Decimal
    minimum: Money = Money(0)


@dataclass(frozen=True, slots=True)
class EarlierLetter:
    """A letter whose costs stand. A letter that was wrong, or that never arrived, is none: the
    claims in it are demanded anew. `principal` is their sum, `costs` are without VAT; `contract`
    is given when its claims were instalments of it."""

    sent_on: date
    claims: tuple[str, ...]
    principal: Money
    costs: Money
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """`principal` is the sum of the claims; `costs` without and `total_costs` with `vat`. `claims`
    are those that this letter bears costs for. `dates` tell a consumer's term; None for a business,
    which owes the costs without a letter."""

    principal: Money
    costs: Money
    vat: Money
    total_costs: Money
    claims: tuple[Claim, ...]
    dates: LetterDates | None

    @property
    def total(self) -> Money:
        """What is owed after the term, without interest."""
        return self.principal + self.total_costs


def fourteen_day_demand(
    claims: Sequence[Claim],
    kind: DebtorType,
    creditor_can_deduct_vat: bool,
    sent_on: date,
    letter_channel: LetterChannel,
    *,
    collected_by_service: bool = False,
    contract: str = "",
    earlier: Sequence[EarlierLetter] = (),
    agreed: AgreedCosts | None = None,
    in_default_on: date | None = None,
) -> Demand:
    """One letter for all claims: their principals are added and bear one fee. A claim of an
    `earlier` letter is left out, so it never bears costs twice. `contract`: the claims are missed
    instalments of it, and costs of its letters in the last six months count towards theirs.
    `in_default_on` is the first day of default of the oldest claim: what a consumer owed when an
    earlier letter was sent could have been in that one, so the two bear one fee. VAT is on top only
    when `collected_by_service` (a service that charges VAT) and the creditor cannot deduct it; the
    letter has to say so.

    Refused with nothing to demand, a claim that is named twice or is not above zero, another
    currency than euros, or terms of a business for a consumer.
    """
    fresh = _fresh(claims, earlier)
    _for_this_kind(kind, contract, agreed)
    minors = [amount.minor for _, amount in fresh]
    if contract:
        charged = charged_before(earlier, contract, sent_on)
        costs = law.instalment_costs(minors, charged_minor=charged, in_default_on=in_default_on)
    elif kind is DebtorType.CONSUMER:
        costs = _joined(minors, earlier, sent_on, in_default_on)
    else:
        costs = law.collection_costs(minors, kind, in_default_on=in_default_on)
    if agreed is not None:
        costs = _agreed(costs, agreed, len(minors), in_default_on)
    if collected_by_service and not creditor_can_deduct_vat:
        costs = law.with_vat(costs)
    dates = letter_dates(sent_on, letter_channel) if kind is DebtorType.CONSUMER else None
    return Demand(
        Money(sum(minors)), Money(costs.costs_minor), Money(costs.vat_minor),
        Money(costs.total_minor), fresh, dates,
    )  # fmt: skip


def charged_before(earlier: Sequence[EarlierLetter], contract: str, sent_on: date) -> int:
    """Cents of costs that letters about this contract bore in the six months before this day."""
    since = _months_before(sent_on, LOOK_BACK_MONTHS)
    return sum(
        letter.costs.minor
        for letter in earlier
        if letter.contract == contract and since <= letter.sent_on <= sent_on
    )


def _fresh(claims: Sequence[Claim], earlier: Sequence[EarlierLetter]) -> tuple[Claim, ...]:
    names = [name for name, _ in claims]
    if len(set(names)) < len(names):
        raise Refused("claim_twice", "A claim is named twice; demand each once.", "/claims")
    for at, (name, amount) in enumerate(claims):
        if euros(amount, f"/claims/{at}") == 0:
            detail = f"Nothing is unpaid of {name}; leave it out of the letter."
            raise Refused("nothing_unpaid", detail, f"/claims/{at}")
    demanded = {name for letter in earlier for name in letter.claims}
    fresh = tuple(claim for claim in claims if claim[0] not in demanded)
    if not claims:
        raise Refused("nothing_to_demand", "There is no claim to demand; add one.", "/claims")
    if not fresh:
        detail = "An earlier letter demanded each of these claims and its costs stand; send no new."
        raise Refused("demanded_before", detail, "/claims")
    return fresh


def _for_this_kind(kind: DebtorType, contract: str, agreed: AgreedCosts | None) -> None:
    if kind is DebtorType.CONSUMER and agreed is not None:
        detail = "A consumer owes the costs of the law and no other; leave out what was agreed."
        raise Refused("agreed_with_a_consumer", detail, "/agreed")
    if kind is DebtorType.BUSINESS and contract:
        detail = "Only instalments of a consumer have a rule of their own; leave out the contract."
        raise Refused("instalments_of_a_business", detail, "/contract")


def _joined(
    minors: list[int], earlier: Sequence[EarlierLetter], sent_on: date, in_default_on: date | None
) -> Costs:
    alone = law.collection_costs(minors, DebtorType.CONSUMER, in_default_on=in_default_on)
    if in_default_on is None:
        return alone
    could = [e for e in earlier if not e.contract and in_default_on <= e.sent_on <= sent_on]
    before = [euros(letter.principal, "/earlier/principal") for letter in could]
    whole = law.costs_of(sum(minors) + sum(before), law.scale_on(in_default_on)).costs_minor
    room = max(0, whole - sum(letter.costs.minor for letter in could))
    return replace(alone, costs_minor=min(alone.costs_minor, room))


def _agreed(costs: Costs, agreed: AgreedCosts, late: int, in_default_on: date | None) -> Costs:
    euros(agreed.minimum, "/agreed/minimum")
    if agreed.percent < 0:
        raise Refused("negative_percent", "A percentage is not below zero.", "/agreed/percent")
    share = Money.of(Money(costs.principal_minor).decimal * agreed.percent / 100).minor
    least = late * law.scale_on(in_default_on).minimum_minor
    return replace(costs, costs_minor=max(share, agreed.minimum.minor, least), bound=None)


def _months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month when it is shorter."""
    month = day.year * 12 + day.month - 1 - months
    for last in (day.day, 30, 29, 28):
        try:
            return date(month // 12, month % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
