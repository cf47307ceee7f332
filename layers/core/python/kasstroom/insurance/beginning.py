"""A cover that was agreed in advance: what counts until its first day, and from that morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.credit.limits import granted as limit_granted
from kasstroom.credit.model import CreditAccount
from kasstroom.insurance.ending import SOURCES
from kasstroom.insurance.model import Cover, CoverAnswer, CoverKind
from kasstroom.money import Money
from kasstroom.time import day_of


def until_then(
    cover: Cover, account: CreditAccount, answer: CoverAnswer, kind: CoverKind, today: date
) -> Money | None:
    """What counts until the answer's first day, when that is later and the cover that stands lasts
    until then: a prolongation in advance leaves no hole. The morning of that day grants the rest
    (`begun`)."""
    standing = account.limit_of(SOURCES[kind])
    if not cover.in_force or cover.kind is not kind or standing is None:
        return None
    if answer.valid_from is None or answer.valid_from <= today or not standing.counts_on(today):
        return None
    lasts = cover.valid_to is None or answer.valid_from - timedelta(days=1) <= cover.valid_to
    return standing.amount if lasts else None


def begun(
    cover: Cover, account: CreditAccount, now: datetime, by: str
) -> tuple[CreditAccount, Changes]:
    """All of the cover counts from its first day."""
    standing, granted = account.limit_of(SOURCES[cover.kind]), cover.granted
    waits = standing is not None and granted is not None and standing.reference == cover.id
    if not waits or standing is None or granted is None or granted <= standing.amount:
        return account, Changes()
    if not cover.in_force or cover.periods[-1].from_on > day_of(now):
        return account, Changes()
    limit = replace(standing, amount=granted, granted_by=by, granted_at=now)
    account, changes = limit_granted(account, limit, reason="the first day has come", now=now)
    terms = account.cover and replace(account.cover, insured=granted, percentage=cover.percentage)
    return replace(account, cover=terms), changes
