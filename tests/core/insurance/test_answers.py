"""What an insurer's answer does to the cover and to the credit account."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kasstroom.access.model import Actor
from kasstroom.credit.limits import LimitChange
from kasstroom.credit.model import LimitSource
from kasstroom.errors import Refused, Unavailable
from kasstroom.insurance.codes import AnswerReason, RequestKind, Response
from kasstroom.insurance.covers import BookAnswer, OwnCover, book_by_hand, grant_own
from kasstroom.insurance.model import CoverAnswer, CoverRequest, RequestState
from kasstroom.insurance.polling import GIVE_UP, book, poll_due
from kasstroom.insurance.requests import cancel, wake
from kasstroom.money import Money
from kasstroom.settle import settle
from kasstroom.time import day_of
from tests.core.insurance.policyholder import (
    ANSWER,
    MANAGER,
    ScriptedInsurer,
    account_of,
    ask,
    cover_of,
    owes,
    policies,
    policyholder,
    told,
    types,
)
from tests.people import NOW, ORG, eur

LATER = NOW + timedelta(days=30)


def poll(books, insurer, now=NOW):
    return poll_due(books, lambda org, name: insurer, lambda *id: "https://x/" + "/".join(id), now)


@pytest.mark.parametrize(
    ("response", "granted", "state"),
    [
        (Response.APPROVED, "50000", "approved"),
        (Response.PARTLY_APPROVED, "20000", "partly_approved"),
        (Response.CONDITIONAL, "50000", "conditional"),
        (Response.REDUCED, "10000", "reduced"),
    ],
)
def test_a_granted_cover_is_a_limit_in_the_same_transaction(response, granted, state):
    books = policyholder()
    told(books, response, granted)
    account, limit = account_of(books), account_of(books).limit_of(LimitSource.INSURED)
    assert (limit.amount, limit.reference) == (eur(granted), cover_of(books).id)
    assert (account.cover.insured, account.cover.percentage) == (eur(granted), 90)
    assert account.cover.extension_days == 60
    assert (cover_of(books).state, cover_of(books).in_force) == (state, True)
    assert types(books) == ["cover.decided", "credit.limit.changed"]
    assert [line.after for line in books.every(LimitChange)] == [eur(granted)]


@pytest.mark.parametrize(
    ("response", "state"),
    [
        (Response.NOT_APPROVED, "refused"),
        (Response.CANCELLED, "cancelled"),
        (Response.CLOSED, "cancelled"),
    ],
)
def test_an_ended_cover_takes_the_limit_and_leaves_what_was_delivered_covered(response, state):
    books = policyholder()
    told(books, Response.APPROVED, "50000")
    told(books, response, now=LATER, reason=AnswerReason.ADVERSE_INFORMATION)
    account, cover = account_of(books), cover_of(books)
    assert account.limit_of(LimitSource.INSURED) is None
    assert cover.state == state
    assert cover.periods[-1].to_on == day_of(LATER) == account.cover.valid_to
    assert types(books)[-3:] == ["cover.decided", "credit.limit.changed", "cover.withdrawn"]


def test_a_refusal_of_a_first_request_leaves_no_terms_and_nothing_to_withdraw():
    books = policyholder()
    told(books, Response.NOT_APPROVED, reason=AnswerReason.NO_FINANCIALS)
    assert account_of(books).cover is None and cover_of(books).periods == ()
    assert types(books) == ["cover.decided"]
    assert cover_of(books).due is None


def test_a_refused_increase_leaves_the_cover_as_it_was():
    books = policyholder()
    told(books, Response.APPROVED, "50000")
    asked = ask(books, "80000", kind=RequestKind.INCREASE)
    told(books, Response.NOT_APPROVED, request=asked.id, decision_id="dec-no")
    assert account_of(books).limit_of(LimitSource.INSURED).amount == eur("50000")
    assert cover_of(books).state == "approved"
    assert books.get(CoverRequest, ORG, "D1", asked.id).state is RequestState.ANSWERED


def test_a_reduction_is_told_and_counts_for_later_deliveries_only():
    books = policyholder()
    told(books, Response.APPROVED, "50000")
    told(books, Response.REDUCED, "20000", now=LATER, reason=AnswerReason.LACK_OF_TURNOVER)
    first, second = cover_of(books).periods
    assert (first.limit, first.to_on) == (eur("50000"), day_of(LATER) - timedelta(days=1))
    assert (second.limit, second.from_on, second.to_on) == (eur("20000"), day_of(LATER), None)
    assert "cover.reduced" in types(books)


@pytest.mark.parametrize("response", [Response.NAME_CHANGE, Response.ACCOUNT_ONLY])
def test_an_answer_about_something_else_changes_no_limit(response):
    books = policyholder()
    told(books, Response.APPROVED, "50000")
    told(books, response, decision_id="dec-name")
    assert account_of(books).limit_of(LimitSource.INSURED).amount == eur("50000")
    assert cover_of(books).state == "approved"


def test_the_same_decision_is_booked_once():
    books = policyholder()
    told(books, Response.APPROVED, "50000", decision_id="dec-1")
    before = list(books.events)
    told(books, Response.APPROVED, "50000", decision_id="dec-1", now=LATER)
    assert books.events == before


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (BookAnswer("d", Response.APPROVED), "granted_missing"),
        (BookAnswer("d", Response.APPROVED, granted=eur("0")), "granted_missing"),
        (BookAnswer("d", Response.APPROVED, granted=Money(1, "USD")), "wrong_currency"),
        (BookAnswer("d", Response.APPROVED, granted=eur("1"), percentage=0), "invalid_percentage"),
        (BookAnswer("d", Response.REDUCED, granted=eur("1"), percentage=101), "invalid_percentage"),
        (BookAnswer(" ", Response.NOT_APPROVED), "decision_id_missing"),
        (BookAnswer("d", Response.INVESTIGATING), "no_decision"),
        (BookAnswer("d", Response.APPROVED, granted=eur("1"), policy="x"), "no_policy"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused(answer, code):
    books = policyholder()
    with pytest.raises(Refused) as refused:
        book_by_hand(books, ORG, "D1", answer, policies(books), MANAGER, NOW)
    assert refused.value.code == code


def test_a_machine_books_no_answer_by_hand():
    books = policyholder()
    with pytest.raises(Refused) as refused:
        answer = BookAnswer("d", Response.APPROVED, granted=eur("1"))
        book_by_hand(books, ORG, "D1", answer, policies(books), Actor("shop"), NOW)
    assert refused.value.code == "role_required"


def test_a_request_is_sent_once_polled_and_booked_exactly_once():
    books, insurer = policyholder(), ScriptedInsurer([None, ANSWER])
    asked = ask(books)
    assert poll(books, insurer).sent == 1
    assert poll(books, insurer).sent == 0
    assert poll(books, insurer, NOW + timedelta(minutes=3)).waiting == 1
    assert poll(books, insurer, NOW + timedelta(minutes=9)).answered == 1
    assert poll(books, insurer, NOW + timedelta(days=1)) == poll(books, insurer)
    assert [order.reference for order in insurer.orders] == [asked.id]
    assert types(books).count("cover.decided") == 1
    assert cover_of(books).company_id == "AT1"
    again = settle(books, lambda: book(books, ORG, "D1", asked.id, ANSWER, NOW))
    assert (again, types(books).count("cover.decided")) == ("done", 1)


def test_investigating_decides_nothing_yet():
    still = CoverAnswer("dec-0", Response.INVESTIGATING)
    books, insurer = policyholder(), ScriptedInsurer([still, ANSWER])
    ask(books)
    poll(books, insurer)
    poll(books, insurer, NOW + timedelta(minutes=3))
    assert (cover_of(books).state, account_of(books).limits) == ("investigating", ())
    poll(books, insurer, NOW + timedelta(hours=1))
    assert cover_of(books).state == "approved"


def test_a_late_answer_after_a_cancellation_is_kept_and_decides_nothing():
    books, insurer = policyholder(), ScriptedInsurer([ANSWER])
    asked = ask(books)
    poll(books, insurer)
    settle(books, lambda: cancel(books, ORG, "D1", asked.id, NOW))
    assert settle(books, lambda: book(books, ORG, "D1", asked.id, ANSWER, NOW)) == "late"
    kept = books.get(CoverRequest, ORG, "D1", asked.id)
    assert (kept.state, kept.answer) == (RequestState.CANCELLED, ANSWER)
    assert account_of(books).limits == () and cover_of(books).state == "cancelled"
    assert poll(books, insurer, LATER).answered == 0


def test_trouble_at_the_insurer_is_tried_again_and_a_refusal_is_shown():
    down = Unavailable("partner_unavailable", "Busy.")
    no = Refused("insurer_refused", "Not this one.")
    books, insurer = policyholder(), ScriptedInsurer([down, no])
    asked = ask(books)
    poll(books, insurer)
    assert poll(books, insurer, NOW + timedelta(minutes=3)).unavailable == 1
    assert poll(books, insurer, NOW + timedelta(minutes=9)).failed == 1
    failed = books.get(CoverRequest, ORG, "D1", asked.id)
    assert (failed.state, failed.problem) == (RequestState.FAILED, "insurer_refused: Not this one.")
    assert types(books)[-1] == "cover.request.failed"


def test_a_month_without_an_answer_is_enough():
    books, insurer = policyholder(), ScriptedInsurer([None, None])
    asked = ask(books)
    poll(books, insurer)
    poll(books, insurer, NOW + GIVE_UP + timedelta(days=1))
    assert books.get(CoverRequest, ORG, "D1", asked.id).state is RequestState.FAILED


def test_a_wake_up_only_brings_the_next_poll_forward():
    books, insurer = policyholder(), ScriptedInsurer([ANSWER])
    asked = ask(books)
    poll(books, insurer)
    assert settle(books, lambda: wake(books, ORG, "D1", asked.id, NOW)) is True
    assert settle(books, lambda: wake(books, ORG, "D1", asked.id, NOW)) is False
    assert settle(books, lambda: wake(books, ORG, "D1", "crq_unknown", NOW)) is False
    assert poll(books, insurer).answered == 1
    assert settle(books, lambda: wake(books, ORG, "D1", asked.id, LATER)) is False


def own(books, amount=None, now=NOW):
    asked = OwnCover(eur(amount) if amount else None)
    return settle(books, lambda: grant_own(books, ORG, "D1", asked, policies(books), MANAGER, now))


def experienced(books, invoices=3, days_late=10):
    from dataclasses import replace

    from kasstroom.changes import Changes

    account = account_of(books)
    paid = replace(
        account.behaviour, paid_invoices=invoices, paid_minor=100_000,
        minor_days_late=100_000 * days_late,
    )  # fmt: skip
    books.commit(Changes(update=(replace(account, behaviour=paid),)))


def test_cover_of_our_own_rests_on_experience_and_stays_in_the_room():
    books = policyholder()
    experienced(books)
    own(books)
    assert account_of(books).limit_of(LimitSource.DISCRETIONARY).amount == eur("15000")
    assert account_of(books).limit_of(LimitSource.INSURED) is None
    with pytest.raises(Refused) as refused:
        own(books, "15000.01", LATER)
    assert refused.value.code == "above_discretionary_limit"


@pytest.mark.parametrize(
    ("invoices", "days_late", "code"), [(2, 0, "no_experience"), (9, 16, "bad_experience")]
)
def test_without_good_experience_there_is_no_cover_of_our_own(invoices, days_late, code):
    books = policyholder()
    experienced(books, invoices, days_late)
    with pytest.raises(Refused) as refused:
        own(books)
    assert refused.value.code == code


def test_the_insurers_word_goes_before_ours():
    books = policyholder()
    experienced(books)
    own(books)
    told(books, Response.APPROVED, "40000", now=LATER)
    assert account_of(books).limit_of(LimitSource.DISCRETIONARY) is None
    assert account_of(books).limit_of(LimitSource.INSURED).amount == eur("40000")
    with pytest.raises(Refused) as refused:
        own(books, "100", LATER)
    assert refused.value.code == "named_cover"


def test_an_overdue_beyond_the_extension_allows_no_cover_of_our_own():
    books = policyholder()
    experienced(books)
    owes(books, d20260601="100")
    with pytest.raises(Refused) as refused:
        own(books)
    assert refused.value.code == "overdue_beyond_extension"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"amount": "0"}, "amount_missing"),
        ({"kind": RequestKind.INCREASE}, "no_cover"),
        ({"kind": RequestKind.CANCEL}, "no_cover"),
        ({"policy": "ins_unknown"}, "no_policy"),
        ({"now": NOW.replace(year=2025)}, "no_policy"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(more, code):
    with pytest.raises(Refused) as refused:
        ask(policyholder(), **more)
    assert refused.value.code == code


def test_a_second_request_waits_for_the_first():
    books = policyholder()
    ask(books)
    with pytest.raises(Refused) as refused:
        ask(books)
    assert refused.value.code == "request_open"


def test_an_expiry_is_the_limits_own_last_day_too():
    books = policyholder()
    told(books, Response.APPROVED, "50000", valid_to=date(2026, 12, 31))
    assert account_of(books).limit_of(LimitSource.INSURED).valid_to == date(2026, 12, 31)
    assert cover_of(books).periods[0].to_on == date(2026, 12, 31)
