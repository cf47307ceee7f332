"""What a person sees of a line: who it may be for, looked at anew."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kasstroom.bank.lines import WAITING
from kasstroom.bank.looking_up import BooksLookups
from kasstroom.bank.matching import AUTOMATIC_FROM, match
from kasstroom.bank.model import AccountKind, BankLine, LineState, Proposal
from kasstroom.bank.returns import RETURNS
from kasstroom.bank.usecases import Ways, look_up
from kasstroom.bank.views import line_of
from kasstroom.dunning.model import OpenItem
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class Proposed:
    """One debtor a line may be for, with its name and what it has open, the oldest first."""

    proposal: Proposal
    name: str
    open_items: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """`why` says why nothing was booked without a person; `items` best first. `account_kind` tells
    money on a G-account apart: it is the debtor's payment, and ours to pay tax with only. From a
    score of `automatic_from` on, and then on proof only, a line is booked without a person."""

    line: BankLine
    items: tuple[Proposed, ...]
    why: tuple[str, ...]
    account_kind: AccountKind = AccountKind.CURRENT
    automatic_from: int = AUTOMATIC_FROM


def proposals(books: Books, org: str, id: str, ways: Ways) -> ProposalPage:
    """As the open items are now; of a line that is resolved, what it was resolved with."""
    line = line_of(books, org, id)
    found, lookups = look_up(books, line)
    items, why = line.proposals, (line.note,)
    if line.state in WAITING and line.kind not in RETURNS:
        made = match(replace(line, state=LineState.OPEN), found, ways.policy)
        items, why = made.proposals, made.why
    blocked = line.account in ways.policy.g_accounts
    kind = AccountKind.G_ACCOUNT if blocked else AccountKind.CURRENT
    return ProposalPage(
        line, tuple(_shown(item, lookups) for item in items), why, kind, ways.policy.automatic
    )


def _shown(proposal: Proposal, lookups: BooksLookups) -> Proposed:
    candidate = lookups.candidate(proposal.debtor)
    if candidate is None:
        return Proposed(proposal, "", ())
    return Proposed(proposal, candidate.name, candidate.items)
