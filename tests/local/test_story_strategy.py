"""The strategy of the demo can be put in force: the law and our own care allow it."""

from __future__ import annotations

from pydantic import TypeAdapter

from infra.local.story.households import DRAFT, EVERYBODY, STRATEGY
from kasstroom.debtors.model import Channel
from kasstroom.dunning.strategies import StrategyDraft
from kasstroom.dunning.strategy import Strategy
from kasstroom.dunning.strategy_rules import faults


def test_the_strategy_of_the_demo_has_no_fault_and_names_every_channel():
    draft = TypeAdapter(StrategyDraft).validate_python(DRAFT)
    strategy = Strategy(
        STRATEGY, draft.steps, draft.min_gap_days, draft.minimum_minor, draft.end, 1
    )
    assert faults(strategy) == ()
    assert {channel for step in draft.steps for channel in step.channels} == set(Channel)


def test_the_households_have_numbers_and_invoices_of_their_own():
    assert len({one["number"] for one in EVERYBODY}) == len(EVERYBODY)
    assert len({one["invoice"]["number"] for one in EVERYBODY}) == len(EVERYBODY)
