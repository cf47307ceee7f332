"""The sandbox world on a moto AWS: its table, its webhook queue, its receipt topic, its clock."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "layers" / "sandbox" / "python"))

from functions.sandbox.deliver_webhook import handler as deliver_webhook  # noqa: E402
from functions.sandbox.phone import handler as phone  # noqa: E402
from functions.sandbox.psp import handler as psp  # noqa: E402
from functions.sandbox.registers import handler as registers  # noqa: E402
from kasstroom.settings import ClockSettings, SandboxSettings  # noqa: E402
from kasstroom_aws.clients import client  # noqa: E402
from kasstroom_aws.keys import PK, SK  # noqa: E402
from tests.lambda_http import _Context, serve  # noqa: E402


@dataclass
class World:
    """`calls` are what arrived at the shop's webhook, `heads` their headers; `answers` is what it
    says to them."""

    psp_url: str
    phone_url: str
    shop_url: str
    clock_file: Path
    calls: list[tuple[str, str, bytes]]
    answers: list[int]
    outbox: dict[str, Any]
    queue_url: str
    receipts_url: str
    heads: list[dict[str, str]]

    def turn_clock(self, seconds: float) -> None:
        self.clock_file.write_text(str(seconds))

    def queued(self) -> list[dict[str, Any]]:
        """Messages of the webhook queue as SQS hands them to a Lambda; they stay taken."""
        return _drain(self.queue_url)

    def deliver(self) -> list[str]:
        """Runs the delivery function over what is queued; the message ids to try again."""
        again = []
        for record in self.queued():
            answer = deliver_webhook.handler({"Records": [record]}, _Context())
            again += [one["itemIdentifier"] for one in answer["batchItemFailures"]]
        return again

    def receipts(self) -> list[dict[str, Any]]:
        """What a subscriber of the receipt topic got."""
        bodies = [json.loads(record["body"]) for record in _drain(self.receipts_url)]
        return [json.loads(body["Message"]) for body in bodies]


def _drain(url: str) -> list[dict[str, Any]]:
    sqs, records = client("sqs"), []
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in found:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            records.append(
                {
                    "messageId": message["MessageId"],
                    "receiptHandle": message["ReceiptHandle"],
                    "body": message["Body"],
                    "attributes": {"ApproximateReceiveCount": "1"},
                    "messageAttributes": {},
                    "md5OfBody": message["MD5OfBody"],
                    "eventSource": "aws:sqs",
                    "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:sandbox-webhooks",
                    "awsRegion": "eu-west-1",
                }
            )
    return records


@pytest.fixture(scope="session")
def doors() -> Iterator[tuple[str, str]]:
    """Where the functions listen; which world they serve stands in the environment."""
    with serve(psp.handler) as psp_url, serve(phone.handler) as phone_url:
        yield psp_url, phone_url


@pytest.fixture
def world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mocked: Any, doors: tuple[str, str]
) -> Iterator[World]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "sandbox/test")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    calls: list[tuple[str, str, bytes]] = []
    answers: list[int] = []
    heads: list[dict[str, str]] = []
    outbox: dict[str, Any] = {"messages": {}}
    psp_url, phone_url = doors
    with mocked(), _shop(calls, answers, outbox, heads) as shop_url:
        psp._site.cache_clear()
        phone._site.cache_clear()
        registers._site.cache_clear()
        queue_url, receipts_url, topic_arn = _aws()
        settings = SandboxSettings(
            sandbox_table="sandbox",
            sandbox_url=psp_url,
            webhook_queue_url=queue_url,
            receipt_topic_arn=topic_arn,
            embedded_aws_url=shop_url,
        )
        clock_file = tmp_path / "clock"
        clock = ClockSettings(clock=f"file:{clock_file}")
        for name, value in (settings.to_env() | clock.to_env()).items():
            monkeypatch.setenv(name, value)
        yield World(
            psp_url, phone_url, shop_url, clock_file, calls, answers, outbox,
            queue_url, receipts_url, heads,
        )  # fmt: skip


def _aws() -> tuple[str, str, str]:
    text = [{"AttributeName": name, "AttributeType": "S"} for name in (PK, SK)]
    client("dynamodb").create_table(
        TableName="sandbox",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=text,
        KeySchema=[
            {"AttributeName": PK, "KeyType": "HASH"},
            {"AttributeName": SK, "KeyType": "RANGE"},
        ],
    )
    sqs, sns = client("sqs"), client("sns")
    queue_url = sqs.create_queue(QueueName="webhooks")["QueueUrl"]
    receipts_url = sqs.create_queue(QueueName="receipts")["QueueUrl"]
    topic_arn = sns.create_topic(Name="receipts")["TopicArn"]
    attributes = sqs.get_queue_attributes(QueueUrl=receipts_url, AttributeNames=["QueueArn"])
    arn = attributes["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=arn)
    return queue_url, receipts_url, topic_arn


class _shop:  # noqa: N801
    """A shop that takes webhooks, and the embedded AWS's outbox of e-mails beside it."""

    def __init__(
        self, calls: list[Any], answers: list[int], outbox: dict[str, Any], heads: list[Any]
    ) -> None:
        class Server(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                calls.append((self.path, self.headers.get("content-type", ""), body))
                heads.append({name.lower(): value for name, value in self.headers.items()})
                self._send(answers.pop(0) if answers else 200, b"ok")

            def do_GET(self) -> None:
                if self.path == "/_ministack/ses/messages":
                    self._send(200, json.dumps(outbox).encode())
                else:
                    self._send(200, b"<!doctype html><title>shop</title>")

            def _send(self, status: int, body: bytes) -> None:
                self.send_response(status)
                if status in (301, 302, 307):
                    self.send_header("location", "/elsewhere")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """A test run stays quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *error: Any) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def now() -> Callable[[], datetime]:
    return lambda: datetime.now(UTC)
