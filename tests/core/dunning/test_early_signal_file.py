"""What the books prove of early signalling, what a person adds, the files, and what waits."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.compliance.early_signal import Sector, SignalStatus, signal_state
from kasstroom.compliance.early_signal import SignalStep as Missing
from kasstroom.debtors import timeline
from kasstroom.debtors.model import Address, Channel, Contact, Debtor, DebtorKind
from kasstroom.dunning.choosing import LiveStrategies
from kasstroom.dunning.early_signals import (
    EarlySignal,
    Proof,
    Recorded,
    SignalOutcome,
    history_of,
    proof_of,
)
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.proposals import Verdict, decide
from kasstroom.dunning.signal_sending import FileAsked, FileSent, files_for, mark_sent, signal_view
from kasstroom.dunning.signalling import SignalRecord, look, record
from kasstroom.dunning.strategy import End, Step, StepKind
from kasstroom.errors import Forbidden, NotFound, Refused
from kasstroom.messages.calls import CallOutcome, CallTask, CallTry
from kasstroom.messages.model import Message, MessageState
from kasstroom.organisations.model import Language, Organisation
from kasstroom.resolution.reply_model import DebtorReply, ReplyKind
from kasstroom.settle import settle
from tests.core.dunning.reminding import BOSS, case_of, claimed, strategy
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation, received

CARLA = Actor("carla", (Role.COLLECTOR,))
MACHINE = Actor("webshop")
TODAY = date(2026, 9, 1)
DUE = date(2026, 8, 1)
RENT = strategy(Step(StepKind.HAND_OVER, 20), id="default", end=End.AGENCY)


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    settle(made, lambda: (Changes(update=(replace(org_of(made), sector=Sector.HOUSING),)), None))
    debtor(made, kind=DebtorKind.CONSUMER)
    invoice(made, "F1", "850.00", due_on=DUE)
    return made


def org_of(books):
    return books.get(Organisation, ORG)


def message(day, *, kind=StepKind.NOTICE, channel=Channel.EMAIL, invoices=("F1",), **more):
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    known = {"state": MessageState.SENT, "sent_at": at} | more
    return Message(
        ORG, "D1", f"msg_{kind}_{day}_{channel}", kind, channel, Language.NL, "a", invoices,
        eur("850.00"), claimed_until=at, created_at=at, **known,
    )  # fmt: skip


def call(*outcomes, day=date(2026, 8, 12), invoices=("F1",)):
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    tries = tuple(CallTry(outcome, at, "carla") for outcome in outcomes)
    return CallTask(
        ORG, "D1", "call_1", "msg_1", 1, "Klant", "+31612345678", Language.NL, "", eur("850.00"),
        invoices, at, at, tries=tries,
    )  # fmt: skip


def reply(kind=ReplyKind.CANNOT_PAY):
    return DebtorReply(ORG, "D1", "rpl_1", kind, "lnk_1", ("F1",), NOW, NOW)


def kept(books, *items):
    books.commit(Changes(create=items))


def wrote(books, now=NOW, by=CARLA, **told):
    return settle(books, lambda: record(books, ORG, "D1", SignalRecord(**told), by, now))


def seen(books, today=TODAY):
    return signal_view(look(books, ORG, "D1", CARLA, today), today)


def steps(books, today=TODAY):
    return [each.step for each in seen(books, today).missing]


def all_done(books, **more):
    """The letter of 10 August offered it; today is later than the fortnight after it."""
    offer = date(2026, 8, 10)
    kept(books, message(offer))
    told = {"municipality": "Utrecht", "spoken_on": (date(2026, 8, 12),), "offered_on": (offer,)}
    return wrote(books, **(told | more))


def test_the_books_alone_never_make_a_file_ready(books):
    """No text of ours offers to pass on data: a person says in which letter it was done."""
    kept(books, message(date(2026, 8, 10)), call(CallOutcome.NO_ANSWER))
    shown = seen(books)
    assert (shown.status, shown.arrears) == (SignalStatus.MISSING, eur("850.00"))
    assert [each.step for each in shown.missing] == [Missing.OFFER]
    assert shown.missing[0].sentence.startswith("Offer in a written reminder")
    assert shown.proof.personal_contacts == (date(2026, 8, 12),)


@pytest.mark.parametrize(
    ("sent", "reminds", "helps"),
    [
        (message(TODAY), True, True),
        (message(TODAY, kind=StepKind.REMINDER), True, False),
        (message(TODAY, channel=Channel.SMS), True, False),
        (message(TODAY, kind=StepKind.PRE_REMINDER), False, False),
        (message(TODAY, channel=Channel.PHONE), False, False),
        (message(TODAY, state=MessageState.BOUNCED), False, False),
        (message(TODAY, state=MessageState.CLAIMED, sent_at=None), False, False),
        (message(TODAY, invoices=("F9",)), False, False),
        (message(TODAY, about="col_1"), False, False),
        (message(TODAY, channel=Channel.LETTER), False, False),
        (message(TODAY, channel=Channel.LETTER, posted_on=TODAY), True, True),
    ],
)
def test_which_message_proves_what(sent, reminds, helps):
    proof = proof_of({"F1"}, (sent,), (), ())
    assert (bool(proof.reminders), bool(proof.debt_help_pointed)) == (reminds, helps)


def test_who_was_called_and_who_answered():
    wrong = proof_of({"F1"}, (), (call(CallOutcome.WRONG_NUMBER),), ())
    assert wrong.personal_contacts == ()
    tried = proof_of({"F1"}, (), (call(CallOutcome.VOICEMAIL, CallOutcome.REACHED_PROMISE),), ())
    assert tried.personal_contacts == (date(2026, 8, 12),) and not tried.debt_help_pointed
    said = proof_of({"F1"}, (), (), (reply(),))
    assert said.personal_contacts == said.debt_help_pointed == (TODAY,)
    paid = proof_of({"F1"}, (), (), (reply(ReplyKind.PAID),))
    assert paid.personal_contacts and not paid.debt_help_pointed
    assert proof_of({"F2"}, (), (call(CallOutcome.NO_ANSWER),), (reply(),)).personal_contacts == ()


def test_a_person_completes_the_file_and_the_debtor_has_a_fortnight(books):
    all_done(books)
    assert (steps(books, date(2026, 8, 23)), seen(books, date(2026, 8, 23)).ready_on) == (
        [Missing.TIME_TO_REFUSE], date(2026, 8, 24),
    )  # fmt: skip
    assert seen(books).status is SignalStatus.READY
    refused = all_again(books, refused_on=date(2026, 8, 20))
    assert refused.status is SignalStatus.REFUSED and refused.may_hand_over


def all_again(books, **more):
    known = books.get(EarlySignal, ORG, "D1").recorded
    told = {name: getattr(known, name) for name in ("municipality", "spoken_on", "offered_on")}
    wrote(books, **(told | more))
    return seen(books)


def test_what_is_about_arrears_that_were_paid_does_not_count_for_new_ones(books):
    all_done(books, not_signalled_because="moved away")
    settle(books, lambda: mark_sent(books, ORG, FileSent(("D1",), TODAY), CARLA, NOW))
    assert seen(books).status is SignalStatus.SIGNALLED
    received(books, "850.00", "F1")
    later = date(2026, 11, 1)
    assert Missing.ARREARS in steps(books, later)
    invoice(books, "F2", "850.00", due_on=date(2026, 10, 1))
    again = seen(books, later)
    assert (again.status, again.may_hand_over) == (SignalStatus.MISSING, False)
    assert again.proof.reminders == () and again.signalled_on == TODAY


@pytest.mark.parametrize(
    ("told", "code", "pointer"),
    [
        ({"spoken_on": (date(2026, 9, 2),)}, "day_ahead", "/body/spoken_on"),
        ({"refused_on": date(2026, 9, 2)}, "day_ahead", "/body/refused_on"),
        ({"offered_on": (date(2026, 8, 11),)}, "no_reminder_that_day", "/body/offered_on/0"),
        ({"helped_on": (DUE,) * 51}, "too_many_days", "/body/helped_on"),
    ],
)
def test_what_cannot_be_written_down_says_why(books, told, code, pointer):
    kept(books, message(date(2026, 8, 10)))
    with pytest.raises(Refused) as refused:
        wrote(books, **told)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_a_letter_written_by_hand_is_told_and_may_hold_the_offer(books):
    day = date(2026, 8, 9)
    wrote(
        books, municipality="Utrecht", written_on=(day,), offered_on=(day,), helped_on=(day,),
        spoken_on=(day,), outcome=SignalOutcome.HELP_ACCEPTED,
    )  # fmt: skip
    assert seen(books).status is SignalStatus.READY


def test_who_wrote_what_and_the_same_twice_is_once(books):
    all_done(books)
    before = books.get(EarlySignal, ORG, "D1")
    all_again(books)
    assert books.get(EarlySignal, ORG, "D1") == before
    (line,) = before.history
    assert (line.by, line.at) == ("carla", NOW) and "municipality: Utrecht" in line.text
    found = timeline.load(books, ORG, "D1")
    page = timeline.timeline(found, sees_lists=True, after="", limit=50)
    assert "early signal: written down by carla" in [item.text for item in page.items]


def test_a_machine_a_company_and_another_trade_are_turned_away(books):
    with pytest.raises(Forbidden):
        wrote(books, by=MACHINE)
    with pytest.raises(Forbidden):
        files_for(books, ORG, FileAsked(("D1",)), MACHINE, TODAY)
    with pytest.raises(NotFound):
        look(books, ORG, "D9", CARLA, TODAY)
    books.commit(Changes(update=(replace(org_of(books), sector=Sector.NONE),)))
    assert seen(books).status is SignalStatus.NOT_APPLICABLE
    with pytest.raises(Refused, match="natural persons"):
        wrote(books, municipality="Utrecht")


def test_a_company_is_nobody_s_business(books):
    debtor(books, "D2", kind=DebtorKind.COMPANY)
    assert look(books, ORG, "D2", CARLA, TODAY).history.sector is Sector.NONE


def test_a_file_for_each_municipality_and_why_not_for_the_others(books):
    all_done(books)
    evil = replace(
        books.get(Debtor, ORG, "D1"), name='=HYPERLINK("x")',
        address=Address("Kade", "1a", "3511 AB", "Utrecht"), contact=Contact("a@b.example"),
    )  # fmt: skip
    books.commit(Changes(update=(evil,)))
    debtor(books, "D2", kind=DebtorKind.CONSUMER)
    made = files_for(books, ORG, FileAsked(("D1", "D2", "D9", "D1")), CARLA, TODAY)
    (file,) = made.files
    assert (file.municipality, file.debtors) == ("Utrecht", ("D1",))
    _, row = csv.reader(io.StringIO(file.csv, newline=""))
    assert row[:4] == ["housing", '\'=HYPERLINK("x")', "Kade 1a", "3511 AB"]
    assert row[-2:] == ["850.00", "2026-09-01"]
    assert [(left.debtor, left.code) for left in made.left_off] == [
        ("D2", "early_signal_missing"), ("D9", "debtor_not_found"),
    ]  # fmt: skip
    assert made.left_off[0].missing[0].step is Missing.ARREARS
    assert books.get(EarlySignal, ORG, "D1").signalled_on is None
    with pytest.raises(Refused):
        files_for(books, ORG, FileAsked(()), CARLA, TODAY)


def test_without_a_municipality_there_is_no_file(books):
    all_done(books, municipality="")
    (left,) = files_for(books, ORG, FileAsked(("D1",)), CARLA, TODAY).left_off
    assert left.code == "municipality_missing"


def test_marked_as_sent_once_and_all_or_none(books):
    all_done(books)
    debtor(books, "D2", kind=DebtorKind.CONSUMER)
    with pytest.raises(Refused) as refused:
        mark_sent(books, ORG, FileSent(("D1", "D2"), TODAY), CARLA, NOW)
    assert refused.value.pointer == "/body/debtors/1"
    with pytest.raises(Refused):
        mark_sent(books, ORG, FileSent(("D1",), TODAY + timedelta(days=1)), CARLA, NOW)
    for _ in range(2):
        settle(books, lambda: mark_sent(books, ORG, FileSent(("D1",), TODAY), CARLA, NOW))
    signal = books.get(EarlySignal, ORG, "D1")
    assert (signal.signalled_on, len(signal.history)) == (TODAY, 2)
    assert files_for(books, ORG, FileAsked(("D1",)), CARLA, TODAY).left_off[0].code == (
        "early_signal_signalled"
    )


def proposed(books, end=End.AGENCY):
    plan = replace(RENT, end=end)
    books.commit(Changes(create=(LiveStrategies(ORG, active={plan.id: plan}),)))
    assert claimed(books, NOW) is None
    return case_of(books).proposal


def approve(books, id):
    return settle(books, lambda: decide(books, ORG, id, Verdict(True), BOSS, NOW))


def test_rent_is_not_handed_over_before_the_file_is_complete(books):
    id = proposed(books)
    with pytest.raises(Refused) as refused:
        approve(books, id)
    assert refused.value.code == "early_signal_missing"
    assert "Send at least one written reminder." in refused.value.detail
    all_done(books)
    with pytest.raises(Refused, match="Tell the municipality"):
        approve(books, id)
    settle(books, lambda: mark_sent(books, ORG, FileSent(("D1",), TODAY), CARLA, NOW))
    assert approve(books, id).state == "approved"


def test_passing_the_step_over_needs_no_file(books):
    id = proposed(books)
    done = settle(books, lambda: decide(books, ORG, id, Verdict(False), BOSS, NOW))
    assert done.state == "rejected"


def test_a_reason_why_not_is_enough(books):
    id = proposed(books)
    wrote(books, not_signalled_because="the tenant died")
    assert approve(books, id).state == "approved"


@pytest.mark.parametrize(
    ("sector", "kind", "end"),
    [
        (Sector.ENERGY, DebtorKind.CONSUMER, End.LEGAL),
        (Sector.NONE, DebtorKind.CONSUMER, End.AGENCY),
        (Sector.HOUSING, DebtorKind.COMPANY, End.AGENCY),
        (Sector.HOUSING, DebtorKind.CONSUMER, End.WRITE_OFF),
    ],
)
def test_what_the_decree_does_not_hold_up(books, sector, kind, end):
    books.commit(Changes(update=(replace(org_of(books), sector=sector),)))
    books.commit(Changes(update=(replace(books.get(Debtor, ORG, "D1"), kind=kind),)))
    assert approve(books, proposed(books, end)).state == "approved"


DAYS = st.lists(st.dates(date(2026, 7, 20), TODAY), max_size=3).map(tuple)


@given(DAYS, DAYS, DAYS, st.none() | st.dates(date(2026, 7, 20), TODAY))
def test_nothing_from_before_the_arrears_ever_counts(spoken, helped, written, refused):
    case = DunningCase(ORG, "D1", items=(OpenItem("F1", DUE, eur("850.00")),))
    told = Recorded("U", spoken, helped, written, written, refused_on=refused)
    signal = EarlySignal(ORG, "D1", told, NOW)
    history = history_of(Sector.WATER, case, Proof(spoken, helped, written), signal, TODAY)
    found = (*history.personal_contacts, *history.debt_help_pointed, *history.reminders)
    assert all(day >= DUE for day in found)
    assert (history.refused_on is None) == (refused is None or refused < DUE)
    ready = signal_state(history, TODAY).may_signal
    assert not ready or (spoken and helped and written)


def test_credit_notes_lower_what_is_told():
    open_items = (OpenItem("F1", DUE, eur("850.00")), OpenItem("C1", DUE, eur("-50.00")))
    disputed = replace(open_items[0], disputed_minor=10_000)
    case = DunningCase(ORG, "D1", items=(disputed, open_items[1]))
    told = history_of(Sector.WATER, case, Proof(), EarlySignal(ORG, "D1"), TODAY)
    assert told.arrears == eur("700.00")
