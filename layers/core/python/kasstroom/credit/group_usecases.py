"""Related debtors under one limit: load, decide, commit."""

from __future__ import annotations

from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.credit.group_members import leaving, members_of
from kasstroom.credit.group_proposals import GroupProposal, asked
from kasstroom.credit.group_rules import GroupData, changed, check, frees_room
from kasstroom.credit.group_views import GroupView, group_view
from kasstroom.credit.groups import CreditGroup, GroupState
from kasstroom.credit.warning import Grounds
from kasstroom.errors import Refused
from kasstroom.ports import Books

SET_BY_API = "set by API"


def put_group(
    books: Books, org: str, id: str, data: GroupData, actor: Actor, now: datetime, grounds: Grounds
) -> tuple[Changes, GroupView | GroupProposal]:
    """Makes the group look like `data`, with every member's account in one transaction; or the
    proposal, when that gives room one person may not give. Refused with the place of what does not
    fit."""
    check(id, data)
    known = books.find(CreditGroup, org, id=id)
    if known is None and not data.members:
        raise Refused("no_members", "Say which debtors belong together.", "/body/members")
    wanted = GroupState(data.name, data.parent, data.limit, data.members)
    members, gone = members_of(books, org, id, wanted), leaving(books, known, wanted)
    after = _group(org, id, wanted, known)
    view = group_view(after, members, grounds, now)
    _check_used(view, known, data)
    accounts = (*members, *gone)
    if known and frees_room(known.state, wanted, (grounds(a).policy for a in accounts)):
        return asked(books, known, wanted, accounts, reason=data.reason, by=actor.name, now=now)
    reason = data.reason or SET_BY_API
    return changed(known, after, members, gone, now, by=actor.name, reason=reason), view


def _group(org: str, id: str, wanted: GroupState, known: CreditGroup | None) -> CreditGroup:
    facts = (org, id, wanted.name, wanted.parent, wanted.limit, wanted.members)
    if known is None:
        return CreditGroup(*facts)
    return CreditGroup(*facts, proposal=known.proposal, version=known.version)


def _check_used(view: GroupView, known: CreditGroup | None, data: GroupData) -> None:
    raised = known is not None and known.limit <= view.limit
    if data.force or view.used <= view.limit or raised:
        return
    detail = (
        f"{view.used} is open or reserved in this group already, which is more than"
        f' {view.limit}. Send "force": true when that is what you want.'
    )
    raise Refused("limit_below_reserved", detail, "/body/limit/value")
