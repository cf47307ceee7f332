"""A debtor answers: it was paid, it cannot be paid now, it is not right. Each is one commit, and
said twice changes nothing.

Whoever holds the link can answer, also somebody the message was sent on to: nothing goes further
than the link covers, and every pause ends by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Reference
from kasstroom.dunning import pausing
from kasstroom.dunning.blocks import with_block, with_item_block
from kasstroom.dunning.model import Block, BlockReason, DunningCase, Scope
from kasstroom.dunning.pausing import NewPause, Pause
from kasstroom.errors import NotFound, Refused
from kasstroom.events.dunning import DunningBlocked
from kasstroom.events.resolution import ReplyReceived
from kasstroom.ids import new_id
from kasstroom.payments.model import PaymentLink
from kasstroom.ports import Books
from kasstroom.resolution.reply_model import (
    DEBTOR,
    DebtorReply,
    QueuedReply,
    ReplyKind,
    SaysPaid,
)

PAUSE_DAYS = 7
KEPT_DONE_DAYS = 30
MOST_ONE_BY_ONE = 20
"""Of more invoices at once the whole case pauses: a transaction has 100 parts."""


def says_paid(
    books: Books, link: PaymentLink, said: SaysPaid, now: datetime
) -> tuple[Changes, DebtorReply]:
    """Each invoice can be said to be paid once: when the pause ends and no money came, reminders go
    on. Refused when none of these is asked for."""
    case = books.get(DunningCase, link.org, link.debtor)
    earlier = replies_of(books, link, ReplyKind.PAID)
    open_now = asked_of(case, link)
    chosen = tuple(n for n in open_now if n in said.invoices) if said.invoices else open_now
    told = {number for reply in earlier for number in reply.invoices}
    news = tuple(number for number in chosen if number not in told)
    if not news:
        if known := next((r for r in reversed(earlier) if {*chosen} & {*r.invoices}), None):
            return Changes(), known
        raise _nothing_asked()
    return paused(case, _reply(link, ReplyKind.PAID, news, now, said), now)


def paused(case: DunningCase, reply: DebtorReply, now: datetime) -> tuple[Changes, DebtorReply]:
    """Pure: what is written when a debtor says that these invoices were paid."""
    one_by_one = len(reply.invoices) <= MOST_ONE_BY_ONE
    pauses = [_pause(reply, n, now) for n in (reply.invoices if one_by_one else ("",))]
    for pause in pauses:
        block = Block(pause.reason, pause.until, pause.scope, pause.id)
        if one_by_one:
            case = with_item_block(case, pause.invoice, block, now)
        else:
            case = with_block(case, block, now)
    written = [made for pause in pauses for made in (pause, _named(pause))]
    told = tuple(_blocked(pause, now) for pause in pauses)
    held = Changes(create=tuple(written), update=(case,), events=told)
    return held + _received(reply, gone_at=reply.until), reply


def cannot_pay(
    books: Books, link: PaymentLink, text: str, now: datetime
) -> tuple[Changes, DebtorReply]:
    """One at a time: until somebody dealt with it, it is not heard again. Refused when nothing of
    the link is asked for."""
    earlier = books.all_of(DebtorReply, link.org, link.debtor)
    is_open = (r for r in earlier if r.kind is ReplyKind.CANNOT_PAY and r.done_at is None)
    if known := next(is_open, None):
        return Changes(), known
    if not asked_of(books.get(DunningCase, link.org, link.debtor), link):
        raise _nothing_asked()
    reply = replace(_reply(link, ReplyKind.CANNOT_PAY, link.invoices, now), text=text)
    new = NewPause(BlockReason.CANNOT_PAY, debtor=link.debtor, until=reply.until)
    changes, _ = pausing.pause(books, link.org, new, DEBTOR, now)
    return changes + _received(reply), reply


def done(
    books: Books, org: str, id: str, by: str, note: str, now: datetime
) -> tuple[Changes, DebtorReply]:
    """A person dealt with it; twice is once. A pause it set runs on to its end."""
    listed = books.find(QueuedReply, org, id=id)
    if listed is None:
        raise NotFound("reply_not_found", f"There is no reply {id} in the list.")
    reply = books.get(DebtorReply, org, listed.debtor, id)
    if reply.done_at:
        return Changes(), reply
    after = replace(reply, done_at=now, done_by=by, note=note)
    gone = replace(listed, done_at=now, gone_at=now + timedelta(days=KEPT_DONE_DAYS))
    return Changes(update=(after, gone)), after


def asked_of(case: DunningCase, link: PaymentLink) -> tuple[str, ...]:
    """The invoices of the link of which something is asked now."""
    asked = {item.number for item in case.items if item.claimable.minor > 0}
    return tuple(number for number in link.invoices if number in asked)


def replies_of(books: Books, link: PaymentLink, kind: ReplyKind) -> list[DebtorReply]:
    """What was said about invoices of this link, the oldest first."""
    mine: Iterable[DebtorReply] = books.all_of(DebtorReply, link.org, link.debtor)
    return [r for r in mine if r.kind is kind and {*r.invoices} & {*link.invoices}]


def _nothing_asked() -> Refused:
    return Refused("nothing_open", "None of these invoices is asked for.", "/invoices")


def _reply(
    link: PaymentLink, kind: ReplyKind, invoices: tuple[str, ...], now: datetime,
    said: SaysPaid = SaysPaid(),
) -> DebtorReply:  # fmt: skip
    return DebtorReply(
        link.org, link.debtor, new_id("rpl", now), kind, link.id, invoices, now,
        now + timedelta(days=PAUSE_DAYS), paid_on=said.paid_on, account_end=said.account_end,
    )  # fmt: skip


def _received(reply: DebtorReply, gone_at: datetime | None = None) -> Changes:
    listed = QueuedReply(reply.org, reply.id, reply.debtor, reply.kind, gone_at=gone_at)
    event = ReplyReceived(
        org=reply.org, debtor=reply.debtor, subject=reply.id, at=reply.said_at, kind=reply.kind,
        invoices=reply.invoices,
    )  # fmt: skip
    return Changes(create=(reply, listed), events=(event,))


def _pause(reply: DebtorReply, number: str, now: datetime) -> Pause:
    return Pause(
        reply.org, reply.debtor, new_id("pau", now), Scope.INVOICE if number else Scope.CASE,
        BlockReason.SAYS_PAID, number, reply.until, "", now, DEBTOR,
    )  # fmt: skip


def _named(pause: Pause) -> Reference:
    return Reference(pause.org, pausing.REFERENCE, pause.id, pause.debtor, pause.id)


def _blocked(pause: Pause, now: datetime) -> DunningBlocked:
    return DunningBlocked(
        org=pause.org, debtor=pause.debtor, subject=pause.id, at=now, scope=pause.scope,
        reason=pause.reason, invoice=pause.invoice, until=pause.until, by=pause.set_by,
    )  # fmt: skip
