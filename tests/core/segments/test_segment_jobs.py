"""The worker: news, lists of debtors, walks over everybody, and the day that was planned."""

from __future__ import annotations

import json
from collections import deque
from datetime import timedelta
from typing import Any

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.debtors.vulnerability import Signal, Vulnerabilities, Vulnerability
from kasstroom.errors import Conflict, Forbidden, NotFound, Refused
from kasstroom.events.segments import SegmentsChanged
from kasstroom.segments import jobs, sets
from kasstroom.segments.defaults import DOCUMENT
from kasstroom.segments.members import members_page
from kasstroom.segments.model import SegmentMember
from kasstroom.segments.signals import CareSignals, care_of, note_care
from kasstroom.segments.trial import try_out
from kasstroom.segments.usecases import assign, live_set, segments_of
from kasstroom.segments.views import debtor_view, sets_view
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.portfolio import MACHINE, MANAGER, NOW, ORG, change, habits, keep, known

LATE = {
    "segments": [
        {"name": "late", "priority": 1, "when": {"fact": "oldest_overdue_days", "ge": 1}},
        {"name": "rest", "priority": 2, "when": {"fact": "known_days", "ge": 0}},
    ]
}
AUDITOR = Actor("Bram", (Role.AUDITOR,))


class Queue:
    """`kasstroom.segments.ports.SegmentQueue`, its messages as JSON."""

    def __init__(self) -> None:
        self.waiting: deque[str] = deque()

    def look_at(self, org: str, debtors: Any, cause: str) -> None:
        self.waiting.append(json.dumps({"org": org, "debtors": list(debtors), "cause": cause}))

    def walk(self, org: str, number: int, after: str) -> None:
        self.waiting.append(json.dumps({"org": org, "number": number, "after": after}))


@pytest.fixture
def books():
    return MemoryBooks()


@pytest.fixture
def queue():
    return Queue()


def news(number: str, cause: str = "payment.allocated") -> dict[str, Any]:
    return {"detail": {"organisation": ORG, "debtor": number, "type": cause, "data": {}}}


def run(books: Any, queue: Queue, now: Any = NOW, *, times: int = 1) -> int:
    """Every message until none is left, each so many times; how many there were."""
    done = 0
    while queue.waiting:
        message = json.loads(queue.waiting.popleft())
        for _ in range(times):
            jobs.work(books, queue, message, now)
        done += 1
    return done


def tags(books: Any, number: str) -> tuple[str, ...] | None:
    found = segments_of(books, ORG, number)
    return found.segments if found else None


def put(books: Any, document: dict[str, Any], **more: Any) -> Any:
    body = document | {"why": "beter zo"} | more
    return settle(books, lambda: sets.put(books, ORG, body, MANAGER, NOW))


def in_list(books: Any, name: str, **page: Any) -> list[str]:
    page = {"after": "", "limit": 50} | page
    return [m.debtor for m in members_page(books, ORG, name, MANAGER, **page).items]


def test_news_puts_a_debtor_in_its_segments_and_the_same_news_writes_nothing(books, queue):
    keep(books, known())
    assert jobs.work(books, queue, news("D1"), NOW) == {"changed": 1}
    assert tags(books, "D1") == ("business",) and in_list(books, "business") == ["D1"]
    told = len(books.events)
    assert jobs.work(books, queue, news("D1"), NOW) == {"kept": 1}
    assert len(books.events) == told == 1
    assert jobs.work(books, queue, news("D9"), NOW) == {"unknown": 1}


def test_a_payment_moves_a_debtor_and_the_lists_follow(books, queue):
    keep(books, known())
    jobs.work(books, queue, news("D1"), NOW)
    change(books, "D1", behaviour=habits())
    jobs.work(books, queue, news("D1"), NOW)
    assert tags(books, "D1") == ("good_payers", "business")
    change(books, "D1", behaviour=habits(days=20))
    jobs.work(books, queue, news("D1", "payment.charged_back"), NOW)
    assert tags(books, "D1") == ("slow_payers", "business")
    assert in_list(books, "good_payers") == [] and in_list(books, "slow_payers") == ["D1"]
    assert books.find(SegmentMember, ORG, "good_payers", "D1").gone_at == NOW
    change(books, "D1", behaviour=habits())
    jobs.work(books, queue, news("D1"), NOW)
    assert in_list(books, "good_payers") == ["D1"]
    assert [event.cause for event in books.events[-2:]] == [
        "payment.charged_back", "payment.allocated",
    ]  # fmt: skip


