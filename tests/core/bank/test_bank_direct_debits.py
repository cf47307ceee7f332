"""The bank tells of our own direct debits: credited at once or one by one, and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.bank import direct_debits
from kasstroom.bank.importing import import_file
from kasstroom.bank.model import BankLine, LineState
from kasstroom.bank.people import Why, reopen
from kasstroom.bank.retrying import queue_due
from kasstroom.bank.usecases import Ways, match_line, match_whole
from kasstroom.errors import Refused, Unavailable
from kasstroom.mandates import bank_lines, whole_files
from kasstroom.mandates.collection import CollectionLine
from kasstroom.mandates.collection import LineState as Collected
from kasstroom.mandates.ending import Rejection, reject
from kasstroom.mandates.exporting import lines_of
from kasstroom.mandates.model import Mandate, MandateState
from kasstroom.mandates.terms import CollectPer
from kasstroom.payments.model import Entry, EntryKind, MoneyIn
from kasstroom.settle import settle
from tests import bank_files
from tests.bank_files import Jobs, Line, Paper, Part
from tests.collecting import DAY, THE_DAY_BEFORE, Shelf, collects, export, lines, mandate, plan
from tests.memory_books import MemoryBooks
from tests.people import ORG, debtor, eur, invoice, organisation
from tests.received import check_balances

LATER = THE_DAY_BEFORE + timedelta(days=3)
FINANCE = Actor("anna", (Role.FINANCE,))
DEBTORS = ("D1", "D2")


@pytest.fixture
def books():
    """D1 has F1 (250.00) and F2 (80.00) in a file at the bank, D2 has F3 (40.00)."""
    made = MemoryBooks()
    organisation(made)
    collects(made)
    for number in DEBTORS:
        debtor(made, number)
        mandate(made, number, reference=f"M-{number}")
    invoice(made, "F1", "250.00")
    invoice(made, "F2", "80.00")
    invoice(made, "F3", "40.00", debtor="D2")
    return made


@pytest.fixture
def collection(books):
    return export(books, Shelf(), plan(books).id)


def arrives(books, *entries, number=7, opening=100_000):
    """These entries on a statement of their own, imported; the lines it made."""
    paper = Paper(entries, number, opening, on=DAY + timedelta(days=number - 7))
    jobs = Jobs()
    file = bank_files.file_of(paper, name=f"{number}.xml")
    import_file(books, jobs, file, bank_files.source(f"import:imp_{number}:{number}.xml"))
    return jobs.ids


def match(books, *ids, ways=Ways()):
    return [match_whole(books, ORG, id, LATER, ways) for id in ids]


def whole(collection, reference="BATCH-1", **facts):
    entry = {"minor": 37_000, "batch": collection.message_id, "on": DAY} | facts
    return Line((), reference, code="IDDT/ESDD", **entry)


def credited(books, collection):
    """One entry, with details: each by its own end-to-end id."""
    parts = tuple(
        Part(line.amount.minor, f"Klant {line.debtor}", line.iban, "incasso", line.id)
        for line in lines(books, collection.id)
    )
    return Line(parts, "BATCH-1", on=DAY, code="IDDT/ESDD")


def back(line, reason, minor=None, reference="RETURN-1", on=DAY + timedelta(days=1)):
    part = Part(
        -(minor or line.amount.minor), f"Klant {line.debtor}", line.iban, "storno", line.id, reason
    )
    return Line((part,), reference, on=on, code="IDDT/UPDD", reversal=True)


def stored(books, id):
    return books.get(BankLine, ORG, id=id)


def payments(books):
    found = [e for d in DEBTORS for e in books.all_of(Entry, ORG, d)]
    return [e for e in found if e.kind is EntryKind.PAYMENT]


def balanced(books):
    for number in DEBTORS:
        check_balances(books, number)


def test_a_total_without_details_books_the_whole_file_once(books, collection):
    (id,) = arrives(books, whole(collection))
    assert collection.message_id in stored(books, id).text
    assert match(books, id, id) == [LineState.MATCHED] * 2
    assert sorted(e.amount.value for e in payments(books)) == ["-250.00", "-40.00", "-80.00"]
    line = stored(books, id)
    assert {e.rpartition("#")[2] for e in line.entries} == {e.id for e in payments(books)}
    assert line.note == f"3 direct debits of {collection.id}" and line.owner == ""
    assert {one.state for one in lines(books, collection.id)} == {Collected.COLLECTED}
    balanced(books)


def test_a_total_per_sequence_is_told_by_the_name_of_its_part(books, collection):
    first, rest = (
        whole(collection, f"B-{s}", minor=minor, batch=f"{collection.message_id}-{s}")
        for s, minor in (("FRST", 29_000), ("RCUR", 8_000))
    )
    ids = arrives(books, first, rest)
    assert match(books, *ids) == [LineState.MATCHED] * 2
    assert [len(stored(books, id).entries) for id in ids] == [2, 1]
    balanced(books)


def test_each_credit_is_booked_by_its_own_name_with_no_look_at_the_file(books, collection):
    ids = arrives(books, credited(books, collection))
    seen = []
    books.listing = lambda kind, *_, **__: seen.append(kind) or pytest.fail("the file was listed")
    assert match(books, *ids) == [LineState.MATCHED] * 3
    del books.listing
    assert [e.source for e in payments(books)] == ["sepa"] * 3 and not seen
    balanced(books)


def test_the_same_money_told_twice_is_booked_once(books, collection):
    ids = arrives(books, credited(books, collection))
    match(books, *ids)
    (again,) = arrives(books, whole(collection, "BATCH-2"), number=8, opening=137_000)
    assert match(books, again, again) == [LineState.OPEN] * 2
    assert stored(books, again).note == "collected_before" and stored(books, again).owner
    (one,) = arrives(
        books,
        Line((Part(25_000, end_to_end=lines(books, collection.id)[0].id),), "X", on=DAY),
        number=9, opening=174_000,
    )  # fmt: skip
    assert match(books, one) == [LineState.OPEN]
    assert stored(books, one).note == "collected_before" and len(payments(books)) == 3
    balanced(books)


def test_another_total_waits_for_a_person(books, collection):
    (id,) = arrives(books, whole(collection, minor=36_000))
    assert match(books, id) == [LineState.OPEN]
    assert stored(books, id).note == "collection_total_differs" and not payments(books)


def test_a_total_is_tried_again_once_the_rejects_are_known(books, collection):
    (id,) = arrives(books, whole(collection, minor=33_000))
    match(books, id)
    theirs = next(one for one in lines(books, collection.id) if one.debtor == "D2")
    told = Rejection("AC01")
    settle(books, lambda: reject(books, ORG, collection.id, theirs.id, told, FINANCE, LATER))
    jobs = Jobs()
    assert queue_due(books, jobs, LATER + timedelta(hours=1)) == 1
    assert match(books, *jobs.ids) == [LineState.MATCHED]
    assert len(stored(books, id).entries) == len(payments(books)) == 2
    balanced(books)


@pytest.mark.parametrize(
    ("reason", "state"), [("AC04", MandateState.SUSPENDED), ("MD06", MandateState.ACTIVE)]
)
def test_what_the_bank_takes_back_reopens_its_invoice_once(books, collection, reason, state):
    line = lines(books, collection.id)[0]
    (credit,) = arrives(books, whole(collection))
    ids = arrives(
        books, back(line, reason), back(line, reason, reference="RETURN-2"), number=8,
        opening=137_000,
    )  # fmt: skip
    assert match(books, credit, *ids) == [LineState.MATCHED, LineState.MATCHED, LineState.OPEN]
    assert match(books, *ids) == [LineState.MATCHED, LineState.OPEN]
    first, second = (stored(books, id) for id in ids)
    assert first.note == f"direct debit returned: {reason}" and second.note == "returned_before"
    (entry,) = [e for e in books.all_of(Entry, ORG, "D1") if e.kind is EntryKind.CHARGEBACK]
    assert (entry.amount, entry.reason) == (eur("250.00"), reason)
    assert books.get(Mandate, ORG, "D1", line.mandate).state is state
    assert lines(books, collection.id)[0].state is Collected.RETURNED
    balanced(books)


def test_a_return_before_its_credit_waits_with_an_owner(books, collection):
    (id,) = arrives(books, back(lines(books, collection.id)[0], "AM04", on=DAY))
    assert match(books, id) == [LineState.OPEN]
    assert stored(books, id).note == "collection_not_booked" and stored(books, id).owner


def test_a_return_of_somebody_elses_collection_goes_on_as_before(books, collection):
    part = Part(-25_000, end_to_end="SDD-F1", returned="AM04")
    (id,) = arrives(books, Line((part,), "R", on=DAY, code="IDDT/UPDD", reversal=True))
    assert match(books, id) == [LineState.OPEN]
    assert stored(books, id).note == "original_not_found"


class Crash(Exception):
    pass


@pytest.mark.parametrize("commits", range(4))
def test_after_a_crash_anywhere_in_the_file_it_goes_on(books, collection, commits):
    (id,) = arrives(books, whole(collection))
    commit, made = books.commit, []

    def dies(changes):
        if len(made) == commits:
            raise Crash
        made.append(changes)
        commit(changes)

    books.commit = dies
    with pytest.raises(Crash):
        match(books, id)
    books.commit = commit
    assert len(payments(books)) == min(commits, 3)
    assert match(books, id) == [LineState.MATCHED]
    assert len(payments(books)) == 3 and len(stored(books, id).entries) == 3
    balanced(books)


def test_a_long_file_is_booked_in_calls_that_end(books, collection, monkeypatch):
    monkeypatch.setattr(direct_debits, "STEPS_PER_CALL", 1)
    (id,) = arrives(books, whole(collection))
    with pytest.raises(Unavailable) as found:
        match(books, id)
    assert found.value.code == "file_not_booked_yet" and len(payments(books)) == 2
    assert match(books, id) == [LineState.MATCHED]
    assert len(payments(books)) == 3


def test_two_totals_at_once_do_not_share_the_file(books, collection):
    one, two = arrives(books, whole(collection), whole(collection, "BATCH-2"))
    first, _ = match_line(books, ORG, one, LATER, Ways())
    assert whole_files.rest_of(books, stored(books, two)) is None
    books.commit(first)
    assert match(books, two, one) == [LineState.OPEN, LineState.MATCHED]
    assert {line.bank_line for line in lines(books, collection.id)} == {one}
    balanced(books)


def test_a_part_that_was_booked_meanwhile_is_not_booked_again(books, collection):
    (id,) = arrives(books, whole(collection))
    line = stored(books, id)
    settle(books, lambda: match_line(books, ORG, id, LATER, Ways()))
    rest = whole_files.rest_of(books, line)
    for _ in range(2):
        for part in rest.lines:
            settle(books, lambda part=part: whole_files.book_part(books, line, rest, part, LATER))
    assert whole_files.rest_of(books, line).lines == () and len(payments(books)) == 3


@pytest.mark.parametrize("at_once", [True, False])
def test_nobody_takes_a_direct_debit_out_of_the_ledger(books, collection, at_once):
    entry = whole(collection) if at_once else credited(books, collection)
    id = arrives(books, entry)[0]
    match(books, id)
    with pytest.raises(Refused) as found:
        reopen(books, ORG, id, Why("fout"), FINANCE, LATER, Ways())
    assert found.value.code == "direct_debit" and "/allocations" in found.value.detail
    assert all(m.amount.minor > 0 for d in DEBTORS for m in books.all_of(MoneyIn, ORG, d))


def test_forty_invoices_of_one_debtor_fit_in_one_transaction(books):
    for nth in range(38):
        invoice(books, f"G{nth}", "1.00")
    collects(books, per=CollectPer.DEBTOR)
    made = export(books, Shelf(), plan(books, "D1").id)
    (line,) = lines_of(books, ORG, made.id)
    assert len(line.invoices) == 40
    ids = arrives(books, credited(books, made))
    sizes, commit = [], books.commit
    books.commit = lambda c: sizes.append(len((*c.create, *c.update, *c.check))) or commit(c)
    match(books, *ids)
    (returned,) = arrives(books, back(line, "AM04"), number=8, opening=136_800)
    assert match(books, returned) == [LineState.MATCHED]
    assert max(sizes) + len(books.events[-1:]) <= 100
    balanced(books)


def test_a_line_that_names_no_collection_reads_nothing_of_direct_debit(books):
    (id,) = arrives(books, Line((Part(100, text="iets anders"),), "R", on=DAY))
    line, find = stored(books, id), books.find
    books.find = lambda kind, *k, **n: kind is not CollectionLine and find(kind, *k, **n)
    assert bank_lines.collected(books, line, LATER) is None
