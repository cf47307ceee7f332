"""The lake on S3: Parquet for questions in SQL, CSV for people and other systems."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from kasstroom.errors import Unavailable
from kasstroom.reports.lake import PARTITIONS, Table, Type
from kasstroom.reports.ports import Row
from kasstroom.time import iso

ROWS_PER_GROUP = 10_000
PARTITIONS_PER_CALL = 100
"""The most `BatchCreatePartition` takes."""

# Timestamps go without a zone: the catalogue's `timestamp` has none, and all of ours are UTC.
_ARROW = {
    Type.STRING: pa.string(),
    Type.DATE: pa.date32(),
    Type.TIMESTAMP: pa.timestamp("ms"),
    Type.BIGINT: pa.int64(),
    Type.AMOUNT: pa.decimal128(20, 4),
}
# A spreadsheet takes a cell that begins so for a formula and runs it (CWE-1236).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def schema_of(table: Table) -> pa.Schema:
    return pa.schema([(column.name, _ARROW[column.type]) for column in table.columns])


def cell(value: Any) -> str:
    """ISO dates, a decimal point, and text that a spreadsheet takes for text."""
    match value:
        case None:
            return ""
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, ROWS_PER_GROUP)):
        yield chunk


class S3Lake:
    """`LakeSink` on an S3 bucket and a Glue database; `s3` and `glue` are boto3 clients."""

    def __init__(self, bucket: str, database: str, s3: Any, glue: Any) -> None:
        self._bucket = bucket
        self._database = database
        self._s3 = s3
        self._glue = glue

    def write(self, table: Table, org: str, as_of: date, rows: Iterable[Row]) -> list[str]:
        """One Parquet object and one CSV object, each replaced as a whole."""
        keys = [table.key(org, as_of), table.csv_key(org, as_of)]
        types = ["application/vnd.apache.parquet", "text/csv; charset=utf-8"]
        with TemporaryDirectory() as folder:
            files = [Path(folder, "rows.parquet"), Path(folder, "rows.csv")]
            _write_files(*files, table, (org, as_of.isoformat()), rows)
            for file, key, content_type in zip(files, keys, types, strict=True):
                self._s3.upload_file(
                    str(file), self._bucket, key, ExtraArgs={"ContentType": content_type}
                )
        return keys

    def register(self, table: Table, orgs: Sequence[str], as_of: date) -> None:
        """Raises Unavailable when the catalogue refuses a partition it does not have yet."""
        for start in range(0, len(orgs), PARTITIONS_PER_CALL):
            some = orgs[start : start + PARTITIONS_PER_CALL]
            answer = self._glue.batch_create_partition(
                DatabaseName=self._database,
                TableName=table.name,
                PartitionInputList=[table.partition(self._bucket, org, as_of) for org in some],
            )
            _require_registered(answer.get("Errors", []))


def _require_registered(errors: list[dict[str, Any]]) -> None:
    """A partition that exists already is that of an earlier run on the same day."""
    for error in errors:
        why = error["ErrorDetail"]
        if why["ErrorCode"] != "AlreadyExistsException":
            partition = "/".join(error["PartitionValues"])
            raise Unavailable(
                "partition_not_registered",
                f"The catalogue refused partition {partition}: {why.get('ErrorMessage', '')}",
            )


def _write_files(
    parquet_file: Path, csv_file: Path, table: Table, partition: Sequence[str], rows: Iterable[Row]
) -> None:
    """A CSV file stands alone, so there the columns of its partition come first."""
    schema = schema_of(table)
    first = [cell(value) for value in partition]
    with ExitStack() as stack:
        columnar = stack.enter_context(
            parquet.ParquetWriter(parquet_file, schema, compression="zstd")
        )
        text = stack.enter_context(csv_file.open("w", encoding="utf-8", newline=""))
        lines = csv.writer(text)
        lines.writerow([column.name for column in (*PARTITIONS, *table.columns)])
        for chunk in _chunks(rows):
            columnar.write_batch(pa.RecordBatch.from_pylist(chunk, schema=schema))
            lines.writerows([*first, *(cell(row[name]) for name in schema.names)] for row in chunk)
