"""Outgoing webhooks through their real handlers: subscribed, queued, sent, retried, shown."""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from kasstroom.access.answers import Answer
from kasstroom.webhooks.model import WebhookDelivery, WebhookSubscription
from kasstroom.webhooks.signature import verify
from tests.functions.conftest import CONTEXT, Api, load, problem, set_clock
from tests.people import NOW, ORG

FN, SUBSCRIPTIONS = "webhooks/api", "/v1/webhook-subscriptions"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MANAGER = {"allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "credit_manager"}
OTHERS = {"allowed": "yes", "org": "jansen", "key": "erp", "scopes": "*"}
EVENT = "evt_01M1DZPW00APNGSAGP3704BK9B"


def envelope(id=EVENT, type="invoice.paid", org=ORG):
    return {
        "specversion": "1.0", "id": id, "type": type, "source": "kasstroom", "subject": "F1",
        "time": "2026-09-01T08:00:00.000Z", "datacontenttype": "application/json",
        "dataschema": f"{type}.v1", "organisation": org, "debtor": "D1",
        "data": {"paid": {"value": "250.00", "currency": "EUR"}, "name": "Café"},
    }  # fmt: skip


def record(body):
    return {"messageId": "m1", "body": json.dumps(body), "eventSource": "aws:sqs"}


class Receiver:
    """Somebody's ERP: what came in, and what it says to it."""

    def __init__(self):
        receiver, self.seen, self.answers = self, [], []

        class Server(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.seen.append((dict(self.headers), body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(b"thanks" * 200)

            def log_message(self, *args):
                """A test run stays quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hooks"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def world(deployed, receiver):
    """The functions as they follow each other, with what waits in the queue between them."""
    told = SimpleNamespace(receiver=receiver, answers=receiver.answers, **vars(deployed))

    def at(moment):
        set_clock(deployed.clock, moment)
        told.now = moment

    def publish(*events):
        records = [record({"detail-type": e["type"], "detail": e}) for e in events]
        answer = load("webhooks/plan_deliveries").handler({"Records": records}, CONTEXT)
        assert answer == {"batchItemFailures": []}

    def waiting():
        url, found = deployed.queues["webhooks"], []
        while got := deployed.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for one in got:
                deployed.sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
                found.append(json.loads(one["Body"]))
        return found

    def work(jobs=None):
        jobs = waiting() if jobs is None else jobs
        for job in jobs:
            answer = load("webhooks/deliver").handler({"Records": [record(job)]}, CONTEXT)
            assert answer == {"batchItemFailures": []}
        return len(jobs)

    def retry():
        return load("webhooks/retry").handler({}, CONTEXT)["queued"]

    told.at, told.publish, told.waiting, told.work, told.retry = at, publish, waiting, work, retry
    told.api, told.manager, told.others = Api(), Api(MANAGER), Api(OTHERS)
    at(NOW)
    return told


@pytest.fixture
def subscribed(world):
    """The subscription as it was shown when it was made, its secret included."""
    body = {"url": world.receiver.url, "types": ["invoice.*"], "description": "ERP"}
    made = world.api(FN, "POST", SUBSCRIPTIONS, body)
    assert made.status == 201
    return made.body


def log(world, subscribed, query=""):
    answer = world.api(FN, "GET", f"{SUBSCRIPTIONS}/{subscribed['id']}/deliveries{query}")
    assert answer.status == 200
    return answer.body["items"]


def test_an_event_arrives_signed_as_the_cloud_event_it_is(world, subscribed):
    world.publish(envelope(), envelope("evt_01M1DZPW00APNGSAGP3704BK9C", "debtor.created"))
    assert world.work() == 1
    ((headers, body),) = world.receiver.seen
    assert json.loads(body) == envelope()
    assert verify(headers["Kasstroom-Signature"], body, subscribed["secret"], time.time())
    assert headers["Kasstroom-Event"] == "invoice.paid"
    assert headers["Content-Type"] == "application/cloudevents+json; charset=utf-8"
    (shown,) = log(world, subscribed)
    assert shown["id"] == headers["Kasstroom-Delivery"]
    assert (shown["state"], shown["event"], shown["subject"]) == ("delivered", EVENT, "F1")
    (attempt,) = shown["attempts"]
    assert attempt["status"] == 204 and attempt["milliseconds"] < 2000 and attempt["error"] == ""


def test_an_event_that_comes_twice_is_delivered_once(world, subscribed):
    world.publish(envelope())
    world.publish(envelope(), envelope())
    jobs = world.waiting()
    assert len(jobs) == 3
    world.work(jobs)
    assert len(world.receiver.seen) == 1 and len(log(world, subscribed)) == 1


def test_a_failure_is_tried_again_when_its_time_comes(world, subscribed):
    world.answers += [500, 503]
    world.publish(envelope())
    world.work()
    (shown,) = log(world, subscribed, "?state=pending")
    assert shown["attempts"][0]["answer"] == ("thanks" * 200)[:500]
    assert shown["next_try_at"].startswith("2026-09-01T08:01:")
    world.at(NOW + MINUTE / 2)
    assert world.retry() == 0
    world.at(NOW + 1.1 * MINUTE)
    assert world.retry() == 1 and world.retry() == 0
    world.work()
    world.at(NOW + 7 * MINUTE)
    assert world.retry() == 1
    world.work()
    (shown,) = log(world, subscribed, "?state=delivered")
    assert [one["status"] for one in shown["attempts"]] == [500, 503, 204]
    assert len({headers["Kasstroom-Delivery"] for headers, _ in world.receiver.seen}) == 1
    assert log(world, subscribed, "?state=failed") == []


def test_a_crash_between_the_call_and_writing_it_down_repeats_the_same_delivery(
    world, subscribed, monkeypatch
):
    from kasstroom.webhooks import trying

    world.publish(envelope())
    jobs = world.waiting()
    with monkeypatch.context() as broken:

        def crash(*args):
            raise RuntimeError("the function is gone")

        broken.setattr(trying, "_record", crash)
        answer = load("webhooks/deliver").handler({"Records": [record(jobs[0])]}, CONTEXT)
        assert len(answer["batchItemFailures"]) == 1
    (shown,) = log(world, subscribed)
    assert shown["state"] == "delivering" and shown["attempts"][0]["status"] is None
    world.work(jobs)
    assert len(world.receiver.seen) == 1, "somebody may still be at it"
    world.at(NOW + 1.1 * MINUTE)
    assert world.retry() == 1
    world.work()
    first, second = (headers for headers, _ in world.receiver.seen)
    assert first["Kasstroom-Delivery"] == second["Kasstroom-Delivery"]
    assert log(world, subscribed)[0]["state"] == "delivered"


def test_what_the_queue_never_heard_of_is_found(world, subscribed):
    world.publish(envelope())
    world.waiting()
    world.at(NOW + 3 * MINUTE)
    assert world.retry() == 1
    world.work()
    assert log(world, subscribed)[0]["state"] == "delivered"


def test_while_a_secret_is_renewed_both_sign_for_a_day(world, subscribed):
    path = f"{SUBSCRIPTIONS}/{subscribed['id']}"
    renewed = world.api(FN, "POST", f"{path}/secret").body
    assert renewed["secret"] != subscribed["secret"] and renewed["secret_number"] == 2
    world.publish(envelope())
    world.work()
    world.at(NOW + DAY + MINUTE)
    world.publish(envelope("evt_01M1DZPW00APNGSAGP3704BK9C"))
    world.work()
    signed_by = [
        [verify(h["Kasstroom-Signature"], b, one["secret"], time.time()) for h, b in
         world.receiver.seen]
        for one in (subscribed, renewed)
    ]  # fmt: skip
    assert signed_by == [[True, False], [True, True]]


def test_a_secret_is_shown_once_and_stored_nowhere(world, subscribed):
    import boto3

    shown = world.api(FN, "GET", f"{SUBSCRIPTIONS}/{subscribed['id']}").body
    listed = world.api(FN, "GET", SUBSCRIPTIONS).body["items"]
    assert listed == [shown] and "secret" not in shown
    body = {"url": world.receiver.url, "types": ["*"]}
    made = [world.api(FN, "POST", SUBSCRIPTIONS, body, idempotency_key="k1") for _ in range(2)]
    assert made[0].body == made[1].body and made[1].headers["idempotent-replayed"] == "true"
    stored = json.dumps(boto3.client("dynamodb").scan(TableName="books")["Items"])
    assert "whsec_" not in stored and made[0].body["secret"][6:] not in stored
    assert list(world.books.every(Answer)), "the answer was kept, without it"


def test_a_receiver_that_is_gone_is_left_alone_until_somebody_says_so(world, subscribed):
    world.answers.append(410)
    world.publish(envelope(), envelope("evt_01M1DZPW00APNGSAGP3704BK9C"))
    world.work()
    path = f"{SUBSCRIPTIONS}/{subscribed['id']}"
    shown = world.api(FN, "GET", path).body
    assert shown["active"] is False and shown["pause"]["reason"] == "gone"
    states = {one["event"]: one["state"] for one in log(world, subscribed)}
    assert sorted(states.values()) == ["cancelled", "failed"]
    world.publish(envelope("evt_01M1DZPW00APNGSAGP3704BK9D"))
    assert world.work() == 0
    ids = [one["id"] for one in log(world, subscribed)]
    redeliver = f"/v1/webhook-deliveries/{ids[0]}/redeliver"
    assert problem(world.api(FN, "POST", redeliver)) == "subscription_inactive"
    again = world.api(FN, "PATCH", path, {"active": True}).body
    assert again["active"] is True and again["pause"] is None
    for id in ids:
        assert world.api(FN, "POST", f"/v1/webhook-deliveries/{id}/redeliver").status == 202
    world.work()
    assert {one["state"] for one in log(world, subscribed)} == {"delivered"}


def test_what_a_pause_missed_is_delivered_afterwards(world, subscribed):
    """Three events come while a receiver is left alone: they are in its log, and go when asked."""
    world.answers.append(410)
    world.publish(envelope())
    world.work()
    for letter in "CDE":
        world.publish(envelope(f"evt_01M1DZPW00APNGSAGP3704BK9{letter}"))
    assert world.work() == 0
    path = f"{SUBSCRIPTIONS}/{subscribed['id']}"
    assert [one["state"] for one in log(world, subscribed)] == ["cancelled"] * 3 + ["failed"]
    assert "redeliver-missed" in world.api(FN, "GET", path).body["explanation"]
    missed = {"since": "2026-09-01T00:00:00Z"}
    inactive = world.api(FN, "POST", f"{path}/redeliver-missed", missed)
    assert problem(inactive) == "subscription_inactive"
    assert world.api(FN, "PATCH", path, {"active": True}).body["explanation"] == ""
    answers = [world.api(FN, "POST", f"{path}/redeliver-missed", missed) for _ in range(2)]
    assert [a.status for a in answers] == [202, 202]
    assert [a.body["queued"] for a in answers] == [4, 0], "asked twice, they go once"
    world.retry()
    world.work()
    assert {one["state"] for one in log(world, subscribed)} == {"delivered"}
    old = {"since": "2026-07-01T00:00:00Z"}
    assert problem(world.api(FN, "POST", f"{path}/redeliver-missed", old)) == "too_long_ago"


def test_that_it_was_paused_is_published(world, subscribed):
    import boto3

    world.answers.append(410)
    world.publish(envelope())
    world.work()
    items = boto3.client("dynamodb").scan(TableName="books")["Items"]
    bodies = [json.loads(one["body"]["S"]) for one in items if one["kind"]["S"] == "event"]
    (told,) = [one for one in bodies if one["type"] == "webhook.subscription.paused"]
    assert told["subject"] == subscribed["id"] and told["data"] == {"reason": "gone"}


def test_a_ping_goes_to_one_subscription_whatever_it_wants(world, subscribed):
    answer = world.api(FN, "POST", f"{SUBSCRIPTIONS}/{subscribed['id']}/test")
    assert answer.status == 202 and answer.body["type"] == "webhook.ping"
    world.work()
    headers, body = world.receiver.seen[0]
    assert headers["Kasstroom-Event"] == "webhook.ping"
    assert json.loads(body)["subject"] == subscribed["id"]
    assert log(world, subscribed)[0]["state"] == "delivered"


def test_a_stopped_or_deleted_subscription_is_sent_nothing(world, subscribed):
    path = f"{SUBSCRIPTIONS}/{subscribed['id']}"
    assert world.api(FN, "PATCH", path, {"active": False}).body["pause"] is None
    world.publish(envelope())
    assert world.work() == 0
    world.api(FN, "PATCH", path, {"active": True})
    world.publish(envelope())
    assert world.api(FN, "DELETE", path).status == 200
    world.work()
    assert world.receiver.seen == []
    for method, rest in [("GET", ""), ("GET", "/deliveries"), ("POST", "/test"), ("DELETE", "")]:
        assert problem(world.api(FN, method, path + rest)) == "webhook_subscription_not_found"
    assert world.api(FN, "GET", SUBSCRIPTIONS).body["items"] == []


CALLS = [
    ("GET", "{s}", None), ("PATCH", "{s}", {"active": False}), ("DELETE", "{s}", None),
    ("POST", "{s}/redeliver-missed", {"since": "2026-09-01T00:00:00Z"}),
    ("POST", "{s}/secret", None), ("POST", "{s}/test", None), ("GET", "{s}/deliveries", None),
    ("POST", "/v1/webhook-deliveries/{d}/redeliver", None),
]  # fmt: skip


def test_somebody_else_s_subscription_is_not_there(world, subscribed):
    world.publish(envelope())
    world.work()
    ids = {"s": f"{SUBSCRIPTIONS}/{subscribed['id']}", "d": log(world, subscribed)[0]["id"]}
    before = world.api(FN, "GET", ids["s"]).body
    for method, path, body in CALLS:
        answer = world.others(FN, method, path.format(**ids), body)
        assert answer.status == 404, (method, path)
        assert problem(answer) in ("webhook_subscription_not_found", "webhook_delivery_not_found")
    assert world.others(FN, "GET", SUBSCRIPTIONS).body["items"] == []
    assert world.api(FN, "GET", ids["s"]).body == before and world.waiting() == []


def test_events_of_one_organisation_never_reach_another(world, subscribed):
    world.publish(envelope(org="jansen"))
    assert world.work() == 0


BAD = [
    ({"url": "http://10.0.0.1/"}, "webhook_url_refused"),
    ({"url": "http://169.254.169.254/latest"}, "webhook_url_refused"),
    ({"url": "https://shop.example/"}, "webhook_url_refused"),
    ({"url": "http://2130706433/"}, "webhook_url_refused"),
    ({"types": []}, "event_types"),
    ({"types": ["invoice.payed"]}, "event_type_unknown"),
    ({"types": ["sanctions.possible_hit"]}, "role_required"),
    ({"secret": "mine"}, "invalid_request"),
    ({"url": "http://127.0.0.1/" + "a" * 500}, "invalid_request"),
]


def test_what_cannot_be_is_refused(world, subscribed):
    good = {"url": world.receiver.url, "types": ["*"]}
    path = f"{SUBSCRIPTIONS}/{subscribed['id']}"
    for wrong, code in BAD:
        assert problem(world.api(FN, "POST", SUBSCRIPTIONS, good | wrong)) == code, wrong
        assert problem(world.api(FN, "PATCH", path, wrong)) == code, wrong
    assert len(world.api(FN, "GET", SUBSCRIPTIONS).body["items"]) == 1
    assert world.api(FN, "GET", path).body["url"] == world.receiver.url


def test_what_lists_say_is_for_people_alone(world):
    hit = envelope(type="sanctions.possible_hit")
    body = {"url": world.receiver.url, "types": ["*"]}
    world.api(FN, "POST", SUBSCRIPTIONS, body)
    world.publish(hit)
    assert world.work() == 0
    body["types"] = ["sanctions.possible_hit"]
    made = world.manager(FN, "POST", SUBSCRIPTIONS, body).body
    world.publish(hit)
    assert world.work() == 1 and len(world.receiver.seen) == 1
    path = f"{SUBSCRIPTIONS}/{made['id']}"
    assert world.api(FN, "GET", f"{path}/deliveries").body["items"] == []
    assert len(world.manager(FN, "GET", f"{path}/deliveries").body["items"]) == 1
    elsewhere = {"url": world.receiver.url + "/mine"}
    assert problem(world.api(FN, "PATCH", path, elsewhere)) == "role_required"
    assert problem(world.api(FN, "POST", f"{path}/secret")) == "role_required"


def test_the_log_comes_in_pages_the_newest_first(world, subscribed):
    ids = [f"evt_01M1DZPW{n:02d}APNGSAGP3704BK9B" for n in range(5)]
    world.publish(*map(envelope, ids))
    path, seen, cursor = f"{SUBSCRIPTIONS}/{subscribed['id']}/deliveries?limit=2", [], ""
    while True:
        page = world.api(FN, "GET", f"{path}&cursor={cursor}").body
        seen += [one["event"] for one in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == ids[::-1]
    assert world.api(FN, "GET", f"{path}&cursor=abc").status == 404
    assert world.api(FN, "GET", f"{path}&state=odd").status == 422


def test_there_are_never_many(world, subscribed):
    body = {"url": world.receiver.url, "types": ["*"]}
    for _ in range(19):
        assert world.api(FN, "POST", SUBSCRIPTIONS, body).status == 201
    assert problem(world.api(FN, "POST", SUBSCRIPTIONS, body)) == "too_many_subscriptions"


def test_a_delivery_nobody_knows(world):
    for id in ("dlv_x", "x", "dlv_01M1DZPW00APNGSAGP3704BK9A_01M1DZPW00APNGSAGP3704BK9B"):
        assert world.api(FN, "POST", f"/v1/webhook-deliveries/{id}/redeliver").status == 404


def test_what_is_no_event_of_ours_is_set_aside(world, subscribed):
    for wrong in (envelope("evt_1"), envelope("evt_01M1DZPW00#x")):
        world.publish(wrong)
    assert world.work() == 0 and log(world, subscribed) == []


def test_deliveries_are_forgotten_after_a_month(world, subscribed):
    import boto3

    world.publish(envelope())
    items = boto3.client("dynamodb").scan(TableName="books")["Items"]
    (ttl,) = [int(i["ttl"]["N"]) for i in items if i["kind"]["S"] == "webhook_delivery"]
    assert ttl == int((NOW + 30 * DAY).timestamp())
    assert list(world.books.every(WebhookSubscription, WebhookDelivery))


def test_nothing_of_what_is_sent_is_in_our_log(world, subscribed, capsys, monkeypatch):
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "DEBUG")
    world.answers.append(500)
    world.publish(envelope())
    world.work()
    said = "".join(capsys.readouterr())
    assert "Café" not in said and "/hooks" not in said and "whsec_" not in said
