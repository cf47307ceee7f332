"""Collections: planned, announced, exported once, booked, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.dunning.model import Block, DunningCase
from kasstroom.errors import Conflict, Forbidden, Refused
from kasstroom.events.mandates import (
    CollectionAnnounced,
    CollectionCancelled,
    CollectionExported,
    CollectionReturned,
    MandateSuspended,
)
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.mandates import ending, exporting, planning
from kasstroom.mandates.collection import Collecting, CollectionState, LineState
from kasstroom.mandates.ending import Rejection
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
    assert case_of(books).blocks == ()
    export(books, shelf, made.id)
    (block,) = case_of(books).blocks
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
