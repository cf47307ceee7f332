"""Whether everything goes on: looked at every ten days, and at the end for every open invoice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.outlook import DOES_SOMETHING, WAIT, Outlook, outlook
from kasstroom.dunning.reasons import Why
from kasstroom.dunning.scheduling import at_first_hour
from kasstroom.dunning.standing import standing_of
from kasstroom.messages.model import Message, MessageState
from kasstroom.time import day_of
from tests.bench.chaos_dunning_judge import LONG_AGO
from tests.people import ORG

SLACK = timedelta(minutes=5)


def audit(run: Any) -> None:
    """(h): what has something to do, now or later, stands in the due index in time."""
    now = run.world.clock
    fitting = any(task.name == "fit" for _, _, task in run.heap)
    if fitting or any(b.holds(now) for b in run.judge.live[run.judge.live_now].pauses):
        return  # A pause for all: when it ends, every case is worked out anew.
    for n in range(run.debtors):
        case = run.books.peek(DunningCase, ORG, f"D{n}")
        looked_at = run.judge.looked_at[case.debtor]
        now = max(run.world.clock, looked_at)  # A worker whose clock ran ahead saw what is to come.
        seen, then = _seen(run, case.debtor, now), now
        if seen.code == Why.CONTACT_HOURS and seen.at:
            seen, then = _seen(run, case.debtor, seen.at), seen.at
        soon = max(then, at_first_hour(day_of(now))) + SLACK
        at, who = case.next_action_at, f"{case.debtor} on {now:%m-%d %H:%M}"
        if at and looked_at is LONG_AGO:
            continue  # It waits for what is over.
        if seen.does in DOES_SOMETHING and (at is None or at > soon):
            run.judge.fault("h", f"{who} has a {seen.step} to do now, and waits for {at}")
        if seen.does == WAIT and (at is None or (seen.at and at > max(soon, seen.at + SLACK))):
            run.judge.fault("h", f"{who} waits until {seen.at} ({seen.code}), the index for {at}")
        if at is None and not run.judge.paused(case.debtor, now):
            _forgotten(run, case, now, who)


def _seen(run: Any, debtor: str, now: datetime) -> Outlook:
    standing = standing_of(run.books, ORG, debtor, now)
    return outlook(standing.case, standing.facts, now)


def _forgotten(run: Any, case: DunningCase, now: datetime, who: str) -> None:
    """By the calendar: a step that is still to come, of an invoice of which something is asked."""
    judge = run.judge
    for item in case.items:
        track = case.track_of(item)
        waits = item.number in case.waiting and not case.approved
        if judge.claimable(item.number) <= 0 or item.level >= len(track.offsets) or waits:
            continue
        if judge.invoice_paused(item.number, now):
            continue
        moment = at_first_hour(item.due_on + timedelta(days=track.offsets[item.level]))
        if moment > now:
            judge.fault("h", f"{who}: {item.number} comes on {moment:%m-%d}, nobody will look")


def ended(run: Any) -> None:
    """(f) every open overdue invoice is explained, and (h) nothing is left half done."""
    now = run.world.clock
    for n in range(run.debtors):
        standing = standing_of(run.books, ORG, f"D{n}", now)
        seen = outlook(standing.case, standing.facts, now)
        for item in seen.items:
            if item.open.minor > 0 and standing.case.items and _is_late(standing, item, now):
                run.judge.figures[f"at the end: {item.code or seen.does}"] += 1
                late = run.judge.looked_at[f"D{n}"] is LONG_AGO and standing.case.next_action_at
                if not item.code and not late:
                    run.judge.fault("f", f"{item.invoice} of D{n} is not explained: {seen.does}")
    for message in run.books.every(Message):
        run.judge.figures[f"messages {message.state}"] += 1
        if message.state is MessageState.CLAIMED and message.claimed_until <= now:
            run.judge.fault("h", f"{message.id} of {message.debtor} was never finished")


def _is_late(standing: Any, item: Any, now: Any) -> bool:
    due = {i.number: i.due_on for i in standing.case.items}
    return due[item.invoice] < day_of(now)
