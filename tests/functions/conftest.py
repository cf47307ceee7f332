"""An account with everything the product's functions are told about at deploy time."""

from __future__ import annotations

import importlib
import json
from types import SimpleNamespace
from typing import Any

import pytest

from kasstroom.access.model import ApiKey
from kasstroom.changes import Changes
from kasstroom.ids import digest
from kasstroom.settings import (
    BusSettings,
    ChartSettings,
    ClockSettings,
    DeliveryQueueSettings,
    DocumentSettings,
    EmailSettings,
    FigureSettings,
    FitQueueSettings,
    InsurerSettings,
    LakeSettings,
    LetterSettings,
    LineQueueSettings,
    ModeSettings,
    PaymentQueueSettings,
    ProviderSettings,
    PublicSettings,
    RegisterSettings,
    ReminderQueueSettings,
    ReportFileSettings,
    ReportQueueSettings,
    ScreeningFunctionSettings,
    ScreeningQueueSettings,
    SegmentQueueSettings,
    SmsSettings,
    StaffSettings,
    TableSettings,
    UploadSettings,
    WebhookSettings,
)
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clients import client
from tests.people import NOW, ORG, debtor, invoice, organisation
from tests.quick_aws import Photograph
from tests.tables import create_figure_table, create_table

CHART_KEY = f"{'0123456789abcdef' * 4}.js"
API_KEY = "ks_test_0123456789abcdefghijkl"
REGISTERS = {
    "allianz_trade": {"api_key": "at_test_vandijk"},
    "kvk": {"api_key": "k"}, "insolvency": {"api_key": "k"}, "sanctions": {"api_key": ""},
    "creditsafe": {
        "username": "u", "password": "p", "portfolio": "1", "report_cost_minor": "195",
    },
}  # fmt: skip
CONTEXT = SimpleNamespace(
    function_name="f",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:f",
    aws_request_id="request-1",
    get_remaining_time_in_millis=lambda: 30_000,
)


def load(function: str) -> Any:
    """The handler module of `context/name`; what it remembers between calls is gone."""
    module = importlib.import_module(f"functions.{function.replace('/', '.')}.handler")
    for one in vars(module).values():
        if hasattr(one, "cache_clear") and one.__module__ == module.__name__:
            one.cache_clear()
    return module


@pytest.fixture(scope="session")
def furnished(mocked):
    """An account with the resources and Van Dijk in the books, as it stood when it was new."""
    with mocked():
        create_table("books")
        made = _resources()
        _van_dijk(BooksTable(TableSettings("books")))
        return Photograph(), made


@pytest.fixture
def deployed(books, furnished, monkeypatch, tmp_path):
    """The resources, the settings in the environment, and Van Dijk with debtor D1 in the books."""
    photograph, made = furnished
    photograph.put_back()
    clock = tmp_path / "clock"
    set_clock(clock, NOW)
    for setting in _settings(clock, made):
        for name, value in setting.to_env().items():
            monkeypatch.setenv(name, value)
    return SimpleNamespace(
        books=books, clock=clock, queues=made.queues, sqs=client("sqs"), secret=made.secret
    )


def _resources() -> SimpleNamespace:
    sqs, s3 = client("sqs"), client("s3")
    names = (
        "reminders", "payments", "screening", "lines", "webhooks", "segments", "fits", "reports",
    )  # fmt: skip
    queues = {n: sqs.create_queue(QueueName=n)["QueueUrl"] for n in names}
    for bucket in ("uploads", "lake", "letters", "charts"):
        where = {"LocationConstraint": "eu-west-1"}
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
    s3.put_object(Bucket="charts", Key=CHART_KEY, Body=b"/* charts */")
    create_figure_table("figures")
    client("events").create_event_bus(Name="bus")
    client("sesv2").create_email_identity(EmailIdentity="facturen@vandijk.example")
    client("sesv2").create_configuration_set(ConfigurationSetName="kasstroom")
    mine = {"mollie": {"api_key": "test_" + "x" * 30}, **REGISTERS}
    held = {"provider": {"webhook_key": "k", "organisations": {ORG: mine}}}
    held["webhooks"] = {"signing_key": "s" * 64}
    secrets = {
        name: client("secretsmanager").create_secret(Name=name, SecretString=json.dumps(value))
        for name, value in held.items()
    }
    return SimpleNamespace(
        queues=queues, secret=secrets["provider"]["ARN"], signing=secrets["webhooks"]["ARN"]
    )


