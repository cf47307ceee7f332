"""The catalogue knows each partition once, and where its file stands."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from moto import mock_aws

from kasstroom.errors import Unavailable
from kasstroom.reports.lake import AGEING, PARTITIONS, TABLES
from kasstroom_analytics.lake import PARTITIONS_PER_CALL, S3Lake

BUCKET = "lake"
DATABASE = "kasstroom"
DAY = date(2026, 11, 21)


def a_client() -> Any:
    return boto3.client(
        "glue", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
    )


@pytest.fixture
def glue() -> Iterator[Any]:
    with mock_aws():
        client = a_client()
        client.create_database(DatabaseInput={"Name": DATABASE})
        for table in TABLES:
            client.create_table(
                DatabaseName=DATABASE,
                TableInput={
                    "Name": table.name,
                    "Parameters": table.parameters(),
                    "PartitionKeys": [{"Name": c.name, "Type": str(c.type)} for c in PARTITIONS],
                    "StorageDescriptor": table.storage(table.location(BUCKET)),
                },
            )
        yield client


def registered(glue: Any) -> list[dict[str, Any]]:
    pages = glue.get_paginator("get_partitions").paginate(
        DatabaseName=DATABASE, TableName=AGEING.name
    )
    return [partition for page in pages for partition in page["Partitions"]]


def test_a_partition_says_where_its_file_stands_and_how_to_read_it(glue: Any) -> None:
    S3Lake(BUCKET, DATABASE, None, glue).register(AGEING, ["acme"], DAY)
    (found,) = registered(glue)
    assert found["Values"] == ["acme", "2026-11-21"]
    storage = found["StorageDescriptor"]
    assert storage["Location"] == "s3://lake/lake/ageing/org=acme/as_of=2026-11-21/"
    assert f"s3://{BUCKET}/{AGEING.key('acme', DAY)}".startswith(storage["Location"])
    table = glue.get_table(DatabaseName=DATABASE, Name=AGEING.name)["Table"]["StorageDescriptor"]
    for column in table["Columns"]:
        assert column.pop("Comment")
    assert {**storage, "Location": ""} == {**table, "Location": ""}
    assert "ParquetHiveSerDe" in storage["SerdeInfo"]["SerializationLibrary"]


def test_a_second_run_registers_only_what_is_new(glue: Any) -> None:
    lake = S3Lake(BUCKET, DATABASE, None, glue)
    lake.register(AGEING, ["acme", "borg"], DAY)
    lake.register(AGEING, ["acme", "borg", "new"], DAY)
    assert [found["Values"][0] for found in registered(glue)] == ["acme", "borg", "new"]


def test_many_organisations_go_in_several_calls(glue: Any) -> None:
    orgs = [f"org{n:03}" for n in range(PARTITIONS_PER_CALL + 1)]
    S3Lake(BUCKET, DATABASE, None, glue).register(AGEING, orgs, DAY)
    assert [found["Values"][0] for found in registered(glue)] == orgs


def test_a_catalogue_without_the_table_is_not_passed_over(glue: Any) -> None:
    glue.delete_table(DatabaseName=DATABASE, Name=AGEING.name)
    with pytest.raises(ClientError, match="EntityNotFound"):
        S3Lake(BUCKET, DATABASE, None, glue).register(AGEING, ["acme"], DAY)


def test_a_refused_partition_is_named() -> None:
    client = a_client()
    codes = {"acme": "AlreadyExistsException", "borg": "InternalServiceException"}
    errors = [
        {
            "PartitionValues": [org, DAY.isoformat()],
            "ErrorDetail": {"ErrorCode": code, "ErrorMessage": "No"},
        }
        for org, code in codes.items()
    ]
    with Stubber(client) as stub:
        stub.add_response("batch_create_partition", {"Errors": errors})
        with pytest.raises(Unavailable, match="borg/2026-11-21: No"):
            S3Lake(BUCKET, DATABASE, None, client).register(AGEING, ["acme", "borg"], DAY)
