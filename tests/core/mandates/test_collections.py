"""Collections: planned, announced, exported once, booked, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.dunning.model import Block, DunningCase
from kasstroom.dunning.pausing import lift
from kasstroom.errors import Conflict, Forbidden, Refused
from kasstroom.events.mandates import (
    CollectionAnnounced,
    CollectionCancelled,
    CollectionExported,
    CollectionReturned,
    MandateAmended,
    MandateSuspended,
)
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.mandates import ending, exporting, planning
from kasstroom.mandates.amending import Amendment, amend
from kasstroom.mandates.collection import Collecting, CollectionState, LineState
from kasstroom.mandates.ending import Rejection
from kasstroom.mandates.lapsing import LAPSED, lapse_due
from kasstroom.mandates.model import Mandate, MandateState
from kasstroom.mandates.planning import NewCollection
from kasstroom.mandates.terms import CollectPer, DirectDebitTerms
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import (
    AttemptState,
    Entry,
    EntryKind,
    LinkState,
    MoneyIn,
    PaymentAttempt,
    PaymentLink,
    UnmatchedMoney,
)
from kasstroom.settle import settle
from kasstroom_documents.pain008 import pain_008
from tests.collecting import (
    ANNA,
    DAY,
    SHOP,
    THE_DAY_BEFORE,
    Shelf,
    cancel,
    collects,
    credit,
    export,
    lines,
    mandate,
    plan,
    taken_back,
    told,
)
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation, received

LATER = THE_DAY_BEFORE + timedelta(days=3)


@pytest.fixture
def books():
    """D1 owes F1 (250.00) and F2 (80.00), D2 owes F3 (40.00); both signed."""
    made = MemoryBooks()
    organisation(made)
    collects(made)
    for number in ("D1", "D2", "D3"):
        debtor(made, number)
    invoice(made, "F1", "250.00")
    invoice(made, "F2", "80.00")
    invoice(made, "F3", "40.00", debtor="D2")
    mandate(made, "D1", reference="M-1")
    mandate(made, "D2", reference="M-2")
    return made


@pytest.fixture
def shelf():
    return Shelf()


def case_of(books, number="D1"):
    return books.get(DunningCase, ORG, number)


def events(books, kind):
    return [event for event in books.events if isinstance(event, kind)]


def states(books, id):
    return [(line.invoices, line.state, line.reason) for line in lines(books, id)]


def blocked(books, reason, until=None):
    case = replace(case_of(books), blocks=(Block(reason, until),))
    books.commit(Changes(update=(case,)))


def test_everybody_with_a_mandate_gets_a_line_per_due_invoice_and_is_told(books, shelf):
    invoice(books, "F4", "10.00", due_on=date(2026, 10, 30))
    invoice(books, "F5", "99.00", debtor="D3")
    made = plan(books)
    assert (made.state, made.lines, made.announced) == (CollectionState.PLANNED, 3, eur("370.00"))
    found = {line.invoices: line.amount for line in lines(books, made.id)}
    assert found == {("F1",): eur("250.00"), ("F2",): eur("80.00"), ("F3",): eur("40.00")}
    announced = {e.debtor: e for e in events(books, CollectionAnnounced)}
    assert announced["D1"].amount == eur("330.00") and announced["D1"].collect_on == DAY
    assert announced["D1"].account_end == "9660" and set(announced) == {"D1", "D2"}
    assert {line.announced_on for line in lines(books, made.id)} == {None}
    export(books, shelf, made.id)
    assert {line.announced_on for line in lines(books, made.id)} == {date(2026, 9, 1)}
    assert all(len(line.id) <= 35 for line in lines(books, made.id))


def test_invoices_due_later_come_along_when_asked_for(books):
    invoice(books, "F4", "10.00", due_on=date(2026, 10, 30))
    made = plan(books, "D1", due_by=date(2026, 10, 31))
    assert [line.invoices for line in lines(books, made.id)] == [("F1",), ("F2",), ("F4",)]


def test_one_line_per_debtor_when_the_settings_say_so(books):
    collects(books, per=CollectPer.DEBTOR)
    made = plan(books, "D1")
    assert [(line.invoices, line.amount) for line in lines(books, made.id)] == [
        (("F1", "F2"), eur("330.00"))
    ]


def test_credit_notes_are_netted_in_one_line(books, shelf):
    invoice(books, "C1", "100.00", kind=DocumentKind.CREDIT_NOTE)
    made = plan(books, "D1")
    (line,) = lines(books, made.id)
    assert (set(line.invoices), line.amount) == ({"F1", "F2", "C1"}, eur("230.00"))
    export(books, shelf, made.id)
    told(books, credit(23000, end_to_end_id=line.id))
    assert case_of(books).items == ()
    assert books.get(Invoice, ORG, "D1", "C1").open == eur("0.00")


def test_a_mandate_for_one_collection_gets_one_line(books, shelf):
    debtor(books, "D4")
    invoice(books, "F6", "10.00", debtor="D4")
    invoice(books, "F7", "11.00", debtor="D4")
    mandate(books, "D4", recurrent=False)
    made = plan(books, "D4")
    export(books, shelf, made.id)
    (line,) = lines(books, made.id)
    assert (line.amount, line.sequence) == (eur("21.00"), "OOFF")
    invoice(books, "F8", "5.00", debtor="D4")
    again = plan(books, "D4", on=DAY + timedelta(days=21), now=LATER)
    assert again.skipped[0].why == "no_mandate"


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 9, 14), "too_soon"), (date(2026, 9, 19), "no_settling_day"),
     (date(2028, 1, 3), "too_far")],
)  # fmt: skip
def test_the_day_leaves_time_to_tell_the_debtors_and_banks_settle_on_it(books, day, code):
    with pytest.raises(Refused) as found:
        plan(books, on=day)
    assert (found.value.code, found.value.pointer) == (code, "/body/collect_on")


def test_a_shorter_notice_can_be_agreed(books, shelf):
    collects(books, notice_days=2)
    made = plan(books, "D1", on=date(2026, 9, 3))
    assert export(books, shelf, made.id, NOW + timedelta(days=1)).file_lines == 2


def test_who_was_told_too_late_stays_out_of_the_file(books, shelf):
    """The notice became longer after the plan."""
    collects(books, notice_days=2)
    made = plan(books, "D1", on=date(2026, 9, 3))
    collects(books, notice_days=14)
    assert export(books, shelf, made.id, NOW + timedelta(days=1)).file_lines == 0
    assert {reason for _, _, reason in states(books, made.id)} == {"announced_too_late"}
    assert shelf.files == {}


def test_without_a_creditor_id_nothing_is_collected(books):
    known = books.get(Organisation, ORG)
    books.commit(Changes(update=(replace(known, direct_debit=DirectDebitTerms()),)))
    with pytest.raises(Refused) as found:
        plan(books)
    assert found.value.code == "creditor_id_missing"


def test_who_is_named_and_not_collected_from_is_told_why(books):
    blocked(books, "dispute")
    received(books, "50.00", id="tr_2", debtor="D2")
    invoice(books, "F5", "99.00", debtor="D3")
    debtor(books, "D4")
    made = plan(books, "D1", "D2", "D3", "D4", "D9")
    assert [(s.debtor, s.why) for s in made.skipped] == [
        ("D1", "blocked: dispute"), ("D2", "money_unallocated"), ("D3", "no_mandate"),
        ("D4", "nothing_due"), ("D9", "debtor_not_found"),
    ]  # fmt: skip
    assert (made.state, made.lines) == (CollectionState.PLANNED, 0)


def test_a_pause_that_ends_before_the_day_does_not_count(books):
    blocked(books, "payment_returned", datetime(2026, 9, 14, 22, tzinfo=UTC))
    assert plan(books, "D1").lines == 2


def test_an_invoice_that_is_being_paid_online_is_left_alone(books, shelf):
    paying(books, "F1")
    made = plan(books, "D1")
    assert [line.invoices for line in lines(books, made.id)] == [("F2",)]
    paying(books, "F2", nth=2)
    export(books, shelf, made.id)
    assert states(books, made.id) == [(("F2",), LineState.LEFT_OUT, "being_paid")]


def paying(books, number, nth=1):
    link = PaymentLink(
        ORG, "D1", f"lnk_{nth}", f"h{nth}", (number,), eur("1.00"), "nl", LinkState.OPEN, NOW,
        NOW + timedelta(days=30),
    )  # fmt: skip
    attempt = PaymentAttempt(
        ORG, "D1", f"att_{nth}", link.id, "mollie", "k", eur("1.00"), AttemptState.OPEN, NOW, NOW
    )
    books.commit(Changes(create=(link, attempt)))


def test_an_invoice_is_in_one_collection_at_a_time(books):
    first = plan(books, "D1")
    second = plan(books, "D1")
    assert (first.lines, second.lines) == (2, 0)
    cancel(books, first.id)
    assert plan(books, "D1").lines == 2


def test_a_plan_that_broke_off_goes_on_and_tells_nobody_twice(books):
    id = planning.new_collection_id(NOW)
    asked = NewCollection(DAY)
    settle(books, lambda: planning.start(books, ORG, id, asked, SHOP, NOW))
    settle(books, lambda: planning.step(books, ORG, id, NOW))
    assert planning.collection_of(books, ORG, id).state is CollectionState.PLANNING
    with pytest.raises(Refused):
        exporting.start(books, ORG, id, ANNA, NOW)
    made = planning.go_on(books, ORG, id, NOW)
    assert (made.state, made.lines) == (CollectionState.PLANNED, 3)
    assert sorted(e.debtor for e in events(books, CollectionAnnounced)) == ["D1", "D2"]
    assert planning.go_on(books, ORG, id, NOW) == made


def test_what_was_paid_meanwhile_is_not_in_the_file(books, shelf):
    made = plan(books)
    received(books, "250.00", "F1")
    received(books, "30.00", "F2", id="tr_2")
    done = export(books, shelf, made.id)
    found = {line.invoices: (line.state, line.amount.value) for line in lines(books, made.id)}
    assert found == {
        ("F1",): (LineState.LEFT_OUT, "250.00"), ("F2",): (LineState.COLLECTING, "50.00"),
        ("F3",): (LineState.COLLECTING, "40.00"),
    }  # fmt: skip
    assert (done.file_lines, done.file_total) == (2, eur("90.00"))


def test_more_than_was_announced_is_never_asked(books, shelf):
    """Costs that came on the invoice since were not announced."""
    made = plan(books, "D2")
    known = books.get(Invoice, ORG, "D2", "F3")
    case = case_of(books, "D2")
    item = replace(case.items[0], open=eur("80.00"))
    books.commit(Changes(update=(replace(known, costs_minor=4000), replace(case, items=(item,)))))
    assert export(books, shelf, made.id).file_total == eur("40.00")


def test_a_credit_note_that_came_since_is_netted(books, shelf):
    made = plan(books, "D1")
    invoice(books, "C1", "100.00", kind=DocumentKind.CREDIT_NOTE)
    done = export(books, shelf, made.id)
    assert done.file_total == eur("230.00")
    first, second = lines(books, made.id)
    assert (first.invoices, first.amount) == (("F1", "C1"), eur("150.00"))
    assert (second.invoices, second.amount) == (("F2",), eur("80.00"))
    told(books, credit(15000, id="a", end_to_end_id=first.id))
    told(books, credit(8000, id="b", end_to_end_id=second.id))
    assert case_of(books).items == ()


def test_a_credit_note_larger_than_the_first_line_is_netted_with_the_next(books, shelf):
    made = plan(books, "D1")
    invoice(books, "C1", "260.00", kind=DocumentKind.CREDIT_NOTE)
    assert export(books, shelf, made.id).file_total == eur("70.00")
    assert states(books, made.id) == [
        (("F1",), LineState.LEFT_OUT, "credit_note_nets"),
        (("F2", "C1"), LineState.COLLECTING, ""),
    ]


def test_a_revoked_mandate_and_a_dispute_stay_out(books, shelf):
    made = plan(books)
    blocked(books, "dispute")
    theirs = next(m for m in books.all_of(Mandate, ORG, "D2"))
    books.commit(Changes(update=(replace(theirs, state=MandateState.REVOKED),)))
    assert export(books, shelf, made.id).file_lines == 0
    assert {reason for _, _, reason in states(books, made.id)} == {"blocked: dispute", "no_mandate"}
    assert books.get(Collecting, ORG, "D1").claims == ()
    assert case_of(books).blocks[-1].reason == "dispute"


def test_exported_twice_is_the_same_file_once_stored(books, shelf):
    made = plan(books)
    first = export(books, shelf, made.id)
    again = export(books, shelf, made.id, THE_DAY_BEFORE + timedelta(hours=5))
    assert first == again and shelf.puts == 1 and first.file_lines == 3
    (event,) = events(books, CollectionExported)
    assert (event.lines, event.amount, event.message_id) == (3, eur("370.00"), made.message_id)
    mandates = [books.all_of(Mandate, ORG, d)[0] for d in ("D1", "D2")]
    assert [m.collections for m in mandates] == [2, 1]


def test_a_file_that_was_stored_before_a_crash_is_made_again_to_the_byte(books, shelf):
    made = plan(books)
    settle(books, lambda: exporting.start(books, ORG, made.id, ANNA, THE_DAY_BEFORE))
    for _ in range(3):
        settle(books, lambda: exporting.step(books, ORG, made.id, THE_DAY_BEFORE))

    class Full(Shelf):
        def put(self, key, content):
            super().put(key, content)
            raise TimeoutError

    broken = Full()
    with pytest.raises(TimeoutError):
        exporting.finish(books, broken, pain_008, ORG, made.id, THE_DAY_BEFORE)
    done = export(books, shelf, made.id, THE_DAY_BEFORE + timedelta(minutes=9))
    assert done.state is CollectionState.EXPORTED
    assert broken.files == shelf.files


def test_the_file_is_for_finance_and_in_time(books, shelf):
    made = plan(books)
    with pytest.raises(Forbidden):
        exporting.start(books, ORG, made.id, SHOP, THE_DAY_BEFORE)
    with pytest.raises(Refused) as found:
        exporting.start(books, ORG, made.id, ANNA, THE_DAY_BEFORE + timedelta(days=1))
    assert found.value.code == "too_late"


def test_reminders_wait_for_the_money_until_five_days_after(books, shelf):
    made = plan(books, "D1")
    (told,) = case_of(books).blocks
    export(books, shelf, made.id)
    (block,) = case_of(books).blocks
    assert told == block, "from the notice on: it says that nothing has to be done"
    assert block == Block("direct_debit", datetime(2026, 9, 19, 22, tzinfo=UTC))


def test_the_first_collection_of_a_mandate_is_told_from_the_next(books, shelf):
    made = plan(books, "D1")
    export(books, shelf, made.id)
    assert [line.sequence for line in lines(books, made.id)] == ["FRST", "RCUR"]


def test_a_line_on_the_statement_books_its_invoice(books, shelf):
    made = plan(books, "D1")
    export(books, shelf, made.id)
    first, second = lines(books, made.id)
    said = told(books, credit(25000, end_to_end_id=first.id))
    (entry,) = [e for e in books.all_of(Entry, ORG, "D1") if e.kind is EntryKind.PAYMENT]
    assert said.entries == (f"D1#{entry.id}",)
    assert (entry.source, entry.external_id) == ("sepa", first.id)
    assert books.get(Invoice, ORG, "D1", "F1").open == eur("0.00")
    assert books.get(Collecting, ORG, "D1").invoices == {"F2"}
    assert case_of(books).blocks[-1].reason == "direct_debit"
    assert told(books, credit(25000, id="line-2", end_to_end_id=first.id)).waits
    told(books, credit(8000, id="line-3", end_to_end_id=second.id))
    assert case_of(books).blocks == () and case_of(books).items == ()


@pytest.mark.parametrize("place", ["text", "reference", "bank_reference"])
def test_one_credit_for_the_whole_file_books_every_line(books, shelf, place):
    made = plan(books)
    export(books, shelf, made.id)
    name = f"SEPA INCASSO {made.message_id[:20]} {made.message_id[20:]} 3 posten"
    line = credit(37000, **{place: name})
    said = told(books, line)
    assert len(said.entries) == 3 and not said.waits
    assert told(books, line) == said
    assert {line.state for line in lines(books, made.id)} == {LineState.COLLECTED}
    assert all(case_of(books, d).items == () for d in ("D1", "D2"))


def test_one_credit_per_sequence_books_its_part(books, shelf):
    made = plan(books)
    export(books, shelf, made.id)
    sums = {}
    for line in lines(books, made.id):
        sums[line.sequence] = sums.get(line.sequence, 0) + line.amount.minor
    for nth, (sequence, minor) in enumerate(sums.items()):
        line = credit(minor, id=f"part-{nth}", text=f"{made.message_id}-{sequence}")
        assert told(books, line).entries
    assert sums == {"FRST": 29000, "RCUR": 8000}
    assert {line.state for line in lines(books, made.id)} == {LineState.COLLECTED}


def test_another_total_waits_for_a_person_until_the_rejects_are_known(books, shelf):
    made = plan(books)
    export(books, shelf, made.id)
    line = credit(33000, text=made.message_id)
    assert told(books, line).waits == "collection_total_differs"
    theirs = next(one for one in lines(books, made.id) if one.debtor == "D2")
    settle(
        books,
        lambda: ending.reject(books, ORG, made.id, theirs.id, Rejection("AC01"), ANNA, LATER),
    )
    assert len(told(books, line).entries) == 2
    known = books.get(Mandate, ORG, "D2", theirs.mandate)
    assert (known.state, known.reason, known.collections) == (MandateState.SUSPENDED, "AC01", 0)
    assert case_of(books, "D2").blocks == () and case_of(books, "D2").items
    with pytest.raises(Conflict):
        ending.reject(books, ORG, made.id, theirs.id, Rejection("AC01"), ANNA, LATER)


@pytest.mark.parametrize(
    ("code", "state"),
    [("AC04", MandateState.SUSPENDED), ("MD01", MandateState.SUSPENDED),
     ("MD06", MandateState.ACTIVE), ("MS03", MandateState.ACTIVE), ("AM04", MandateState.ACTIVE)],
)  # fmt: skip
def test_what_comes_back_reopens_the_invoice(books, shelf, code, state):
    made = plan(books, "D1")
    export(books, shelf, made.id)
    told(books, credit(33000, text=made.message_id))
    line = lines(books, made.id)[0]
    said = told(books, taken_back(line, code))
    (entry,) = [e for e in books.all_of(Entry, ORG, "D1") if e.kind is EntryKind.CHARGEBACK]
    assert said.entries == (f"D1#{entry.id}",) and entry.reason == code
    assert books.get(Invoice, ORG, "D1", "F1").open == eur("250.00")
    assert case_of(books).blocks[-1].reason == "payment_returned"
    after = lines(books, made.id)[0]
    assert (after.state, after.reason) == (LineState.RETURNED, code)
    assert books.get(Mandate, ORG, "D1", line.mandate).state is state
    assert len(events(books, MandateSuspended)) == (state is MandateState.SUSPENDED)
    (event,) = events(books, CollectionReturned)
    assert (event.reason, event.amount) == (code, eur("250.00"))
    assert told(books, taken_back(line, code, id="line-10")).waits == "returned_before"


def test_a_return_before_the_credit_was_booked_waits(books, shelf):
    made = plan(books, "D1")
    export(books, shelf, made.id)
    line = lines(books, made.id)[0]
    assert told(books, taken_back(line, "AM04")).waits == "collection_not_booked"
    told(books, credit(33000, text=made.message_id))
    assert told(books, taken_back(line, "AM04")).entries


def test_more_taken_back_than_came_in_is_what_the_debtor_owes(books, shelf):
    """A refund carries a compensation of interest between banks."""
    made = plan(books, "D2")
    export(books, shelf, made.id)
    (line,) = lines(books, made.id)
    told(books, credit(4000, end_to_end_id=line.id))
    back = replace(taken_back(line, "MD06"), amount=eur("-40.12"))
    told(books, back)
    money = books.get(MoneyIn, ORG, "D2", lines(books, made.id)[0].money_id)
    assert money.left == eur("-0.12")
    (waiting,) = books.listing(UnmatchedMoney, ORG, after="", limit=9)
    assert waiting.reason == "returned_twice"


def test_money_of_a_collection_that_was_cancelled_is_booked_all_the_same(books, shelf):
    made = plan(books, "D2")
    export(books, shelf, made.id)
    (line,) = lines(books, made.id)
    assert cancel(books, made.id).state is CollectionState.CANCELLED
    assert case_of(books, "D2").blocks == ()
    assert [e.debtor for e in events(books, CollectionCancelled)] == ["D2"]
    assert told(books, credit(4000, end_to_end_id=line.id)).entries
    assert books.get(Invoice, ORG, "D2", "F3").open == eur("0.00")


def test_cancelling_a_file_is_for_finance(books, shelf):
    made = plan(books, "D2")
    export(books, shelf, made.id)
    with pytest.raises(Forbidden):
        ending.start(books, ORG, made.id, ending.Cancellation("no"), SHOP, LATER)


@pytest.mark.parametrize(
    "names", [{}, {"end_to_end_id": "SDD-F-2026-0500"}, {"text": "KS" + "0" * 26}]
)
def test_a_line_that_is_not_ours_is_for_others(books, names):
    assert told(books, credit(100, **names)) is None
    assert told(books, credit(-100, **names)) is None


FRIDAY, SATURDAY = NOW + timedelta(days=17), NOW + timedelta(days=18)
MONDAY = date(2026, 9, 21)


def test_for_a_monday_the_bank_has_the_file_on_friday(books, shelf):
    made = plan(books, "D1", on=MONDAY)
    with pytest.raises(Refused) as found:
        exporting.start(books, ORG, made.id, ANNA, SATURDAY)
    assert found.value.code == "too_late" and "2026-09-18" in found.value.detail
    assert export(books, shelf, made.id, FRIDAY).file_lines == 2


def test_on_saturday_nothing_is_planned_that_the_bank_would_not_take(books):
    collects(books, notice_days=1)
    asked = NewCollection(MONDAY)
    with pytest.raises(Refused) as found:
        planning.start(books, ORG, "col_" + "0" * 26, asked, SHOP, SATURDAY)
    assert found.value.code == "too_soon" and "2026-09-22" in found.value.detail


@pytest.mark.parametrize("state", [CollectionState.PLANNED, CollectionState.EXPORTING])
def test_what_nobody_made_a_file_of_in_time_is_cancelled(books, shelf, state):
    """Its invoices are free again, reminders go on, and who was told is told."""
    made = plan(books, "D1")
    if state is CollectionState.EXPORTING:
        settle(books, lambda: exporting.start(books, ORG, made.id, ANNA, THE_DAY_BEFORE))
        settle(books, lambda: exporting.step(books, ORG, made.id, THE_DAY_BEFORE))
    assert lapse_due(books, THE_DAY_BEFORE) == 0
    assert lapse_due(books, THE_DAY_BEFORE + timedelta(days=1)) == 1
    done = planning.collection_of(books, ORG, made.id)
    assert (done.state, done.reason) == (CollectionState.CANCELLED, LAPSED)
    assert {line.state for line in lines(books, made.id)} == {LineState.CANCELLED}
    assert books.get(Collecting, ORG, "D1").claims == () and case_of(books).blocks == ()
    assert [e.debtor for e in events(books, CollectionCancelled)] == ["D1"]
    assert lapse_due(books, THE_DAY_BEFORE + timedelta(days=2)) == 0
    assert exporting.finish(books, shelf, pain_008, ORG, made.id, THE_DAY_BEFORE) == done


def test_a_file_that_was_made_does_not_lapse(books, shelf):
    made = plan(books, "D1")
    export(books, shelf, made.id)
    assert lapse_due(books, THE_DAY_BEFORE + timedelta(days=9)) == 0


@pytest.mark.parametrize(("code", "held"), [("MD06", True), ("MS02", True), ("AM04", False)])
def test_who_asked_the_money_back_is_not_collected_from_unasked(books, shelf, code, held):
    made = plan(books, "D2")
    export(books, shelf, made.id)
    (line,) = lines(books, made.id)
    told(books, credit(4000, end_to_end_id=line.id))
    told(books, taken_back(line, code))
    later = NOW + timedelta(days=28)
    again = plan(books, now=later, on=date(2026, 10, 13), id="col_" + "1" * 26)
    mine = [line for line in lines(books, again.id) if line.debtor == "D2"]
    assert bool(mine) is not held
    assert [s.why for s in again.skipped if s.debtor == "D2"] == [f"returned: {code}"] * held
    if held:
        chosen = plan(books, "D2", now=later, on=date(2026, 10, 13), id="col_" + "2" * 26)
        assert chosen.lines == 1 and books.get(Collecting, ORG, "D2").held == ()


@pytest.mark.parametrize("how", ["returned", "rejected"])
def test_nobody_reminds_who_has_died(books, shelf, how):
    made = plan(books, "D2")
    export(books, shelf, made.id)
    (line,) = lines(books, made.id)
    if how == "returned":
        told(books, credit(4000, end_to_end_id=line.id))
        told(books, taken_back(line, "MD07"))
    else:
        why = Rejection("md07")
        settle(books, lambda: ending.reject(books, ORG, made.id, line.id, why, ANNA, LATER))
    (block,) = case_of(books, "D2").blocks
    assert (block.reason, block.until) == ("deceased", None)
    assert books.get(Mandate, ORG, "D2", line.mandate).state is MandateState.SUSPENDED
    settle(books, lambda: lift(books, ORG, block.id, "anna", LATER))
    assert case_of(books, "D2").blocks == ()


OTHER = "NL91INGB0945362807"


def amends(books, mandate_id, iban=OTHER, **facts):
    new = Amendment(iban, facts.pop("evidence", "mail of 2 September"), **facts)
    return settle(books, lambda: amend(books, ORG, mandate_id, new, SHOP, NOW))


def test_another_account_is_told_to_the_bank_once(books, shelf):
    first = plan(books, "D2")
    export(books, shelf, first.id)
    (line,) = lines(books, first.id)
    told(books, credit(4000, end_to_end_id=line.id))
    assert amends(books, line.mandate).tell_account
    invoice(books, "F4", "10.00", debtor="D2")
    seen = []
    for nth, day in enumerate((date(2026, 10, 15), date(2026, 10, 16)), 1):
        now = NOW + timedelta(days=28 + nth)
        again = plan(books, "D2", now=now, on=day, id=f"col_{nth:026d}")
        export(books, shelf, again.id, now + timedelta(days=3))
        (sent,) = lines(books, again.id)
        content = shelf.files[planning.collection_of(books, ORG, again.id).file_key]
        seen.append((sent.iban, sent.sequence, b"<Id>SMNDA</Id>" in content))
        told(books, credit(1000, id=f"l{nth}", end_to_end_id=sent.id), now)
        invoice(books, f"F5{nth}", "10.00", debtor="D2")
    assert seen == [(OTHER, "RCUR", True), (OTHER, "RCUR", False)]


def test_what_the_bank_refused_is_told_again(books, shelf):
    first = plan(books, "D2")
    export(books, shelf, first.id)
    (line,) = lines(books, first.id)
    told(books, credit(4000, end_to_end_id=line.id))
    amends(books, line.mandate)
    invoice(books, "F4", "10.00", debtor="D2")
    again = plan(books, "D2", now=NOW, on=date(2026, 9, 16), id="col_" + "1" * 26)
    export(books, shelf, again.id)
    (sent,) = lines(books, again.id)
    assert not books.get(Mandate, ORG, "D2", line.mandate).tell_account
    why = Rejection("AM04")
    settle(books, lambda: ending.reject(books, ORG, again.id, sent.id, why, ANNA, LATER))
    assert books.get(Mandate, ORG, "D2", line.mandate).tell_account


def test_a_mandate_no_bank_has_seen_has_nothing_to_tell(books):
    (known,) = books.all_of(Mandate, ORG, "D1")
    after = amends(books, known.id)
    assert (after.iban, after.tell_account) == (OTHER, False)
    assert amends(books, known.id).version == 2, "the same account is no change"
    assert [e.account_end for e in events(books, MandateAmended)] == ["2807"]


@pytest.mark.parametrize(("reason", "again"), [("AC04", True), ("MD01", False), ("MD07", False)])
def test_another_account_helps_where_the_account_was_the_trouble(books, reason, again):
    (known,) = books.all_of(Mandate, ORG, "D1")
    ended = replace(known, state=MandateState.SUSPENDED, reason=reason, ended_at=NOW)
    books.commit(Changes(update=(ended,)))
    if again:
        after = amends(books, known.id)
        assert (after.state, after.reason, after.ended_at) == (MandateState.ACTIVE, "", None)
        return
    with pytest.raises(Conflict) as found:
        amends(books, known.id)
    assert found.value.code == "mandate_ended"


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [({"iban": "NL53KNAB0730699661"}, "/body/iban"), ({"evidence": ""}, "/body/evidence"),
     ({"holder": "Jan\u202e"}, "/body/holder")],
)  # fmt: skip
def test_an_amendment_says_which_field_is_wrong(books, facts, pointer):
    (known,) = books.all_of(Mandate, ORG, "D1")
    with pytest.raises(Refused) as found:
        amends(books, known.id, **facts)
    assert found.value.pointer == pointer


def test_a_return_that_names_the_mandate_only_is_known_when_one_line_fits(books, shelf):
    invoice(books, "F4", "80.00")
    made = plan(books, "D1")
    export(books, shelf, made.id)
    told(books, credit(41000, text=made.message_id))
    of = {line.invoices: line for line in lines(books, made.id)}
    only = {"end_to_end_id": "NOTPROVIDED", "text": "STORNO"}
    assert told(books, replace(taken_back(of["F2",], "AM04"), **only)) is None, "F4 is as much"
    back = replace(taken_back(of["F1",], "AC04"), **only)
    assert told(books, replace(back, mandate_id="M-9")) is None, "of somebody else"
    assert told(books, back).entries
    after = {line.invoices: line.state for line in lines(books, made.id)}
    assert after["F1",] is LineState.RETURNED and after["F2",] is LineState.COLLECTED
    known = books.get(Mandate, ORG, "D1", of["F1",].mandate)
    assert (known.state, known.reason) == (MandateState.SUSPENDED, "AC04")
