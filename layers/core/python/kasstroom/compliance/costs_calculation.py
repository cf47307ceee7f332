"""POST /v1/calculations/collection-costs: what may be charged, and which bracket gave what."""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.changes import Command
from kasstroom.compliance import collection_costs as law
from kasstroom.compliance.collection_costs import Bound, Costs, DebtorType
from kasstroom.compliance.explained import Note, counted, euros, exact, percent
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.time import Day


@dataclass(frozen=True, slots=True)
class CostsAsked(Command):
    """`principals` are what is unpaid of the claims that are dunned together, without interest.
    `instalments`: they are missed instalments of one consumer contract, with in `charged` the costs
    that such instalments bore in the last six months. `vat` only when a collection service charges
    it and the creditor cannot deduct it. `in_default_on` is the first day of default."""

    debtor: DebtorType
    principals: tuple[Money, ...]
    instalments: bool = False
    charged: Money | None = None
    vat: bool = False
    in_default_on: Day | None = None


@dataclass(frozen=True, slots=True)
class CostsStep:
    """`rule` is bracket, or what changed the outcome; `amount` is exact, not yet rounded."""

    rule: str
    detail: str
    amount: str
    source: str
    above: Money | None = None
    up_to: Money | None = None
    rate: str | None = None


@dataclass(frozen=True, slots=True)
class CostsCalculation:
    """`costs` without VAT; every amount is in euros."""

    principal: Money
    costs: Money
    vat: Money
    total: Money
    steps: tuple[CostsStep, ...]
    notes: tuple[Note, ...]


_BOUNDS = {
    Bound.MINIMUM: ("Never less than this.", law.BESLUIT),
    Bound.MAXIMUM: ("Never more than this.", law.BESLUIT),
    Bound.NO_CLAIM: ("Nothing is unpaid, so nothing is owed.", law.BESLUIT),
    Bound.EACH_INVOICE: (
        "At least EUR 40 for each late invoice; the costs over the sum count towards it.",
        law.EACH_INVOICE,
    ),
    Bound.INSTALMENTS: (
        "Instalments up to EUR 266.67 bear the costs of one within six months, less what was"
        " charged already.",
        law.INSTALMENTS,
    ),
}
_LETTER = Note(
    "fourteen_day_letter",
    "A consumer owes this only after a correct fourteen-day letter that names this exact amount.",
    "art. 6:96 lid 6 BW",
)
_BUSINESS = Note(
    "owed_without_letter",
    "A business owes this from the day after the last day of payment, unless a contract says"
    " otherwise.",
    "art. 6:96 lid 4 BW",
)
_VAT = Note(
    "vat_declared",
    "The letter has to say that a service charges VAT and that the creditor cannot deduct it.",
    law.VAT,
)


def costs_calculation(asked: CostsAsked) -> CostsCalculation:
    """Refused, with a pointer, for what is not an amount in euros or not covered by the scale."""
    counted(asked.principals, "/body/principals")
    principals = [
        euros(amount, f"/body/principals/{at}") for at, amount in enumerate(asked.principals)
    ]
    found = _found(asked, principals)
    if asked.vat:
        found = law.with_vat(found)
    notes = (_LETTER if asked.debtor is DebtorType.CONSUMER else _BUSINESS,)
    return CostsCalculation(
        Money(found.principal_minor),
        Money(found.costs_minor),
        Money(found.vat_minor),
        Money(found.total_minor),
        _steps(found, len(principals), asked.debtor),
        (*notes, _VAT) if asked.vat else notes,
    )


def _found(asked: CostsAsked, principals: list[int]) -> Costs:
    charged = euros(asked.charged, "/body/charged")
    if asked.charged is not None and not asked.instalments:
        detail = "What was charged before counts for instalments only; set instalments."
        raise Refused("charged_without_instalments", detail, "/body/charged")
    if asked.instalments and asked.debtor is not DebtorType.CONSUMER:
        detail = "Only instalments of a consumer have a rule of their own; leave it out."
        raise Refused("instalments_of_a_business", detail, "/body/instalments")
    on = asked.in_default_on
    try:
        if asked.instalments:
            return law.instalment_costs(principals, charged_minor=charged, in_default_on=on)
        return law.collection_costs(principals, asked.debtor, in_default_on=on)
    except Refused as error:
        raise Refused(error.code, error.detail, "/body/in_default_on") from None


def _steps(found: Costs, claims: int, debtor: DebtorType) -> tuple[CostsStep, ...]:
    steps = []
    if claims > 1:
        added = f"The principals of {claims} claims that are dunned together are added."
        source = law.IN_ONE_LETTER if debtor is DebtorType.CONSUMER else law.BESLUIT
        steps.append(CostsStep("added", added, Money(found.principal_minor).value, source))
    for each in found.slices:
        above, up_to = Money(each.above_minor), Money(each.up_to_minor)
        rate = percent(each.percent)
        detail = f"{rate} percent over the part from {above} up to {up_to}."
        amount = exact(each.amount)
        steps.append(CostsStep("bracket", detail, amount, law.BESLUIT, above, up_to, rate))
    if found.bound:
        detail, source = _BOUNDS[found.bound]
        steps.append(CostsStep(found.bound, detail, Money(found.costs_minor).value, source))
    if found.vat_percent:
        rate = percent(found.vat_percent)
        detail = f"{rate} percent VAT over the costs."
        steps.append(CostsStep("vat", detail, Money(found.vat_minor).value, law.VAT, rate=rate))
    return tuple(steps)
