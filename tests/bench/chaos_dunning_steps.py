"""Whether every invoice gets its steps in order, none twice and none passed over without a reason,
and costs are never charged before the law allows, or twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from kasstroom.debtors.model import Channel, DebtorKind
from kasstroom.dunning.model import DunningCase, OpenItem, Scope
from kasstroom.dunning.proposals import DunningProposal, ProposalState
from kasstroom.dunning.strategy import RANK, Step, StepKind
from kasstroom.invoices.model import DocumentKind
from kasstroom.messages.model import Message, MessageState
from kasstroom.payments.model import Entry, EntryKind, Part
from tests.bench.chaos_dunning_truth import Truth, local_day

SAFE = timedelta(days=21)
TERM = timedelta(days=15)
NEVER_CAME = (MessageState.BOUNCED, MessageState.FAILED, MessageState.CANCELLED)
"""A fourteen-day letter: three weeks after it left, fourteen days and one after it arrived."""


def scale(minor: int) -> int:
    """Collection costs over cents, the lower brackets: 15, 10, 5 and 1 percent, at least EUR 40."""
    whole, costs = minor, 0
    for width, percent in ((250_000, 15), (250_000, 10), (500_000, 5), (10**12, 1)):
        part = min(whole, width)
        costs, whole = costs + part * percent, whole - part
    return max(4_000, (costs + 50) // 100)


def _refitted(case: DunningCase, was: OpenItem, item: OpenItem) -> OpenItem:
    """Where the invoice goes on after its strategy changed: behind what goes no further than what
    it had."""
    kinds = case.track_of(item).kinds
    had = was.reached
    return replace(was, level=sum(RANK[k] <= RANK[had] for k in kinds) if had else 0)


class Steps(Truth):
    def __init__(self) -> None:
        super().__init__()
        self.cases: dict[str, DunningCase] = {}
        self.looked_at: dict[str, datetime] = {}
        self.steps: dict[str, list[StepKind]] = defaultdict(list)
        self.rounds: Counter[str] = Counter()
        self.demanded: dict[str, str] = {}
        self.charged: set[str] = set()

    def _moved(
        self, case: DunningCase, message: Message | None, decided: tuple[DunningProposal, ...],
        now: datetime | None,
    ) -> None:  # fmt: skip
        before = self.cases.get(case.debtor)
        self.cases[case.debtor] = case
        assert now
        self.looked_at[case.debtor] = now
        if not any(self.balance(n) > 0 for n in self.by_debtor[case.debtor]):
            pauses = self.pauses[case.debtor]
            for id in [id for id, h in pauses.items() if h.scope is Scope.CASE]:
                del pauses[id]
        known = {item.number: item for item in before.items} if before else {}
        for number in [n for n in known if not any(i.number == n for i in case.items)]:
            self.steps.pop(number, None)
            for id in [i for i, h in self.pauses[case.debtor].items() if h.invoice == number]:
                del self.pauses[case.debtor][id]
            self.rounds[number] += 1
        for item in case.items:
            was = known.get(item.number)
            if was is None:
                begun = self.rounds[item.number] and self.balance(item.number) > 0
                self.figures["invoices begun anew after money went back"] += bool(begun)
            elif before and case.track_of(item) == before.track_of(was):
                self._stepped(case, was, item, message, decided, now)
            elif message or item.level != was.level:
                fresh = _refitted(case, was, item)
                self._stepped(case, fresh, item, message, decided, now)

    def _stepped(
        self, case: DunningCase, was: OpenItem, item: OpenItem, message: Message | None,
        decided: tuple[DunningProposal, ...], now: datetime,
    ) -> None:  # fmt: skip
        if item.level == was.level:
            return
        track = case.track_of(item)
        steps = self.strategies[track.strategy, track.version].steps
        who = f"{item.number} of {case.debtor} at {now:%m-%d %H:%M}"
        if item.level < was.level:
            self.fault("f", f"{who} went back from {was.level} to {item.level}")
        today = local_day(now)
        for at in range(was.level, item.level):
            step = steps[at]
            in_it = message and item.number in message.invoices and at == item.level - 1
            firm = message and RANK[step.kind] <= RANK[StepKind(message.template)]
            if in_it and firm and not (step.offset_days < 0 and today > item.due_on):
                self._sent(item, step, who, today)
            elif not self._explained(case, item, step, decided, today):
                self.fault("f", f"{who} passed {step.kind}")

    def _sent(self, item: OpenItem, step: Step, who: str, today: date) -> None:
        if step.kind in self.steps[item.number]:
            self.fault("f", f"{who} had {step.kind} before")
        if today < item.due_on + timedelta(days=step.offset_days):
            self.fault("f", f"{who} had {step.kind} before its day")
        self.steps[item.number].append(step.kind)
        self.figures[f"step {step.kind}"] += 1

    def _explained(
        self, case: DunningCase, item: OpenItem, step: Step,
        decided: tuple[DunningProposal, ...], today: date,
    ) -> bool:  # fmt: skip
        debtor = self.debtors[case.debtor]
        late = sum(
            self.claimable(n) for n in self.by_debtor[case.debtor]
            if self.invoices[n].due_on < today and self.balance(n) > 0
        )  # fmt: skip
        person = step.when.natural_person
        by_letter = debtor.kind is DebtorKind.CONSUMER and debtor.address.country == "NL"
        lettered = step.kind is StepKind.FOURTEEN_DAY_LETTER
        for why, holds in (
            ("before the due date", step.offset_days < 0 and today > item.due_on),
            ("decided by a person", any(p.state is not ProposalState.PROPOSED for p in decided)),
            ("no natural person", person is not None and person is not debtor.is_natural_person),
            ("less than its minimum", late < step.when.minimum_minor),
            ("no consumer of ours", lettered and not by_letter),
            ("demanded before", lettered and self._all_demanded(case.debtor)),
        ):
            if holds:
                self.figures[f"passed: {why}"] += 1
                return True
        return False

    def _all_demanded(self, debtor: str) -> bool:
        now = self.task.now
        assert now
        return not [
            n for n in self.by_debtor[debtor]
            if n not in self.demanded and self.parts[n][Part.PRINCIPAL] > self.held[n]
            and self.invoices[n].due_on < local_day(now) and not self.invoice_paused(n, now)
            and not self._in_shadow(debtor)
        ]  # fmt: skip

    def _in_shadow(self, debtor: str) -> bool:
        """Open credit notes may take off all that is new."""
        notes = (n for n in self.by_debtor[debtor] if self.balance(n) < 0)
        return any(self.invoices[n].kind is DocumentKind.CREDIT_NOTE for n in notes)

    def _costs(self, case: DunningCase, created: tuple[Any, ...]) -> None:
        before = self.cases.get(case.debtor)
        known = {one.message: one.claims for one in before.letters} if before else {}
        still = {one.message: one.claims for one in case.letters}
        for letter, claims in known.items():
            if gone := set(claims) - set(still.get(letter, ())):
                self._not_demanded(letter, gone)
        for one in case.letters:
            if one.message not in known:
                for number in one.claims:
                    if number in self.demanded:
                        self.fault("g", f"{number} demanded in {one.message} and before")
                    self.demanded[number] = one.message
        booked = [e for e in created if type(e) is Entry and e.kind is EntryKind.COSTS]
        for entry in booked:
            letter = entry.external_id.split(":costs:")[1]
            one = next(x for x in case.letters if x.message == letter)
            self._charge(entry, one.claims, [a.minor for _, a in one.demand.claims], letter)

    def _not_demanded(self, letter: str, numbers: set[str]) -> None:
        """Only what never arrived, or was paid and came back, makes room for another letter."""
        came = self.messages[letter].state not in NEVER_CAME
        if came and (wrong := numbers - self.returned):
            self.fault("g", f"{letter} arrived, and {sorted(wrong)} is not counted any more")
        for number in numbers:
            self.demanded.pop(number, None)
        self.charged -= numbers

    def _charge(
        self, entry: Entry, claims: tuple[str, ...], minors: list[int], letter: str
    ) -> None:
        self.figures["costs charged"] += 1
        who = f"costs {entry.amount.minor} of {entry.debtor} on {entry.booked_on}"
        if self.charged & set(claims):
            self.fault("g", f"{who}: twice for {sorted(self.charged & set(claims))}")
        self.charged.update(claims)
        consumer = self.debtors[entry.debtor].kind is DebtorKind.CONSUMER
        most = scale(sum(minors)) if consumer else max(scale(sum(minors)), 4_000 * len(minors))
        if not 0 < entry.amount.minor <= most:
            self.fault("g", f"{who}: more than {most}")
        if consumer:
            safe = self._safe_on(letter)
            if safe is None or entry.booked_on < safe:
                self.fault("g", f"{who}: its letter is safe on {safe}")
        elif any(self.invoices[n].due_on >= entry.booked_on for n in claims):
            self.fault("g", f"{who}: before the due date")

    def _safe_on(self, letter: str) -> date | None:
        """Three weeks after it left, and fifteen days after it arrived; None: nothing arrived."""
        message = self.messages.get(letter)
        if message is None or message.template != StepKind.FOURTEEN_DAY_LETTER:
            return None
        arrived = (MessageState.SENT, MessageState.DELIVERED, MessageState.READ)
        if message.state not in (*arrived, MessageState.COMPLAINED) or not message.sent_at:
            return None
        if message.channel is Channel.LETTER:
            posted_on = self.posted.get(letter)
            return posted_on and posted_on + timedelta(days=21)
        left = local_day(message.sent_at)
        came = local_day(message.delivered_at) if message.delivered_at else left
        return max(left + timedelta(days=21), came + timedelta(days=15))
