"""A small storm in every test run; `make chaos-payments` is the large one."""

from __future__ import annotations

import pytest

from kasstroom.payments.model import Entry, EntryKind
from tests.bench.chaos_payments import balances, play, verdict
from tests.bench.chaos_world import Odds


@pytest.fixture(scope="module")
def run():
    rough = Odds(0.03, 0.03, 0.08, 0.06, 0.5, 0.2)
    return play(120, 11, rough)


def test_the_ledger_is_the_providers_truth(run):
    assert run.wrong == []
    assert run.figures["entries of the provider"] > 90


def test_everything_did_go_wrong(run):
    for fault in ("crash_before", "crash_after", "unavailable", "webhook_lost", "webhook_twice"):
        assert run.world.happened[fault], fault
    assert run.figures["repaired by the daily list"]


def test_the_judge_sees_what_is_lost_and_what_is_made_up(run):
    """Evidence that the figures can be bad: one entry away, another with a cent more."""
    from copy import copy
    from dataclasses import replace

    from kasstroom.money import Money

    spoilt = copy(run)
    spoilt.books = copy(run.books)
    spoilt.books._items = dict(run.books._items)
    paid = [
        key for key, item in spoilt.books._items.items()
        if isinstance(item, Entry) and item.kind is EntryKind.PAYMENT
    ]  # fmt: skip
    del spoilt.books._items[paid[0]]
    entry = spoilt.books._items[paid[1]]
    spoilt.books._items[paid[1]] = replace(entry, amount=Money(entry.amount.minor - 1))
    found = verdict(spoilt)
    assert (len(found.lost), len(found.amounts)) == (1, 1)
    assert balances(spoilt)
