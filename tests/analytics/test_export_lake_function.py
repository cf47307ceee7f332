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
from kasstroom.reports.lake import PARTITIONS, TABLES
from kasstroom.settings import ClockSettings, LakeSettings, TableSettings
from kasstroom_aws import clients, keys
from kasstroom_aws.books import BooksTable

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = sorted(ROOT.glob("events/triggers/reports/export_lake/*.json"))
CONTEXT = SimpleNamespace(
    function_name="export_lake",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:export_lake",
    aws_request_id="request",
)


def export_handler() -> Any:
    path = ROOT / "functions/reports/export_lake/handler.py"
    spec = importlib.util.spec_from_file_location("export_lake_handler", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.handler


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Any:
    settings = (
        TableSettings("books-of-export"),
        LakeSettings("lake", "kasstroom", "finance"),
        ClockSettings("system"),
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
    BooksTable(TableSettings("books-of-export")).commit(
        Changes(create=(organisation, debtor, invoice))
    )
    return s3


def _catalogue() -> None:
    glue = boto3.client("glue")
    glue.create_database(DatabaseInput={"Name": "kasstroom"})
    for table in TABLES:
        glue.create_table(
            DatabaseName="kasstroom",
            TableInput={
                "Name": table.name,
                "PartitionKeys": [{"Name": c.name, "Type": str(c.type)} for c in PARTITIONS],
                "StorageDescriptor": table.storage(table.location("lake")),
            },
        )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_night_writes_three_tables_twice(account: Any, sample: Path) -> None:
    answer = export_handler()(json.loads(sample.read_text()), CONTEXT)
    assert answer["organisations"] == 1
    stored = [found["Key"] for found in account.list_objects_v2(Bucket="lake")["Contents"]]
    assert sorted(answer["keys"]) == stored
    assert len(stored) == 6
    (ageing,) = [key for key in stored if key.startswith("lake/ageing/")]
    body = account.get_object(Bucket="lake", Key=ageing)["Body"].read()
    (row,) = parquet.read_table(io.BytesIO(body)).to_pylist()
    assert (row["debtor_name"], row["outstanding_minor"]) == ("Bakkerij Smit", 41_230)
    for table in TABLES:
        found = boto3.client("glue").get_partitions(DatabaseName="kasstroom", TableName=table.name)
        (partition,) = found["Partitions"]
        assert partition["Values"][0] == "acme"


def test_there_is_a_sample_of_the_schedule() -> None:
    assert SAMPLES
