"""Lines come into the books once, whichever file tells of them, in any order, after any crash."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.bank.accepted import BankStatement, StatementFile
from kasstroom.bank.importing import import_file
from kasstroom.bank.lines import line_moved
from kasstroom.bank.model import BankAccount, BankLine, LineKind, LineState, QueuedLine
from kasstroom.bank.quarantine import Quarantined
from kasstroom.bank.views import line_of, line_page, statement_page
from kasstroom.changes import Changes
from kasstroom.errors import NotFound
from kasstroom.imports.model import RowStatus
from tests.bank_files import IBAN, NOW, Jobs, Line, Paper, Part, file_of, receipt, source
from tests.memory_books import MemoryBooks
from tests.people import ORG, organisation


@pytest.fixture
def memory():
    return opened(MemoryBooks())


def opened(books):
    organisation(books)
    return books


def send(books, *papers, name="import:imp_1:a.xml", jobs=None):
    return import_file(books, jobs or Jobs(), file_of(*papers), source(name))


def lines(books):
    return list(books.every(BankLine))


def facts(books):
    return Counter((x.booked_on, x.amount.minor, x.text, x.kind, x.state) for x in lines(books))


def refusal(books, *papers, name="import:imp_9:x.xml"):
    with pytest.raises(Quarantined) as caught:
        send(books, *papers, name=name)
    return caught.value


BATCH = Line((Part(1_000), Part(2_000, text="F-2"), Part(3_000, text="F-3")), "BATCH1")
MIXED = Paper(
    (
        receipt(12_345, "R1"),
        BATCH,
        Line((Part(-5_000, returned="MS03", end_to_end="SDD-F-2"),), "R2", reversal=True),
        Line((Part(-700),), "R3", reversal=True),
        Line((), "R4", -795, code="MDOP/CHRG", text="Kosten"),
        Line((Part(-9_900),), "R5", code="ICDT/ESCT"),
        receipt(50_000, "R6", name="Stichting Mollie Payments", text="1234567.2608.03"),
        Line((), "R7", 99_900, status="PDNG"),
    )
)


def test_a_statement_becomes_lines_with_their_kinds(memory):
    jobs = Jobs()
    rows = send(memory, MIXED, jobs=jobs)
    kinds = {line.bank_reference: line.kind for line in lines(memory)}
    assert kinds == {
        "R1": LineKind.RECEIPT, "BATCH1": LineKind.RECEIPT, "R2": LineKind.RETURN,
        "R3": LineKind.REVERSAL, "R4": LineKind.COSTS, "R5": LineKind.PAYMENT,
        "R6": LineKind.PAYOUT,
    }  # fmt: skip
    assert Counter(row.code for row in rows) == {"booked": 9, "pending": 1}
    assert rows[-1].status is RowStatus.SKIPPED and "not booked" in rows[-1].reason
    assert sorted(jobs.ids) == sorted(line.id for line in lines(memory))
    waiting = {queued.id for queued in memory.every(QueuedLine)}
    assert waiting == {x.id for x in lines(memory) if x.state is LineState.OPEN}
    assert len(waiting) == 7


def test_a_return_keeps_its_reason_and_the_reference_of_the_collection(memory):
    send(memory, MIXED)
    (returned,) = (line for line in lines(memory) if line.kind is LineKind.RETURN)
    assert (returned.return_reason, returned.end_to_end_id) == ("MS03", "SDD-F-2")
    assert (returned.amount.value, returned.counterparty_name) == ("-50.00", "Jansen B.V.")


def test_the_account_is_learned_from_the_organisation_and_remembers_the_latest(memory):
    later = MIXED.next(receipt(100, "R9"))
    send(memory, later)
    send(memory, MIXED, name="import:imp_2:b.xml")
    account = memory.get(BankAccount, ORG, id=IBAN)
    assert (account.closing.minor, account.closed_on) == (later.ends, later.on)


def test_the_same_file_again_is_duplicates_and_says_so_once(memory):
    send(memory, MIXED)
    before = facts(memory)
    rows = send(memory, MIXED, name="import:imp_2:a.xml")
    assert {row.code for row in rows} == {"duplicate", "pending"}
    assert facts(memory) == before
    assert len(memory.events) == 1


@pytest.mark.parametrize("order", list(permutations(("052", "054", "053"))))
def test_a_line_in_three_messages_is_one_line(order):
    books = opened(MemoryBooks())
    for n, format in enumerate(order):
        paper = Paper(MIXED.lines[:4], format=format, balances=format == "053")
        send(books, paper, name=f"import:imp_{n}:a.xml")
    assert len(lines(books)) == 6
    assert sum(line.amount.minor for line in lines(books)) == 12_345 + 6_000 - 5_700
    assert all(line_of(books, ORG, line.id) for line in lines(books))


def test_what_has_no_reference_waits_for_the_statement(memory):
    plain = receipt(500)
    early = Paper((plain, Line((), "B1", 6_000)), format="052", balances=False)
    rows = send(memory, early)
    assert [row.code for row in rows] == ["waits_for_statement"] * 2
    assert lines(memory) == []
    send(memory, Paper((plain, Line(BATCH.parts, "B1"))), name="import:imp_2:b.xml")
    assert len(lines(memory)) == 4


def test_a_batch_told_as_one_total_is_not_booked_in_parts_as_well():
    total = Paper((Line((), "BATCH1", 6_000),))
    parts = Paper((BATCH,), format="054", balances=False)
    for papers, kept in (((total, parts), 1), ((parts, total), 3)):
        books = opened(MemoryBooks())
        for n, paper in enumerate(papers):
            rows = send(books, paper, name=f"import:imp_{n}:a.xml")
        assert {row.code for row in rows} == {"duplicate"}
        assert len(lines(books)) == kept
        assert sum(line.amount.minor for line in lines(books)) == 6_000


def test_two_equal_payments_on_one_day_stay_two(memory):
    equal = (receipt(2_500), receipt(2_500), receipt(2_500, text="huur"))
    send(memory, Paper(equal))
    send(memory, Paper(equal), name="import:imp_2:a.xml")
    assert sorted(line.amount.minor for line in lines(memory)) == [2_500] * 3


class Crash(Exception):
    pass


class CrashingBooks(MemoryBooks):
    """Dies at the nth commit: before it is written, or right after."""

    def __init__(self) -> None:
        super().__init__()
        self.left = -1
        self.after = False

    def commit(self, changes: Changes) -> None:
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Crash
        super().commit(changes)
        if self.left == 0:
            raise Crash


MANY = Paper(tuple(receipt(100 + n, f"M{n}") for n in range(45)), opening=MIXED.ends, number=8)
COMMITS = 6
"""Nine lines and a statement, then 45 lines in three transactions and a statement."""


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("nth", range(1, COMMITS + 1))
def test_a_crash_at_any_write_and_a_repeat_give_the_same(nth, after):
    whole = opened(MemoryBooks())
    expected = send(whole, MIXED, MANY)
    books = opened(CrashingBooks())
    books.left, books.after = nth, after
    jobs = Jobs()
    try:
        send(books, MIXED, MANY, jobs=jobs)
    except Crash:
        accepted = {statement.id for statement in books.every(BankStatement)}
        shown = line_page(books, ORG, state=None, after="", limit=100).items
        assert {line.statement for line in shown} <= accepted
    assert send(books, MIXED, MANY, jobs=jobs) == expected
    assert facts(books) == facts(whole)
    assert {x.id for x in books.every(QueuedLine)} == {x.id for x in whole.every(QueuedLine)}
    assert set(jobs.ids) == {line.id for line in lines(whole)}
    assert [type(e) for e in books.events] == [type(e) for e in whole.events]


def test_what_a_dead_import_left_behind_is_taken_over_by_another(memory):
    books = opened(CrashingBooks())
    books.left = 2
    with pytest.raises(Crash):
        send(books, MIXED)
    left = lines(books)
    assert left
    with pytest.raises(NotFound):
        line_of(books, ORG, left[0].id)
    rows = send(books, MIXED, name="import:imp_2:b.xml")
    assert {row.code for row in rows} == {"booked", "pending"}
    assert line_of(books, ORG, left[0].id).source == "import:imp_2:b.xml"


def test_a_missing_statement_shows_as_a_gap_until_it_comes(memory):
    second = MIXED.next(receipt(100, "R10"))
    third = second.next(receipt(200, "R11"))
    send(memory, MIXED)
    send(memory, third, name="import:imp_3:c.xml")
    gaps = lambda: [  # noqa: E731
        view.gap for view in statement_page(memory, ORG, IBAN, after="", limit=50).items
    ]
    assert gaps() == [False, True]
    assert [event.gap for event in memory.events] == [False, True]
    send(memory, second, name="import:imp_2:b.xml")
    assert gaps() == [False, False, False]
    first = statement_page(memory, ORG, IBAN, after="", limit=1)
    rest = statement_page(memory, ORG, IBAN, after=first.next_cursor, limit=2)
    assert [len(first.items), len(rest.items)] == [1, 2]


@pytest.mark.parametrize("later_first", [False, True])
def test_the_next_number_has_to_open_where_this_one_closed(memory, later_first):
    second = Paper((receipt(100, "X"),), 8, MIXED.ends + 1, on=MIXED.on)
    first, then = (second, MIXED) if later_first else (MIXED, second)
    send(memory, first)
    error = refusal(memory, then)
    assert error.code == "balance_chain_broken"
    assert "Line 7:" in error.detail and "closes at" in error.detail
    assert len(list(memory.every(BankStatement))) == 1


def test_one_day_is_not_closed_twice_with_other_balances(memory):
    send(memory, MIXED)
    other = Paper((receipt(1, "Z"),), MIXED.number, MIXED.opening)
    assert refusal(memory, other).code == "statement_contradicted"


def test_an_overlap_of_lines_without_reference_is_not_guessed_at(memory):
    long = replace(MIXED, lines=(receipt(100), receipt(200)), number=0)
    (parsed,) = file_of(long).statements
    week = replace(parsed, from_on=parsed.from_on.replace(day=20), number="")
    import_file(memory, Jobs(), StatementFile("a", (week,)), source())
    day = replace(parsed, number="", id="other", opening=None, closing=None)
    with pytest.raises(Quarantined) as caught:
        import_file(memory, Jobs(), StatementFile("b", (day,)), source("import:imp_2:b"))
    assert caught.value.code == "overlapping_statement"
    assert "2026-08-20 to 2026-08-31" in caught.value.detail


def test_a_statement_of_a_strange_account_says_how_to_add_it(memory):
    strange = Paper((receipt(100, "X"),), account="NL02ABNA0123456789")
    error = refusal(memory, strange)
    assert error.code == "unknown_account"
    assert "PUT /v1/bank-accounts/NL02ABNA0123456789" in error.detail
    memory.commit(Changes(create=(BankAccount(ORG, "NL02ABNA0123456789"),)))
    assert len(send(memory, strange)) == 1


def test_nothing_of_a_file_is_stored_when_its_second_statement_is_wrong(memory):
    wrong = Paper((receipt(100, "X"),), 8, MIXED.ends, closing=5)
    assert refusal(memory, MIXED, wrong).code == "balance_broken"
    assert lines(memory) == [] and memory.events == []


def test_a_resolved_line_leaves_the_queue_and_comes_back_when_it_opens(memory):
    send(memory, MIXED)
    line = next(x for x in lines(memory) if x.kind is LineKind.RECEIPT)
    place = memory.get(QueuedLine, ORG, id=line.id)
    memory.commit(line_moved(replace(line, state=LineState.MATCHED), place, NOW))
    place = memory.get(QueuedLine, ORG, id=line.id)
    assert place.gone_at is not None
    open_ids = {
        x.id for x in line_page(memory, ORG, state=LineState.OPEN, after="", limit=50).items
    }
    assert line.id not in open_ids and len(open_ids) == 6
    matched = line_page(memory, ORG, state=LineState.MATCHED, after="", limit=50).items
    assert [x.id for x in matched] == [line.id]
    again = replace(matched[0], state=LineState.OPEN)
    memory.commit(line_moved(again, place, NOW))
    assert memory.get(QueuedLine, ORG, id=line.id).gone_at is None


CENTS = st.integers(1, 10**9)
NAMES = st.text(st.characters(categories=("L", "N", "Zs", "P")), max_size=40)


@st.composite
def chains(draw):
    """Some days of one account, each closing where the next opens."""
    days, paper = [], None
    for day in range(draw(st.integers(1, 4))):
        made = [
            Line(
                tuple(
                    Part(minor, text=draw(NAMES))
                    for minor in draw(st.lists(CENTS, min_size=1, max_size=3))
                ),
                f"D{day}L{n}REF" if draw(st.booleans()) else "",
            )
            for n in range(draw(st.integers(0, 4)))
        ]
        paper = paper.next(*made) if paper else Paper(tuple(made))
        days.append(paper)
    return days


@given(chains(), st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_order_of_files_does_not_matter(days, chance):
    in_order, shuffled = opened(MemoryBooks()), opened(MemoryBooks())
    for n, paper in enumerate(days):
        send(in_order, paper, name=f"import:{n}:a")
    mixed = [*days, chance.choice(days)]
    chance.shuffle(mixed)
    for n, paper in enumerate(mixed):
        send(shuffled, paper, name=f"import:{n}:a")
    assert {x.id for x in lines(shuffled)} == {x.id for x in lines(in_order)}
    assert facts(shuffled) == facts(in_order)
    assert sum(x.amount.minor for x in lines(in_order)) == days[-1].ends - days[0].opening