@pytest.mark.parametrize("times", [1, 2])
def test_another_set_walks_over_everybody_and_goes_on_after_each_page(
    books, queue, monkeypatch, times
):
    monkeypatch.setattr(jobs, "PAGE", 7)
    monkeypatch.setattr(jobs, "AT_ONCE", 3)
    numbers = [f"D{n:02d}" for n in range(20)]
    keep(books, *(known(n, due={-5: 100} if n < "D05" else {}) for n in numbers))
    after = put(books, LATE)
    told = books.events[-1]
    assert (told.TYPE, told.number, told.previous) == (SegmentsChanged.TYPE, 2, 1)
    detail = {"organisation": ORG, "debtor": "", "type": told.TYPE, "data": {"number": 2}}
    assert jobs.work(books, queue, {"detail": detail}, NOW) == {"queued": 7}
    run(books, queue, times=times)
    assert [tags(books, n) for n in numbers] == [("late", "rest")] * 5 + [("rest",)] * 15
    assert all(segments_of(books, ORG, n).set_number == after.number == 2 for n in numbers)
    assert in_list(books, "late") == numbers[:5]
    assert len([e for e in books.events if e.TYPE == "debtor.segment_changed"]) == 20


def test_a_walk_for_a_set_that_counts_no_more_ends(books, queue):
    keep(books, known())
    put(books, LATE)
    put(books, DOCUMENT)
    message = {"org": ORG, "number": 2, "after": ""}
    assert jobs.work(books, queue, message, NOW) == {"superseded": 1}
    assert not queue.waiting


def test_a_worker_with_an_old_set_in_hand_does_not_undo_the_new_one(books):
    keep(books, known())
    old = live_set(books, ORG)
    put(books, LATE)
    settle(books, lambda: assign(books, live_set(books, ORG), ORG, "D1", "everybody", NOW))
    settle(books, lambda: assign(books, old, ORG, "D1", "invoice.issued", NOW))
    assert segments_of(books, ORG, "D1").set_number == 2 and tags(books, "D1") == ("rest",)


def test_who_becomes_overdue_by_time_alone_is_found_on_that_day(books, queue):
    put(books, LATE)
    keep(books, known("D1", due={2: 100}), known("D2", due={60: 100}))
    for number in ("D1", "D2"):
        jobs.work(books, queue, news(number), NOW)
    assert jobs.queue_due(books, queue, NOW + timedelta(days=2)) == 0
    then = NOW + timedelta(days=3)
    assert jobs.queue_due(books, queue, then) == 1 and run(books, queue, then) == 1
    assert tags(books, "D1") == ("late", "rest") and tags(books, "D2") == ("rest",)
    assert jobs.queue_due(books, queue, then) == 0
    assert books.events[-1].cause == "day"


def test_a_set_is_put_by_a_person_with_a_reason_and_kept(books):
    with pytest.raises(Forbidden):
        sets.put(books, ORG, LATE | {"why": "x"}, MACHINE, NOW)
    with pytest.raises(Refused) as refused:
        sets.put(books, ORG, LATE | {"why": "  "}, MANAGER, NOW)
    assert refused.value.pointer == "/body/why"
    assert put(books, LATE, based_on=1).number == 2
    assert put(books, LATE, based_on=1).number == 2, "the same set again changes nothing"
    with pytest.raises(Conflict):
        put(books, DOCUMENT, based_on=1)
    assert put(books, DOCUMENT).number == 3
    lines = sets_view(books, ORG, "", 2)
    assert [(line.number, line.by, line.why) for line in lines.sets] == [
        (3, "Anna", "beter zo"), (2, "Anna", "beter zo"),
    ]  # fmt: skip
    assert [line.number for line in sets_view(books, ORG, lines.next_cursor, 2).sets] == [1]
    assert sets.version_of(books, ORG, 2).document == LATE
    assert sets.version_of(books, ORG, 1).document == DOCUMENT
    with pytest.raises(NotFound):
        sets.version_of(books, ORG, 4)


def test_everybody_is_looked_at_again_when_somebody_asks(books, queue):
    keep(books, known())
    settle(books, lambda: sets.recalculate(books, ORG, MANAGER, NOW))
    told = books.events[-1]
    assert (told.number, told.previous) == (1, 1)
    queue.walk(ORG, told.number, "")
    run(books, queue)
    assert tags(books, "D1") == ("business",)


def test_a_trial_shows_who_moves_and_keeps_nothing(books):
    keep(books, *(known(f"D{n:02d}", due={-5: 100} if n % 3 == 0 else {}) for n in range(40)))
    body = LATE | {"why": "proef"}
    changes, first = try_out(books, ORG, body, "", 30, MANAGER, NOW)
    assert not changes and first.next_cursor == "D29" and first.debtors == 30
    late, rest = first.segments
    assert (late.debtors, late.primary, late.now) == (10, 10, 0)
    assert (rest.debtors, rest.primary, len(rest.samples)) == (30, 20, 10)
    assert [(m.origin, m.to, m.debtors) for m in first.moves] == [
        ("business", "rest", 20), ("business", "late", 10),
    ]  # fmt: skip
    assert first.moved == 30 and first.moves[1].samples[0] == "D00"
    _, last = try_out(books, ORG, body, first.next_cursor, 30, MANAGER, NOW)
    assert (last.debtors, last.next_cursor) == (10, None)
    assert tags(books, "D00") is None
    with pytest.raises(Forbidden):
        try_out(books, ORG, body, "", 30, MACHINE, NOW)


