from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor
from kasstroom.compliance.contact_hours import may_contact
from kasstroom.debtors.model import Channel
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.pausing import Pause
from kasstroom.errors import NotFound, Refused
from kasstroom.messages.call_views import call_page, show
from kasstroom.messages.calling import CallResult, plan_call, report
from kasstroom.messages.calls import (
    MOST_TRIES,
    CallOutcome,
    CallState,
    CallTask,
    CallTry,
    QueuedCall,
    next_try,
)
from kasstroom.messages.model import Message, MessageState
from kasstroom.settle import settle
from kasstroom.time import AMSTERDAM
from kasstroom_aws.channels.phone import Colleagues, PhoneChannel
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation
from tests.printing import claimed, outgoing, sent

ANNA = Actor("anna", ("collector",))
REACHED = [o for o in CallOutcome if o.value.startswith("reached")]


@pytest.fixture
def books():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00")
    return books


def called(books, id="msg_1", ways=(), now=NOW) -> CallTask:
    note = claimed(books, id, Channel.PHONE, ways=ways, now=now)
    phone = PhoneChannel(books, Colleagues(), lambda: now)
    message = sent(books, note, {Channel.PHONE: phone})
    return books.get(CallTask, ORG, "D1", message.provider_id)


def told(books, task, outcome, at=NOW, **more) -> CallTask:
    result = CallResult(CallOutcome(outcome), **more)
    return settle(books, lambda: report(books, ORG, task.id, result, ANNA, at))


def message(books) -> Message:
    return books.get(Message, ORG, "D1", "msg_1")


def test_a_message_by_phone_is_a_task_on_the_list(books):
    task = called(books)
    assert (task.phone, task.amount, task.invoices) == ("+31612345678", eur("250.00"), ("F1",))
    assert (task.script, task.due_at, task.state) == ("Goedemorgen", NOW, CallState.OPEN)
    (line,) = call_page(books, ORG, NOW, after="", limit=10).items
    assert (line.id, line.due, line.tries) == (task.id, True, 0)
    assert message(books).state is MessageState.SENT
    assert "call_task.created" in [e.TYPE for e in books.events]


def test_a_retry_is_the_same_call_and_is_handed_over_again(books):
    handed = []

    class Centre:
        def hand_over(self, task):
            handed.append(task.id)

    note = claimed(books, "msg_1", Channel.PHONE)
    first = plan_call(books, Centre(), outgoing(note), NOW)
    later = NOW + timedelta(minutes=20)
    assert plan_call(books, Centre(), outgoing(note), later) == first
    assert handed == [first, first]
    assert len(call_page(books, ORG, NOW, after="", limit=10).items) == 1


def test_without_a_number_there_is_nobody_to_call(books):
    note = claimed(books, "msg_1", Channel.PHONE, address="")
    with pytest.raises(Refused, match="phone number"):
        plan_call(books, Colleagues(), outgoing(note), NOW)


@pytest.mark.parametrize("outcome", [*REACHED, CallOutcome.REFUSED])
def test_who_was_reached_has_had_the_message(books, outcome):
    task = told(books, called(books), outcome, notes="vrijdag", follow_up_on=date(2026, 9, 4))
    assert (task.state, task.tries[0].by) == (CallState.DONE, "anna")
    assert message(books).state is MessageState.DELIVERED
    assert call_page(books, ORG, NOW, after="", limit=10).items == ()
    (event,) = [e for e in books.events if e.TYPE == "call_task.completed"]
    assert (event.outcome, event.follow_up_on) == (outcome, date(2026, 9, 4))


def test_a_wrong_number_bounces_and_is_not_called_again(books):
    task = told(books, called(books), "wrong_number")
    assert task.state is CallState.DONE
    assert message(books).state is MessageState.BOUNCED


