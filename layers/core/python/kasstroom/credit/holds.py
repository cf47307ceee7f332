"""A stop on new credit: placed with a reason, released by somebody with a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount, Hold
from kasstroom.errors import Refused
from kasstroom.events.credit import CreditHoldPlaced, CreditHoldReleased


def placed(
    account: CreditAccount, reason: str, by: str, now: datetime, pointer: str = "/body/reason"
) -> tuple[CreditAccount, Changes]:
    """The account with the hold and the event; the account itself is not among the changes. The
    same hold again changes nothing; another reason replaces the one that stands."""
    _explained(reason, pointer)
    if account.hold and account.hold.reason == reason:
        return account, Changes()
    event = CreditHoldPlaced(
        org=account.org, debtor=account.debtor, subject=account.debtor, at=now, reason=reason, by=by
    )
    return replace(account, hold=Hold(reason, now, by)), Changes(events=(event,))


def released(
    account: CreditAccount, reason: str, actor: Actor, now: datetime
) -> tuple[CreditAccount, Changes]:
    """As `placed`, with the hold gone. Refused for who may not decide this; without a hold nothing
    happens."""
    if account.hold is None:
        return account, Changes()
    actor.must_be(Role.CREDIT_MANAGER)
    _explained(reason, "/body/reason")
    event = CreditHoldReleased(
        org=account.org, debtor=account.debtor, subject=account.debtor, at=now, reason=reason,
        by=actor.name,
    )  # fmt: skip
    return replace(account, hold=None), Changes(events=(event,))


def _explained(reason: str, pointer: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", "Write down why, for whoever asks later.", pointer)
