"""What makes a strategy impossible, with its place; and that what is possible comes in order."""

from __future__ import annotations

import pytest

from kasstroom.debtors.model import Channel
from kasstroom.dunning.strategy import Condition, End, Step, StepKind
from kasstroom.dunning.strategy_rules import faults
from tests.core.dunning.reminding import strategy

R, S, L, F, P, H = (
    StepKind.REMINDER, StepKind.SECOND_REMINDER, StepKind.FOURTEEN_DAY_LETTER,
    StepKind.FINAL_DEMAND, StepKind.PRE_REMINDER, StepKind.HAND_OVER,
)  # fmt: skip
BUSINESS = Condition(natural_person=False)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (strategy(), ("steps_missing", "/body/steps")),
        (strategy(Step(R, 10), Step(S, 3)), ("steps_out_of_order", "/body/steps/1/offset_days")),
        (strategy(Step(R, 3), Step(S, 3)), ("steps_out_of_order", "/body/steps/1/offset_days")),
        (strategy(Step(F, 3), Step(R, 10)), ("milder_after_firmer", "/body/steps/1/kind")),
        (strategy(Step(R, -3)), ("too_early", "/body/steps/0/offset_days")),
        (strategy(Step(P, 3)), ("too_late", "/body/steps/0/offset_days")),
        (strategy(Step(P, -31)), ("day_impossible", "/body/steps/0/offset_days")),
        (strategy(Step(R, 731)), ("day_impossible", "/body/steps/0/offset_days")),
        (strategy(Step(R, 3, costs=True)), ("charged_too_early", "/body/steps/0/costs")),
        (strategy(Step(F, 30, costs=True)), ("letter_missing", "/body/steps/0/costs")),
        (
            strategy(Step(L, 14), Step(F, 34, costs=True)),
            ("term_too_short", "/body/steps/1/offset_days"),
        ),
        (
            strategy(Step(L, 14, (Channel.SMS,))),
            ("channel_not_provable", "/body/steps/0/channels"),
        ),
        (
            strategy(Step(R, 3, (Channel.SMS, Channel.SMS))),
            ("channel_twice", "/body/steps/0/channels"),
        ),
        (strategy(Step(R, 3), Step(H, 60)), ("end_missing", "/body/end")),
        (strategy(Step(R, 3), min_gap_days=0), ("gap_too_short", "/body/min_gap_days")),
        (
            strategy(Step(R, 3), Step(F, 20, when=BUSINESS), min_gap_days=6),
            ("gap_too_short_for_people", "/body/min_gap_days"),
        ),
        (
            strategy(Step(R, 3, when=Condition(segments=("a",) * 11))),
            ("too_many_segments", "/body/steps/0/when/segments"),
        ),
        (strategy(Step(R, 3), minimum_minor=-1), ("minimum_negative", "/body/minimum_minor")),
        (
            strategy(Step(R, 3, when=Condition(late_percent=101))),
            ("condition_impossible", "/body/steps/0/when"),
        ),
    ],
)
def test_what_cannot_be_put_in_force_says_where(plan, expected):
    found = [(fault.code, fault.pointer) for fault in faults(plan)]
    assert expected in found
    assert all(fault.detail.endswith((".", ";")) for fault in faults(plan))


def test_a_whole_strategy_is_possible():
    plan = strategy(
        Step(P, -5), Step(R, 3), Step(S, 10, (Channel.WHATSAPP, Channel.SMS)), Step(L, 17),
        Step(F, 38, costs=True, interest=True), Step(H, 60), end=End.AGENCY,
    )  # fmt: skip
    assert faults(plan) == ()


def test_business_needs_no_letter_before_costs():
    assert faults(strategy(Step(R, 3), Step(F, 14, when=BUSINESS, costs=True))) == ()


def test_businesses_may_be_written_to_more_often():
    plan = strategy(Step(R, 3, when=BUSINESS), Step(H, 9), min_gap_days=1, end=End.LEGAL)
    assert faults(plan) == ()


def test_every_fault_is_told_at_once():
    plan = strategy(Step(F, 10), Step(R, 3), Step(H, 2))
    assert [fault.code for fault in faults(plan)] == [
        "end_missing", "milder_after_firmer", "steps_out_of_order", "steps_out_of_order",
    ]  # fmt: skip
