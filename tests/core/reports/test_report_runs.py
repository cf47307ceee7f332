"""Runs and schedules: one file and one mail per period, whatever comes twice or dies halfway."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor
from kasstroom.errors import Conflict, Forbidden, Refused, Unavailable
from kasstroom.messages.attachments import MOST_BYTES
from kasstroom.messages.model import Outgoing
from kasstroom.reports.csv_file import write_csv
from kasstroom.reports.delivering import schedules
from kasstroom.reports.delivering.making import Press, work_off
from kasstroom.reports.delivering.model import Every, ReportRun, ReportSchedule, ScheduleTerms
from kasstroom.reports.delivering.periods import next_at, period_of
from kasstroom.reports.delivering.runs import NewRun, queue_forgotten, request
from kasstroom.reports.shape import Format, Sources
from kasstroom.settle import settle
from kasstroom.time import AMSTERDAM, day_of
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures
from tests.people import NOW, ORG, debtor, invoice, organisation

ANNA = Actor("Anna", ("finance",))
DAILY = ScheduleTerms(
    report="ageing", format=Format.CSV, every=Every.DAY, recipients=("anna@vandijk.example",)
)


class Files:
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.written = 0

    def put(self, key: str, content: BinaryIO, media_type: str) -> None:
        self.kept[key] = content.read()
        self.written += 1

    def get(self, key: str) -> bytes:
        return self.kept[key]

    def download_url(self, key: str) -> str:
        return f"https://files.example/{key}"


class Post:
    """Mails that went; `fails` is raised before or `dies` after one went."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.fails: Exception | None = None
        self.dies: Exception | None = None

    def send(self, message: Outgoing) -> str:
        if self.fails:
            raise self.fails
        self.sent.append(message)
        if self.dies:
            raise self.dies
        return f"ses-{len(self.sent)}"


class Queue:
    def __init__(self) -> None:
        self.runs: list[tuple[str, str]] = []

    def put(self, org: str, run: str) -> None:
        self.runs.append((org, run))


class Suite:
    """Books with a debtor, and what makes and sends reports, at `now`."""

    def __init__(self) -> None:
        self.books, self.files, self.post, self.queue = MemoryBooks(), Files(), Post(), Queue()
        organisation(self.books)
        debtor(self.books)
        invoice(self.books, "F1", "250.00")
        self.sources = Sources(self.books, MemoryFigures())
        self.now = NOW
        writers = {Format.CSV: write_csv}
        self.press = Press(self.sources, writers, self.files, self.post, lambda: self.now)

    def put(self, terms: ScheduleTerms = DAILY) -> ReportSchedule:
        plan = lambda: schedules.put(self.sources, ORG, "s1", terms, ANNA, self.now)  # noqa: E731
        return settle(self.books, plan)

    def tick(self) -> int:
        return schedules.queue_due(self.books, self.queue, self.now)

    def deliver(self) -> ReportRun:
        work_off(self.press, *self.queue.runs[-1])
        return self.books.get(ReportRun, ORG, id=self.queue.runs[-1][1])


@pytest.fixture
def suite() -> Suite:
    return Suite()


def test_a_daily_report_is_made_and_mailed_once_a_day(suite):
    suite.put()
    assert suite.tick() == 0
    suite.now = datetime(2026, 9, 2, 4, 1, tzinfo=UTC)
    assert (suite.tick(), suite.tick()) == (1, 0)
    run = suite.deliver()
    assert (run.state, run.period, run.wish.as_of) == ("done", "2026-09-02", date(2026, 9, 1))
    assert run.key == f"reports/{ORG}/{run.id}/ageing-2026-09-01.csv"
    assert suite.files.kept[run.key].startswith(b"\xef\xbb\xbfdebtor")
    (mail,) = suite.post.sent
    assert mail.to == "anna@vandijk.example" and mail.attachments[0].name == run.file
    assert "1 september 2026" in mail.subject and "s1" in mail.text
    suite.deliver()
    assert (len(suite.post.sent), suite.files.written) == (1, 1)


def test_days_that_were_missed_are_made_each_for_its_own_day(suite):
    suite.put()
    suite.now = datetime(2026, 9, 4, 12, tzinfo=UTC)
    assert suite.tick() == 3
    runs = [suite.books.get(ReportRun, ORG, id=id) for _, id in suite.queue.runs]
    assert [run.wish.as_of.day for run in runs] == [1, 2, 3]
    assert len({run.id for run in runs}) == 3


def test_a_busy_provider_is_asked_again_and_a_dead_sender_is_not(suite):
    suite.put(replace(DAILY, recipients=("a@x.nl", "b@x.nl")))
    suite.now = datetime(2026, 9, 2, 5, tzinfo=UTC)
    suite.tick()
    suite.post.fails = Unavailable("busy", "Busy.")
    with pytest.raises(Unavailable):
        suite.deliver()
    suite.post.fails, suite.post.dies = None, RuntimeError("power cut")
    with pytest.raises(RuntimeError):
        suite.deliver()
    suite.post.dies = None
    with pytest.raises(Conflict):
        suite.deliver()
    suite.now += timedelta(minutes=3)
    run = suite.deliver()
    assert (run.mailing.unsure, run.mailing.done) == (("a@x.nl",), ("b@x.nl",))
    assert [mail.to for mail in suite.post.sent] == ["a@x.nl", "b@x.nl"]
    assert suite.files.written == 1


