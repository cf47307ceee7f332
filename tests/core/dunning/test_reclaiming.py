"""What the storm found: a message that is taken over, and a case that nobody would look at again.
Each is one meeting of two things that are right by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Address, Channel, DebtorKind
from kasstroom.debtors.usecases import DebtorPatch, correct
from kasstroom.dunning import pausing, proposals, strategies
from kasstroom.dunning.letters import evidence
from kasstroom.dunning.model import BlockReason
from kasstroom.dunning.pausing import NewPause
from kasstroom.dunning.proposals import DunningProposal, ProposalState, Verdict
from kasstroom.dunning.reclaiming import reclaim
from kasstroom.dunning.strategies import Assignment, StrategyDraft
from kasstroom.dunning.strategy import End, Step, StepKind
from kasstroom.errors import Conflict
from kasstroom.messages.attention import Attention
from kasstroom.messages.conversations import spoken
from kasstroom.messages.model import Message, MessageState, Outgoing
from kasstroom.messages.states import again
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from tests.core.dunning.reminding import BOSS, at, case_of, claimed, sent
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, invoice, organisation, received

K = StepKind
MORNING = at("2026-09-01T10:00")
LATER = MORNING + timedelta(minutes=20)


@pytest.fixture
def books():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00")
    return books


def in_force(books, *steps, **more):
    draft = StrategyDraft(steps, **more)
    version = settle(books, lambda: strategies.write(books, ORG, "own", draft, BOSS, NOW))
    settle(books, lambda: strategies.activate(books, ORG, "own", version.number, BOSS, NOW))
    wanted = Assignment(default="own")
    settle(books, lambda: strategies.assign(books, ORG, wanted, BOSS, NOW))


def pause(books, now, **more):
    new = NewPause(BlockReason.PROMISE, **more)
    return settle(books, lambda: pausing.pause(books, ORG, new, "anna", now))


def taken_over(books, id, now=LATER):
    return settle(books, lambda: reclaim(books, ORG, "D1", id, now))


def test_money_that_comes_in_while_a_message_is_taken_over_is_first(books):
    draft = claimed(books, MORNING)
    changes, _ = reclaim(books, ORG, "D1", draft.message.id, LATER)
    received(books, "250.00", "F1", now=LATER)
    with pytest.raises(Conflict):
        books.commit(changes)
    assert taken_over(books, draft.message.id) is None
    state = books.get(Message, ORG, "D1", draft.message.id).state
    assert state is MessageState.CANCELLED


def test_what_is_paused_meanwhile_is_not_asked_for(books):
    invoice(books, "F2", "100.00")
    draft = claimed(books, MORNING)
    pause(books, MORNING, debtor="D1", invoice="F2")
    message = taken_over(books, draft.message.id).message
    assert (message.invoices, message.amount.value) == (("F1",), "250.00")


def test_a_pause_for_all_holds_a_message_back_and_keeps_it(books):
    draft = claimed(books, MORNING)
    made = pause(books, MORNING)
    assert taken_over(books, draft.message.id) is None
    settle(books, lambda: pausing.lift(books, ORG, made.id, "anna", LATER))
    assert taken_over(books, draft.message.id).message.attempts == 2


def test_no_message_goes_out_after_one_that_goes_as_far(books):
    late = claimed(books, MORNING)
    firmer = claimed(books, MORNING + timedelta(days=9))
    assert firmer.step is K.SECOND_REMINDER
    assert taken_over(books, late.message.id, MORNING + timedelta(days=10)) is None
    assert taken_over(books, firmer.message.id, MORNING + timedelta(days=10))


def test_the_gap_counts_from_the_day_the_debtor_heard_of_us(books):
    draft = claimed(books, MORNING)
    assert taken_over(books, draft.message.id, MORNING + timedelta(days=4))
    assert case_of(books).next_action_at == at("2026-09-12T09:00")


def test_of_a_debtor_abroad_the_holidays_count(books):
    known = debtor(books, "D2")
    moved = replace(known, version=1, address=Address("Weg", "1", "10115", "Berlin", "DE"))
    books.commit(Changes(update=(moved,)))
    invoice(books, "F2", "250.00", debtor="D2", due_on=date(2026, 9, 28))
    draft = claimed(books, at("2026-10-02T10:00"), "D2")
    day_of_unity = at("2026-10-03T10:00")
    assert reclaim(books, ORG, "D2", draft.message.id, day_of_unity) == (Changes(), None)


def test_a_small_amount_does_not_let_the_next_invoice_be_forgotten():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "3.00")
    invoice(books, "F2", "250.00", due_on=date(2026, 9, 10))
    assert claimed(books, MORNING) is None
    assert case_of(books).next_action_at == at("2026-09-11T09:00")
    assert claimed(books, at("2026-09-14T10:00")).message.invoices == ("F1", "F2")


def test_after_a_step_from_before_the_due_date_comes_the_next():
    books = MemoryBooks()
    organisation(books)
    in_force(books, Step(K.PRE_REMINDER, -5, (Channel.LETTER,)), Step(K.REMINDER, 3))
    debtor(books)
    invoice(books, "F1", "250.00", due_on=date(2026, 9, 3))
    assert [claimed(books, MORNING), claimed(books, LATER)] == [None, None]
    assert case_of(books).next_action_at == at("2026-09-04T09:00")
    assert claimed(books, at("2026-09-07T10:00")).step is K.REMINDER


def test_a_person_is_asked_once_for_the_address_a_step_needs():
    books = MemoryBooks()
    organisation(books)
    in_force(books, Step(K.REMINDER, 3, (Channel.LETTER,)))
    debtor(books)
    invoice(books, "F1", "250.00")
    invoice(books, "F2", "100.00", due_on=date(2026, 9, 3))
    assert claimed(books, MORNING) is None
    assert case_of(books).next_action_at == at("2026-09-04T09:00")
    for day in ("04", "07"):
        assert claimed(books, at(f"2026-09-{day}T10:00")) is None
    assert case_of(books).next_action_at is None
    assert len(list(books.every(Attention))) == 1
    patch = DebtorPatch(address=Address("Kerkstraat", "25", "1234 AB", "Utrecht"))
    settle(books, lambda: correct(books, ORG, "D1", patch, at("2026-09-08T10:00")))
    assert case_of(books).next_action_at <= at("2026-09-08T10:00")
    assert claimed(books, at("2026-09-08T10:00")).message.channel is Channel.LETTER


def test_a_letter_that_is_not_needed_takes_no_milder_step_with_it():
    books = MemoryBooks()
    organisation(books)
    debtor(books, kind=DebtorKind.CONSUMER)
    in_force(books, Step(K.REMINDER, 3), Step(K.FOURTEEN_DAY_LETTER, 10, (Channel.EMAIL,)))
    invoice(books, "F1", "100.00")
    invoice(books, "F2", "50.00", due_on=date(2026, 8, 29))
    days = (MORNING, MORNING + timedelta(days=7))
    assert [sent(books, day).template for day in days] == ["reminder", "fourteen_day_letter"]
    case = case_of(books)
    items = tuple(replace(i, level=1 if i.number == "F1" else 0) for i in case.items)
    books.commit(Changes(update=(replace(case, items=items),)))  # As another strategy may do.
    now = MORNING + timedelta(days=14)
    assert claimed(books, now) is None  # The letter demanded both.
    assert [item.level for item in case_of(books).items] == [2, 0]
    assert claimed(books, now).step is K.REMINDER


def test_what_a_person_approved_goes_out_before_a_hand_over_is_looked_at(books):
    in_force(books, Step(K.FINAL_DEMAND, 3, approval=True), Step(K.HAND_OVER, 30), end=End.AGENCY)
    claimed(books, MORNING)
    _decided(books, True, MORNING)
    assert sent(books, MORNING).invoices == ("F1",)
    invoice(books, "F2", "100.00", due_on=date(2026, 9, 10))
    assert claimed(books, at("2026-09-14T10:00")) is None
    _decided(books, True, at("2026-09-14T11:00"))
    late = at("2026-09-21T10:00")  # Nothing was planned for a week, and F1 is to be handed over.
    assert sent(books, late).template == K.FINAL_DEMAND
    levels = {item.number: item.level for item in case_of(books).items}
    assert levels == {"F1": 1, "F2": 1}
    assert claimed(books, at("2026-09-28T10:00")) is None
    assert case_of(books).waiting == ("F1",)


def _decided(books, approve, now):
    waiting = [p for p in books.every(DunningProposal) if p.state is ProposalState.PROPOSED]
    verdict = Verdict(approve)
    settle(books, lambda: proposals.decide(books, ORG, waiting[-1].id, verdict, BOSS, now))


def test_a_proposal_over_what_was_paid_meanwhile_holds_nothing_up(books):
    in_force(books, Step(K.FINAL_DEMAND, 3, approval=True))
    invoice(books, "F2", "100.00", due_on=date(2026, 9, 5))
    claimed(books, MORNING)
    received(books, "250.00", "F1", now=MORNING)
    assert claimed(books, at("2026-09-08T10:00")) is None
    assert len(list(books.every(DunningProposal))) == 2
    assert case_of(books).waiting == ("F2",)


def test_a_mail_that_arrived_before_it_left_by_two_clocks_stops_nothing():
    one = SimpleNamespace(message="msg_1", sent_on=date(2026, 9, 2), demand=None)
    message = _letter(Channel.EMAIL, sent_at=at("2026-09-02T10:00"))
    early = replace(message, delivered_at=at("2026-09-01T10:00"))
    assert evidence(one, early, date(2026, 9, 3)).delivered_on == date(2026, 9, 2)


def test_a_letter_that_goes_again_has_not_been_posted_yet():
    posted = _letter(Channel.LETTER, posted_on=date(2026, 9, 2))
    back = again(posted, (Channel.LETTER, "Nieuweweg 1"), NOW)
    assert back.posted_on is None


def _letter(channel, **facts):
    return Message(
        ORG, "D1", "msg_1", K.FOURTEEN_DAY_LETTER, channel, Language.NL, "x", ("F1",), None,
        MessageState.SENT, NOW, NOW, **facts,
    )  # fmt: skip


def test_two_debtors_with_one_telephone_are_both_confirmed(books):
    first, second = (
        Outgoing(f"msg_{n}", ORG, f"D{n}", "+31612345678", "+31850000000", Language.NL, "Betaal.")
        for n in (1, 2)
    )
    changes = [spoken(books, one, Channel.SMS, NOW) for one in (first, second)]
    books.commit(changes[0])
    with pytest.raises(Conflict) as error:
        books.commit(changes[1])
    assert type(error.value) is Conflict  # And no Duplicate, which is acknowledged and forgotten.
