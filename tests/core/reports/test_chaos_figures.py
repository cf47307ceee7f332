"""The figures follow a small storm, and the check that says so sees what is lost on the way."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import partial

import pytest

from kasstroom.reports import adding_up
from tests.bench import chaos_dunning, chaos_payments
from tests.bench.chaos_figures import Follower
from tests.bench.chaos_figures_check import told
from tests.memory_figures import MemoryFigures

DEBTORS, DAYS, SEED = 30, 45, 4


def a_storm() -> chaos_dunning.Run:
    return chaos_dunning.play(DEBTORS, SEED, days=DAYS)


@pytest.fixture(scope="module")
def run() -> chaos_dunning.Run:
    return a_storm()


def test_every_figure_is_what_the_books_say(run: chaos_dunning.Run) -> None:
    assert run.follower.wrong == []
    assert run.counted


def test_the_news_came_twice_crashed_and_met(run: chaos_dunning.Run) -> None:
    for fault in ("doubled", "crashes", "conflicts", "moved"):
        assert run.follower.told[fault], fault


def test_the_lake_and_the_kpis_say_the_same(run: chaos_dunning.Run) -> None:
    line = told(run.follower, chaos_dunning.ORG, run.world.clock, run.counted)
    assert run.follower.wrong == []
    assert "agree" in line
    assert run.follower.told["KPIs"] > 20


def test_the_same_seed_meets_the_same_way(run: chaos_dunning.Run) -> None:
    again = a_storm().follower.told
    for name in ("news", "moved", "doubled", "crashes", "conflicts", "given back", "cells"):
        assert again[name] == run.follower.told[name], name


def test_one_news_that_never_came_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third is of the ledger entry of the first invoice, which nobody touches again."""
    monkeypatch.setattr(chaos_payments, "Follower", partial(Follower, lose=3))
    assert chaos_payments.play(20, 3).wrong


def test_dependants_that_are_forgotten_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding_up, "_dependants", lambda *_: iter(()))
    wrong = a_storm().follower.wrong
    assert wrong
    assert all(line.startswith(("reminded", "promise")) for line in wrong)


def test_a_count_that_overtakes_another_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without revisions, who read the older books may have the last word."""
    strict = MemoryFigures.count

    def rash(self, org, source, before, after):  # type: ignore[no-untyped-def]
        strict(self, org, source, replace(before, revision=self.seen(org, source).revision), after)

    monkeypatch.setattr(MemoryFigures, "count", rash)
    assert a_storm().follower.wrong


def test_a_cell_that_is_off_shows_in_the_kpis(run: chaos_dunning.Run) -> None:
    cell = next(cell for cell in run.counted if cell.measure == "settled")
    off = run.counted | {cell: run.counted[cell] + 100}
    follower = copy(run.follower)
    follower.told, follower.wrong = follower.told.copy(), []
    told(follower, chaos_dunning.ORG, run.world.clock, off)
    assert any(line.startswith("KPIs by a recount") for line in follower.wrong)
