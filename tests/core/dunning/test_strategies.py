"""Strategies written, tried, put in force and changed: nothing is sent twice or passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.dunning import strategies
from kasstroom.dunning.choosing import LiveStrategies, fitted, strategy_of
from kasstroom.dunning.fitting import AT_A_TIME, fit, work
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.scheduling import moment_of, retracked
from kasstroom.dunning.simulating import Trial, run_page, simulate
from kasstroom.dunning.strategies import Assignment, StrategyDraft, VersionState
from kasstroom.dunning.strategy import DEFAULT, RANK, Step, StepKind, track_of
from kasstroom.errors import Forbidden, NotFound, Refused
from kasstroom.segments.model import DebtorSegments
from kasstroom.settle import settle
from tests.core.dunning.reminding import BOSS, at, case_of, claimed, sent, strategy
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation

R, S, F = StepKind.REMINDER, StepKind.SECOND_REMINDER, StepKind.FINAL_DEMAND
FIRM = StrategyDraft((Step(R, 1), Step(F, 9)), note="slow payers")
MONDAY = at("2026-08-24T10:00")


@pytest.fixture
def books():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00", due_on=date(2026, 8, 20))
    return books


def written(books, name="firm", draft=FIRM):
    return settle(books, lambda: strategies.write(books, ORG, name, draft, BOSS, NOW))


def in_force(books, name="firm", draft=FIRM):
    version = written(books, name, draft)
    return settle(books, lambda: strategies.activate(books, ORG, name, version.number, BOSS, NOW))


def assigned(books, **who):
    return settle(books, lambda: strategies.assign(books, ORG, Assignment(**who), BOSS, NOW))


def code(refusing):
    with pytest.raises(Refused) as caught:
        refusing()
    return caught.value.code, caught.value.pointer


def test_a_version_is_a_draft_until_it_is_put_in_force(books):
    first = written(books)
    assert (first.number, first.state) == (1, VersionState.DRAFT)
    assert strategies.live_of(books, ORG).active == {"default": DEFAULT}
    in_force(books)
    states = [(v.number, v.state) for v in strategies.versions_of(books, ORG, "firm")]
    assert states == [(1, "draft"), (2, "active")]
    in_force(books)
    states = [(v.number, v.state) for v in strategies.versions_of(books, ORG, "firm")]
    assert states == [(1, "draft"), (2, "retired"), (3, "active")]


def test_putting_it_in_force_twice_tells_it_once(books):
    in_force(books)
    told = len(books.events)
    settle(books, lambda: strategies.activate(books, ORG, "firm", 1, BOSS, NOW))
    assert len(books.events) == told


def test_only_a_credit_manager_and_only_what_is_possible(books):
    with pytest.raises(Forbidden):
        strategies.write(books, ORG, "firm", FIRM, Actor("webshop"), NOW)
    assert code(lambda: written(books, "Firm!")) == ("invalid_name", "/path/id")
    wrong = replace(FIRM, steps=(Step(F, 9), Step(R, 12)))
    assert code(lambda: written(books, draft=wrong)) == (
        "milder_after_firmer", "/body/steps/1/kind",
    )  # fmt: skip
    with pytest.raises(NotFound):
        strategies.activate(books, ORG, "firm", 9, BOSS, NOW)
    assert code(lambda: assigned(books, default="firm")) == (
        "strategy_not_in_force", "/body/default",
    )  # fmt: skip


def test_the_most_specific_wins():
    firm, mild = strategy(Step(R, 1), id="firm"), strategy(Step(R, 9), id="mild")
    active = {"default": DEFAULT, "firm": firm, "mild": mild}
    live = LiveStrategies(ORG, "default", active, {"slow_payers": "firm"})
    case = DunningCase(ORG, "D1")
    assert strategy_of(live, case, ("vip",)) == (DEFAULT, "organisation")
    assert strategy_of(live, case, ("vip", "slow_payers")) == (firm, "segment slow_payers")
    own = replace(case, chosen="mild")
    assert strategy_of(live, own, ("slow_payers",)) == (mild, "debtor")
    gone = replace(live, active={"default": DEFAULT})
    assert strategy_of(gone, own, ("slow_payers",)) == (DEFAULT, "organisation")
    item = OpenItem("F1", date(2026, 8, 20), eur("1.00"), track=track_of(mild))
    kept = fitted(replace(case, items=(item,)), live, ("slow_payers",), NOW)
    assert (kept.track.strategy, kept.items[0].track.strategy) == ("firm", "mild")
    assert fitted(kept, gone, (), NOW).items[0].track is None


def test_a_new_strategy_goes_on_where_the_debtor_was(books):
    sent(books, MONDAY)
    assert case_of(books).items[0].reached is R
    in_force(books)
    assigned(books, default="firm")
    settle(books, lambda: fit(books, ORG, "D1", NOW))
    assert case_of(books).items[0].level == 1
    went = sent(books, at("2026-08-31T10:00"))
    assert went.template == F


def test_what_was_sent_is_not_sent_again_whatever_the_order(books):
    sent(books, MONDAY)
    again = replace(FIRM, steps=(Step(R, 4), Step(S, 5), Step(F, 30)))
    in_force(books, "again", again)
    assigned(books, default="again")
    went = sent(books, at("2026-08-31T10:00"))
    assert went.template == S


def test_an_invoice_and_a_debtor_can_have_their_own(books):
    invoice(books, "F2", "80.00", due_on=date(2026, 8, 21))
    in_force(books, "mild", StrategyDraft((Step(R, 60),)))
    settle(books, lambda: strategies.choose_for(books, ORG, "D1", "mild", BOSS, NOW, "F1"))
    went = sent(books, MONDAY + timedelta(days=1))
    assert went.invoices == ("F1", "F2")  # What is overdue stands in it; its step has not come.
    assert {i.number: i.level for i in case_of(books).items} == {"F1": 0, "F2": 1}
    settle(books, lambda: strategies.choose_for(books, ORG, "D1", "mild", BOSS, NOW))
    assert claimed(books, MONDAY + timedelta(days=20)) is None
    assert code(lambda: strategies.choose_for(books, ORG, "D1", "mild", BOSS, NOW, "F9")) == (
        "invoice_not_open",
        "/body/invoice",
    )


def test_a_segment_has_its_strategy(books):
    in_force(books)
    assigned(books, by_segment={"slow_payers": "firm"})
    books.commit(Changes(create=(DebtorSegments(ORG, "D1", ("slow_payers",), 1, NOW),)))
    settle(books, lambda: fit(books, ORG, "D1", NOW))
    assert case_of(books).track.strategy == "firm"


class Queue:
    def __init__(self):
        self.asked = []

    def walk(self, org, after):
        self.asked.append(after)


def test_everybody_is_worked_out_anew_page_by_page(books):
    for n in range(AT_A_TIME):
        debtor(books, f"E{n:03d}")
    in_force(books)
    assigned(books, default="firm")
    queue = Queue()
    event = {"detail": {"organisation": ORG, "debtor": "", "data": {}}}
    first = work(books, queue, event, NOW)
    (after,) = queue.asked
    second = work(books, queue, {"org": ORG, "after": after}, NOW)
    assert first + second == AT_A_TIME + 1 and len(queue.asked) == 1
    assert work(books, queue, event, NOW) == 0


def test_a_simulation_tells_what_would_go_out_and_why_not(books):
    debtor(books, "D2")
    found = simulate(books, ORG, Trial(days=30), MONDAY, after="", limit=10)
    assert [(p.debtor, p.step, p.at.date().isoformat()) for p in found.planned] == [
        ("D1", R, "2026-08-24"), ("D1", S, "2026-08-31"), ("D1", F, "2026-09-14"),
    ]  # fmt: skip
    assert [(x.debtor, x.code) for x in found.left_out] == [("D2", "nothing_due")]
    assert sum(count.messages for count in found.counts) == 3
    trial = Trial(steps=(Step(R, 10), Step(F, 20, (Channel.PHONE,))), days=30)
    other = simulate(books, ORG, trial, MONDAY, after="", limit=1)
    assert [p.step for p in other.planned] == [R, F]
    assert other.planned[1].channel is Channel.PHONE and other.next_cursor == "D1"
    assert case_of(books).items[0].level == 0


def test_an_impossible_trial_is_refused_with_its_place(books):
    wrong = Trial(steps=(Step(F, 9), Step(R, 3)))
    assert code(lambda: simulate(books, ORG, wrong, NOW, after="", limit=1))[1] == (
        "/body/steps/1/kind"
    )
    far = Trial(days=91)
    assert code(lambda: simulate(books, ORG, far, NOW, after="", limit=1))[1] == "/body/days"
    none = Trial(strategy="x")
    assert code(lambda: simulate(books, ORG, none, NOW, after="", limit=1))[1] == "/body/strategy"


def test_a_run_shows_each_debtor_with_the_reason_of_every_invoice(books):
    invoice(books, "F2", "80.00", due_on=date(2026, 9, 10))
    (one,) = run_page(books, ORG, MONDAY, after="", limit=9).items
    assert (one.does, one.step, one.channel, one.total) == ("remind", R, "email", eur("250.00"))
    assert [(i.invoice, i.code) for i in one.items] == [("F1", ""), ("F2", "not_due")]


kinds = st.lists(
    st.sampled_from([R, S, StepKind.NOTICE, F]), min_size=1, max_size=4, unique=True
).map(lambda found: sorted(found, key=RANK.__getitem__))


@given(first=kinds, second=kinds, had=st.integers(0, 4))
def test_changing_over_never_sends_a_kind_again_nor_passes_a_firmer_one_over(first, second, had):
    before = strategy(*(Step(kind, 3 + 10 * n) for n, kind in enumerate(first)), id="a")
    after = strategy(*(Step(kind, 5 + 10 * n) for n, kind in enumerate(second)), id="b")
    level = min(had, len(first))
    reached = first[level - 1] if level else None
    item = OpenItem("F1", date(2026, 8, 20), eur("9.00"), level, reached=reached)
    case = DunningCase(ORG, "D1", track=track_of(before), items=(item,))
    moved = retracked(case, track_of(after), NOW).items[0]
    come = second[moved.level :]
    assert all(reached is None or RANK[kind] > RANK[reached] for kind in come)
    assert set(come) == {k for k in second if reached is None or RANK[k] > RANK[reached]}
    if come:
        assert moment_of(retracked(case, track_of(after), NOW), moved, NOW)