def _van_dijk(books: Any) -> None:
    organisation(books)
    debtor(books, limit="5000.00")
    invoice(books, "F1", "250.00")
    books.commit(Changes(create=(ApiKey(ORG, digest(API_KEY), "webshop", "test", ("*",), NOW),)))


def _settings(clock: Any, made: SimpleNamespace) -> list[Any]:
    queues, secret = made.queues, made.secret
    return [
        TableSettings("books"), ClockSettings(f"file:{clock}"), ModeSettings("test"),
        PublicSettings("https://betalen.vandijk.example"), UploadSettings("uploads"),
        ReminderQueueSettings(queues["reminders"]), PaymentQueueSettings(queues["payments"]),
        ProviderSettings(
            secret, "http://127.0.0.1:9", "www.mollie.com", "http://127.0.0.1:9"
        ),
        EmailSettings("kasstroom"), SmsSettings("kasstroom"), BusSettings("bus"),
        LetterSettings("letters"), DocumentSettings("letters"),
        LakeSettings("lake", "kasstroom", "kasstroom"),
        ScreeningFunctionSettings("kasstroom-screening-ask_now"),
        ScreeningQueueSettings(queues["screening"]),
        LineQueueSettings(queues["lines"]), SegmentQueueSettings(queues["segments"]),
        FitQueueSettings(queues["fits"]),
        InsurerSettings(secret, "http://127.0.0.1:9"),
        RegisterSettings(secret, *["http://127.0.0.1:9"] * 5),
        ReportFileSettings("lake"), ReportQueueSettings(queues["reports"]),
        FigureSettings("figures"), ChartSettings("charts", CHART_KEY),
        StaffSettings(
            "http://127.0.0.1:9", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Staff",
            "http://127.0.0.1:9/eu-west-1_Staff/.well-known/jwks.json", "desk-client",
        ),
        WebhookSettings(made.signing, "this_machine"), DeliveryQueueSettings(queues["webhooks"]),
    ]  # fmt: skip


def set_clock(path: Any, moment: Any) -> None:
    from datetime import UTC, datetime

    path.write_text(str((moment - datetime.now(UTC)).total_seconds()))


class Api:
    """Calls a function as the gateway does, with the authorizer's context."""

    def __init__(self, caller: dict[str, str] | None = None) -> None:
        self.caller = caller or {"allowed": "yes", "org": ORG, "key": "webshop", "scopes": "*"}

    def __call__(
        self, function: str, method: str, path: str, body: Any = None, **headers: str
    ) -> SimpleNamespace:
        from tests.lambda_http import http_event

        sent = {"content-type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body else b""
        event = http_event(method, path, sent, raw)
        event["requestContext"]["authorizer"] = {"lambda": self.caller}
        answer = load(function).handler(event, CONTEXT)
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        is_json = headers.get("content-type", "").endswith("json")
        content = json.loads(answer["body"]) if is_json else answer["body"]
        return SimpleNamespace(status=answer["statusCode"], body=content, headers=headers)


@pytest.fixture
def api(deployed) -> Api:
    return Api()


def problem(answer: Any) -> str:
    """The code of a problem document, after checking that it is one."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.body) >= {"type", "title", "status", "detail"}
    assert answer.body["status"] == answer.status
    return answer.body["type"].removeprefix("urn:kasstroom:problem:")