def test_the_set_that_counts_moves_nobody_in_a_trial(books):
    keep(books, known("D1"), known("D2", paid=habits(days=9)))
    _, tried = try_out(books, ORG, dict(DOCUMENT), "", 50, MANAGER, NOW)
    assert tried.moved == 0 and tried.moves == ()


def note(books: Any, *kinds: Vulnerability, actor: Actor = MANAGER) -> Any:
    signals = CareSignals(tuple(Signal(kind, NOW.date()) for kind in kinds))
    return settle(books, lambda: note_care(books, ORG, "D1", signals, actor, NOW))


def test_who_asks_for_care_is_in_the_segment_at_once_and_out_again(books, queue):
    keep(books, known())
    jobs.work(books, queue, news("D1"), NOW)
    note(books, Vulnerability.DEBT_COUNSELLING)
    assert segments_of(books, ORG, "D1").primary == "vulnerable"
    assert [e.TYPE for e in books.events] == [
        "debtor.segment_changed", "debtor.restricted_segment_changed",
    ]  # fmt: skip
    note(books)
    assert segments_of(books, ORG, "D1").primary == "business"
    assert books.get(Vulnerabilities, ORG, "D1").signals == ()


def test_only_who_may_know_sees_who_asks_for_care(books):
    keep(books, known())
    note(books, Vulnerability.DECEASED, Vulnerability.NEEDS_CARE)
    with pytest.raises(Forbidden):
        note(books, actor=AUDITOR)
    for actor in (MANAGER, AUDITOR):
        assert care_of(books, ORG, "D1", actor).kinds == {
            Vulnerability.DECEASED, Vulnerability.NEEDS_CARE,
        }  # fmt: skip
        seen = debtor_view(books, ORG, "D1", actor, NOW)
        assert seen.primary == "vulnerable" and seen.segments[0].because[0].fact == "vulnerable"
    seen = debtor_view(books, ORG, "D1", MACHINE, NOW)
    assert seen.primary == "business" and [one.name for one in seen.segments] == ["business"]
    assert "vulnerable" not in str(seen) and "deceased" not in str(seen)
    with pytest.raises(Forbidden):
        care_of(books, ORG, "D1", MACHINE)
    with pytest.raises(Forbidden):
        members_page(books, ORG, "vulnerable", MACHINE, after="", limit=10)
    assert in_list(books, "vulnerable") == ["D1"]


def test_signals_that_cannot_be_are_refused_with_their_place(books):
    keep(books, known())
    twice = (Signal(Vulnerability.DECEASED, NOW.date()),) * 2
    tomorrow = Signal(Vulnerability.DECEASED, NOW.date() + timedelta(days=1))
    for signals, pointer in (
        (twice, "/body/signals/1/kind"),
        ((tomorrow,), "/body/signals/0/since"),
    ):
        with pytest.raises(Refused) as refused:
            note_care(books, ORG, "D1", CareSignals(signals), MANAGER, NOW)
        assert refused.value.pointer == pointer
    with pytest.raises(NotFound):
        note_care(books, ORG, "D9", CareSignals(()), MANAGER, NOW)


def test_a_debtor_nobody_looked_at_is_explained_all_the_same(books):
    keep(books, known(due={-50: 100}))
    seen = debtor_view(books, ORG, "D1", MACHINE, NOW)
    assert [one.name for one in seen.segments] == ["slow_payers", "business"]
    (held,) = seen.segments[0].because
    assert (held.fact, held.value.en, held.word, held.against) == (
        "oldest_overdue_days", "50", "ge", "45",
    )  # fmt: skip
    with pytest.raises(NotFound):
        debtor_view(books, ORG, "D9", MACHINE, NOW)


def test_the_list_of_a_segment_has_pages_and_skips_who_left(books, queue):
    numbers = [f"D{n:02d}" for n in range(9)]
    keep(books, *map(known, numbers))
    put(books, LATE)
    for number in numbers:
        jobs.work(books, queue, news(number), NOW)
        change(books, number, open_by_due={NOW.date() - timedelta(days=9): 100})
    for number in numbers[::2]:
        jobs.work(books, queue, news(number), NOW)
    assert in_list(books, "late") == numbers[::2]
    page = members_page(books, ORG, "late", MANAGER, after="", limit=3)
    assert [m.debtor for m in page.items] == ["D00", "D02", "D04"] and page.next_cursor == "D04"
    page = members_page(books, ORG, "late", MANAGER, after=page.next_cursor, limit=3)
    assert [m.debtor for m in page.items] == ["D06", "D08"] and page.next_cursor is None
    with pytest.raises(NotFound):
        members_page(books, ORG, "vulnerable", MANAGER, after="", limit=3)
