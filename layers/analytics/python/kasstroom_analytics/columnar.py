"""Rows of a table as Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import pyarrow as pa
from pyarrow import parquet

from kasstroom.reports.lake import Row, Table, Type

CONTENT_TYPE = "application/vnd.apache.parquet"
ROWS_PER_GROUP = 20_000

# Timestamps go without a zone: the catalogue's `timestamp` has none, and all of ours are UTC.
_ARROW = {
    Type.STRING: pa.string(),
    Type.DATE: pa.date32(),
    Type.TIMESTAMP: pa.timestamp("ms"),
    Type.BIGINT: pa.int64(),
    Type.AMOUNT: pa.decimal128(20, 4),
}


def schema_of(table: Table) -> pa.Schema:
    return pa.schema([(column.name, _ARROW[column.type]) for column in table.columns])


class ParquetFile:
    """A file that rows are added to; `ROWS_PER_GROUP` of them are in memory at most."""

    def __init__(self, path: Path | io.BytesIO, table: Table) -> None:
        self._schema = schema_of(table)
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) == ROWS_PER_GROUP:
            self._flush()

    def _flush(self) -> None:
        columns = zip(*self._rows, strict=True)
        arrays = [
            pa.array(values, field.type)
            for values, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows.clear()

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._rows and error is None:
            self._flush()
        self._writer.close()


def parquet_of(table: Table, rows: Iterable[Row]) -> bytes:
    """A whole small file in memory."""
    buffer = io.BytesIO()
    with ParquetFile(buffer, table) as file:
        for row in rows:
            file.add(row)
    return buffer.getvalue()
