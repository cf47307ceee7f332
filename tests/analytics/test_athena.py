"""Answers of Athena are typed, waiting has an end, and a wrong question says why."""

from datetime import date
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from kasstroom.errors import Refused, Unavailable
from kasstroom_analytics.athena import ask

ID = "0b2f7f0e-6c52-4c8e-8b0f-0a1f6f3f9d11"


@pytest.fixture
def athena() -> Any:
    return boto3.client(
        "athena", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
    )


def started(stub: Stubber, *states: str, reason: str = "") -> None:
    stub.add_response(
        "start_query_execution",
        {"QueryExecutionId": ID},
        {
            "QueryString": "SELECT 1",
            "WorkGroup": "finance",
            "QueryExecutionContext": {"Database": "kasstroom"},
        },
    )
    for state in states:
        status = {"State": state, "StateChangeReason": reason}
        stub.add_response("get_query_execution", {"QueryExecution": {"Status": status}})


def page(columns: dict[str, str], *rows: list[str | None], more: str = "") -> dict[str, Any]:
    info = [{"Name": name, "Type": kind} for name, kind in columns.items()]
    data = [
        {"Data": [{} if text is None else {"VarCharValue": text} for text in row]} for row in rows
    ]
    found = {"ResultSet": {"Rows": data, "ResultSetMetadata": {"ColumnInfo": info}}}
    return found | ({"NextToken": more} if more else {})


def test_rows_are_typed_and_pages_are_joined(athena: Any) -> None:
    columns = {"org": "varchar", "n": "bigint", "total": "decimal", "day": "date", "ok": "boolean"}
    first = page(columns, list(columns), ["acme", "2", "412.3000", "2026-11-21", "true"], more="x")
    second = page(columns, ["borg", None, None, None, "false"])
    with Stubber(athena) as stub:
        started(stub, "RUNNING", "SUCCEEDED")
        stub.add_response("get_query_results", first)
        stub.add_response("get_query_results", second)
        rows = ask(athena, "SELECT 1", "finance", "kasstroom")
    assert rows == [
        {
            "org": "acme",
            "n": 2,
            "total": Decimal("412.3000"),
            "day": date(2026, 11, 21),
            "ok": True,
        },
        {"org": "borg", "n": None, "total": None, "day": None, "ok": False},
    ]


def test_a_wrong_question_is_refused_with_the_reason(athena: Any) -> None:
    with Stubber(athena) as stub:
        started(stub, "FAILED", reason="COLUMN_NOT_FOUND: line 1:8")
        with pytest.raises(Refused, match="COLUMN_NOT_FOUND"):
            ask(athena, "SELECT 1", "finance", "kasstroom")


def test_waiting_has_an_end_and_the_query_is_stopped(athena: Any) -> None:
    with Stubber(athena) as stub:
        started(stub, "QUEUED")
        stub.add_response("stop_query_execution", {}, {"QueryExecutionId": ID})
        with pytest.raises(Unavailable):
            ask(athena, "SELECT 1", "finance", "kasstroom", wait_seconds=0)
        stub.assert_no_pending_responses()
