"""Questions to the lake in SQL, answered by Athena."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from kasstroom.errors import Refused, Unavailable

_POLL_SECONDS = 0.25
_READ: dict[str, Callable[[str], Any]] = {
    "tinyint": int,
    "smallint": int,
    "integer": int,
    "bigint": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
}


def ask(
    client: Any, sql: str, workgroup: str, database: str, wait_seconds: float = 60
) -> list[dict[str, Any]]:
    """The rows of a SELECT, typed; `client` is a boto3 Athena client.

    Raises Refused when Athena cannot answer the question, Unavailable when it takes too long.
    """
    query = client.start_query_execution(
        QueryString=sql, WorkGroup=workgroup, QueryExecutionContext={"Database": database}
    )["QueryExecutionId"]
    _await(client, query, wait_seconds)
    return _rows(client, query)


def _await(client: Any, query: str, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        status = client.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]
        if status["State"] == "SUCCEEDED":
            return
        if status["State"] in ("FAILED", "CANCELLED"):
            raise Refused("query_failed", status.get("StateChangeReason") or "The query stopped.")
        if time.monotonic() >= deadline:
            client.stop_query_execution(QueryExecutionId=query)
            raise Unavailable("query_slow", f"No answer within {wait_seconds} seconds.")
        time.sleep(_POLL_SECONDS)


def _rows(client: Any, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    header = 1  # The first row of the first page holds the names of the columns.
    for page in client.get_paginator("get_query_results").paginate(QueryExecutionId=query):
        found = page["ResultSet"]
        columns = found["ResultSetMetadata"]["ColumnInfo"]
        rows += [_row(columns, line["Data"]) for line in found["Rows"][header:]]
        header = 0
    return rows


def _row(columns: list[dict[str, Any]], data: list[dict[str, str]]) -> dict[str, Any]:
    return {
        column["Name"]: _value(column["Type"], datum.get("VarCharValue"))
        for column, datum in zip(columns, data, strict=True)
    }


def _value(kind: str, text: str | None) -> Any:
    return None if text is None else _READ.get(kind, str)(text)
