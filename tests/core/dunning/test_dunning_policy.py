from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.contact_hours import may_contact
from kasstroom.debtors.model import Channel, Contact, Debtor, DebtorKind
from kasstroom.dunning.model import Block, DunningCase, OpenItem
from kasstroom.dunning.policy import Remind, Skip, Wait, plan, reminded
from kasstroom.dunning.scheduling import next_action
from kasstroom.dunning.steps import Facts
from kasstroom.dunning.strategy import DEFAULT, StepKind
from kasstroom.messages.ways import address_of, in_order
from kasstroom.money import Money
from kasstroom.time import AMSTERDAM
from tests.people import NOW, eur

ANNA = Debtor(
    "vandijk", "D1", "Anna", DebtorKind.COMPANY, NOW, contact=Contact("anna@klant.example")
)
DUE = date(2026, 8, 20)


def item(number="F1", amount="100.00", due_on=DUE, level=0):
    return OpenItem(number, due_on, eur(amount), level)


def case(*items, **more):
    return DunningCase("vandijk", "D1", items=items, **more)


def facts(debtor=None, strategy=DEFAULT):
    """As the books would find them: reachable the ways the debtor can be."""
    who = debtor or ANNA
    addresses = ((c, address_of(who, c)) for c in in_order(who))
    agreed = who.contact.whatsapp_opt_in_at
    ways = tuple((c, a) for c, a in addresses if a and (agreed or c is not Channel.WHATSAPP))
    return Facts(who, strategy, ways)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def test_the_first_reminder_falls_three_days_after_the_due_date():
    early = plan(case(item()), facts(), at("2026-08-22T10:00"))
    assert early == Wait(at("2026-08-23T09:00"), "not_due")
    action = plan(case(item()), facts(), at("2026-08-24T10:00"))
    assert isinstance(action, Remind)
    assert action.step.kind is StepKind.REMINDER
    assert (action.channel, action.address) == (Channel.EMAIL, "anna@klant.example")


def test_one_message_for_everything_overdue_netted_with_credit_notes():
    later = item("F3", "75.00", due_on=date(2026, 10, 1))
    mixed = case(item(), item("F2", "50.00"), item("C1", "-30.00"), later)
    action = plan(mixed, facts(), NOW)
    assert [i.number for i in action.items] == ["F1", "F2", "C1"]
    assert action.total == eur("120.00")


def test_the_furthest_step_sets_the_tone_and_each_invoice_takes_its_own_step():
    started = case(item(level=1), item("F2", due_on=date(2026, 8, 28)))
    now = at("2026-09-01T10:00")
    action = plan(started, facts(), now)
    assert action.step.kind is StepKind.SECOND_REMINDER
    after = reminded(started, facts(), action, now)
    assert {i.number: i.level for i in after.items} == {"F1": 2, "F2": 1}


def test_nothing_at_night_on_sunday_or_on_a_holiday():
    for moment, opening in [
        ("2026-09-01T06:30", "2026-09-01T09:00"),
        ("2026-09-01T20:00", "2026-09-02T09:00"),
        ("2026-09-06T12:00", "2026-09-07T09:00"),
        ("2026-12-25T12:00", "2026-12-28T09:00"),
    ]:
        assert plan(case(item()), facts(), at(moment)) == Wait(at(opening), "contact_hours")


def test_not_more_often_than_once_a_week():
    busy = case(item(level=1), last_sent_at=at("2026-08-31T10:00"))
    assert plan(busy, facts(), NOW) == Wait(at("2026-09-07T09:00"), "frequency_cap")


def test_after_the_last_step_nothing_is_planned():
    done = case(item(level=3))
    assert next_action(done, NOW) is None
    assert plan(done, facts(), NOW) == Skip("all_steps_done")


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ((item(amount="4.99"),), "below_minimum"),
        ((item(), item("C1", "-100.00")), "credit_note_nets"),
    ],
)
def test_why_a_debtor_is_left_alone(items, reason):
    assert plan(case(*items), facts(), NOW) == Skip(reason)


def test_a_block_pauses_until_its_end():
    until = NOW + timedelta(days=3)
    blocked = case(item(), blocks=(Block("dispute", until),))
    assert plan(blocked, facts(), NOW) == Skip("dispute", until)
    assert isinstance(plan(blocked, facts(), until), Remind)


def test_without_an_address_nothing_is_sent():
    assert plan(case(item()), facts(replace(ANNA, contact=Contact())), NOW) == Skip(
        "missing_address"
    )


def test_whatsapp_only_with_proof_of_opt_in():
    contact = Contact("anna@klant.example", "+31612345678", None, Channel.WHATSAPP)
    action = plan(case(item()), facts(replace(ANNA, contact=contact)), NOW)
    assert action.channel is Channel.EMAIL
    agreed = replace(contact, whatsapp_opt_in_at=NOW)
    action = plan(case(item()), facts(replace(ANNA, contact=agreed)), NOW)
    assert action.channel is Channel.WHATSAPP


def test_amounts_in_another_currency_are_asked_for_apart():
    foreign = OpenItem("S1", date(2026, 8, 21), Money(5000, "SEK"))
    action = plan(case(item(), foreign), facts(), NOW)
    assert [i.number for i in action.items] == ["F1"]


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(days, min_size=1, max_size=6), st.integers(0, 400))
def test_played_day_by_day_each_invoice_gets_each_step_once_and_in_contact_hours(dues, start):
    """A year of hourly-ish looks: never more than one message a week, never a step twice."""
    running = case(*(item(f"F{n}", due_on=due) for n, due in enumerate(dues)))
    sent = []
    now = at("2026-01-01T00:30") + timedelta(hours=start)
    for _ in range(400):
        action = plan(running, facts(), now)
        if isinstance(action, Remind):
            assert may_contact(now)
            sent.append(now)
            running = reminded(running, facts(), action, now)
        now += timedelta(hours=27)
    assert all(i.level <= 3 for i in running.items)
    assert all(b - a > timedelta(days=6) for a, b in zip(sent, sent[1:], strict=False))
    over = [i for i in running.items if (now.date() - i.due_on).days > 60]
    assert all(i.level == 3 for i in over)
