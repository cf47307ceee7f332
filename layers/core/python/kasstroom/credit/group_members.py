"""The accounts a group is made of, loaded."""

from __future__ import annotations

from kasstroom.credit.group_rules import ID
from kasstroom.credit.groups import CreditGroup, GroupState
from kasstroom.credit.model import CreditAccount
from kasstroom.errors import NotFound, Refused
from kasstroom.ports import Books


def members_of(
    books: Books, org: str, id: str, wanted: GroupState, pointer: str = ""
) -> list[CreditAccount]:
    """Everybody who is in the group `id` or may come into it. Refused, or NotFound, with the place
    of the one that does not fit; `pointer` is that place where no list of members was sent."""
    return [_member(books, org, id, wanted, n, pointer) for n in range(len(wanted.members))]


def _member(
    books: Books, org: str, id: str, wanted: GroupState, n: int, pointer: str
) -> CreditAccount:
    number, at = wanted.members[n], pointer or f"/body/members/{n}"
    account = books.find(CreditAccount, org, number) if ID.match(number) else None
    if account is None:
        raise NotFound("debtor_not_found", f"There is no debtor {number}.", at)
    if account.group not in ("", id):
        detail = f"{number} belongs to the group {account.group}; take it out there first."
        raise Refused("in_another_group", detail, at)
    if account.currency != wanted.limit.currency:
        runs, limit = account.currency, wanted.limit.currency
        detail = f"{number} runs in {runs}, the group's limit in {limit}."
        raise Refused("wrong_currency", detail, at)
    return account


def leaving(books: Books, known: CreditGroup | None, wanted: GroupState) -> list[CreditAccount]:
    """Everybody who is in the group and no longer wanted there."""
    numbers = known.members if known else ()
    org = known.org if known else ""
    return [books.get(CreditAccount, org, n) for n in numbers if n not in wanted.members]
