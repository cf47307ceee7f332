"""Trials opened, answered and counted. Pure: each function gives the state after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.model import (
    GRACE,
    REMEMBERED,
    Block,
    Count,
    DebtorChannelHistory,
    Result,
    Trial,
)

HALF_LIFE_DAYS = 180
_FORGOTTEN = 0.01
"""A count that weighs less than this many messages is left out."""
_DIGITS = 6


def weight_of(as_of: datetime | None, now: datetime, half_life_days: int) -> float:
    """What one message of `as_of` weighs at `now`; before that, all of it."""
    days = max(0.0, (now - as_of) / timedelta(days=1)) if as_of else 0.0
    return 0.5 ** (days / half_life_days)


def faded(
    counts: Iterable[Count], as_of: datetime | None, now: datetime, half_life_days: int
) -> tuple[Count, ...]:
    """What counts of `as_of` weigh at `now`."""
    weight = weight_of(as_of, now, half_life_days)
    weighed = (
        replace(c, won=round(c.won * weight, _DIGITS), lost=round(c.lost * weight, _DIGITS))
        for c in counts
    )
    return tuple(count for count in weighed if count.trials >= _FORGOTTEN)


def counted(
    counts: Iterable[Count], channel: Channel, block: Block, *, won: float, lost: float
) -> tuple[Count, ...]:
    """The counts with this much more of one channel in one part of the day."""
    by_arm = {(count.channel, count.block): count for count in counts}
    known = by_arm.get((channel, block), Count(channel, block))
    by_arm[channel, block] = replace(known, won=known.won + won, lost=known.lost + lost)
    return tuple(by_arm.values())


def rewarded(
    state: DebtorChannelHistory, trial: Trial, half_life_days: int = HALF_LIFE_DAYS
) -> DebtorChannelHistory:
    """A payment followed this message."""
    return _counted(state, trial, half_life_days, won=True)


def failed(
    state: DebtorChannelHistory, trial: Trial, half_life_days: int = HALF_LIFE_DAYS
) -> DebtorChannelHistory:
    """Nothing followed this message in time, or another had to follow it."""
    return _counted(state, trial, half_life_days, won=False)


def _counted(
    state: DebtorChannelHistory, trial: Trial, half_life_days: int, *, won: bool
) -> DebtorChannelHistory:
    at = max(state.as_of or trial.sent_at, trial.sent_at)
    now = faded(state.counts, state.as_of, at, half_life_days)
    counts = counted(now, trial.channel, trial.block, won=float(won), lost=float(not won))
    return replace(state, counts=counts, as_of=at)


def sent(
    state: DebtorChannelHistory, message_id: str, sent_at: datetime, trial: Trial | None
) -> DebtorChannelHistory:
    """A message went out: what was open is over, and `trial` is open now. Without one (a step whose
    way is not chosen here) nothing is, since a payment belongs to the last message only. News that
    comes twice changes nothing, unless the same message took another way; an older message that is
    told of late is over already.
    """
    if message_id in state.known:
        return _moved(state, trial)
    known = (*state.known, message_id)[-REMEMBERED:]
    if state.open and sent_at < state.open.sent_at:
        over = (Result(trial, False),) if trial else ()
        return replace(state, results=(*state.results, *over), known=known)
    over = (Result(state.open, False),) if state.open else ()
    after = replace(state, results=(*state.results, *over), known=known, open=trial)
    return answered(after, state.paid_at, state.paid) if state.paid_at else after


def _moved(state: DebtorChannelHistory, trial: Trial | None) -> DebtorChannelHistory:
    """The open message did not arrive and went out another way: that is the one that counts."""
    was = state.open
    if not (was and trial and was.id == trial.id and was.channel is not trial.channel):
        return state
    return replace(state, open=trial) if trial.sent_at > was.sent_at else state


def answered(
    state: DebtorChannelHistory, at: datetime, invoices: Collection[str] = ()
) -> DebtorChannelHistory:
    """Money came in, or a promise or plan: the success of the open trial when it is about the same
    invoices and in time. Without `invoices` it is about all of them."""
    after = state
    if state.paid_at is None or at >= state.paid_at:
        after = replace(state, paid_at=at, paid=tuple(invoices))
    trial = state.open
    if trial is None or not trial.sent_at <= at <= trial.until:
        return after
    if invoices and trial.invoices and not set(invoices) & set(trial.invoices):
        return after
    return replace(after, open=None, results=(*state.results, Result(trial, True)))


def ended(state: DebtorChannelHistory, now: datetime) -> DebtorChannelHistory:
    """The open trial is over without a payment when its window is, and some hours of grace."""
    if state.open is None or state.open.until + GRACE > now:
        return state
    return replace(state, open=None, results=(*state.results, Result(state.open, False)))
