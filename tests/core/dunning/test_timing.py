"""The learner's choice in a claim: another channel or hour, once, never for what the law fixes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel, DebtorKind
from kasstroom.dunning import strategies
from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.strategies import Assignment, StrategyDraft
from kasstroom.dunning.strategy import Step, StepKind
from kasstroom.settle import settle
from kasstroom.time import AMSTERDAM
from tests.core.dunning.reminding import BOSS, at, case_of, claimed, sent
from tests.memory_books import MemoryBooks
from tests.people import ORG, debtor, invoice, organisation

MORNING = at("2026-08-24T09:00")
DEBTORS = [f"D{n}" for n in range(1, 31)]
LEARNS = LearningPolicy(ORG, enabled=True, holdout_percent=0)


@pytest.fixture
def books():
    books = MemoryBooks()
    organisation(books)
    for number in DEBTORS:
        debtor(books, number, kind=DebtorKind.CONSUMER)
        invoice(books, f"F-{number}", "250.00", debtor=number, due_on=date(2026, 8, 20))
    return books


def switched_on(books, policy=LEARNS):
    books.commit(Changes(create=(policy,)))


def day_of_claims(books, number):
    """Looked at each quarter of an hour of one day, as the planner does when it is due."""
    for quarter in range(44):
        now = MORNING + timedelta(minutes=15 * quarter)
        case = case_of(books, number)
        if case.next_action_at is None or case.next_action_at > now:
            continue
        message = sent(books, now, number)
        if message:
            return message
    return None


def test_off_it_is_the_strategys_own_way_at_once(books):
    found = [sent(books, MORNING, number) for number in DEBTORS]
    assert {m.channel for m in found} == {Channel.EMAIL}


def test_on_it_tries_other_channels_and_hours_and_everybody_is_written_to_that_day(books):
    switched_on(books)
    found = [day_of_claims(books, number) for number in DEBTORS]
    assert all(found)
    assert len({m.channel for m in found}) > 1
    assert len({m.created_at.astimezone(AMSTERDAM).hour for m in found}) > 1


def test_it_waits_for_its_hour_once_whatever_is_learned_meanwhile(books):
    switched_on(books)
    for number in DEBTORS:
        if claimed(books, MORNING, number):
            continue
        case = case_of(books, number)
        assert case.timed == case.sequence and case.next_action_at > MORNING
        after = case.next_action_at
        policy = books.find(LearningPolicy, ORG)
        other = replace(policy, default_hour=18, experiment=policy.experiment + "x")
        books.commit(Changes(update=(other,)))
        assert sent(books, after, number) is not None


def test_who_is_in_the_holdout_is_written_to_as_before(books):
    switched_on(books, replace(LEARNS, holdout_percent=100))
    found = [sent(books, MORNING, number) for number in DEBTORS]
    assert {m.channel for m in found} == {Channel.EMAIL}


def test_the_way_of_the_fourteen_day_letter_is_not_its_to_choose(books):
    switched_on(books)
    draft = StrategyDraft((Step(StepKind.FOURTEEN_DAY_LETTER, 3),))
    version = settle(books, lambda: strategies.write(books, ORG, "own", draft, BOSS, MORNING))
    settle(books, lambda: strategies.activate(books, ORG, "own", version.number, BOSS, MORNING))
    wanted = Assignment(default="own")
    settle(books, lambda: strategies.assign(books, ORG, wanted, BOSS, MORNING))
    found = [sent(books, MORNING, number) for number in DEBTORS]
    assert {m.channel for m in found} == {Channel.EMAIL}
