"""The nightly function against a table and a bucket: from the books to the keys it names."""

import importlib.util
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws
from pyarrow import parquet

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import Allocation, Entry, EntryKind
from kasstroom.reports.lake import CATALOGUE, TABLES
from kasstroom.reports.lake.photograph import SEGMENTS
from kasstroom.settings import (
    ClockSettings,
    ExportQueueSettings,
    FigureSettings,
    LakeSettings,
    TableSettings,
)
from kasstroom_aws import clients, keys
from kasstroom_aws.books import BooksTable, _item_model
from tests.tables import create_figure_table

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TRIGGERS = ROOT / "events/triggers/reports"
CONTEXT = SimpleNamespace(
    function_name="export_lake",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:export_lake",
    aws_request_id="request",
)


def run(function: str, event: Any) -> Any:
    path = ROOT / f"functions/reports/{function}/handler.py"
    spec = importlib.util.spec_from_file_location(f"{function}_handler", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.handler(event, CONTEXT)


def sample(function: str, name: str) -> Any:
    return json.loads((TRIGGERS / function / f"{name}.json").read_text())


def events_of(name: str) -> Any:
    return run("keep_events", sample("keep_events", name))


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Any:
    settings = (
        TableSettings("books-of-export"),
        LakeSettings("lake", "kasstroom", "finance"),
        ClockSettings("system"),
        FigureSettings("figures-of-export"),
        ExportQueueSettings("https://sqs.eu-west-1.amazonaws.com/123456789012/segments"),
    )
    environment = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_REGION": "eu-west-1",
        "POWERTOOLS_SERVICE_NAME": "reports/export_lake",
    }
    for setting in settings:
        environment |= setting.to_env()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    clients.client.cache_clear()
    with mock_aws():
        yield _filled()
    clients.client.cache_clear()


def _filled() -> Any:
    names = (keys.PK, keys.SK)
    boto3.client("dynamodb").create_table(
        TableName="books-of-export",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in names],
        KeySchema=[
            {"AttributeName": keys.PK, "KeyType": "HASH"},
            {"AttributeName": keys.SK, "KeyType": "RANGE"},
        ],
    )
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="lake", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    _catalogue()
    boto3.client("sqs").create_queue(QueueName="segments")
    create_figure_table("figures-of-export")
    invoice = Invoice(
        org="acme",
        debtor="D1",
        number="F1",
        kind=DocumentKind.INVOICE,
        issued_on=date(2026, 1, 1),
        due_on=date(2026, 1, 31),
        amount=Money(41_230),
        open=Money(41_230),
        created_at=NOW,
    )
    organisation = Organisation("acme", "Acme bv", "12345678", "Utrecht", "NL", "a@example.org")
    debtor = Debtor("acme", "D1", "Bakkerij Smit", DebtorKind.COMPANY, NOW)
    landed = (Allocation("F1", invoice.amount),)
    entry = Entry(
        "acme", "D1", "ent_1", EntryKind.INVOICE, invoice.amount, landed, NOW, NOW.date(), "api",
        "F1",
    )  # fmt: skip
    BooksTable(TableSettings("books-of-export")).commit(
        Changes(create=(organisation, debtor, invoice, entry))
    )
    return s3


def _catalogue() -> None:
    glue = boto3.client("glue")
    glue.create_database(DatabaseInput={"Name": "kasstroom"})
    for table in CATALOGUE:
        glue.create_table(
            DatabaseName="kasstroom",
            TableInput={
                "Name": table.name,
                "PartitionKeys": [{"Name": c.name, "Type": str(c.type)} for c in table.partitions],
                "StorageDescriptor": table.storage(table.location("lake")),
            },
        )


def stored(s3: Any) -> list[str]:
    found = s3.list_objects_v2(Bucket="lake").get("Contents", [])
    return [f["Key"] for f in found if "/_runs/" not in f["Key"]]


def messages() -> list[Any]:
    sqs = boto3.client("sqs")
    url = sqs.get_queue_url(QueueName="segments")["QueueUrl"]
    found: list[Any] = []
    while page := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(message["Body"]) for message in page]
    return found


def test_by_hand_everything_is_written_and_can_be_asked_for(account: Any) -> None:
    answer = run("export_lake", sample("export_lake", "by_hand"))
    assert (answer["orgs"], answer["complete"]) == (["acme"], True)
    (ageing,) = [key for key in stored(account) if key.startswith("lake/ageing/")]
    body = account.get_object(Bucket="lake", Key=ageing)["Body"].read()
    (row,) = parquet.read_table(io.BytesIO(body)).to_pylist()
    assert (row["debtor_name"], row["outstanding_minor"]) == ("Bakkerij Smit", 41_230)
    for table in TABLES:
        found = boto3.client("glue").get_partitions(DatabaseName="kasstroom", TableName=table.name)
        (partition,) = found["Partitions"]
        assert partition["Values"][0] == "acme"


def test_the_night_queues_every_segment_once(account: Any) -> None:
    answer = run("plan_export", sample("plan_export", "nightly"))
    queued = messages()
    assert answer["segments"] == SEGMENTS == len(queued)
    assert sorted(message["segment"] for message in queued) == list(range(SEGMENTS))
    assert {message["run"] for message in queued} == {answer["run"]}


def test_a_message_of_another_run_is_acknowledged_and_writes_nothing(account: Any) -> None:
    assert run("export_lake", sample("export_lake", "segment")) == {"batchItemFailures": []}
    assert stored(account) == []


def test_a_segment_is_read_as_a_segment(account: Any, monkeypatch: Any) -> None:
    """What is asked of DynamoDB; the one in this test gives every segment everything."""
    asked: list[dict[str, Any]] = []
    model = _item_model("books-of-export")
    real = model.scan.__func__
    spy = lambda cls, *a, **k: asked.append(k) or real(cls, *a, **k)  # noqa: E731
    monkeypatch.setattr(model, "scan", classmethod(spy))
    run("plan_export", sample("plan_export", "nightly"))
    third = next(message for message in messages() if message["segment"] == 3)
    envelope = sample("export_lake", "segment")
    envelope["Records"][0]["body"] = json.dumps(third)
    assert run("export_lake", envelope) == {"batchItemFailures": []}
    assert asked == [{"segment": 3, "total_segments": SEGMENTS}]
    assert all(key.endswith(("-03.parquet", "-03.csv")) for key in stored(account))


@pytest.mark.parametrize("name", ["debtor_created", "payment_allocated"])
def test_events_from_the_bus_are_kept(account: Any, name: str) -> None:
    assert events_of(name) == {"batchItemFailures": []}
    (key,) = stored(account)
    body = account.get_object(Bucket="lake", Key=key)["Body"].read()
    (row,) = parquet.read_table(io.BytesIO(body)).to_pylist()
    assert row["type"].replace(".", "_") == name
    assert "D1" not in str(row) and "Klant" not in str(row)
