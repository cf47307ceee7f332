"""Pauses at four scopes, with their history; and what waits for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.vulnerability import Signal, Vulnerability
from kasstroom.dunning import pausing, proposals, strategies
from kasstroom.dunning.model import BlockReason
from kasstroom.dunning.outlook import outlook
from kasstroom.dunning.pausing import NewPause
from kasstroom.dunning.proposals import DunningProposal, ProposalState, Verdict
from kasstroom.dunning.standing import standing_of
from kasstroom.dunning.strategies import Assignment, StrategyDraft
from kasstroom.dunning.strategy import Condition, End, Step, StepKind
from kasstroom.dunning.views import pauses_view, proposal_page
from kasstroom.errors import Conflict, NotFound, Refused
from kasstroom.events.dunning import DunningHandedOver, DunningSkipped
from kasstroom.segments.signals import CareSignals, note_care
from kasstroom.settle import settle
from tests.core.dunning.reminding import BOSS, at, case_of, claimed, sent
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, invoice, organisation, received

MONDAY = at("2026-08-24T10:00")
MANUAL = BlockReason.MANUAL


@pytest.fixture
def books():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00", due_on=date(2026, 8, 20))
    return books


def paused(books, reason=MANUAL, now=MONDAY, **what):
    new = NewPause(reason, **what)
    return settle(books, lambda: pausing.pause(books, ORG, new, "bea", now))


def lifted(books, id, now=MONDAY):
    return settle(books, lambda: pausing.lift(books, ORG, id, "bea", now))


def why(books, now=MONDAY, number="D1"):
    standing = standing_of(books, ORG, number, now)
    found = outlook(standing.case, standing.facts, now)
    return found.code, [item.code for item in found.items]


def code(refusing):
    with pytest.raises(Refused) as caught:
        refusing()
    return caught.value.code, caught.value.pointer


def test_a_case_pauses_until_it_is_lifted_and_the_history_stays(books):
    made = paused(books, debtor="D1", note="phoned")
    assert case_of(books).next_action_at is None
    assert claimed(books, MONDAY) is None and why(books) == ("manual", ["manual"])
    lifted(books, made.id)
    assert sent(books, MONDAY).template == "reminder"
    (shown,) = pauses_view(books, ORG, "D1").items
    assert (shown.note, shown.set_by, shown.lifted_by) == ("phoned", "bea", "bea")
    assert lifted(books, made.id).lifted_at == MONDAY


def test_a_pause_with_an_end_goes_on_by_itself(books):
    paused(books, debtor="D1", until=MONDAY + timedelta(days=2))
    assert case_of(books).next_action_at == MONDAY + timedelta(days=2)
    assert claimed(books, MONDAY + timedelta(days=1)) is None
    assert sent(books, MONDAY + timedelta(days=2)) is not None


def test_a_pause_of_what_is_open_ends_with_it_and_one_of_the_debtor_does_not(books):
    paused(books, debtor="D1")
    received(books, "250.00", "F1")
    assert case_of(books).blocks == ()
    paused(books, debtor="D1", whole_debtor=True)
    invoice(books, "F2", "80.00", due_on=date(2026, 8, 20))
    received(books, "80.00", "F2", id="tr_2")
    invoice(books, "F3", "90.00", due_on=date(2026, 8, 20))
    assert claimed(books, MONDAY) is None and why(books)[0] == "manual"


def test_one_invoice_pauses_and_the_others_go_on_without_it(books):
    invoice(books, "F2", "80.00", due_on=date(2026, 8, 20))
    paused(books, BlockReason.PROMISE, debtor="D1", invoice="F1", until=MONDAY + timedelta(days=9))
    assert why(books) == ("", ["promise", ""])
    assert sent(books, MONDAY).invoices == ("F2",)


def test_everybody_pauses_and_goes_on_when_it_is_lifted(books):
    made = paused(books)
    assert why(books)[0] == "manual" and claimed(books, MONDAY) is None
    assert [p.scope for p in pauses_view(books, ORG, "").items] == ["organisation"]
    assert case_of(books).blocks == ()
    lifted(books, made.id)
    assert why(books) == ("", [""])


def test_a_reason_that_comes_again_is_told_once(books):
    paused(books, BlockReason.DEBT_COUNSELLING, debtor="D1")
    for _ in range(3):
        claimed(books, MONDAY)
    assert not [e for e in books.events if isinstance(e, DunningSkipped)]


def test_impossible_pauses_say_why(books):
    assert code(lambda: paused(books, debtor="D1", until=NOW - timedelta(days=30))) == (
        "until_is_past", "/body/until",
    )  # fmt: skip
    assert code(lambda: paused(books, debtor="D1", until=NOW + timedelta(days=4000)))[0] == (
        "until_too_far"
    )
    assert code(lambda: paused(books, debtor="D1", invoice="F9"))[1] == "/body/invoice"
    assert code(lambda: paused(books, invoice="F1"))[1] == "/body/debtor"
    assert code(lambda: paused(books, BlockReason.DIRECT_DEBIT, debtor="D1"))[1] == "/body/reason"
    with pytest.raises(NotFound):
        paused(books, debtor="D9")
    with pytest.raises(NotFound):
        lifted(books, "pau_x")


def by(books, *steps, end=End.NONE):
    draft = StrategyDraft(steps, end=end)
    version = settle(books, lambda: strategies.write(books, ORG, "own", draft, BOSS, MONDAY))
    settle(books, lambda: strategies.activate(books, ORG, "own", version.number, BOSS, MONDAY))
    wanted = Assignment(default="own")
    settle(books, lambda: strategies.assign(books, ORG, wanted, BOSS, MONDAY))


def waiting(books) -> DunningProposal:
    (found,) = books.all_of(DunningProposal, ORG, "D1")
    return found


def decided(books, approve, id="", now=MONDAY):
    verdict = Verdict(approve, "looked at")
    id = id or waiting(books).id
    return settle(books, lambda: proposals.decide(books, ORG, id, verdict, BOSS, now))


LATER = Step(StepKind.FINAL_DEMAND, 30)


def test_a_step_that_needs_approval_goes_out_when_it_has_it(books):
    by(books, Step(StepKind.REMINDER, 3, approval=True), LATER)
    assert claimed(books, MONDAY) is None
    assert claimed(books, MONDAY + timedelta(days=1)) is None
    assert why(books)[0] == "waits_for_approval"
    (shown,) = proposal_page(books, ORG, after="", limit=9).items
    assert (shown.debtor, shown.step, shown.invoices) == ("D1", "reminder", ("F1",))
    decided(books, True)
    assert sent(books, MONDAY).template == "reminder"
    assert case_of(books).proposal == "" and not case_of(books).approved
    assert proposal_page(books, ORG, after="", limit=9).items == ()
    with pytest.raises(Conflict):
        decided(books, False)


def test_rejected_it_is_passed_over(books):
    by(books, Step(StepKind.REMINDER, 3, approval=True), LATER)
    claimed(books, MONDAY)
    decided(books, False)
    assert claimed(books, MONDAY) is None
    assert sent(books, at("2026-09-21T10:00")).template == "final_demand"


def test_approved_and_paid_meanwhile_nothing_goes_out(books):
    by(books, Step(StepKind.REMINDER, 3, approval=True), LATER)
    claimed(books, MONDAY)
    received(books, "250.00", "F1")
    decided(books, True)
    assert claimed(books, MONDAY) is None


def test_handing_over_is_proposed_and_then_nobody_writes_any_more(books):
    by(books, Step(StepKind.HAND_OVER, 3), end=End.AGENCY)
    assert claimed(books, MONDAY) is None
    assert waiting(books).end is End.AGENCY
    decided(books, True)
    (told,) = [e for e in books.events if isinstance(e, DunningHandedOver)]
    assert (told.to, told.by, told.invoices) == ("agency", "bea", ("F1",))
    assert why(books)[0] == "handed_over"
    assert waiting(books).state is ProposalState.APPROVED


def test_a_step_that_is_not_for_this_debtor_is_passed_over(books):
    people = Condition(natural_person=True)
    by(books, Step(StepKind.REMINDER, 3, when=people), Step(StepKind.NOTICE, 4))
    assert sent(books, MONDAY).template == "notice"
    large = Condition(minimum_minor=100_000)
    by(books, Step(StepKind.FINAL_DEMAND, 10, when=large))
    assert claimed(books, at("2026-09-07T10:00")) is None
    assert why(books, at("2026-09-07T10:00"))[1] == ["all_steps_done"]


def test_who_is_handed_over_can_be_taken_back(books):
    by(books, Step(StepKind.HAND_OVER, 3), end=End.AGENCY)
    claimed(books, MONDAY)
    decided(books, True)
    (pause,) = pauses_view(books, ORG, "D1").items
    lifted(books, pause.id)
    invoice(books, "F2", "80.00", due_on=date(2026, 8, 25))
    assert why(books, MONDAY)[1] == ["all_steps_done", "not_due"]


def test_who_is_insolvent_or_in_somebody_elses_care_is_left_alone_as_long_as_it_is_so(books):
    account = books.get(CreditAccount, ORG, "D1")
    broke = replace(account, profile=replace(account.profile, insolvent=True))
    books.commit(Changes(update=(broke,)))
    assert claimed(books, MONDAY) is None and why(books)[0] == "insolvency"
    assert case_of(books).blocks == ()
    well = books.get(CreditAccount, ORG, "D1")
    books.commit(Changes(update=(replace(well, profile=account.profile),)))
    cared_for(books, Signal(Vulnerability.DEBT_COUNSELLING, date(2026, 8, 1)))
    assert claimed(books, MONDAY) is None and why(books)[0] == "in_person"
    assert "counselling" not in repr(books.events)
    cared_for(books, Signal(Vulnerability.NEEDS_CARE, date(2026, 8, 1)))
    assert sent(books, MONDAY) is not None


def cared_for(books, *signals):
    settle(books, lambda: note_care(books, ORG, "D1", CareSignals(signals), BOSS, MONDAY))
