"""Who is not reminded by a machine, whatever the strategy says: known from elsewhere, looked at
each time and never stored with the case.
"""

from __future__ import annotations

from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.vulnerability import Vulnerabilities, Vulnerability
from kasstroom.dunning.model import Block, BlockReason, Scope
from kasstroom.ports import Books

IN_PERSON = frozenset(
    {
        Vulnerability.DEBT_COUNSELLING,
        Vulnerability.UNDER_ADMINISTRATION,
        Vulnerability.DEBT_RESTRUCTURING,
        Vulnerability.DECEASED,
    }
)
"""Somebody else speaks for the debtor: a person writes to that somebody."""


def left_alone(
    books: Books, org: str, debtor: str, account: CreditAccount | None
) -> tuple[Block, ...]:
    """An insolvency is public; what asks for care is not, so its reason says no more than that a
    colleague deals with it."""
    blocks = []
    if account and account.profile.insolvent:
        blocks.append(Block(BlockReason.INSOLVENCY, scope=Scope.DEBTOR))
    known = books.find(Vulnerabilities, org, debtor)
    if known and known.kinds & IN_PERSON:
        blocks.append(Block(BlockReason.IN_PERSON, scope=Scope.DEBTOR))
    return tuple(blocks)