def test_after_a_wrong_number_the_message_takes_its_next_way(books):
    told(books, called(books, ways=(Channel.PHONE, Channel.EMAIL)), "wrong_number")
    again = message(books)
    assert (again.state, again.channel) == (MessageState.CLAIMED, Channel.EMAIL)


def test_who_does_not_answer_is_called_at_other_hours_and_then_no_more(books):
    task, hours, at = called(books), set(), NOW
    for n in range(MOST_TRIES):
        assert task.state is CallState.OPEN and message(books).state is MessageState.SENT
        at = task.due_at
        hours.add(at.astimezone(AMSTERDAM).hour)
        task = told(books, task, "voicemail" if n == 1 else "no_answer", at)
    assert len(hours) == MOST_TRIES
    assert (task.state, len(task.tries)) == (CallState.UNREACHED, MOST_TRIES)
    assert message(books).state is MessageState.FAILED


def test_what_is_due_first_stands_on_top_and_the_list_turns_pages(books):
    later = called(books)
    told(books, later, "no_answer")
    first = called(books, "msg_2", now=NOW + timedelta(minutes=1))
    page = call_page(books, ORG, NOW, after="", limit=1)
    assert page.items[0].id == first.id and page.next_cursor
    rest = call_page(books, ORG, NOW, after=page.next_cursor, limit=1)
    assert (rest.items[0].id, rest.items[0].tries, rest.next_cursor) == (later.id, 1, None)
    assert not rest.items[0].due


def test_a_call_says_what_is_still_open(books):
    task = called(books)
    assert show(books, ORG, task.id).still_open == eur("250.00")
    with pytest.raises(NotFound):
        show(books, ORG, "call_x")


def test_a_call_ends_once(books):
    task = told(books, called(books), "reached_paid")
    with pytest.raises(Refused) as error:
        told(books, task, "no_answer")
    assert error.value.code == "call_closed"
    assert books.get(QueuedCall, ORG, id=task.id).gone_at


@pytest.mark.parametrize("on", [date(2026, 8, 31), date(2027, 9, 1), date(2026, 9, 6)])
def test_nobody_is_called_on_a_day_that_cannot_be(books, on):
    with pytest.raises(Refused) as error:
        told(books, called(books), "no_answer", follow_up_on=on)
    assert error.value.pointer == "/body/follow_up_on"


@given(st.lists(st.integers(0, 3 * 365 * 24 * 60), min_size=1, max_size=MOST_TRIES - 1))
def test_the_next_try_is_in_contact_hours_and_later(minutes):
    moments = [NOW + timedelta(minutes=n) for n in sorted(minutes)]
    tries = tuple(CallTry(CallOutcome.NO_ANSWER, at, "anna") for at in moments)
    due = next_try(tries)
    assert may_contact(due) and due > tries[-1].at


@pytest.mark.parametrize(
    ("outcome", "reason", "until"),
    [
        ("reached_promise", "promise", date(2026, 9, 12)),
        ("reached_paid", "says_paid", date(2026, 9, 8)),
        ("reached_cannot_pay", "cannot_pay", date(2026, 9, 8)),
        ("reached_dispute", "dispute", date(2026, 9, 8)),
    ],
)
def test_what_the_debtor_said_makes_reminders_wait(books, outcome, reason, until):
    more = {"follow_up_on": date(2026, 9, 10)} if outcome == "reached_promise" else {}
    told(books, called(books), outcome, notes="on the phone", **more)
    (block,) = books.get(DunningCase, ORG, "D1").blocks
    assert (block.reason, block.until.astimezone(AMSTERDAM).date()) == (reason, until)
    (pause,) = books.all_of(Pause, ORG, "D1")
    assert (pause.set_by, pause.note, pause.id) == ("anna", "on the phone", block.id)
    assert books.get(DunningCase, ORG, "D1").next_action_at == block.until


def test_nobody_reached_makes_nothing_wait(books):
    told(books, called(books), "no_answer")
    assert books.get(DunningCase, ORG, "D1").blocks == ()
