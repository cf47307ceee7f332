"""What reminding costs: debtors planned and reminded per second, and AWS requests per reminder.

Run: `make bench-dunning` (or `.venv/bin/python -m tests.bench.dunning`). On one core, by processor
time, nothing leaves the process: warmed up, then the median of some rounds. Planning is measured
from ten thousand to a million debtors, whose keys are made as they are asked for, so that only what
planning itself keeps is in memory. Requests are counted where they are made (`dunning_requests`)
and priced at list prices (`list_prices`). Compare two runs by the plain loop, not two machines.
"""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from kasstroom.changes import Changes, Work
from kasstroom.debtors.model import Channel, Contact, DebtorKind
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.dunning import strategies
from kasstroom.dunning.claiming import claim, decided
from kasstroom.dunning.standing import standing_of
from kasstroom.dunning.strategies import Assignment
from kasstroom.dunning.strategy import StepKind
from kasstroom.dunning.usecases import plan_due, remind
from kasstroom.messages.model import Message, MessageState, Receipt
from kasstroom.messages.sending import Sender
from kasstroom.messages.templates import own_words
from kasstroom.messages.tray import lay_in
from kasstroom.messages.usecases import heard
from kasstroom.ports import DueItem
from kasstroom.settings import ReminderQueueSettings
from kasstroom.settle import settle
from kasstroom_aws import queues
from kasstroom_letters.pdf import printed
from kasstroom_pages.showing import written
from tests.bench.chaos_dunning_plans import FIRST
from tests.bench.chaos_dunning_world import IndexedBooks
from tests.bench.dunning_requests import CountingBooks
from tests.bench.list_prices import MAIL, QUEUE_REQUEST, READ_UNIT, WRITE_UNIT
from tests.bench.matching import reference_ms
from tests.core.dunning.reminding import BOSS, HOME, at
from tests.people import ORG, invoice, organisation
from tests.printing import Drawer

START = at("2026-09-01T10:00")
DUE = date(2026, 8, 20)
ROUNDS, GROUP = 9, 150
SIZES = (10_000, 100_000, 1_000_000)
GOAL_PLANNED = 20_000
QUEUED = 2.1
"""SQS requests per job at most: a tenth of a batch sent, received, deleted."""


class Keys:
    """The due index of so many debtors, made as it is read."""

    def __init__(self, debtors: int) -> None:
        self.debtors = debtors

    def due(self, work: Work, until: datetime) -> Iterator[DueItem]:
        for n in range(self.debtors if work is Work.DUNNING else 0):
            yield DueItem(ORG, f"D{n:07d}", "", until)


class Sqs:
    """Takes batches and counts them."""

    def __init__(self) -> None:
        self.batches = 0

    def send_message_batch(self, **batch: Any) -> None:
        self.batches += 1


def planned(debtors: int) -> float:
    """Processor seconds per debtor, from key to queue."""
    queue = queues.SqsReminderQueue(ReminderQueueSettings("https://queue"))
    began = time.process_time()
    assert plan_due(Keys(debtors), queue, START) == debtors  # type: ignore[arg-type]
    queue.flush()
    return (time.process_time() - began) / debtors


def planning() -> dict[int, float]:
    """By number of debtors, the median; the sizes in turn, so that noise hurts all alike."""
    planned(SIZES[0])
    rounds = [{size: planned(size) for size in SIZES} for _ in range(5)]
    return {size: statistics.median(one[size] for one in rounds) for size in SIZES}


def peak_kb(debtors: int) -> float:
    """The most that planning holds at once."""
    tracemalloc.start()
    planned(debtors)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024


def debtor(books: Any, number: str, kind: DebtorKind, invoices: int = 2) -> None:
    contact = Contact(f"{number.lower()}@klant.example", "+31612345678", START)
    data = DebtorData(f"Klant {number}", kind, address=HOME, contact=contact)
    settle(books, lambda: register(books, ORG, number, data, START))
    for n in range(invoices):
        invoice(books, f"{number}-{n}", "412.30", debtor=number, due_on=DUE, now=START)


def creditor(books: Any) -> Any:
    """The strategy of the storm in force: every kind of step."""
    organisation(books)
    version = settle(books, lambda: strategies.write(books, ORG, "own", FIRST, BOSS, START))
    settle(books, lambda: strategies.activate(books, ORG, "own", version.number, BOSS, START))
    wanted = Assignment(default="own")
    settle(books, lambda: strategies.assign(books, ORG, wanted, BOSS, START))
    return books


def sender_on(books: Any) -> Sender:
    """As the function has it; providers answer at once."""
    taken = Counter[str]()

    def send(message: Any) -> str:
        taken["messages"] += 1
        return f"id-{taken['messages']}"

    provider = SimpleNamespace(send=send)
    paper = SimpleNamespace(send=partial(lay_in, books, Drawer()))
    every = dict.fromkeys(Channel, provider) | {Channel.LETTER: paper}
    words = partial(own_words, books)
    write = partial(written, public_url="https://betalen.example", own_words=words, replies=True,
                    draw=printed)  # fmt: skip
    return Sender(books, every, write)


