"""Which debtor and invoices a bank line is for, how sure that is, and why. Pure.

Booked without a person only on proof: a reference with right check digits, a number of our own
invoices, or an account that paid for this one debtor before together with the exact amount. A name
that is alike, or an amount that is equal, never books anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kasstroom.bank.candidates import Found
from kasstroom.bank.clues import Strength
from kasstroom.bank.evidence import IN_PART, WHOLE, Evidence, evidence
from kasstroom.bank.model import BankLine, LineKind, Proposal
from kasstroom.bank.sums import Fit, Tolerance
from kasstroom.dunning.model import OpenItem
from kasstroom.money import Money

MOST_PROPOSALS = 5
AUTOMATIC_FROM = 75
"""The least score that books without a person, and then only on proof."""
ANYHOW = WHOLE | IN_PART
G_ACCOUNT = "g_account"
RF_CODES = frozenset({"rf_reference", "rf_number"})
RIVALS = frozenset({Fit.EXACT, Fit.ALL_OPEN, Fit.SEVERAL_WAYS, Fit.COMBINATION})


@dataclass(frozen=True, slots=True)
class MatchPolicy:
    """`automatic` is the least score that books by itself; `tolerance` what is a small difference;
    `iban_times` how often an account must have paid for a debtor before its exact amount is proof;
    `g_accounts` are blocked accounts of ours, where part of an invoice is paid (Wka)."""

    automatic: int = AUTOMATIC_FROM
    tolerance: Tolerance = Tolerance()
    iban_times: int = 1
    g_accounts: frozenset[str] = frozenset()


class Match(NamedTuple):
    """`proposals` best first; `automatic` is the one to book now, if any; `why` tells why not."""

    proposals: tuple[Proposal, ...]
    automatic: Proposal | None
    why: tuple[str, ...]


def match(line: BankLine, found: Found, policy: MatchPolicy) -> Match:
    """Money that came in, against what its clues pointed at. Other lines are for others to match:
    a provider's payout is set against its settlement, a return against what it returns."""
    if line.kind is not LineKind.RECEIPT or line.amount.minor <= 0:
        return Match((), None, (f"is_{line.kind}",))
    if not found.debtors:
        return Match((), None, ("nobody_found",))
    seen = [evidence(line, found, one, policy.tolerance) for one in found.debtors.values()]
    if len(seen) > 1:
        seen.sort(key=lambda one: (-one.score, one.candidate.debtor))
    proposals = _proposals(line, seen, policy)
    proven = [
        one
        for one in seen
        if one.score >= policy.automatic and _is_proven(line, one, seen, found, policy)
    ]
    if len(proven) != 1:
        return Match(proposals, None, ("several_debtors" if proven else "not_proven",))
    if proven[0] is not seen[0]:
        return Match(proposals, None, ("not_certain",))
    return Match(proposals, proposals[0], ())


def _proposals(
    line: BankLine, seen: Sequence[Evidence], policy: MatchPolicy
) -> tuple[Proposal, ...]:
    """Each for the whole line, except when it names invoices of several debtors that add up."""
    made = tuple([_proposal(line, one, policy) for one in seen[:MOST_PROPOSALS] if one.score])
    if len(made) < 2:
        return made
    parts = {one.candidate.debtor: one.named_items for one in seen if one.named_items}
    if len(parts) < 2:
        return made
    total = sum(item.open.minor for items in parts.values() for item in items)
    return tuple(_part(one, parts) for one in made) if total == line.amount.minor else made


def _part(proposal: Proposal, parts: Mapping[str, tuple[OpenItem, ...]]) -> Proposal:
    items = parts.get(proposal.debtor)
    if items is None:
        return proposal
    return replace(
        proposal,
        invoices=tuple(item.number for item in items),
        amount=Money(sum(item.open.minor for item in items), proposal.amount.currency),
        why=(*proposal.why, "several_debtors"),
    )


def _proposal(line: BankLine, one: Evidence, policy: MatchPolicy) -> Proposal:
    why = one.why
    if line.account in policy.g_accounts:
        why += (G_ACCOUNT,)
    if one.foreign:
        why += ("other_currency",)
    numbers = tuple([item.number for item in one.explained.items])
    return Proposal(one.candidate.debtor, numbers, line.amount, one.score, why)


def _is_proven(
    line: BankLine, one: Evidence, seen: Sequence[Evidence], found: Found, policy: MatchPolicy
) -> bool:
    """`one` is proven by itself; whoever else is named, or fits as well, makes it uncertain."""
    others = [other for other in seen if other is not one]
    if one.strength is Strength.PROTECTED:
        return _reference_proves(one, others)
    rivals = any(other.explained.fit in RIVALS for other in others)
    if one.strength is None:
        return not rivals and _account_proves(one, found, policy)
    exact = one.explained.fit is Fit.EXACT
    if any(other.strength and other.strength > Strength.WEAK for other in others):
        return False
    if one.strength is Strength.WEAK:
        payer = one.payer.surely or (one.payer.agrees and not rivals)
        return exact and payer and not one.payer.against
    if exact:
        return one.payer.agrees or not rivals
    return _number_proves(one, others, line.account in policy.g_accounts)


def _reference_proves(one: Evidence, others: Sequence[Evidence]) -> bool:
    """Right check digits and the exact amount suffice. With another amount the payer must not be
    known as another's, and the amount not be exactly something else that is open; a
    betalingskenmerk, whose check digit lets 2 in 100 typing errors through, needs its payer too."""
    if one.explained.fit is Fit.EXACT:
        return not any(other.strength is Strength.PROTECTED for other in others)
    alone = not any(other.named for other in others)
    fits = one.explained.fit in ANYHOW and not one.explained.doubtful
    rf = any(named.code in RF_CODES for named in one.named)
    return fits and alone and not one.payer.against and (rf or one.payer.agrees)


def _number_proves(one: Evidence, others: Sequence[Evidence], on_g_account: bool) -> bool:
    """A number of ours with another amount than its own needs the right payer. On a G-account a
    part is what is owed there, so a name that is alike will do; with this part booked, what was
    paid on another account of ours is the exact rest."""
    fits = one.explained.fit in ANYHOW and not one.explained.doubtful
    alone = not any(other.named for other in others)
    expected = on_g_account and one.explained.fit is Fit.PART
    payer = one.payer.agrees if expected else one.payer.surely
    return fits and alone and payer and not one.payer.against


def _account_proves(one: Evidence, found: Found, policy: MatchPolicy) -> bool:
    """An account that paid for this debtor only, with the exact amount, and a text that names
    nothing else. Who pays for somebody else says so: then the account alone is no proof."""
    clues = found.clues
    names_more = found.named or any(n.strength > Strength.WEAK for n in clues.numbers)
    spoilt = clues.spoilt and not one.misspelt
    third_party = len(clues.names) > 1 and "name_alike" not in one.payer.codes
    if (
        names_more
        or spoilt
        or third_party
        or one.payer.against
        or one.payer.sole < policy.iban_times
    ):
        return False
    return one.explained.fit in (Fit.EXACT, Fit.ALL_OPEN)
