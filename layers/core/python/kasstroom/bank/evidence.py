"""What speaks for one debtor and what against: named invoices, account, name, amount. Pure."""

from __future__ import annotations

from typing import NamedTuple

from kasstroom.bank.candidates import NAME_AGREES, NAME_HINTS, Candidate, Found, Named
from kasstroom.bank.clues import Strength
from kasstroom.bank.model import BankLine
from kasstroom.bank.sums import Explained, Fit, Tolerance, of_debtor, of_named
from kasstroom.bank.text import likeness, within_one_edit
from kasstroom.dunning.model import OpenItem

NAME_SAME = 95
WHOLE = frozenset({Fit.EXACT, Fit.WITH_OTHERS, Fit.NETTED, Fit.SMALL_DIFFERENCE})
IN_PART = frozenset({Fit.PART, Fit.OVER, Fit.DISCOUNT})
_FITS = {
    Fit.EXACT: 40, Fit.ALL_OPEN: 35, Fit.WITH_OTHERS: 35, Fit.NETTED: 35, Fit.SMALL_DIFFERENCE: 30,
    Fit.DISCOUNT: 25, Fit.COMBINATION: 25, Fit.SEVERAL_WAYS: 20, Fit.PART: 15, Fit.OVER: 10,
    Fit.SETTLED: 0, Fit.NOTHING: 0,
}  # fmt: skip
_NAMED = {None: 0, Strength.WEAK: 30, Strength.EXACT: 50, Strength.PROTECTED: 65}
_WHO = {
    "iban_known": 35, "iban_shared": 20, "name_alike": 20, "name_hint": 10, "debtor_number": 25,
    "payer_of_another": -30,
}  # fmt: skip
_MISSPELT = 25
_LEAST_MISSPELT_DIGITS = 6


class Payer(NamedTuple):
    """What account and name say. `agrees`: they are this debtor's, `surely` when the name is the
    same; `against`: they are another's. `sole` is how often the account paid, for this debtor and
    nobody else."""

    codes: tuple[str, ...]
    agrees: bool
    surely: bool
    against: bool
    sole: int


class Evidence(NamedTuple):
    """All that is known of one candidate; `score` 0 to 100. `foreign`: it also has open items in
    other currencies than the line's."""

    candidate: Candidate
    named: tuple[Named, ...]
    strength: Strength | None
    explained: Explained
    payer: Payer
    misspelt: bool
    score: int
    foreign: bool

    @property
    def named_items(self) -> tuple[OpenItem, ...]:
        numbers = {one.invoice for one in self.named}
        return tuple([item for item in self.explained.items if item.number in numbers])

    @property
    def why(self) -> tuple[str, ...]:
        codes = [*dict.fromkeys(one.code for one in self.named), *self.payer.codes]
        if self.explained.fit is not Fit.NOTHING:
            codes.append(self.explained.fit.value)
        if self.misspelt:
            codes.append("reference_misspelt")
        return tuple(codes)


def evidence(line: BankLine, found: Found, candidate: Candidate, tolerance: Tolerance) -> Evidence:
    """Only open items in the line's currency count."""
    named = tuple([one for one in found.named if one.debtor == candidate.debtor])
    strength = max([one.strength for one in named]) if named else None
    currency = line.amount.currency
    items = [item for item in candidate.items if item.open.currency == currency]
    explained = _explained(line.amount.minor, found, named, items, tolerance)
    misspelt = not named and explained.fit is Fit.EXACT and _misspelt(found, explained)
    payer = _payer(found, candidate)
    score = _NAMED[strength] + _FITS[explained.fit] + misspelt * _MISSPELT
    for code in payer.codes:
        score += _WHO[code]
    foreign = len(items) < len(candidate.items)
    score = max(0, min(100, score))
    return Evidence(candidate, named, strength, explained, payer, misspelt, score, foreign)


def _explained(
    paid: int,
    found: Found,
    named: tuple[Named, ...],
    items: list[OpenItem],
    tolerance: Tolerance,
) -> Explained:
    tails = found.clues.tails
    if not named:
        return of_debtor(paid, items, tails, tolerance)
    numbers = {one.invoice for one in named}
    chosen = [item for item in items if item.number in numbers]
    if not chosen:
        return _of_its_debtor(paid, named, items, tails, tolerance)
    return of_named(paid, chosen, [i for i in items if i.number not in numbers], tails, tolerance)


def _of_its_debtor(
    paid: int,
    named: tuple[Named, ...],
    items: list[OpenItem],
    tails: tuple[str, ...],
    tolerance: Tolerance,
) -> Explained:
    """What is named was paid before. A reference may be used for all invoices of a debtor: then
    the exact amount of another one says which."""
    if named[0].strength is Strength.PROTECTED:
        other = of_debtor(paid, items, tails, tolerance)
        if other.fit is Fit.EXACT:
            return other
    return Explained(Fit.SETTLED, ())


def _payer(found: Found, candidate: Candidate) -> Payer:
    debtor, alike, times = candidate.debtor, 0, 0
    for name in found.clues.names:
        alike = max(alike, likeness(name, candidate.name))
    for payer in found.payers:
        if payer.debtor == debtor:
            times = payer.times
    alone = len(found.payers) == 1
    codes = []
    if times:
        codes.append("iban_known" if alone else "iban_shared")
    if alike >= NAME_HINTS:
        codes.append("name_alike" if alike >= NAME_AGREES else "name_hint")
    if debtor in found.clues.debtors:
        codes.append("debtor_number")
    of_another = bool(found.payers) or (alike < NAME_HINTS and _somebody_else(found, debtor))
    against = not times and of_another
    if against:
        codes.append("payer_of_another")
    agrees, surely = times > 0 or alike >= NAME_AGREES, times > 0 or alike >= NAME_SAME
    return Payer(tuple(codes), agrees, surely, against, times if alone else 0)


def _somebody_else(found: Found, debtor: str) -> bool:
    """Whether the payer bears the name of another debtor we looked at."""
    if len(found.debtors) == 1:
        return False
    others = [one for one in found.debtors.values() if one.debtor != debtor]
    names = found.clues.names
    return any(likeness(name, other.name) >= NAME_AGREES for other in others for name in names)


def _misspelt(found: Found, explained: Explained) -> bool:
    """Whether a reference with wrong check digits is one typing error away from this invoice."""
    digits = _digits(explained.items[0].number)
    if len(digits) < _LEAST_MISSPELT_DIGITS:
        return False
    ends = (_digits(value)[-len(digits) :] for value in found.clues.spoilt)
    return any(within_one_edit(end, digits) for end in ends)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
