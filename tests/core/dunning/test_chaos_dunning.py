"""A small storm in every test run; `make chaos-dunning` is the large one. And evidence that the
judge sees each rule broken: with one line of the product taken out, its figure is not zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kasstroom.compliance.costs_due import CostsDue, CostsState
from kasstroom.dunning import charging, claiming, policy, reclaiming, scheduling, standing, usecases
from kasstroom.dunning.strategy import StepKind
from tests.bench.chaos_dunning import play
from tests.bench.chaos_dunning_world import DunningOdds
from tests.memory_books import MemoryBooks

ROUGH = DunningOdds(
    crash_before=0.03, crash_after=0.03, unavailable=0.05, answer_lost=0.04, crash_unsent=0.03,
    crash_sent=0.05, refused=0.04, opted_out=0.01, receipt_twice=0.3, clock_jump=0.25,
)  # fmt: skip


@pytest.fixture(scope="module")
def run():
    return play(150, 11, ROUGH)


def test_no_rule_is_broken(run):
    assert run.judge.told == []


def test_everything_did_go_wrong(run):
    for fault in (
        "crash_before", "crash_after", "crash_unsent", "crash_sent", "answer_lost", "unavailable",
        "refused", "job_twice", "job_late", "receipt_lost", "receipt_twice", "receipt_late",
        "clock_jump",
    ):  # fmt: skip
        assert run.world.happened[fault], fault
    for kind in StepKind:
        if kind is not StepKind.HAND_OVER:
            assert run.judge.figures[f"step {kind}"], kind
    for seen in (
        "handed over twice after a crash", "claims taken over", "costs charged",
        "at the end: handed_over", "at the end: disputed", "messages cancelled",
    ):  # fmt: skip
        assert run.judge.figures[seen], seen


def test_clocks_that_go_forward_and_easter():
    start = datetime(2027, 2, 22, 4, tzinfo=UTC)
    assert play(20, 5, ROUGH, days=45, start=start).judge.told == []


def _no_versions(patch):
    patch.setattr(MemoryBooks, "_guard", lambda self, entity: None)


def _no_pauses(patch):
    patch.setattr(policy, "blocking", lambda case, now: None)


def _a_cent_less(patch):
    whole = claiming.total_of

    def less(items):
        total = whole(items)
        return replace(total, minor=total.minor - 1)

    patch.setattr(claiming, "total_of", less)


def _at_night(patch):
    for module in (policy, reclaiming, usecases):
        patch.setattr(module, "may_contact", lambda *_: True)


def _no_gap(patch):
    for module in (policy, scheduling):
        patch.setattr(module, "gap_ends", lambda case: case.last_sent_at)
    patch.setattr(policy, "within_caps", lambda ways, case, facts, now: (ways, now))


def _a_step_less(patch):
    fits = policy.fits
    patch.setattr(
        policy, "fits",
        lambda step, *rest: step.kind is not StepKind.SECOND_REMINDER and fits(step, *rest),
    )  # fmt: skip


def _costs_at_once(patch):
    def owed(one, *_):
        return CostsDue(CostsState.OWED, "", one.demand.costs)

    patch.setattr(charging, "owed_by", owed)
    patch.setattr(standing, "term_until", lambda *_: None)


def _planned_no_more(patch):
    patch.setattr(policy, "rescheduled", lambda case, now: replace(case, next_action_at=None))


@pytest.mark.parametrize(
    ("rule", "spoil", "debtors"),
    [
        ("a", _no_versions, 20), ("b", _no_pauses, 50), ("c", _a_cent_less, 20),
        ("d", _at_night, 20), ("e", _no_gap, 20), ("f", _a_step_less, 20),
        ("g", _costs_at_once, 90), ("h", _planned_no_more, 20),
    ],
)  # fmt: skip
def test_the_judge_sees_it_broken(monkeypatch, rule, spoil, debtors):
    spoil(monkeypatch)
    assert play(debtors, 4, ROUGH, days=60).judge.wrong[rule]
