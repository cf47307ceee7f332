"""The bank refuses a file of direct debits, or a part of it (pain.002): that part is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.bank.model import LineState as BankState
from kasstroom.bank.quarantine import Quarantined
from kasstroom.bank.status_reports import import_any
from kasstroom.dunning.blocks import blocking
from kasstroom.dunning.model import DunningCase
from kasstroom.events.mandates import CollectionReturned
from kasstroom.imports.model import RowStatus
from kasstroom.mandates.collection import Collecting, Collection, CollectionState, LineState
from kasstroom.mandates.model import Mandate, MandateState
from kasstroom_documents.limits import Limits
from kasstroom_documents.pain002 import read_pain_002
from tests.bank_files import Jobs, source
from tests.collecting import THE_DAY_BEFORE, Shelf, collects, export, lines, mandate, plan
from tests.core.bank.test_bank_direct_debits import arrives, credited, match
from tests.memory_books import MemoryBooks
from tests.people import ORG, debtor, invoice, organisation
from tests.status_reports import one, pain_002, part

NOW = THE_DAY_BEFORE + timedelta(hours=2)


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    collects(made)
    for number in ("D1", "D2"):
        debtor(made, number)
        mandate(made, number, reference=f"M-{number}")
    invoice(made, "F1", "250.00")
    invoice(made, "F2", "80.00")
    invoice(made, "F3", "40.00", debtor="D2")
    return made


@pytest.fixture
def file(books):
    return export(books, Shelf(), plan(books).id)


def told(books, content, name="a"):
    report = read_pain_002("r.xml", content, Limits())
    return import_any(books, Jobs(), report, replace(source(name, ORG), at=NOW))


def states(books, file):
    return [(line.state, line.reason) for line in lines(books, file.id)]


def closed(books, file):
    return books.get(Collection, ORG, id=file.id)


def test_a_refused_file_ends_with_its_reason_and_everything_may_be_asked_again(books, file):
    rows = told(books, pain_002(file.message_id, file="RJCT", why="FF01"))
    assert [(row.status, row.code) for row in rows] == [(RowStatus.OK, "FF01")] * 3
    assert rows[0].position.startswith("line ") and rows[0].debtor == "D1"
    assert states(books, file) == [(LineState.REJECTED, "FF01")] * 3
    assert (closed(books, file).state, closed(books, file).reason) == (
        CollectionState.CANCELLED, "bank: FF01",
    )  # fmt: skip
    assert not books.get(Collecting, ORG, "D1").claims
    assert blocking(books.get(DunningCase, ORG, "D1"), NOW) is None, "reminders go on"
    assert [m.collections for m in books.every(Mandate)] == [0, 0], "the next is the first again"
    assert len([e for e in books.events if isinstance(e, CollectionReturned)]) == 3
    again = plan(books, now=NOW, on=file.collect_on + timedelta(days=20))
    assert len(lines(books, again.id)) == 3


def test_the_same_report_twice_does_it_once(books, file):
    content = pain_002(file.message_id, file="RJCT", why="FF01")
    told(books, content)
    before, events = states(books, file), len(books.events)
    assert {row.status for row in told(books, content, "b")} == {RowStatus.DUPLICATE}
    assert (states(books, file), len(books.events)) == (before, events)


def test_one_line_is_refused_and_its_mandate_suspended_the_rest_goes_on(books, file):
    first, *_ = lines(books, file.id)
    one_refused = part(f"{file.message_id}-FRST", one(first.id, why="AC04"))
    rows = told(books, pain_002(file.message_id, file="PART", parts=one_refused))
    assert [row.status for row in rows] == [RowStatus.OK, RowStatus.SKIPPED]
    assert [state for state, _ in states(books, file)] == [
        LineState.REJECTED, LineState.COLLECTING, LineState.COLLECTING,
    ]  # fmt: skip
    suspended = [m.state for m in books.every(Mandate)]
    assert suspended == [MandateState.SUSPENDED, MandateState.ACTIVE]
    assert closed(books, file).state is CollectionState.EXPORTED


def test_a_reason_about_our_own_account_suspends_nobody(books, file):
    refused = part(f"{file.message_id}-FRST", status="RJCT", why="AC04")
    told(books, pain_002(file.message_id, parts=refused))
    assert states(books, file) == [
        (LineState.REJECTED, "AC04"), (LineState.COLLECTING, ""), (LineState.REJECTED, "AC04"),
    ], "the second of a mandate is in another part"  # fmt: skip
    assert {m.state for m in books.every(Mandate)} == {MandateState.ACTIVE}


@pytest.mark.parametrize("status", ["ACCP", "ACTC", "ACSP", "PDNG", "ACSC"])
def test_good_news_changes_nothing(books, file, status):
    (row,) = told(books, pain_002(file.message_id, file=status))
    assert (row.status, row.code) == (RowStatus.SKIPPED, status)
    assert {state for state, _ in states(books, file)} == {LineState.COLLECTING}


def test_money_that_came_in_is_not_called_refused(books, file):
    """The report is late, or wrong: a person looks."""
    match(books, *arrives(books, credited(books, file)))
    rows = told(books, pain_002(file.message_id, file="RJCT", why="FF01"))
    assert {(row.status, row.code) for row in rows} == {(RowStatus.FAILED, "collected")}
    assert closed(books, file).state is CollectionState.EXPORTED


def test_money_of_what_was_refused_is_booked_when_it_comes_all_the_same(books, file):
    told(books, pain_002(file.message_id, file="RJCT"))
    assert states(books, file)[0] == (LineState.REJECTED, "NARR")
    assert set(match(books, *arrives(books, credited(books, file)))) == {BankState.MATCHED}


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda f: pain_002("KS01M1DZPW00APNGSAGP3704BK9B", file="RJCT"), "unknown_file"),
        (lambda f: pain_002("", file="RJCT"), "unknown_file"),
        (lambda f: pain_002(f.message_id, parts=part("X", one("F1"))), "unknown_line"),
        (
            lambda f: pain_002(f.message_id, file="RJCT", parts=part("X", one("E2E-9"))),
            "unknown_line",
        ),
        (
            lambda f: pain_002(
                f.message_id, parts=part("X", one(f"{f.message_id}-00099"))
            ), "unknown_line",
        ),
        (lambda f: pain_002(f.message_id, of="pain.001.001.09"), "not_of_direct_debits"),
        (lambda f: pain_002(f.message_id)[:-40], "malformed_xml"),
        (lambda f: pain_002(f.message_id).replace(b"<Document", b"<!DOCTYPE x>\n<Document"),
         "doctype_not_allowed"),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_right_changes_nothing(books, file, make, code):
    with pytest.raises(Quarantined) as caught:
        told(books, make(file))
    assert caught.value.code == code
    assert {state for state, _ in states(books, file)} == {LineState.COLLECTING}


def test_another_organisation_s_file_is_unknown(books, file):
    report = read_pain_002("r.xml", pain_002(file.message_id, file="RJCT"), Limits())
    with pytest.raises(Quarantined):
        import_any(books, Jobs(), report, source(org="another"))
