"""The morning's look: each alert once, stop-shipment, expiry, idle covers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kasstroom.credit.model import LimitSource
from kasstroom.errors import Refused
from kasstroom.insurance.codes import Response
from kasstroom.insurance.covers import OwnCover, grant_own
from kasstroom.insurance.overdue import (
    NotificationState,
    OverdueKind,
    OverdueNotification,
    ReportOverdue,
    report,
)
from kasstroom.insurance.terms import PolicyTerms
from kasstroom.insurance.watching import watch_due
from kasstroom.settle import settle
from tests.core.insurance.policyholder import (
    MANAGER,
    account_of,
    cover_of,
    owes,
    policies,
    policyholder,
    told,
    types,
)
from tests.core.insurance.test_answers import experienced
from tests.people import ORG, eur

JANUARY = datetime(2026, 1, 5, 9, tzinfo=UTC)


def morning(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T06:30:00+00:00")


def insured(**more):
    books = policyholder(more.pop("terms", PolicyTerms(90, discretionary_limit=eur("15000"))))
    told(books, Response.APPROVED, "50000", now=JANUARY, **more)
    books.events.clear()
    return books


def news(books, now) -> list[str]:
    """What a look at this moment tells; the schedule runs twice, as schedules do."""
    books.events.clear()
    watch_due(books, now)
    watch_due(books, now)
    return types(books)


def test_alerts_come_at_fourteen_seven_and_one_day_and_only_once():
    """Due 2026-03-31, extension 60 days: deliveries stop after 2026-05-30."""
    books = insured()
    owes(books, d20260331="1000")
    told_on = {}
    for n in range(40, 95):
        day = date(2026, 3, 31) + timedelta(days=n)
        if found := news(books, morning(str(day))):
            told_on[str(day)] = found
    assert told_on == {
        "2026-05-16": ["cover.extension.ending"],
        "2026-05-23": ["cover.extension.ending"],
        "2026-05-29": ["cover.extension.ending"],
        "2026-05-31": ["cover.stopped", "insurer.overdue.due"],
    }
    (waiting,) = books.every(OverdueNotification)
    assert (waiting.state, waiting.kind) == (NotificationState.DUE, OverdueKind.OVD)
    assert (waiting.due_on, waiting.report_by) == (date(2026, 3, 31), date(2026, 6, 29))


def test_after_a_week_without_looking_only_the_latest_alert_is_told():
    books = insured()
    owes(books, d20260331="1000")
    assert news(books, morning("2026-05-25")) == ["cover.extension.ending"]
    assert cover_of(books).alerts == ("extension:2026-03-31:7",)


def test_what_was_paid_is_forgotten_and_told_again_when_it_comes_back():
    books = insured()
    owes(books, d20260331="1000")
    assert news(books, morning("2026-05-16")) == ["cover.extension.ending"]
    owes(books)
    news(books, morning("2026-05-17"))
    assert cover_of(books).alerts == ()
    owes(books, d20260331="1000")
    assert news(books, morning("2026-06-02")) == ["cover.stopped", "insurer.overdue.due"]
    owes(books)
    news(books, morning("2026-06-03"))
    owes(books, d20260331="1000")
    assert news(books, morning("2026-06-04")) == ["cover.stopped"]


def test_every_due_date_past_the_extension_has_to_be_reported():
    books = insured()
    owes(books, d20260301="10", d20260302="20", d20260820="30")
    assert news(books, morning("2026-06-01")) == ["cover.stopped", "insurer.overdue.due"] * 2


def test_many_due_dates_are_spread_over_mornings():
    books = insured()
    owes(books, **{f"d202602{n:02d}": "10" for n in range(1, 26)})
    counts = [len(news(books, morning(f"2026-06-{n:02d}"))) for n in range(1, 5)]
    assert counts == [20, 20, 10, 0]


def test_a_cover_that_ends_is_told_and_then_ended():
    books = insured(valid_to=date(2026, 6, 30))
    found = {d: news(books, morning(f"2026-{d}")) for d in ("06-15", "06-16", "06-23", "06-30")}
    assert found == {
        "06-15": [], "06-16": ["cover.expiring"], "06-23": ["cover.expiring"],
        "06-30": ["cover.expiring"],
    }  # fmt: skip
    assert news(books, morning("2026-07-01")) == ["credit.limit.changed", "cover.withdrawn"]
    cover = cover_of(books)
    assert (cover.state, cover.periods[0].to_on) == ("expired", date(2026, 6, 30))
    assert account_of(books).limit_of(LimitSource.INSURED) is None
    assert cover.due is None


def test_a_cover_without_exposure_is_told_once_after_its_days():
    books = insured(terms=PolicyTerms(90, idle_days=10))
    assert news(books, morning("2026-01-06")) == []
    assert news(books, morning("2026-01-15")) == []
    assert news(books, morning("2026-01-16")) == ["cover.idle"]
    assert news(books, morning("2026-02-16")) == []
    owes(books, d20260401="10")
    news(books, morning("2026-02-17"))
    assert cover_of(books).idle_since is None


def test_our_own_cover_goes_when_the_debtor_is_beyond_the_extension():
    books = policyholder()
    experienced(books)
    settle(
        books,
        lambda: grant_own(books, ORG, "D1", OwnCover(), policies(books), MANAGER, JANUARY),
    )
    owes(books, d20260331="1000")
    assert "cover.withdrawn" not in news(books, morning("2026-05-30"))
    found = news(books, morning("2026-05-31"))
    assert {"credit.limit.changed", "cover.withdrawn", "cover.stopped"} <= set(found)
    assert account_of(books).limit_of(LimitSource.DISCRETIONARY) is None


def test_a_named_cover_beyond_the_extension_stops_and_stays():
    books = insured()
    owes(books, d20260331="1000")
    news(books, morning("2026-05-31"))
    assert cover_of(books).in_force
    assert account_of(books).limit_of(LimitSource.INSURED) is not None


def tell(books, **more):
    asked = ReportOverdue("D1", date(2026, 3, 31), **more)
    return settle(books, lambda: report(books, ORG, asked, MANAGER, morning("2026-06-02")))


def test_a_report_answers_what_was_due_and_is_made_once():
    books = insured()
    owes(books, d20260331="1000")
    news(books, morning("2026-05-31"))
    books.events.clear()
    assert tell(books, reference="AT-9").state is NotificationState.REPORTED
    tell(books, reference="AT-10")
    assert types(books) == ["insurer.overdue.reported"]
    (kept,) = books.every(OverdueNotification)
    assert (kept.reference, kept.overdue) == ("AT-9", eur("1000"))


def test_what_was_reported_early_is_not_asked_for_again():
    books = insured()
    owes(books, d20260331="1000")
    tell(books)
    assert news(books, morning("2026-06-03")) == ["cover.stopped"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": OverdueKind.EXP}, "new_due_on_missing"),
        ({"kind": OverdueKind.EXP, "new_due_on": date(2026, 3, 31)}, "new_due_on_missing"),
        ({"kind": OverdueKind.RES, "new_due_on": date(2026, 5, 31)}, "beyond_extension"),
    ],
)
def test_beyond_the_extension_the_insurer_has_to_agree(more, code):
    books = insured()
    owes(books, d20260331="1000")
    with pytest.raises(Refused) as refused:
        tell(books, **more)
    assert refused.value.code == code
    last = {"kind": OverdueKind.EXP, "new_due_on": date(2026, 5, 30)}
    assert tell(books, **last).new_due_on == date(2026, 5, 30)


def test_nothing_open_is_nothing_to_report():
    with pytest.raises(Refused) as refused:
        tell(insured())
    assert refused.value.code == "nothing_open"


def test_the_watch_is_at_seven_in_amsterdam_in_summer_and_winter():
    books = insured()
    assert cover_of(books).due.at == datetime(2026, 1, 6, 6, tzinfo=UTC)
    news(books, datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert cover_of(books).due.at == datetime(2026, 3, 29, 5, tzinfo=UTC)
