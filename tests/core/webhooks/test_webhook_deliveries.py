"""Events queued for whoever wants them; two workers with one delivery; what a crash leaves."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kasstroom.access.model import Actor
from kasstroom.errors import Refused
from kasstroom.settle import settle
from kasstroom.webhooks.deliveries import QUEUED_FOR, queue_due, queue_event, redeliver
from kasstroom.webhooks.model import Answer, DeliveryState, WebhookDelivery
from kasstroom.webhooks.policy import CLAIM
from kasstroom.webhooks.subscriptions import NewSubscription, all_live, subscribe
from kasstroom.webhooks.trying import Job, Tried, deliver
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG

EVENTS = [f"evt_01M1DZPW{n:02d}APNGSAGP3704BK9B" for n in range(5)]
SECOND = timedelta(seconds=1)


class Queue:
    def __init__(self):
        self.jobs = []

    def put(self, org, subscription, event):
        self.jobs.append(Job(org, subscription, event))


@pytest.fixture
def books():
    return MemoryBooks()


@pytest.fixture
def queue():
    return Queue()


def subscription(books, number, *types, active=True):
    id = f"whs_01M1DZPW{number:02d}APNGSAGP3704BK9A"
    request = NewSubscription("https://shop.example", types, active=active)
    check = lambda url: None  # noqa: E731
    settle(books, lambda: subscribe(books, ORG, id, request, check, Actor("anna"), NOW))
    return id


def envelope(id=EVENTS[0], type="invoice.paid", **more):
    return {"id": id, "type": type, "subject": "F1", "organisation": ORG} | more


def try_one(books, job, post, at=NOW):
    return deliver(books, job, lambda *facts: "whsec_x", post, lambda: at, lambda: 1.0)


def ok(*call):
    return Answer(200, 5)


def down(*call):
    return Answer(503, 5)


def test_each_subscription_that_wants_it_gets_its_own_delivery(books, queue):
    wants = [subscription(books, n, t) for n, t in enumerate(["*", "invoice.*", "invoice.paid"])]
    subscription(books, 8, "credit.*")
    subscription(books, 9, "*", active=False)
    assert queue_event(books, queue, envelope(), NOW) == 3
    assert [job.subscription for job in queue.jobs] == wants
    assert len({one.id for one in books.every(WebhookDelivery)}) == 3


def test_more_than_one_page_of_subscriptions_is_read(books, monkeypatch):
    from kasstroom import whole_list

    monkeypatch.setattr(whole_list, "AT_ONCE", 2)
    made = [subscription(books, n, "*") for n in range(5)]
    assert [one.id for one in all_live(books, ORG)] == made


def test_workers_that_come_together_call_once(books, queue):
    subscription(books, 1, "*")
    queue_event(books, queue, envelope(), NOW)
    together, calls = threading.Barrier(8), []

    def post(*call):
        calls.append(call)
        return Answer(200, 5)

    def work(_):
        together.wait(5)
        return try_one(books, queue.jobs[0], post)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(work, range(8)))
    assert len(calls) == 1
    assert sorted(outcomes) == [Tried.DELIVERED] + [Tried.NOT_NOW] * 7


def test_what_is_due_is_queued_once_until_it_was_looked_at(books, queue):
    subscription(books, 1, "*")
    queue_event(books, queue, envelope(), NOW)
    (job,) = queue.jobs
    assert try_one(books, job, down) is Tried.NOT_DELIVERED
    at = NOW + timedelta(minutes=1)
    assert queue_due(books, queue, at - SECOND) == 0
    assert [queue_due(books, queue, at), queue_due(books, queue, at)] == [1, 0]
    assert queue_due(books, queue, at + QUEUED_FOR) == 1, "the queue lost it"
    assert queue.jobs == [job] * 3
    assert try_one(books, job, ok, at) is Tried.DELIVERED
    assert queue_due(books, queue, at + timedelta(days=9)) == 0


def test_a_crashed_try_is_queued_when_its_claim_ends_and_can_then_be_claimed(books, queue):
    subscription(books, 1, "*")
    queue_event(books, queue, envelope(), NOW)

    def crash(*call):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        try_one(books, queue.jobs[0], crash)
    assert queue_due(books, queue, NOW + CLAIM - SECOND) == 0
    assert queue_due(books, queue, NOW + CLAIM) == 1
    assert try_one(books, queue.jobs[-1], ok, NOW + CLAIM) is Tried.DELIVERED


def test_no_secret_means_no_claim(books, queue):
    subscription(books, 1, "*")
    queue_event(books, queue, envelope(), NOW)

    def unreadable(*facts):
        raise RuntimeError("no secret")

    with pytest.raises(RuntimeError):
        deliver(books, queue.jobs[0], unreadable, ok, lambda: NOW, lambda: 1.0)
    (stored,) = books.every(WebhookDelivery)
    assert stored.state is DeliveryState.PENDING and stored.tries == 0


def test_delivered_again_by_hand_is_the_same_delivery_with_new_retries(books, queue):
    subscription(books, 1, "*")
    queue_event(books, queue, envelope(), NOW)
    try_one(books, queue.jobs[0], ok)
    (stored,) = books.every(WebhookDelivery)
    again = settle(books, lambda: redeliver(books, ORG, stored.id, NOW))
    assert (again.id, again.tries, len(again.attempts)) == (stored.id, 0, 1)
    sent = []

    def post(url, body, headers):
        with pytest.raises(Refused, match="being delivered"):
            redeliver(books, ORG, stored.id, NOW)
        sent.append(headers["Kasstroom-Delivery"])
        return Answer(200, 5)

    assert try_one(books, queue.jobs[0], post) is Tried.DELIVERED
    assert sent == [stored.id]


@pytest.mark.parametrize("wrong", [{"id": "evt_1"}, {"id": "whs_" + "0" * 26}, {"id": ""}])
def test_what_is_no_event_of_ours_is_refused(books, queue, wrong):
    subscription(books, 1, "*")
    with pytest.raises(Refused):
        queue_event(books, queue, envelope(**wrong), NOW)
    assert queue.jobs == [] and list(books.every(WebhookDelivery)) == []
