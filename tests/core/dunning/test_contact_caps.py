"""What else was said to a person keeps a reminder away; and steps for some segments only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.compliance.contact_frequency import Contact, Contacted
from kasstroom.debtors.model import Channel, Debtor, DebtorKind
from kasstroom.debtors.model import Contact as Reached
from kasstroom.dunning.choosing import LiveStrategies
from kasstroom.dunning.contacts import one_more
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.policy import Pass, Remind, Wait, plan, reminded
from kasstroom.dunning.standing import standing_of
from kasstroom.dunning.strategy import Condition, Step, StepKind
from kasstroom.messages.calling import CallResult, plan_call, report
from kasstroom.messages.calls import CallOutcome
from kasstroom.messages.model import Outgoing
from kasstroom.organisations.model import Language
from kasstroom.segments.model import DebtorSegments
from kasstroom.settle import settle
from tests.core.dunning.reminding import at, case_of, claimed, facts_of, strategy
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation

ANNA = Debtor(
    ORG, "D1", "Anna", DebtorKind.CONSUMER, NOW,
    contact=Reached("anna@klant.example", "+31612345678"),
)  # fmt: skip
R, S, P = StepKind.REMINDER, StepKind.SECOND_REMINDER, Channel.PHONE
DAILY = strategy(Step(R, 1), Step(S, 2), Step(StepKind.NOTICE, 3), min_gap_days=1)
CALLS = strategy(Step(R, 1, (P,)))
CASE = DunningCase(ORG, "D1", items=(OpenItem("F1", date(2026, 8, 20), eur("100.00")),))


def heard(*moments, kind=Contact.MESSAGE):
    return replace(CASE, contacts=tuple(Contacted(at(text), kind) for text in moments))


@pytest.mark.parametrize(
    ("case", "steps", "until"),
    [
        (heard("2026-09-01T08:00"), DAILY, "2026-09-02T09:00"),
        (heard("2026-08-26T11:00", "2026-08-28T09:00", "2026-08-31T09:00"), DAILY,
         "2026-09-02T11:00"),
        (heard("2026-09-01T08:00", "2026-09-01T09:00", kind=Contact.CALL), CALLS,
         "2026-09-02T09:00"),
        (heard("2026-08-30T12:00", kind=Contact.TALK), CALLS, "2026-09-07T09:00"),
        # On a Saturday: Sunday is no day for it either.
        (heard("2026-09-05T08:00"), DAILY, "2026-09-07T09:00"),
    ],
)  # fmt: skip
def test_a_person_hears_no_more_than_the_caps_allow(case, steps, until):
    now = max(NOW, case.contacts[-1].at + timedelta(hours=1))
    known = facts_of(ANNA, steps)
    assert plan(case, known, now) == Wait(at(until), "frequency_cap")
    assert isinstance(plan(case, known, at(until)), Remind)
    company = replace(ANNA, kind=DebtorKind.COMPANY)
    assert isinstance(plan(case, facts_of(company, steps), now), Remind)


def test_calls_leave_room_for_messages_and_the_other_way_round():
    called = heard("2026-09-01T08:00", "2026-09-01T09:00", kind=Contact.CALL)
    assert isinstance(plan(called, facts_of(ANNA, DAILY), NOW), Remind)
    both = strategy(Step(R, 1, (P, Channel.EMAIL)))
    action = plan(called, facts_of(ANNA, both), NOW)
    assert [channel for channel, _ in action.ways] == [Channel.EMAIL]
    assert isinstance(plan(heard("2026-09-01T08:00"), facts_of(ANNA, CALLS), NOW), Remind)


def test_a_message_counts_when_it_is_claimed_and_a_call_when_it_is_made():
    action = plan(CASE, facts_of(ANNA, DAILY), NOW)
    after = reminded(CASE, facts_of(ANNA, DAILY), action, NOW)
    assert after.contacts == (Contacted(NOW, Contact.MESSAGE),)
    action = plan(CASE, facts_of(ANNA, CALLS), NOW)
    assert reminded(CASE, facts_of(ANNA, CALLS), action, NOW).contacts == ()


@given(st.lists(st.integers(1, 60), max_size=12), st.integers(1, 7))
def test_a_month_of_reminding_and_other_mail_stays_within_the_caps(thanks, gap):
    """Mail of other kinds is not held back, so that only reminders are looked at."""
    steps = strategy(*(Step(R, day) for day in range(1, 21)), min_gap_days=gap)
    case, known, now = CASE, facts_of(ANNA, steps), at("2026-08-21T10:00")
    others = {now + timedelta(hours=12 * each) for each in thanks}
    said: list[datetime] = []
    for _ in range(60):
        if now in others:
            case = case.contacted(Contact.MESSAGE, now)
            said.append(now)
        action = plan(case, known, now)
        if isinstance(action, Remind):
            assert not any(each.date() == now.date() for each in said)
            assert sum(each > now - timedelta(days=7) for each in said) < 3
            case = reminded(case, known, action, now)
            said.append(now)
        now += timedelta(hours=12)


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    debtor(made, kind=DebtorKind.CONSUMER)
    invoice(made, "F1", "100.00")
    return made


class Centre:
    def hand_over(self, task):
        pass


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (CallOutcome.NO_ANSWER, Contact.CALL),
        (CallOutcome.WRONG_NUMBER, Contact.CALL),
        (CallOutcome.REFUSED, Contact.TALK),
        (CallOutcome.REACHED_PROMISE, Contact.TALK),
    ],
)
def test_a_call_of_which_the_outcome_is_told_counts(books, outcome, kind):
    draft = claimed(books, NOW)
    outgoing = Outgoing(draft.message.id, ORG, "D1", "+31612345678", "", Language.NL, "script")
    id = plan_call(books, Centre(), outgoing, NOW)
    carla = Actor("carla", (Role.COLLECTOR,))
    settle(books, lambda: report(books, ORG, id, CallResult(outcome), carla, NOW))
    assert Contacted(NOW, kind) in case_of(books).contacts


def test_thanks_of_this_morning_put_a_reminder_off_to_tomorrow(books):
    settle(books, lambda: (one_more(books, ORG, "D1", Contact.MESSAGE, NOW), None))
    assert claimed(books, NOW + timedelta(hours=1)) is None
    assert case_of(books).next_action_at == at("2026-09-02T09:00")
    assert claimed(books, at("2026-09-02T09:00")) is not None


def test_a_step_for_some_segments_is_passed_over_for_the_others(books):
    some = strategy(Step(R, 1, when=Condition(segments=("tenants", "care"))), Step(S, 5))
    assert isinstance(plan(CASE, facts_of(ANNA, some), NOW), Pass)
    assert isinstance(plan(CASE, facts_of(ANNA, some, segments=("new",)), NOW), Pass)
    action = plan(CASE, facts_of(ANNA, some, segments=("new", "care")), NOW)
    assert isinstance(action, Remind) and action.step.kind is R


def test_the_segments_of_a_debtor_reach_the_decision(books):
    assert standing_of(books, ORG, "D1", NOW).facts.segments == ()
    some = strategy(Step(R, 1, when=Condition(segments=("tenants",))), Step(S, 2), id="default")
    known = DebtorSegments(ORG, "D1", ("tenants", "new"), 1, NOW)
    books.commit(Changes(create=(known, LiveStrategies(ORG, active={"default": some}))))
    assert standing_of(books, ORG, "D1", NOW).facts.segments == ("tenants", "new")
    assert claimed(books, NOW).message.template == R
