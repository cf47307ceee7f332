"""Addresses that are not tried any more, and debtors who want no mail of ours they can do without.

An address is suppressed for one organisation and one channel: it bounced, its owner called our mail
spam, or asked us to stop. It stays so until a person lifts it; another address of the debtor is
another address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Versioned
from kasstroom.debtors.model import Channel
from kasstroom.errors import Forbidden, NotFound
from kasstroom.ids import digest
from kasstroom.ports import Books

KEPT_LIFTED_DAYS = 30
MAY_LIFT = (Role.CREDIT_MANAGER, Role.COLLECTOR)


class SuppressionReason(StrEnum):
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    OPTED_OUT = "opted_out"


WANTED_BY_OWNER = frozenset({SuppressionReason.COMPLAINED, SuppressionReason.OPTED_OUT})


@dataclass(frozen=True, slots=True)
class Suppression(Versioned):
    """`id` is the channel and a digest of the address (`place`); `debtor` and `detail` tell what
    happened. Lifted, it goes after some weeks (`gone_at`)."""

    org: str
    id: str
    channel: Channel
    address: str
    reason: SuppressionReason
    since_at: datetime
    debtor: str = ""
    detail: str = ""
    lifted_at: datetime | None = None
    lifted_by: str = ""
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Silence(Versioned):
    """A debtor who called a message spam gets nothing over this channel that the law does not ask
    for, at whatever address."""

    org: str
    debtor: str
    channel: Channel
    reason: SuppressionReason
    since_at: datetime
    lifted_at: datetime | None = None


def place(channel: Channel, address: str) -> str:
    return f"{channel}-{digest(address.strip().casefold())[:40]}"


def found(books: Books, org: str, channel: Channel, address: str) -> Suppression | None:
    """The suppression in force, if any (one GetItem)."""
    known = books.find(Suppression, org, id=place(channel, address))
    return known if known and known.lifted_at is None else None


def silence_of(books: Books, org: str, debtor: str, channel: Channel) -> Silence | None:
    known = books.find(Silence, org, debtor, channel)
    return known if known and known.lifted_at is None else None


def suppressed(
    books: Books,
    org: str,
    channel: Channel,
    address: str,
    reason: SuppressionReason,
    now: datetime,
    *,
    debtor: str = "",
    detail: str = "",
) -> Changes:
    """The address is not tried any more; nothing changes when the owner already said so."""
    id = place(channel, address)
    known = books.find(Suppression, org, id=id)
    in_force = known is not None and known.lifted_at is None
    if known and in_force and (known.reason is reason or known.reason in WANTED_BY_OWNER):
        return Changes()
    made = Suppression(org, id, channel, address, reason, now, debtor, detail)
    # New or not, an update: who is second (one address, two debtors) looks again.
    return Changes(update=(replace(made, version=known.version if known else 0),))


def silenced(books: Books, org: str, debtor: str, channel: Channel, now: datetime) -> Changes:
    known = books.find(Silence, org, debtor, channel)
    if known and known.lifted_at is None:
        return Changes()
    made = Silence(org, debtor, channel, SuppressionReason.COMPLAINED, now)
    return Changes(update=(replace(made, version=known.version if known else 0),))


def lift(
    books: Books, org: str, channel: Channel, address: str, actor: Actor, now: datetime
) -> tuple[Changes, Suppression]:
    """A person says that it may be tried again; of a complaint the debtor's silence ends as well.
    `address` may be the digest after the channel in the suppression's id. NotFound: it is not
    suppressed; Forbidden: this is for a credit manager or a collector."""
    if not set(MAY_LIFT) & set(actor.roles):
        detail = f"Only a credit manager or a collector may do this; {actor.name} is not."
        raise Forbidden("role_required", detail)
    known = found(books, org, channel, address) or books.find(
        Suppression, org, id=f"{channel}-{address}"
    )
    if known is None or known.lifted_at:
        raise NotFound("suppression_not_found", "This address is not suppressed.")
    return lifted(books, known, actor.name, now)


def lifted(books: Books, known: Suppression, by: str, now: datetime) -> tuple[Changes, Suppression]:
    gone_at = now + timedelta(days=KEPT_LIFTED_DAYS)
    after = replace(known, lifted_at=now, lifted_by=by, gone_at=gone_at)
    complained = known.reason is SuppressionReason.COMPLAINED and known.debtor
    silence = silence_of(books, known.org, known.debtor, known.channel) if complained else None
    ended = (replace(silence, lifted_at=now),) if silence else ()
    return Changes(update=(after, *ended)), after
