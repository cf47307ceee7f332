"""A payout on the statement and the provider's own word for it, whichever comes first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kasstroom.bank.learning import FOLLOWED, learn
from kasstroom.bank.model import LineKind, LineState, QueuedLine
from kasstroom.bank.next_try import UNTIL_DAYS
from kasstroom.bank.people import set_aside
from kasstroom.bank.retrying import queue_due
from kasstroom.bank.seen import seen_line
from kasstroom.bank.usecases import Ways, match_whole
from kasstroom.events.payments import PayoutKnown
from kasstroom.payments.comparing import compare_all
from kasstroom.payments.model import EntryKind
from kasstroom.payments.payouts import Settlement
from kasstroom.payments.reported import ProviderSettlement
from kasstroom.settle import settle
from kasstroom_aws.outbox import cloud_event
from tests.bank_files import Jobs
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur
from tests.received import ANNA, DAY, ID, Why, entries, opened, received, run, stored

MINUTE, NIGHT = timedelta(minutes=1), timedelta(hours=18)
MOLLIE = {"counterparty_name": "Stichting Mollie Payments", "kind": LineKind.PAYOUT}
STRIPE = {"counterparty_name": "Stripe Payments Europe", "kind": LineKind.PAYOUT}
REFERENCE = "1234567.2608.03"


class Provider:
    """Has nothing new but what it paid out."""

    def __init__(self, *paid_out):
        self.paid_out, self.name = paid_out, paid_out[0].provider

    def news(self, since):
        return iter(())

    def settlements(self, since):
        return iter(self.paid_out)


class Unasked:
    def put(self, *facts):
        raise AssertionError(facts)


def paid_out(provider="mollie", id="stl_1", reference=REFERENCE, amount="300.00", on=DAY):
    return ProviderSettlement(provider, id, reference, eur(amount), on, ())


@pytest.fixture
def memory():
    return opened(MemoryBooks())


def compared(memory, now, *told):
    """The nightly comparison, and what the bus makes of its events."""
    before = len(memory.events)
    name = told[0].provider
    compare_all(memory, Unasked(), lambda org, name: Provider(*told), [(ORG, name)], now)
    for event in memory.events[before:]:
        if event.TYPE in FOLLOWED:
            settle(memory, lambda e=event: learn(memory, cloud_event(e)))


def round_of_retries(memory, now):
    jobs = Jobs()
    queue_due(memory, jobs, now)
    for id in jobs.ids:
        match_whole(memory, ORG, id, now, Ways())
    return jobs.ids


def test_a_payout_that_came_first_is_cleared_as_soon_as_the_provider_told_of_it(memory):
    received(memory, REFERENCE, "300.00", **MOLLIE)
    assert run(memory) is LineState.OPEN
    night = NOW + NIGHT
    round_of_retries(memory, night - MINUTE)
    compared(memory, night, paid_out())
    assert round_of_retries(memory, night) == [ID], "not the next day's try"
    assert stored(memory).state is LineState.CLEARED
    seen = seen_line(memory, ORG, ID, night)
    assert (seen.score, seen.why) == (100, ("provider_payout", "amount_exact"))
    (kept,) = memory.every(Settlement)
    assert kept.line_id == ID and not entries(memory, EntryKind.PAYMENT)


def test_also_when_it_had_been_given_up(memory):
    received(memory, REFERENCE, "300.00", **MOLLIE)
    run(memory)
    late = NOW + timedelta(days=UNTIL_DAYS + 5)
    while round_of_retries(memory, late):
        late += timedelta(days=1)
    assert memory.get(QueuedLine, ORG, id=ID).next_try_at is None
    compared(memory, late + MINUTE, paid_out())
    assert round_of_retries(memory, late + MINUTE) == [ID]
    assert stored(memory).state is LineState.CLEARED


def test_news_of_a_payout_touches_nothing_else(memory):
    """Other amounts, receipts, and what a person took care of."""
    received(memory, REFERENCE, "299.00", **MOLLIE)
    received(memory, "", "300.00", id="2026-08-31_B")
    received(memory, REFERENCE, "300.00", id="2026-08-31_C", **MOLLIE)
    for id in (ID, "2026-08-31_B", "2026-08-31_C"):
        run(memory, id)
    settle(memory, lambda: set_aside(memory, ORG, "2026-08-31_C", Why("eigen"), ANNA, NOW))
    due = {place.id: place.next_try_at for place in memory.every(QueuedLine)}
    compared(memory, NOW + MINUTE, paid_out())
    assert {place.id: place.next_try_at for place in memory.every(QueuedLine)} == due


def test_the_same_payout_told_every_night_is_news_once(memory):
    for night in range(3):
        compared(memory, NOW + night * NIGHT, paid_out())
    assert len([e for e in memory.events if isinstance(e, PayoutKnown)]) == 1


@pytest.mark.parametrize("reference", ["STRIPE", "QT7788XX-TRACE"])
def test_payouts_that_say_the_same_on_every_statement_go_by_their_amount(memory, reference):
    told = [
        paid_out("stripe", f"po_{nth}", reference, amount)
        for nth, amount in enumerate(("5.00", "6.00", "6.00"))
    ]
    compared(memory, NOW, *told)
    for nth, amount in enumerate(("6.00", "6.00", "5.00", "6.00")):
        id = f"2026-08-31_{nth}"
        received(memory, "Stripe payout", amount, id=id, **STRIPE)
        run(memory, id)
    states = [stored(memory, f"2026-08-31_{nth}").state for nth in range(4)]
    assert states == [LineState.CLEARED] * 3 + [LineState.OPEN], "never more than was paid out"
    assert len({kept.line_id for kept in memory.every(Settlement)}) == 3


def test_another_provider_and_another_week_are_another_payout(memory):
    old = paid_out("stripe", "po_1", "X", "6.00", on=DAY - timedelta(days=9))
    compared(memory, NOW, old, paid_out("stripe", "po_2", "Y", "7.00"))
    received(memory, "payout", "6.00", **STRIPE)
    assert run(memory) is LineState.OPEN
    received(memory, "payout", "7.00", id="2026-08-31_B", counterparty_name="Adyen N.V.",
             kind=LineKind.PAYOUT)  # fmt: skip
    assert run(memory, "2026-08-31_B") is LineState.OPEN