def test_an_address_that_will_never_do_does_not_stop_the_others(suite):
    suite.put(replace(DAILY, recipients=("a@x.nl",)))
    suite.now = datetime(2026, 9, 2, 5, tzinfo=UTC)
    suite.tick()
    suite.post.fails = Refused("message_refused", "No.")
    run = suite.deliver()
    assert (run.state, run.mailing.refused) == ("done", ("a@x.nl",))


def test_a_file_too_large_to_mail_says_where_it_is(suite):
    suite.put()
    suite.now = datetime(2026, 9, 2, 5, tzinfo=UTC)
    suite.tick()
    large = lambda out, reading, paper: out.write(b"x" * (MOST_BYTES + 1))  # noqa: E731
    suite.press = replace(suite.press, writers={Format.CSV: large})
    run = suite.deliver()
    (mail,) = suite.post.sent
    assert mail.attachments == () and f"/v1/report-runs/{run.id}" in mail.text


def test_a_run_somebody_asks_for_keeps_its_day_and_a_forgotten_one_is_queued(suite):
    new = NewRun(report="ageing", format=Format.CSV)
    run = settle(suite.books, lambda: request(suite.sources, ORG, new, ANNA, suite.now))
    assert run.wish.as_of == day_of(NOW) and run.created_by == "Anna"
    assert queue_forgotten(suite.books, suite.queue, suite.now) == 0
    suite.now += timedelta(days=1)
    assert queue_forgotten(suite.books, suite.queue, suite.now) == 1
    assert suite.deliver().state == "done" and suite.post.sent == []
    assert queue_forgotten(suite.books, suite.queue, suite.now) == 0


def test_what_is_refused_when_it_is_made_says_why_and_is_not_tried_again(suite):
    suite.put(replace(DAILY, segment="new"))
    suite.now = datetime(2026, 9, 2, 5, tzinfo=UTC)
    suite.tick()
    (known,) = suite.books.listing(ReportRun, ORG, after="", limit=5)
    gone = replace(known, wish=replace(known.wish, segment="gone"))
    suite.books._items[(f"REPORTRUNS#{ORG}", f"RUN#{known.id}")] = gone
    run = suite.deliver()
    assert run.state == "failed" and run.problem.startswith("unknown_segment: ")
    assert run.due is None


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"hour": 24}, "out_of_bounds"),
        ({"every": Every.MONTH, "day": 31}, "out_of_bounds"),
        ({"recipients": ("anna",)}, "invalid_email"),
        ({"recipients": ("a@b.nl, c@d.nl",)}, "invalid_email"),
        ({"recipients": ("a@b.nl",) * 2}, "invalid_email"),
        ({"recipients": tuple(f"a{n}@b.nl" for n in range(11))}, "too_many_recipients"),
        ({"period_only": True}, "parameter_not_taken"),
        ({"format": Format.PDF}, "format_not_made"),
        ({"segment": "gold"}, "unknown_segment"),
    ],
)
def test_a_schedule_that_cannot_be_meant_is_refused(suite, terms, code):
    with pytest.raises(Refused) as refused:
        suite.put(replace(DAILY, **terms))
    assert refused.value.code == code


def test_a_machine_sends_no_debts_to_addresses(suite):
    with pytest.raises(Forbidden):
        schedules.put(suite.sources, ORG, "s1", DAILY, Actor("webshop"), NOW)


def test_the_same_schedule_changes_nothing_and_a_deleted_one_makes_nothing(suite):
    suite.put()
    assert not schedules.put(suite.sources, ORG, "s1", DAILY, ANNA, NOW)[0]
    settle(suite.books, lambda: schedules.delete(suite.books, ORG, "s1", ANNA, NOW))
    suite.now = datetime(2026, 9, 9, tzinfo=UTC)
    assert suite.tick() == 0 and schedules.all_live(suite.books, ORG) == []
    suite.put()
    assert suite.books.get(ReportSchedule, ORG, id="s1").next_at > suite.now


moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
terms = st.builds(
    ScheduleTerms,
    report=st.just("ageing"),
    format=st.just(Format.CSV),
    every=st.sampled_from(Every),
    hour=st.integers(0, 23),
    weekday=st.integers(1, 7),
    day=st.integers(1, 28),
)


@given(terms, moments)
def test_periods_follow_each_other_without_a_gap_also_when_the_clock_changes(terms, now):
    first = next_at(terms, now)
    second = next_at(terms, first)
    assert now < first < second
    local = first.astimezone(AMSTERDAM)
    # The hour that the clock skips in March is the one after it.
    assert local.hour == terms.hour or (local.month, local.hour) == (3, terms.hour + 1)
    before, after = period_of(terms, first), period_of(terms, second)
    assert after.since == before.delivered_on == before.as_of + timedelta(days=1)


def test_the_example_of_a_month(suite):
    monthly = replace(DAILY, every=Every.MONTH, report="payments", period_only=True)
    suite.put(monthly)
    suite.now = datetime(2026, 10, 1, 5, tzinfo=UTC)
    assert suite.tick() == 1
    run = suite.books.get(ReportRun, ORG, id=suite.queue.runs[0][1])
    assert (run.wish.since, run.wish.as_of) == (date(2026, 9, 1), date(2026, 9, 30))
