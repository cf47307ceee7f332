"""Events in the lake: in the day they are about, each counted once, the unreadable set aside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.schemas import event_sample
from kasstroom.events import catalogue
from kasstroom.reports.lake import EVENTS
from kasstroom.reports.lake.events import ONCE
from kasstroom.reports.lake.names import Names
from kasstroom_analytics.events import EventLake
from kasstroom_analytics.lake import S3Lake
from tests.lake_folder import DUCKDB, ask
from tests.memory_books import MemoryBooks

SAMPLE = event_sample(next(e for e in catalogue() if e.TYPE == "payment.received"))


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        glue = boto3.client("glue", region_name="eu-west-1")
        glue.create_database(DatabaseInput={"Name": "kasstroom"})
        keys = [{"Name": c.name, "Type": "string"} for c in EVENTS.partitions]
        storage = EVENTS.storage(EVENTS.location("lake"))
        table = {"Name": "events", "PartitionKeys": keys, "StorageDescriptor": storage}
        glue.create_table(DatabaseName="kasstroom", TableInput=table)
        client = boto3.client("s3", region_name="eu-west-1")
        where = {"LocationConstraint": "eu-west-1"}
        client.create_bucket(Bucket="lake", CreateBucketConfiguration=where)
        yield client


@pytest.fixture
def lake(s3: Any) -> EventLake:
    sink = S3Lake("lake", "kasstroom", s3, boto3.client("glue", region_name="eu-west-1"))
    return EventLake(sink, "lake", Names(MemoryBooks(), lambda: "cd" * 32), s3)


def event(id: str, time: str = "2026-09-01T08:00:00.000Z") -> dict[str, Any]:
    return SAMPLE | {"id": id, "time": time}


def keys(s3: Any) -> list[str]:
    return [found["Key"] for found in s3.list_objects_v2(Bucket="lake").get("Contents", [])]


def partitions() -> list[list[str]]:
    glue = boto3.client("glue", region_name="eu-west-1")
    found = glue.get_partitions(DatabaseName="kasstroom", TableName="events")["Partitions"]
    return sorted(one["Values"] for one in found)


def test_a_late_event_lands_in_the_day_it_is_about(lake: EventLake, s3: Any) -> None:
    late = event("evt_2", "2026-08-30T22:30:00.000Z")
    assert lake.keep({"a": event("evt_1"), "b": late}) == []
    days = [key.split("/")[3] for key in keys(s3)]
    assert days == ["on_day=2026-08-31", "on_day=2026-09-01"]
    assert partitions() == [["vandijk", "2026-08-31"], ["vandijk", "2026-09-01"]]


def test_the_same_batch_again_is_the_same_object(lake: EventLake, s3: Any) -> None:
    batch = {"a": event("evt_1"), "b": event("evt_2")}
    lake.keep(batch)
    lake.keep({"c": batch["b"], "d": batch["a"], "e": batch["a"]})
    assert len(keys(s3)) == 1


def test_what_cannot_be_read_comes_back_and_the_rest_is_kept(lake: EventLake, s3: Any) -> None:
    broken = {"type": "payment.received", "time": "yesterday"}
    assert lake.keep({"a": event("evt_1"), "b": broken}) == ["b"]
    assert len(keys(s3)) == 1


@pytest.mark.skipif(not DUCKDB.exists(), reason="make environment brings DuckDB")
def test_an_event_that_was_delivered_twice_counts_once(
    lake: EventLake, s3: Any, tmp_path: Path
) -> None:
    lake.keep({"a": event("evt_1"), "b": event("evt_2")})
    lake.keep({"a": event("evt_2"), "b": event("evt_3")})
    for key in keys(s3):
        target = tmp_path / key
        target.parent.mkdir(parents=True, exist_ok=True)
        s3.download_file("lake", key, str(target))
    total = "SELECT count(*), sum(amount_minor) FROM ({}) AS e WHERE on_day = '2026-09-01'"
    questions = {"once": total.format(ONCE), "all": total.format("SELECT * FROM events")}
    answers = ask(tmp_path, questions)
    assert answers["once"]["rows"] == [[3, 3 * 41_230]]
    assert answers["all"]["rows"] == [[4, 4 * 41_230]]