def per_second(do: Callable[[int], Any]) -> float:
    """`do(n)` once per debtor of a group; the first group warms up."""
    rates = []
    for group in range(ROUNDS + 1):
        gc.collect()
        began = time.process_time()
        for n in range(group * GROUP, (group + 1) * GROUP):
            do(n)
        rates.append(GROUP / (time.process_time() - began))
    return statistics.median(rates[1:])


def speeds() -> dict[str, float]:
    """Decisions, claims and whole reminders by e-mail per second."""
    books, kinds = creditor(IndexedBooks()), tuple(DebtorKind)
    for n in range((ROUNDS + 1) * GROUP * 2):
        debtor(books, f"D{n}", kinds[n % len(kinds)])
    gc.freeze()
    found = [standing_of(books, ORG, f"D{n}", START) for n in range((ROUNDS + 1) * GROUP)]
    sender, half = sender_on(books), (ROUNDS + 1) * GROUP
    drafts = [claim(books, ORG, f"D{n}", START)[1] for n in range(half)]
    made = {
        "plan(): decisions": per_second(lambda n: decided(found[n].case, found[n].facts, START)),
        "claim(): read, decide, make": per_second(lambda n: claim(books, ORG, f"D{n}", START)),
        "write(): render an e-mail": per_second(lambda n: sender.write(drafts[n])),
        "remind(): claim, render, send, confirm": per_second(
            lambda n: remind(sender, ORG, f"D{n + half}", START)
        ),
    }
    sent = books.get(Message, ORG, f"D{half}", drafts_id(books, f"D{half}"))
    assert sent.state is MessageState.SENT
    return made


def drafts_id(books: Any, number: str) -> str:
    return books.all_of(Message, ORG, number)[0].id


def counted() -> dict[str, Counter[str]]:
    """The requests of one reminder of each sort, and of the receipt of one."""
    books = creditor(CountingBooks())
    debtor(books, "D1", DebtorKind.CONSUMER)
    sender, found = sender_on(books), {}
    names = {
        StepKind.REMINDER: "plain reminder", StepKind.FOURTEEN_DAY_LETTER: "letter step",
        StepKind.FINAL_DEMAND: "final demand with costs",
    }  # fmt: skip
    for day in range(70):
        now = START + timedelta(days=day)
        books.counts = Counter()
        message = remind(sender, ORG, "D1", now)
        if message is None:
            continue
        if name := names.get(StepKind(message.template)):
            found[name] = books.counts
        books.counts = Counter()
        _arrived(books, message, now)
        if message.template == StepKind.REMINDER:
            found["its delivery receipt"] = books.counts
    return found


def _arrived(books: Any, message: Message, now: datetime) -> None:
    """A mail is delivered, a letter posted."""
    if message.channel is Channel.LETTER:
        known = books.get(Message, ORG, "D1", message.id)
        books.commit(Changes(update=(replace(known, posted_on=now.date()),)))
        return
    receipt = Receipt(
        ORG, "D1", message.id, MessageState.DELIVERED, now, message.provider_id,
        channel=message.channel, attempt=message.attempt,
    )  # fmt: skip
    settle(books, lambda: heard(books, receipt, now))


def dollars(name: str, counts: Counter[str]) -> float:
    """Per thousand: DynamoDB, the queue, and the mail itself where it is one."""
    table = READ_UNIT.of(counts["read units"]) + WRITE_UNIT.of(counts["write units"])
    mail = MAIL.of(1) if name in ("plain reminder", "final demand with costs") else 0.0
    return 1000 * (table + QUEUE_REQUEST.of(QUEUED) + mail)


def main() -> None:
    queues.client = lambda name: SQS  # type: ignore[assignment, attr-defined]
    by_size = planning()
    print("planning, keys to queue        µs per debtor   debtors/s    held at most")
    for size, seconds in by_size.items():
        held = peak_kb(size)
        print(f"  {size:>12,} debtors {seconds * 1e6:17.2f} {1 / seconds:13,.0f} {held:10,.0f} KB")
    ratio = by_size[SIZES[-1]] / by_size[SIZES[0]]
    print(f"  a million costs {ratio:.2f}x per debtor of ten thousand (goal {GOAL_PLANNED:,}/s)")
    print("on one core                                        per second")
    for name, rate in speeds().items():
        print(f"  {name:46} {rate:12,.0f}")
    heads = ("GetItem", "Query", "TransactWriteItems", "items written", "events written",
             "items checked", "read units", "write units")  # fmt: skip
    print(f"{'requests per':26}" + "".join(f"{h:>19}" for h in heads) + "   $ per 1,000")
    for name, counts in counted().items():
        row = "".join(f"{counts[head]:19,}" for head in heads)
        print(f"  {name:24}{row}{dollars(name, counts):14.3f}")
    print(f"  list prices of {READ_UNIT.as_of}; without Lambda, events, SMS, print and postage")
    print(f"a loop of 300,000 took {reference_ms():.0f} ms meanwhile")


SQS = Sqs()

if __name__ == "__main__":
    main()
