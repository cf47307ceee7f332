"""Who watches reminders go out and knows the rules by itself.

Each fault it finds has the letter of its rule: (a) once per way, (b) nothing asked that is paid,
paused or disputed, (c) the right amount, (d) contact hours, (e) the gap, (f) steps in order, (g)
costs, (h) the due index leads everything on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.proposals import DunningProposal
from kasstroom.dunning.strategy import DEFAULT, RANK, StepKind
from kasstroom.messages.model import LOST, Message, Outgoing
from kasstroom.time import AMSTERDAM
from tests.bench.chaos_dunning_steps import Steps
from tests.bench.chaos_dunning_truth import local_day
from tests.bench.chaos_dunning_world import BY_PEOPLE, Task

CHRISTMAS = {(12, 25), (12, 26), (1, 1)}
EASTER = {(3, 28), (3, 29), (5, 6), (5, 16), (5, 17)}
"""Easter, Ascension and Whitsun of 2027, as they stand in any calendar."""
HOLIDAYS = {
    "NL": CHRISTMAS | EASTER | {(4, 27), (5, 5)},
    "BE": CHRISTMAS - {(12, 26)} | EASTER | {(5, 1), (7, 21), (8, 15), (11, 1), (11, 11)},
    "DE": CHRISTMAS | EASTER | {(3, 26), (5, 1), (10, 3)},
}
LONG_AGO = datetime.min.replace(tzinfo=AMSTERDAM)
"""A case that was last looked at before a message of it was lost: what it waits for may be over."""
CLAIM = timedelta(minutes=15)


@dataclass
class Handed:
    """A message that a provider took. `confirmed`: the books know, since the commit `known_since`;
    `crashed`: the worker stopped
    before they did; `lost`: the provider said that it did not arrive."""

    message: str
    way: tuple[Channel, str, int]
    at: datetime
    until: datetime
    provider_id: str
    confirmed: bool = False
    known_since: int = 0
    crashed: bool = False
    lost: bool = False


def contactable(now: datetime, country: str) -> bool:
    """07:00 to 20:00, not on Sundays and holidays; all three countries have one time."""
    here = now.astimezone(AMSTERDAM)
    holiday = (here.month, here.day) in HOLIDAYS[country]
    return 7 <= here.hour < 20 and here.isoweekday() != 7 and not holiday


class Judge(Steps):
    def __init__(self) -> None:
        super().__init__()
        self.commits = 0
        self.claims: dict[str, int] = {}
        self.newest: dict[str, Message] = {}
        self.heard: dict[str, datetime] = {}
        self.handed: dict[str, list[Handed]] = defaultdict(list)

    def committed(self, changes: Changes, task: Task) -> None:
        self.task, now = task, task.now
        self.commits += 1
        self.learn(changes)
        entities = (*changes.create, *changes.update)
        decided = tuple(e for e in changes.update if type(e) is DunningProposal)
        made = {m.id: m for m in changes.create if type(m) is Message}
        cases = [case for case in entities if type(case) is DunningCase]
        for case in cases:
            self._costs(case, changes.create)
        for entity in entities:
            if type(entity) is Message:
                self._message(entity, entity.id in made, now)
        for case in cases:
            self._moved(case, next(iter(made.values()), None), decided, now)

    def _message(self, message: Message, is_new: bool, now: datetime | None) -> None:
        before = self.messages.get(message.id)
        self.messages[message.id] = message
        assert now
        again = before is not None and message.attempts == before.attempts + 1
        if is_new or again:
            self.claims[message.id] = self.commits
            self._claim(message, is_new, now)
        if message.provider_id and (before is None or not before.provider_id):
            for one in self.handed[message.id]:
                if one.provider_id == message.provider_id and not one.confirmed:
                    one.confirmed, one.known_since = True, self.commits
        if before and len(message.tries) > len(before.tries):
            last = message.tries[-1]
            self.looked_at[message.debtor] = LONG_AGO
            self.posted.pop(message.id, None)
            for one in self.handed[message.id]:
                if one.way[0] is last.channel and one.provider_id == last.provider_id:
                    one.lost = True
        if message.state in LOST and message.template == StepKind.FOURTEEN_DAY_LETTER:
            named = [n for n, letter in self.demanded.items() if letter == message.id]
            self.figures["letters that came back after their costs"] += any(
                n in self.charged for n in named
            )

    def _claim(self, message: Message, is_new: bool, now: datetime) -> None:
        self.figures["messages claimed" if is_new else "claims taken over"] += 1
        who = f"{message.id} {message.template} of {message.debtor} at {now:%m-%d %H:%M}"
        asked = sum(self.claimable(number) for number in message.invoices)
        if asked <= 0 or message.amount.minor > asked:
            self.fault("b", f"{who} asks {message.amount.minor}, {asked} may be asked")
        elif message.amount.minor != asked:
            self.fault("c", f"{who} asks {message.amount.minor}, not {asked}")
        if self.paused(message.debtor, now):
            self.fault("b", f"{who} was claimed in a pause")
        named = [n for n in message.invoices if self.balance(n) > 0]
        if any(self.invoice_paused(n, now) for n in named):
            self.fault("b", f"{who} asks for an invoice that is paused")
        if not is_new:
            return
        last, before = self.newest.get(message.debtor), self.heard.get(message.debtor)
        moments = [m for m in (last and last.created_at, before) if m]
        for moment in moments:
            if (local_day(now) - local_day(moment)).days < self._gap(message.debtor):
                self.fault("e", f"{who} follows one of {moment:%m-%d %H:%M}")
        self.newest[message.debtor] = message

    def _gap(self, debtor: str) -> int:
        """The shortest that the worker could know."""
        versions = {self.live_now, self.task.live_version}
        name = self.cases[debtor].track.strategy
        known = (self.live[v].active.get(name, DEFAULT) for v in versions)
        chosen = self.cases[debtor].chosen
        default = (self.live[v].active.get(self.live[v].default, DEFAULT) for v in versions)
        own = [self.live[v].active[chosen] for v in versions if chosen in self.live[v].active]
        return min(s.min_gap_days for s in (*known, *default, *own))

    def handed_over(
        self, outgoing: Outgoing, channel: Channel, provider_id: str, task: Task
    ) -> None:
        """A provider took it."""
        message, now = self.messages[outgoing.message_id], task.now
        assert now
        if channel in BY_PEOPLE and any(
            one.provider_id == provider_id for one in self.handed[message.id]
        ):
            return  # The same sheet of paper, the same line on the list of calls.
        self.figures["messages handed over"] += 1
        who = f"{message.id} {message.template} to {message.debtor} over {channel}"
        country = self.debtors[message.debtor].address.country
        if not contactable(now, country):
            self.fault("d", f"{who} at {now.astimezone(AMSTERDAM):%a %Y-%m-%d %H:%M} in {country}")
        if outgoing.text != str(message.amount.minor):
            self.fault("c", f"{who} says {outgoing.text}, the books {message.amount.minor}")
        way = (channel, outgoing.to, message.settled if channel in BY_PEOPLE else 0)
        if channel not in BY_PEOPLE:
            self._once([o for o in self.handed[message.id] if o.way == way], who, now)
        newest = self.newest[message.debtor]
        if newest.id != message.id and newest.created_at > message.created_at:
            self.figures["handed over after a newer one"] += 1
            if RANK[StepKind(newest.template)] > RANK[StepKind(message.template)]:
                self.fault("f", f"{who} goes out after {newest.template}")
        one = Handed(message.id, way, now, now + CLAIM, provider_id)
        self.heard[message.debtor] = now
        self.handed[message.id].append(one)
        task.handed.append(one)

    def _once(self, before: list[Handed], who: str, now: datetime) -> None:
        """Not again over the same way, unless it came back, or its worker stopped before the books
        knew of it; then when its claim is over."""
        last = before[-1] if before else None
        if last is None:
            return
        known = last.confirmed and last.known_since < self.claims[last.message]
        if last.lost or (known and any(one.lost for one in before)):
            other = any(not one.lost for one in before)
            self.figures["sent again when one of two handed over came back"] += other
        elif known or not last.crashed:
            self.fault("a", f"{who} was sent before, at {last.at:%m-%d %H:%M}")
        elif now < last.until:
            self.fault("a", f"{who} again within the claim time of {last.at:%m-%d %H:%M}")
        else:
            self.figures["handed over twice after a crash"] += 1
