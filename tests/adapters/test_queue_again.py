"""A message whose other side did not answer comes back after a while of our choosing."""

from __future__ import annotations

import json

import pytest

from kasstroom.errors import NotFound, Unavailable
from kasstroom_aws.queues import AGAIN_AFTER_SECONDS, come_back_soon
from tests.functions.conftest import CONTEXT


@pytest.fixture
def queue(aws):
    import boto3

    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="jobs", Attributes={"VisibilityTimeout": "360"})["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"org": "vandijk"}))
    return sqs, url


def received(sqs, url, times=1):
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    return {
        "messageId": message["MessageId"], "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"], "attributes": {"ApproximateReceiveCount": str(times)},
        "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:jobs",
        "awsRegion": "eu-west-1",
    }  # fmt: skip


def waits(monkeypatch):
    """The time-outs asked for, as the queue's own API hears them."""
    import botocore.client

    asked, call = [], botocore.client.BaseClient._make_api_call

    def heard(self, operation, parameters):
        if operation == "ChangeMessageVisibility":
            asked.append(parameters["VisibilityTimeout"])
        return call(self, operation, parameters)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", heard)
    return asked


@pytest.mark.parametrize(("times", "seconds"), [(1, 10), (2, 60), (4, 900), (9, 900)])
def test_the_wait_grows_with_the_tries(queue, monkeypatch, times, seconds):
    asked = waits(monkeypatch)
    come_back_soon(received(*queue, times))
    assert asked == [seconds]
    assert sum(AGAIN_AFTER_SECONDS) >= 1200


@pytest.mark.parametrize(
    ("error", "expected"),
    [(Unavailable("provider_unavailable", "x"), [10]), (NotFound("payment_not_found", "x"), [])],
)
def test_only_what_is_tried_again_comes_back(queue, monkeypatch, error, expected):
    from kasstroom_aws.entrypoints import sqs as worker

    asked = waits(monkeypatch)

    def handle(job):
        raise error

    answer = worker(handle)({"Records": [received(*queue)]}, CONTEXT)
    assert asked == expected
    assert bool(answer["batchItemFailures"]) == bool(expected)


def test_a_queue_that_cannot_be_asked_changes_nothing(aws):
    come_back_soon({"receiptHandle": "x", "eventSourceARN": "arn:aws:sqs:eu-west-1:1:gone"})
    come_back_soon({})
