"""When a delivery is tried again, and when a receiver is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.webhooks.model import (
    PING,
    Answer,
    Attempt,
    DeliveryState,
    Pause,
    PauseReason,
    WebhookDelivery,
    WebhookSubscription,
    parts_of,
    place_of,
)
from kasstroom.webhooks.policy import ATTEMPTS_KEPT, CLAIM, WAITS, claimed, is_free, recorded
from tests.people import NOW, ORG

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SUB, EVENT = "whs_01M1DZPW00APNGSAGP3704BK9A", "evt_01M1DZPW00APNGSAGP3704BK9B"
OK, DOWN, GONE = Answer(200, 12), Answer(500, 9, text="x" * 2000), Answer(410, 3)
SILENT = Answer(None, 10_000, "timeout")


def subscription(**more):
    one = WebhookSubscription(ORG, SUB, "https://shop.example", ("*",), "", True, NOW, "anna")
    return replace(one, **more)


def delivery(**more):
    waiting = WebhookDelivery(
        ORG, SUB, EVENT, "invoice.paid", "F1", "{}", DeliveryState.PENDING, NOW, NOW + 30 * DAY,
        next_try_at=NOW, look_at=NOW + 2 * MINUTE,
    )  # fmt: skip
    return replace(waiting, **more)


def tried(one, subscription, answer, at, took=MINUTE / 6):
    """What is left of a delivery and its subscription after one try at `at`."""
    claim = claimed(one, subscription, at)
    assert claim.state is DeliveryState.DELIVERING
    changes = recorded(claim, subscription, answer, at + took)
    after = changes.update[0]
    return after, (changes.update[1] if len(changes.update) > 1 else subscription), changes.events


def test_the_first_try_that_succeeds_ends_it():
    after, sub, events = tried(delivery(), subscription(), Answer(204, 12, text="ok"), NOW)
    assert after.state is DeliveryState.DELIVERED and after.due is None
    assert after.attempts == (Attempt(NOW, 204, 12, "", "ok"),)
    assert sub == subscription() and events == ()


@pytest.mark.parametrize("answer", [DOWN, SILENT, Answer(301, 1), Answer(404, 1), Answer(199, 1)])
def test_everything_but_2xx_is_tried_again_after_the_documented_waits(answer):
    one, sub, at, gaps = delivery(), subscription(), NOW, []
    while one.state is DeliveryState.PENDING:
        one, sub, _ = tried(one, sub, answer, at, took=timedelta(0))
        if one.next_try_at:
            gaps.append(one.next_try_at - at)
            assert not is_free(one, one.next_try_at - timedelta(seconds=1))
            assert one.due.at == one.next_try_at
            at = one.next_try_at
    assert one.state is DeliveryState.FAILED and one.due is None
    assert [int(gap.total_seconds()) for gap in gaps] == [60, 300, 1800, 7200, 21600, 86400, 172800]
    assert len(one.attempts) == len(WAITS) + 1
    assert all(attempt.status == answer.status for attempt in one.attempts)


def test_only_the_beginning_of_an_answer_is_kept():
    after, _, _ = tried(delivery(), subscription(), DOWN, NOW)
    assert after.attempts[-1].answer == "x" * 500


def test_two_never_try_at_the_same_time():
    claim = claimed(delivery(), subscription(), NOW)
    assert claimed(claim, subscription(), NOW + CLAIM - timedelta(seconds=1)) is None
    assert claim.due.at == NOW + CLAIM


def test_a_try_that_crashed_is_made_again_under_the_same_id():
    claim = claimed(delivery(), subscription(), NOW)
    again = claimed(claim, subscription(), NOW + CLAIM)
    assert again.id == claim.id == "dlv_01M1DZPW00APNGSAGP3704BK9A_01M1DZPW00APNGSAGP3704BK9B"
    assert again.tries == 2
    assert again.attempts == (Attempt(NOW), Attempt(NOW + CLAIM))


def test_one_that_crashes_every_time_ends_too():
    one, at = delivery(), NOW
    for _ in range(len(WAITS) + 1):
        one, at = claimed(one, subscription(), at), at + CLAIM
        assert one.state is DeliveryState.DELIVERING
    assert claimed(one, subscription(), at).state is DeliveryState.FAILED


@pytest.mark.parametrize(
    "gone", [None, subscription(active=False), subscription(active=False, deleted_at=NOW)]
)
def test_what_nobody_wants_any_more_is_cancelled(gone):
    after = claimed(delivery(), gone, NOW)
    assert after.state is DeliveryState.CANCELLED and after.due is None


@pytest.mark.parametrize("state", ["delivered", "failed", "cancelled"])
def test_what_is_done_is_not_tried(state):
    done = delivery(state=DeliveryState(state), next_try_at=None, look_at=None)
    assert claimed(done, subscription(), NOW + DAY) is None


def test_a_late_writer_changes_nothing():
    done = delivery(state=DeliveryState.DELIVERED)
    assert not recorded(done, subscription(), DOWN, NOW)


def test_a_receiver_that_says_gone_is_left_alone_at_once():
    after, sub, (told,) = tried(delivery(), subscription(), GONE, NOW)
    assert after.state is DeliveryState.FAILED
    assert not sub.active and sub.pause.reason is PauseReason.GONE
    assert (told.TYPE, told.reason, told.subject) == ("webhook.subscription.paused", "gone", SUB)


def fails_each(step, until, sub):
    """Deliveries of which every try fails, one new event every `step`."""
    at = NOW
    while at - NOW <= until and sub.active:
        one, sub, events = tried(delivery(tries=1), sub, DOWN, at, took=timedelta(0))
        at += step
    return sub, events, at - step


def test_a_receiver_that_fails_for_five_days_is_left_alone_and_it_is_told():
    sub, events, at = fails_each(timedelta(hours=2), 9 * DAY, subscription())
    assert at - NOW == 5 * DAY
    assert sub.pause == Pause(PauseReason.FAILING, at) and not sub.active
    assert [event.reason for event in events] == ["failing"]


def test_one_success_begins_anew():
    sub, _, _ = fails_each(timedelta(hours=2), 4 * DAY, subscription())
    assert sub.failing_since == NOW
    _, sub, _ = tried(delivery(), sub, OK, NOW + 4 * DAY)
    assert sub.failing_since is None and sub.active


def test_a_quiet_receiver_that_fails_twice_in_a_month_is_not_left_alone():
    _, sub, _ = tried(delivery(tries=1), subscription(), DOWN, NOW)
    _, sub, _ = tried(delivery(tries=1), sub, DOWN, NOW + 29 * DAY)
    assert sub.active and sub.failing_since > NOW + 28 * DAY


def test_a_first_try_never_pauses():
    sub = subscription(failing_since=NOW - 6 * DAY, failed_at=NOW - 2 * DAY)
    assert tried(delivery(), sub, DOWN, NOW)[1].active
    assert not tried(delivery(tries=1), sub, DOWN, NOW)[1].active


def test_a_flood_of_failures_is_not_a_flood_of_writes():
    sub = subscription(failing_since=NOW - DAY, failed_at=NOW - 5 * MINUTE)
    claim = claimed(delivery(), sub, NOW)
    assert len(recorded(claim, sub, DOWN, NOW).update) == 1


def test_a_success_of_a_healthy_receiver_writes_the_delivery_alone():
    claim = claimed(delivery(), subscription(), NOW)
    assert len(recorded(claim, subscription(), OK, NOW).update) == 1


def test_one_that_was_paused_meanwhile_is_not_told_again():
    paused = subscription(active=False, pause=Pause(PauseReason.GONE, NOW), failing_since=NOW)
    claim = claimed(delivery(), subscription(), NOW)
    for answer in (DOWN, GONE, OK):
        assert recorded(claim, paused, answer, NOW).events == ()


def test_a_ping_is_tried_once_and_is_no_sign_of_failing():
    after, sub, _ = tried(delivery(type=PING), subscription(), DOWN, NOW)
    assert after.state is DeliveryState.FAILED and sub.failing_since is None


def test_the_log_of_attempts_does_not_grow_for_ever():
    one = delivery(attempts=(Attempt(NOW),) * ATTEMPTS_KEPT)
    assert len(claimed(one, subscription(), NOW).attempts) == ATTEMPTS_KEPT


def test_the_newest_come_first_and_a_place_turns_back():
    ids = [f"evt_01M1DZPW0{digit}APNGSAGP3704BK9B" for digit in "0123456789ABCXYZ"]
    assert sorted(ids, key=place_of) == ids[::-1]
    assert [place_of(place_of(one)) for one in ids] == ids
    assert parts_of(delivery().id) == (SUB, EVENT)


def test_secrets_in_force_are_two_for_a_day():
    renewed = subscription(secret_number=3, previous_until=NOW + DAY)
    assert renewed.secret_numbers(NOW) == (3, 2)
    assert renewed.secret_numbers(NOW + DAY) == (3,)
    assert subscription().secret_numbers(NOW) == (1,)
